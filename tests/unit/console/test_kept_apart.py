"""Health, records, loans and worries about a person, on fake houses: with rights of their own, never beside others."""

from typing import Any

import pytest

from tests.support.console import desks, people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed as shown
from tests.support.console.people import ID
from tests.support.console.visits import Visits, post, words_on

APART, NOTES = f"/calon/{ID}/khusus", f"/calon/{ID}/catatan"
PUT = f"PUT /v1/candidates/{ID}/specific"
BAN = desks.specific()["records"][0]


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes)
    desks.tell(fakes)
    fakes.says("registry", PUT, desks.specific(version=9))
    return fakes


def as_shown(visits: Visits, part: str, **changes: str) -> tuple[Any, dict[str, str]]:
    """A supervisor alone, and the form of one part as their page shows it, with these fields typed over."""
    alone = visits.as_("supervisor", shared=False)
    form = shown(alone.get(APART).text, f"{APART}/{part}", **changes)
    return alone, {name: value for name, value in form.items() if value}


def test_a_supervisor_alone_reads_what_is_kept_apart(visits: Visits, house: FakeHouses) -> None:
    assert f'href="{APART}"' in visits.as_("supervisor").get(f"/calon/{ID}/data").text
    assert APART not in visits.as_().get(f"/calon/{ID}/data").text
    read = words_on(visits.as_("supervisor", shared=False), APART)
    for said in (desks.BANNED, desks.LOAN, "sponsor atau calo", "Tidak buta warna"):
        assert said in read, said


def test_health_is_replaced_and_what_the_form_does_not_show_stays(visits: Visits, house: FakeHouses) -> None:
    alone, form = as_shown(visits, "kesehatan", fitness="TEMP_UNFIT", examined_on="1/12/2026", c_no_tb="yes")
    assert post(alone, f"{APART}/kesehatan", **form).location == APART
    (sent,) = house.of("registry", PUT)
    height, eyes = desks.specific()["conditions"][1], desks.specific()["conditions"][0]
    new = {"code": "NO_TB", "met": True, "on": "2026-12-01"}
    assert sent.body == {"fitness": {"status": "TEMP_UNFIT", "on": "2026-12-01"}, "conditions": [height, eyes, new]}
    assert sent.headers["if-match"] == f'"{people.person()["version"]}"'


@pytest.mark.parametrize(
    ("part", "known", "changes", "sent"),
    [
        ("catatan", {}, {}, {"records": [BAN]}),
        ("catatan", {}, {"keep": ""}, {"records": []}),
        ("catatan", {}, {"kind": "STAY", "country": "SAU", "years": "4"},
         {"records": [BAN, {"kind": "STAY", "country": "SAU", "until": None, "years": 4}]}),
        ("catatan", {"records": None}, {"none": "y"}, {"records": []}),
        ("catatan", {"records": None}, {"kind": "OVERSTAY", "until": ""},
         {"records": [{"kind": "OVERSTAY", "country": None, "until": None, "years": None}]}),
        ("pinjaman", {"loans": []}, {"lender": "BANK", "amount": "5.000.000", "taken_on": "1/2/2026"},
         {"loans": [{"lender": "BANK", "amount": {"amount": 5000000, "currency": "IDR"}, "taken_on": "2026-02-01"}]}),
    ],
)  # fmt: skip
def test_a_row_stays_unless_it_is_unticked_and_one_may_be_added(
    visits: Visits, house: FakeHouses, part: str, known: dict[str, Any], changes: dict[str, str], sent: Any
) -> None:
    house.says("registry", f"GET /v1/candidates/{ID}/specific", desks.specific(**known))
    alone, form = as_shown(visits, part, **changes)
    assert post(alone, f"{APART}/{part}", **form).location == APART
    assert [one.body for one in house.of("registry", PUT)] == [sent]


def test_never_asked_stays_never_asked(visits: Visits, house: FakeHouses) -> None:
    house.says("registry", f"GET /v1/candidates/{ID}/specific", desks.specific(records=None))
    alone, form = as_shown(visits, "catatan")
    assert post(alone, f"{APART}/catatan", **form).location == APART
    assert house.of("registry", PUT) == [] and "tidak ada yang berubah" in words_on(alone, APART)


