"""Two records of one person, and erasure, on fake houses: what happens is said before, and is about what was read."""

import httpx
import pytest

from tests.support.console import desks, people
from tests.support.console.desks import TWIN
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.visits import Visits, post, words_on

MERGE, ERASE = f"/calon/{ID}/gabung", f"/calon/{ID}/hapus"
BESIDE = f"{MERGE}?dengan={TWIN}"
NUMBER = people.person()["number"]
SEEN = f"{people.person()['version']}.7"
TYPED = {"other": TWIN, "seen": SEEN, "reason": "KTP dan KK yang sama", "sure": "y", "once": "n-1"}


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes)
    desks.tell(fakes)
    return fakes


def test_the_other_record_is_found_by_its_number_and_never_in_an_address(visits: Visits, house: FakeHouses) -> None:
    assert f'href="{MERGE}"' in visits.as_().get(f"/calon/{ID}/data").text
    found = {"id": TWIN, **{name: desks.twin()[name] for name in ("number", "full_name", "birth_date", "regency")}}
    himself = {**found, "id": ID}
    house.says("registry", "POST /v1/candidates:search", {"items": [himself, found]})
    answer = post(visits.as_(), f"{MERGE}/cari", query=" Dorotea   Nggada ")
    assert f"dengan={TWIN}" in answer.text and f"dengan={ID}" not in answer.text and "1 data lain" in answer.text
    assert house.of("registry", "POST *search")[0].body == {"query": "Dorotea Nggada"}
    assert "Mungkin masih ada yang lain" not in answer.text
    twins = [{**desks.twin(), "id": f"{n:08}{TWIN[8:]}"} for n in range(20)]
    house.says("registry", "POST /v1/candidates:search", {"items": twins})
    assert "Mungkin masih ada yang lain" in post(visits.as_(), f"{MERGE}/cari", query="Nggada").text
    empty = post(visits.as_(), f"{MERGE}/cari", query=" ")
    assert (empty.status_code, "Ketik nomor atau nama" in empty.text) == (422, True)


def test_both_records_and_what_happens_are_read_before_anything_is_done(visits: Visits, house: FakeHouses) -> None:
    read = words_on(visits.as_(shared=False), BESIDE)
    for said in (NUMBER, "LB-2026-000099", "Dorotea Nggada", desks.PHONE_OF_TWIN, "tidak bisa dibatalkan",
                 "yang diperiksa belakangan berlaku", "tinggal satu"):  # fmt: skip
        assert said in read, said
    assert desks.PHONE_OF_TWIN not in visits.as_().get(BESIDE).text, "perhaps of somebody else, beside a recruiter"
    assert f"/calon/{TWIN}/gabung?dengan={ID}" in visits.as_().get(BESIDE).text, "the other way round"
    assert house.of("registry", "POST *") == []


def test_a_merge_sends_the_version_that_was_compared_and_the_reason(visits: Visits, house: FakeHouses) -> None:
    house.says("registry", "POST *merges", people.person(version=9), status=201)
    client = visits.as_()
    assert post(client, MERGE, **TYPED).location == f"/calon/{ID}"
    (sent,) = house.of("registry", "POST *merges")
    assert sent.body == {"duplicate": TWIN, "reason": "KTP dan KK yang sama"}
    assert sent.headers["if-match"] == f'"{people.person()["version"]}"' and sent.headers["idempotency-key"] == "n-1"
    assert "Nomor LB-2026-000099 tetap menemukan" in words_on(client, f"/calon/{ID}")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": "sama"}, "paling sedikit 10 huruf"),
        ({"sure": ""}, "Centang sesudah mencocokkan"),
        ({"seen": "1.2"}, "berubah sejak halaman ini dibuka"),
    ],
)
def test_what_is_missing_or_older_is_said_and_the_reason_stays(
    visits: Visits, house: FakeHouses, changes: dict[str, str], said: str
) -> None:
    answer = post(visits.as_(), MERGE, **{**TYPED, **changes})
    assert answer.status_code in (409, 422) and said in answer.text
    assert str({**TYPED, **changes}["reason"]) in answer.text and f'value="{SEEN}"' in answer.text
    assert house.of("registry", "POST *merges") == []


def test_two_niks_are_two_people(visits: Visits, house: FakeHouses) -> None:
    house.refuses("registry", "POST *merges", 409, "two_niks", "Dua data ini mempunyai dua NIK")
    assert "mempunyai dua NIK" in post(visits.as_(), MERGE, **TYPED).text, "with the same four digits at their end"
    house.says("registry", f"GET /v1/candidates/{TWIN}", desks.twin(nik_last4="0001"))
    read = visits.as_().get(BESIDE).text
    assert "Dua NIK adalah dua orang" in read and "Gabungkan menjadi satu data" not in read
    assert f"/calon/{TWIN}/data?bagian=identitas" in read


