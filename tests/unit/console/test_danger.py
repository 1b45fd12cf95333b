"""What endangers somebody when it is read by the wrong eyes: on a shared screen, in an address, in a log, by a role."""

import importlib
import logging
import re
from pathlib import Path

import pytest

from tests.support.console import (
    companies,
    desks,
    operators,
    organisations,
    people,
    providers,
    publics,
    reviewers,
    supervisors,
    systems,
    villages,
)
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID, ORDER
from tests.support.console.visits import Visits, csrf
from tests.unit.console.rights_officer import EVERY_ROLE, STAFF

pytestmark = pytest.mark.slow  # every role at every page

HOME = f"/calon/{ID}"
NOTE, RISK, NIK = "CATATANRAHASIA", "KEKHAWATIRANRAHASIA", "9953064404000077"

OFFICERS_PAGES = (
    "/", "/cari", HOME, f"{HOME}/data", f"{HOME}/data?bagian=identitas", f"{HOME}/data?bagian=kerja",
    f"{HOME}/data?bagian=keinginan", f"{HOME}/persetujuan", f"{HOME}/buka", f"{HOME}/luar-negeri",
    f"{HOME}/syarat/PASSPORT", f"{HOME}/keputusan", f"{HOME}/bandingkan", f"{HOME}/rujukan/baru", f"{HOME}/jejak",
    f"{HOME}/rujukan/baru?angkatan={BATCH}", f"{HOME}/lamaran/baru?lowongan={ORDER}", f"{HOME}/jalur-saya",
    f"{HOME}/whatsapp", f"{HOME}/jawaban/x", f"{HOME}/riwayat", "/pengawas", "/surat",
    f"/rujukan/{BATCH}", f"/lamaran/{BATCH}",
    "/periksa", "/laporkan", "/bantuan", "/kiriman", f"/kiriman/{ID}", "/calon/baru", "/calon/ekspor",
    "/calon/unggah", f"/calon/unggah/{ID}", f"{HOME}/gabung", f"{HOME}/gabung?dengan={desks.TWIN}", f"{HOME}/hapus",
    f"{HOME}/khusus", f"{HOME}/catatan",
    "/pekerjaan",
    "/pengawas/rencana", f"/pengawas/rencana/{ID}", f"/pengawas/aturan/{ID}/2",
    "/pengawas/aturan", "/pengawas/aturan/baru", f"/pengawas/aturan/{ID}/usul", f"/pengawas/laporan/{ID}",
)  # fmt: skip
"""Every page that officers and supervisors have beside a person; one that is missing here fails a test."""


@pytest.fixture
def marked(fakes: FakeHouses) -> FakeHouses:
    """A person with everything on record that must not be read over a shoulder."""
    record = {"status": "MET", "number": "X1", "valid_until": None, "note": NOTE, "checked_on": None}
    people.tell(fakes, who=people.person(requirements={"PASSPORT": record}))
    supervisors.tell(fakes, report=supervisors.concern(text=RISK))
    people.tell(fakes, who=people.person(requirements={"PASSPORT": record}))
    desks.tell(fakes)
    rows = [people.answered(), people.answered(id="earlier", given_at="2026-11-03T02:00:00Z")]
    fakes.says("matching", "GET /v1/recommendations", {"items": rows, "next": None})
    fakes.says("matching", "GET /v1/recommendations/earlier", people.advice("NO_PATH", id="earlier", pathways=[]))
    fakes.says("registry", f"GET /v1/candidates/{ID}/risk-notes", {"items": [desks.note(text=RISK)]})
    fakes.says("registry", f"POST /v1/candidates/{ID}/nik-reveals", {"nik": NIK}, status=201)
    return fakes


def test_no_page_that_is_open_beside_a_person_is_left_out(visits: Visits) -> None:
    pages = {page.blueprint.name: name for name, page in visits.app.extensions["console.pages"].items()}
    at = visits.app.url_map.bind("console.test")
    looked_at = {pages[at.match(path.partition("?")[0])[0].rpartition(".")[0]] for path in OFFICERS_PAGES}
    public = {name for name, roles in MAY.items() if None in roles}
    assert {name for name, roles in MAY.items() if roles & STAFF} - public <= looked_at