@pytest.mark.parametrize(
    ("part", "changes", "said"),
    [
        ("kesehatan", {"examined_on": "31/2/2026"}, "Ketik tanggal seperti"),
        ("catatan", {"country": "SAU"}, "Pilih apa yang terjadi"),
        ("catatan", {"none": "y"}, "Hapus centangnya"),
        ("catatan", {"years": "empat"}, "Ketik angka saja"),
        ("pinjaman", {"lender": "BANK"}, "Isi jumlahnya"),
        ("pinjaman", {"amount": "5000"}, "Pilih kepada siapa"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    visits: Visits, house: FakeHouses, part: str, changes: dict[str, str], said: str
) -> None:
    alone, form = as_shown(visits, part, **changes)
    answer = post(alone, f"{APART}/{part}", **form)
    assert (answer.status_code, said in answer.text) == (422, True)
    again = shown(answer.text, f"{APART}/{part}")
    assert all(again.get(name) == value for name, value in changes.items() if name != "none"), again
    assert house.of("registry", PUT) == []


def test_what_another_desk_added_meanwhile_is_not_written_over(visits: Visits, house: FakeHouses) -> None:
    alone, form = as_shown(visits, "catatan", kind="OVERSTAY")
    more = [BAN, {**BAN, "country": "SGP"}]
    house.says("registry", f"GET /v1/candidates/{ID}/specific", desks.specific(version=8, records=more))
    answer = post(alone, f"{APART}/catatan", **form)
    assert answer.status_code == 409 and "Diubah di tempat lain" in answer.text and "Singapura" in answer.text
    assert house.of("registry", PUT) == []


def test_on_a_shared_screen_nothing_is_shown_asked_or_written(visits: Visits, house: FakeHouses) -> None:
    for role, path in (("supervisor", APART), ("supervisor", NOTES), ("officer", NOTES)):
        read = words_on(visits.as_(role), path)
        assert "layar bersama" in read and "Nggadas" not in read
    for path in (f"{APART}/kesehatan", f"{APART}/catatan", f"{APART}/pinjaman", NOTES):
        assert post(visits.as_("supervisor"), path).status_code == 403
    assert house.asked == []
    assert NOTES not in visits.as_().get(f"/calon/{ID}").text, "no word of it beside the person"
    assert f'href="{NOTES}"' in visits.as_(shared=False).get(f"/calon/{ID}").text


def test_an_officer_writes_a_worry_and_never_reads_one(visits: Visits, house: FakeHouses) -> None:
    house.says("registry", "POST *risk-notes", {"id": "n", "at": desks.note()["at"]}, status=201)
    alone = visits.as_(shared=False)
    assert desks.WORRY not in alone.get(NOTES).text and house.of("registry", "GET *risk-notes") == []
    said = {"text": "Paspornya dipegang orang lain.", "severity": "REFER", "once": "n-1"}
    done = post(alone, NOTES, **said, indicators="RETENTION_OF_ID_DOCUMENTS")
    assert done.location == f"/calon/{ID}"
    (sent,) = house.of("registry", "POST *risk-notes")
    assert sent.body == {"text": said["text"], "severity": "REFER", "indicators": ["RETENTION_OF_ID_DOCUMENTS"]}
    assert sent.headers["idempotency-key"] == "n-1"


def test_a_supervisor_reads_them_with_who_and_when(visits: Visits, house: FakeHouses) -> None:
    read = words_on(visits.as_("supervisor", shared=False), NOTES)
    for said in (desks.WORRY, "Perlu perhatian pengawas", "terjerat utang"):
        assert said in read, said


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"text": ""}, "Tulis apa yang dilihat"), ({"severity": ""}, "Pilih satu"), ({"text": "x" * 2001}, "2.000 huruf")],
)
def test_a_worry_that_is_not_whole_stays_on_the_page(
    visits: Visits, house: FakeHouses, changes: dict[str, str], said: str
) -> None:
    typed = {"text": "Paspornya dipegang orang lain.", "severity": "REFER", **changes}
    answer = post(visits.as_(shared=False), NOTES, **typed)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert typed["text"] in answer.text and house.of("registry", "POST *risk-notes") == []


def test_roles_and_a_house_that_is_silent(visits: Visits, house: FakeHouses) -> None:
    for role in ("officer", "provider", "operator", "reviewer", "village_task_force"):
        assert visits.as_(role, shared=False).get(APART).status_code == 403
        assert role == "officer" or visits.as_(role, shared=False).get(NOTES).status_code == 403
    house.silence("registry")
    kept = post(visits.as_(shared=False), NOTES, text="Paspornya dipegang orang lain.", severity="INFO")
    assert kept.status_code == 503 and "Paspornya dipegang" in kept.text
    assert visits.as_("supervisor", shared=False).get(APART).status_code == 503