def test_pressed_twice_or_of_another_office_it_leads_on(visits: Visits, house: FakeHouses) -> None:
    house.refuses("registry", f"GET /v1/candidates/{TWIN}", 410, "candidate_merged", "Sudah digabung", merged_into=ID)
    client = visits.as_()
    assert post(client, MERGE, **TYPED).location == client.get(BESIDE).location == f"/calon/{ID}"
    assert "tidak ada yang dicatat dua kali" in words_on(client, f"/calon/{ID}")
    opening = f"/v1/candidates/{TWIN}/openings"
    house.refuses("registry", f"GET /v1/candidates/{TWIN}", 403, "other_centre", "Kantor lain", openings=opening)
    assert client.get(BESIDE).location == f"/calon/{TWIN}/buka"
    assert house.of("registry", "POST *merges") == []


@pytest.mark.parametrize("other", ["", "x", ID, "../imports"])
def test_an_address_that_names_no_other_record_asks_for_one(visits: Visits, house: FakeHouses, other: str) -> None:
    assert visits.as_().get(f"{MERGE}?dengan={other}").location == MERGE
    assert post(visits.as_(), MERGE, **{**TYPED, "other": other}).location == MERGE


def test_what_goes_what_stays_and_what_ends_is_read_first(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "GET /v1/enrolments", {"items": [people.enrolment(), people.enrolment(state="DROPPED")]})
    read = words_on(visits.as_(), ERASE)
    for said in ("Yang hilang", "Yang tinggal, dan mengapa", "satu tahun", "Rujukan pelatihan", "menunggu jawaban"):
        assert said in read, said
    assert visits.as_().get(ERASE).text.count(f'href="/rujukan/{BATCH}"') == 1, "what is over does not end once more"
    house.says("registry", f"GET /v1/candidates/{ID}", people.person(nik_last4=None))
    assert "satu tahun" not in words_on(visits.as_(), ERASE)


def test_a_person_is_erased_by_their_number_with_a_reason_of_the_list(visits: Visits, house: FakeHouses) -> None:
    nothing = httpx.Response(204, headers={"Content-Type": "application/json"})  # as the house answers it
    house.says("registry", "DELETE *", lambda asked: nothing)
    client, seen = visits.as_(), str(people.person()["version"])
    typed = {"seen": seen, "reason": "PERSON_ASKED", "number": f" {NUMBER.lower()} "}
    assert post(client, ERASE, **typed).location == "/cari"
    (sent,) = house.of("registry", "DELETE *")
    assert (sent.path, sent.params) == (f"/v1/candidates/{ID}", {"reason": "PERSON_ASKED"})
    assert sent.headers["if-match"] == f'"{seen}"'
    read = words_on(client, "/cari")
    assert f"Data calon {NUMBER} sudah dihapus" in read and "Nggadas" not in read
    house.refuses("registry", f"GET /v1/candidates/{ID}", 410, "erased", "Sudah dihapus")
    assert post(client, ERASE, **typed).location == "/cari" and len(house.of("registry", "DELETE *")) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": "LB-2026-000001"}, "persis seperti tertulis"),
        ({"number": ""}, "persis seperti tertulis"),
        ({"reason": ""}, "Pilih satu alasan"),
        ({"seen": "0"}, "berubah sejak halaman ini dibuka"),
    ],
)
def test_nobody_is_erased_by_a_slip(visits: Visits, house: FakeHouses, changes: dict[str, str], said: str) -> None:
    typed = {"seen": str(people.person()["version"]), "reason": "MISTAKE", "number": NUMBER, **changes}
    answer = post(visits.as_(), ERASE, **typed)
    assert answer.status_code in (409, 422) and said in answer.text
    assert not typed["number"] or f'value="{typed["number"]}"' in answer.text
    assert not typed["reason"] or 'value="MISTAKE" checked' in answer.text
    assert house.of("registry", "DELETE *") == []


def test_others_neither_merge_nor_erase(visits: Visits, house: FakeHouses) -> None:
    for role in ("provider", "company", "village_task_force", "operator", "reviewer", "manager"):
        for path in (MERGE, ERASE):
            assert visits.as_(role).get(path).status_code == post(visits.as_(role), path).status_code == 403


def test_a_house_that_is_silent_is_named_and_nothing_is_done(visits: Visits, house: FakeHouses) -> None:
    house.silence("training")
    assert "tidak menjawab" in words_on(visits.as_(), ERASE)
    house.silence("registry")
    assert visits.as_().get(BESIDE).status_code == visits.as_().get(ERASE).status_code == 503
    kept = post(visits.as_(), MERGE, **TYPED)
    assert kept.status_code == 503 and "KTP dan KK yang sama" in kept.text
