"""Many people from one sheet, on fake houses: tried first, found again, and read by nobody beside the officer."""

import io

import pytest

from tests.support.console import desks
from tests.support.console.desks import OTHER
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.providers import SHEET
from tests.support.console.visits import Visits, csrf, post, words_on

PAGE, REPORT = "/calon/unggah", f"/calon/unggah/{OTHER}"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    desks.tell(fakes)
    return fakes


def file(content: bytes = SHEET) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), "Daftar Ibu Dorotea.csv"


def test_an_officer_finds_the_page_where_people_are_looked_for(visits: Visits, house: FakeHouses) -> None:
    assert f'href="{PAGE}"' in visits.as_().get("/cari").text
    assert visits.as_().get(f"{PAGE}/calon.xlsx").data == b"PK workbook"


def test_a_sheet_is_tried_saved_with_one_press_and_found_again(visits: Visits, house: FakeHouses) -> None:
    house.says("registry", "POST /v1/imports", desks.report(), status=202)
    client = visits.as_(shared=False)
    tried = post(client, PAGE, file=file())
    assert (tried.status_code, tried.location) == (303, REPORT)
    read = words_on(client, REPORT)
    for expected in ("belum ada yang disimpan", "1 baru", "1 ditolak", desks.READ, desks.WARNED, "Buka orangnya"):
        assert expected in read, expected
    assert f"/calon/{ID}" in client.get(REPORT).text and 'type="file"' not in client.get(REPORT).text
    token = {"csrf_token": csrf(client), "ignore": "G1"}
    assert client.post(f"{REPORT}/simpan", data=token).location == REPORT
    first, second = house.of("registry", "POST /v1/imports")
    assert first.params == {"dry_run": "true", "only_good": "false"}
    assert second.params == {"dry_run": "false", "only_good": "true"}
    assert SHEET in second.body and b"Dorotea" not in first.body + second.body and second.headers["idempotency-key"]
    assert house.of("training", "POST *") == [], "courses are read elsewhere"
    assert REPORT in client.get("/pekerjaan").text and "Lembar calon" in words_on(client, "/pekerjaan")


def test_beside_a_person_only_sums_are_read(visits: Visits, house: FakeHouses) -> None:
    page = visits.as_().get(REPORT).text
    for hidden in (desks.HEADING, desks.READ, desks.WARNED, "Buka orangnya"):
        assert hidden not in page, hidden
    assert "1 baru" in page and "kolom G1, 2 baris terisi" in page and "Matikan layar bersama" in page
    assert "perbaikan.xlsx" not in page and visits.as_().get(f"{REPORT}/perbaikan.xlsx").status_code == 403
    assert house.of("registry", "GET /v1/imports/*/rows") == [], "nobody's trail says that it was shown"


def test_what_is_wrong_is_said_and_nothing_is_saved(visits: Visits, house: FakeHouses) -> None:
    for typed in ({}, {"file": file(b"")}):
        assert "Pilih berkas" in post(visits.as_(), PAGE, **typed).text
    assert house.of("registry", "POST *") == []
    other = post(visits.as_(), f"{REPORT}/simpan", file=file(b"another"), ignore="G1")
    assert (other.status_code, "bukan berkas yang diperiksa" in other.text) == (422, True)
    left = post(visits.as_(), f"{REPORT}/simpan", file=file())
    assert (left.status_code, "Centang setiap kolom" in left.text) == (422, True)
    wrong = [{"pointer": "/file", "code": "x", "message": "Ini XLS lama.", "fix": "Simpan sebagai XLSX."}]
    house.refuses("registry", "POST /v1/imports", 422, "invalid", "Tidak bisa dibaca", errors=wrong)
    assert "Ini XLS lama. Simpan sebagai XLSX." in post(visits.as_(shared=False), PAGE, file=file()).text


@pytest.mark.parametrize("path", [PAGE, f"{REPORT}/simpan"])
def test_why_a_sheet_is_refused_is_read_alone(visits: Visits, house: FakeHouses, path: str) -> None:
    """A refusal quotes what it found: a heading that is a row of somebody, the name of a sheet."""
    quoted = [{"pointer": "/file", "code": "x", "message": f'Kolom "{desks.HEADING}" ganda.', "fix": "Ubah judulnya."}]
    more = {"errors": quoted, "detail": f"Lembar {desks.HEADING}"}
    house.refuses("registry", "POST /v1/imports", 422, "invalid", "Ada isian yang perlu diperbaiki", **more)
    house.says("registry", "GET /v1/imports/*", desks.report(unread=[]))
    beside, alone = (post(visits.as_(shared=shared), path, file=file()) for shared in (True, False))
    assert beside.status_code == alone.status_code == 422
    assert desks.HEADING not in beside.text and "Ada isian yang perlu diperbaiki. Matikan layar" in beside.text
    assert f"Kolom &#34;{desks.HEADING}&#34; ganda. Ubah judulnya." in alone.text


def test_a_sheet_that_is_being_saved_says_so(visits: Visits, house: FakeHouses) -> None:
    for phase, said in (("JUDGING", "sedang diperiksa"), ("SAVING", "sedang disimpan")):
        house.says("registry", "GET /v1/imports/*", desks.report(state="RUNNING", phase=phase, done=1, counts={}))
        assert f"{said}: " in words_on(visits.as_(), REPORT)


@pytest.mark.parametrize("changes", [{"dry_run": False}, {"state": "REFUSED"}, {"state": "FAILED"}])
def test_what_is_over_says_how_it_ended_and_has_no_button_that_does_nothing(
    visits: Visits, house: FakeHouses, changes: dict[str, object]
) -> None:
    house.says("registry", "GET /v1/imports/*", desks.report(**{"dry_run": False, **changes}))
    read = visits.as_(shared=False).get(REPORT).text
    assert "Simpan 2 baris" not in read and "terbit" not in read
    said = {"REFUSED": "Tidak ada yang disimpan", "FAILED": "gangguan pada layanan"}
    assert said.get(str(changes.get("state")), "2 baris tersimpan") in read


def test_a_sheet_under_way_reloads_itself_and_may_be_closed(visits: Visits, house: FakeHouses) -> None:
    house.says("registry", "GET /v1/imports/*", desks.running())
    answer = visits.as_().get(REPORT)
    assert int(answer.headers["Refresh"]) > 0 and "Boleh ditutup" in answer.text
    assert int(visits.as_().get("/pekerjaan").headers["Refresh"]) > 0


def test_a_provider_and_a_village_bring_nobody_in(visits: Visits, house: FakeHouses) -> None:
    for role in ("provider", "village_task_force", "operator", "reviewer"):
        assert visits.as_(role).get(PAGE).status_code == visits.as_(role).get(REPORT).status_code == 403
        assert post(visits.as_(role), PAGE, file=file()).status_code == 403
    assert house.asked == []


def test_without_the_registry_nothing_is_lost(visits: Visits, house: FakeHouses) -> None:
    house.silence("registry")
    assert "tidak menjawab" in post(visits.as_(), PAGE, file=file()).text
    assert visits.as_().get(REPORT).status_code == 503
    assert "tidak menjawab" in words_on(visits.as_(), "/pekerjaan")