@pytest.mark.parametrize("path", OFFICERS_PAGES)
@pytest.mark.parametrize("role", ["officer", "supervisor"])
def test_on_a_shared_screen_nobody_reads_notes_trail_or_whole_numbers(
    visits: Visits, marked: FakeHouses, role: str, path: str
) -> None:
    text = visits.as_(role).get(path).get_data(as_text=True)
    for forbidden in (
        NOTE,
        RISK,
        NIK,
        "CATATANKEPUTUSAN",
        "Beni Petugas",
        "Mencocokkan KTP",
        desks.HEADING,
        desks.READ,
        desks.WARNED,
        desks.PHONE_OF_TWIN,
        desks.BANNED,
        desks.LOAN,
        desks.WORRY,
        "kekhawatiran",
        "terjerat utang",
        "TPPO",
        "0800-1000" if path == HOME else NIK,
    ):
        assert forbidden not in text


def test_a_supervisor_alone_reads_the_note_and_the_trail(visits: Visits, marked: FakeHouses) -> None:
    alone = visits.as_("supervisor", shared=False)
    assert NOTE in alone.get(f"{HOME}/syarat/PASSPORT").get_data(as_text=True)
    assert "Beni Petugas" in alone.get(f"{HOME}/jejak").get_data(as_text=True)


def test_a_note_that_is_not_shown_is_not_wiped_out(visits: Visits, marked: FakeHouses) -> None:
    marked.says("registry", "PUT *", people.person(version=2))
    client = visits.as_()
    client.post(f"{HOME}/syarat/PASSPORT", data={"csrf_token": csrf(client), "version": "1", "status": "MET"})
    assert marked.of("registry", "PUT *")[0].body["note"] == NOTE


def test_the_whole_nik_is_an_act_with_a_reason_and_never_on_a_shared_screen(visits: Visits, marked: FakeHouses) -> None:
    shared = visits.as_()
    form = {"csrf_token": csrf(shared), "reason": "Mencocokkan dengan KTP"}
    assert shared.post(f"{HOME}/data/nik", data=form).status_code == 403
    assert marked.of("registry", "POST *nik-reveals") == []
    alone = visits.as_(shared=False)
    form["csrf_token"] = csrf(alone)
    assert NIK in alone.post(f"{HOME}/data/nik", data=form).get_data(as_text=True)
    assert marked.of("registry", "POST *nik-reveals")[0].body == {"reason": "Mencocokkan dengan KTP"}
    form["reason"] = "cek"
    assert NIK not in alone.post(f"{HOME}/data/nik", data=form).get_data(as_text=True)


def test_nothing_personal_stands_in_an_address_or_a_log(
    visits: Visits, marked: FakeHouses, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = visits.as_()
    for typed in ("Dorotea Nggadas", NIK, "081139109100"):
        answer = client.post("/cari", data={"q": typed, "csrf_token": csrf(client)})
        assert typed not in (answer.location or "")
    for path in OFFICERS_PAGES:
        client.get(path)
    said = "\n".join(str(record.__dict__) for record in caplog.records)
    for forbidden in ("Nggadas", NIK, "081139109100", NOTE, "x.eyJ"):
        assert forbidden not in said
    assert all("Nggadas" not in str(one.params) and NIK not in one.path + str(one.params) for one in marked.asked)


def test_no_page_of_a_person_is_kept_by_a_cache(visits: Visits, marked: FakeHouses) -> None:
    client = visits.as_()
    for path in OFFICERS_PAGES:
        assert client.get(path).headers["Cache-Control"] == "no-store", path


# Who may come where, from every module of this folder whose name begins with `rights_`.
MAY: dict[str, set[str | None]] = {}
for _found in sorted(Path(__file__).parent.glob("rights_*.py")):
    MAY.update(importlib.import_module(f"tests.unit.console.{_found.stem}").MAY)


@pytest.mark.parametrize("role", [*EVERY_ROLE, None])
def test_every_page_is_open_to_those_who_may_and_to_nobody_else(
    visits: Visits, marked: FakeHouses, role: str | None
) -> None:
    client = visits.as_(role) if role else visits.nobody()
    for name, path in every_page(visits, marked, role).items():
        status = client.get(path).status_code
        if role in MAY[name]:
            assert status in (200, 303), (name, status)
        else:
            assert status == (303 if role is None else 403), (name, status)
            if role is None:
                assert "/masuk" in (client.get(path).location or "")


@pytest.mark.parametrize("role", [*EVERY_ROLE, None])
def test_every_button_and_file_of_a_page_is_shut_to_whom_its_page_is(visits: Visits, role: str | None) -> None:
    """What nobody may see nobody may do, whatever stands below the page's address."""
    client = visits.as_(role) if role else visits.nobody()
    token = csrf(client, "/laporkan")
    pages = {page.blueprint.name: name for name, page in visits.app.extensions["console.pages"].items()}
    tried = 0
    for rule in visits.app.url_map.iter_rules():
        name, _, view = rule.endpoint.rpartition(".")
        if name not in pages or role in MAY[pages[name]] or view == "show":
            continue
        path = re.sub(r"<uuid:[^>]+>", ID, re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule))
        path = re.sub(r"<[^>]+>", "2", path)
        posts = "POST" in (rule.methods or ())
        answer = client.post(path, data={"csrf_token": token}) if posts else client.get(path)
        assert answer.status_code == (303 if role is None else 403), (path, answer.status_code)
        assert role is not None or "/masuk" in (answer.location or ""), path
        tried += 1
    assert tried > 20
    assert visits.houses.asked == [], "no house heard of it"


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_what_a_role_reads_of_people_stands_in_no_log_no_address_and_no_cache(
    visits: Visits, marked: FakeHouses, caplog: pytest.LogCaptureFixture, role: str
) -> None:
    caplog.set_level(logging.DEBUG)
    client = visits.as_(role)
    for name, path in every_page(visits, marked, role).items():
        if role in MAY[name] and None not in MAY[name]:
            assert client.get(path).headers["Cache-Control"] == "no-store", name
    said = "\n".join(str(record.__dict__) for record in caplog.records)
    asked = "\n".join(one.path + str(one.params) for one in marked.asked)
    for forbidden in ("Nggadas", NIK, "081139109100", NOTE, RISK, people.SLIP[-20:], "x.eyJ"):
        assert forbidden not in said and forbidden not in asked


def every_page(visits: Visits, marked: FakeHouses, role: str | None) -> dict[str, str]:
    """Page -> an address of it, on houses that know whatever somebody of this role asks for."""
    if role == "reviewer":
        organisations.tell(marked)
        reviewers.tell(marked)
    if role == "provider":
        providers.tell(marked)
    if role in ("supervisor", "reviewer"):
        supervisors.tell(marked)
    if role == "manager":
        systems.tell(marked)
    if role == "operator":
        operators.tell(marked)
    if role == "company":
        organisations.tell(marked)
        companies.tell(marked)
    publics.tell(marked)
    if role in STAFF:
        villages.tell(marked)
    pages = visits.app.extensions["console.pages"]
    assert set(pages) == set(MAY)
    found = {}
    for name, page in pages.items():
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", re.sub(r"<uuid:[^>]+>", ID, page.path))
        path = path.replace("<kode>", "53.06" if name == "capaian.kabupaten" else "PASSPORT")
        for placeholder, value in (
            ("<int:nomor>", "2"),
            ("<jawaban>", "x"),
            ("<tanggal>", "2026-11-30"),
            ("<slip>", people.SLIP),
        ):
            path = path.replace(placeholder, value)
        if name in ("rujukan", "lamaran"):
            path = f"/{name}/{BATCH}"
        found[name] = path
    return found
