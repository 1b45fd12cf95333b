"""A form sent twice, late, or by another session: once recorded, and nothing that was typed is lost."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.console import companies, people, reviewers, supervisors
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, COURSE, ID, ORDER
from tests.support.console.supervisors import CONCERN, POLICY
from tests.support.console.visits import Visits, csrf, post
from tests.unit.console.test_kept_form import fields

ALREADY = "Ini sudah tercatat; tidak ada yang dicatat dua kali."
PERSON, ORDERS = f"/calon/{ID}", f"/lowongan-kami/{ORDER}"


# Pressed twice -------------------------------------------------------------------------------------------------------


def test_a_second_press_says_that_it_is_recorded_and_records_nothing(visits: Visits, fakes: FakeHouses) -> None:
    people.tell(fakes)
    companies.tell(fakes, one_order=companies.order(status="CLOSED", version=8))
    law = supervisors.policy(supervisors.row(status="APPROVED", decided_by="dev:ana-petugas"))
    supervisors.tell(fakes, law=law, report=supervisors.concern(state="DISMISSED"))
    fakes.says("training", f"GET /v1/enrolments/{BATCH}", people.enrolment(state="DROPPED"))
    fakes.says("training", f"GET /v1/courses/{COURSE}", reviewers.course(review={"state": "APPROVED", "reason": None}))
    fakes.says("placement", f"GET /v1/applications/{BATCH}", people.application(state="SELECTED"))
    number = law["revisions"][-1]["number"]
    for role, path, sent in (
        ("company", f"{ORDERS}/tutup", {"version": "2", "reason": "FILLED"}),
        ("company", f"/pelamar/{BATCH}/SELECTED", {"stood": "APPLIED"}),
        ("officer", f"/lamaran/{BATCH}/SELECTED", {"stood": "APPLIED"}),
        ("officer", f"/rujukan/{BATCH}/tarik", {"stood": "APPLIED"}),
        ("provider", f"/rujukan-masuk/{BATCH}/tolak", {"stood": "APPLIED", "drop_reason": "OTHER"}),
        ("reviewer", f"/tinjau/kursus/{COURSE}/setujui", {"version": "3"}),
        ("reviewer", f"/tinjau/kursus/{COURSE}/akreditasi", {"accredited_from": "1/1/2025"}),
        ("supervisor", f"/pengawas/aturan/{law['id']}/{number}/setujui", {"version": "1"}),
        ("reviewer", f"/pengawas/laporan/{ID}/tutup", {"version": "1", "decision": "Tidak terbukti."}),
    ):
        client = visits.as_(role)
        answer = post(client, path, **sent)
        assert answer.status_code == 303, (path, answer.status_code)
        assert ALREADY in client.get("/bantuan").text, path
    acts = [one for one in fakes.asked if one.method in ("POST", "PUT", "PATCH", "DELETE")]
    assert [one for one in acts if one.path not in ("/v1/what-if", "/v1/eligibility")] == []


def test_two_presses_at_once_are_answered_alike(visits: Visits, fakes: FakeHouses) -> None:
    """The second finds the record as it was, is refused because the first was faster, and then looks again."""
    people.tell(fakes)
    reviewers.tell(fakes)
    waits, law = supervisors.policy(supervisors.row()), supervisors.policy(supervisors.row(status="APPROVED"))
    number = law["revisions"][-1]["number"]
    order, closed = companies.order(), companies.order(status="CLOSED")
    told, ended = supervisors.concern(), supervisors.concern(state="DISMISSED")
    course = reviewers.course(review={"state": "APPROVED", "reason": None})
    for role, path, sent, house, record, before, after in (
        ("supervisor", f"/pengawas/aturan/{POLICY}/{number}/setujui", {"version": "3"},
         "placement", f"/v1/policies/{POLICY}", waits, law),
        ("company", f"{ORDERS}/tutup", {"version": "2", "reason": "FILLED"},
         "placement", f"/v1/job-orders/{ORDER}", order, closed),
        ("reviewer", f"/pengawas/laporan/{CONCERN}/tutup", {"version": "1", "decision": "Tidak terbukti."},
         "placement", f"/v1/concerns/{CONCERN}", told, ended),
        ("reviewer", f"/tinjau/kursus/{COURSE}/setujui", {"version": "3"},
         "training", f"/v1/courses/{COURSE}", reviewers.course(), course),
        ("officer", f"/lamaran/{BATCH}/SELECTED", {"stood": "APPLIED"},
         "placement", f"/v1/applications/{BATCH}", people.application(), people.application(state="SELECTED")),
        ("officer", f"/rujukan/{BATCH}/tarik", {"stood": "APPLIED"},
         "training", f"/v1/enrolments/{BATCH}", people.enrolment(), people.enrolment(state="DROPPED")),
        ("provider", f"/rujukan-masuk/{BATCH}/langkah/SELECTED", {"stood": "APPLIED"},
         "training", f"/v1/enrolments/{BATCH}", people.enrolment(), people.enrolment(state="SELECTED")),
    ):  # fmt: skip
        looks = iter([before])
        fakes.says(house, f"GET {record}", lambda _, looks=looks, after=after: next(looks, after))
        for method in ("POST", "PATCH"):
            fakes.refuses(house, f"{method} *", 412, "stale", "Sudah berubah")
        client = visits.as_(role)
        answer = post(client, path, **sent)
        assert answer.status_code == 303, (path, answer.status_code)
        assert ALREADY in client.get("/bantuan").text, path


def test_a_registration_pressed_twice_is_one_request(ana: FlaskClient, fakes: FakeHouses) -> None:
    """At once: the draft is one version on. And a moment later: it is gone."""
    draft: dict[str, Any] = {"id": "d1", "version": 4, "content": {"step": 4, "steps": {"1": {"full_name": ["Ana"]}}}}
    fakes.says("registry", "GET /v1/drafts/d1", draft)
    fakes.says("registry", "PUT /v1/drafts/d1", lambda asked: {**draft, **asked.body})
    fakes.says("registry", "POST /v1/candidates", people.person(), status=201)
    form = {"csrf_token": csrf(ana), "once": "o-1", "isco08": "9111"}
    path = "/calon/baru?draft=d1&langkah=4"
    assert ana.post(path, data=form).location == PERSON
    fakes.refuses("registry", "GET /v1/drafts/d1", 404, "not_found", "Tidak ada")
    assert ana.post(path, data=form).location == PERSON
    assert ana.post("/calon/baru/orang-lain?draft=d1", data=form).location == PERSON
    assert len(fakes.of("registry", "POST /v1/candidates")) == 1
    key = fakes.of("registry", "POST /v1/candidates")[0].headers["idempotency-key"]
    assert key == "d1/o-1/False", "what a twin sends is the same request, whatever became of the draft"


# Tokens and ids of others --------------------------------------------------------------------------------------------


def test_a_token_of_another_session_does_nothing_and_shows_what_was_typed_to_its_writer_alone(
    visits: Visits, fakes: FakeHouses
) -> None:
    people.tell(fakes)
    path = f"{PERSON}/rujukan/baru"
    ana, twin, beni = visits.as_("officer"), visits.as_("officer"), visits.as_("officer", name="Beni Petugas")
    form = {**fields(ana.get(f"{path}?angkatan={BATCH}").text, path), "note": "Tolong asrama putri."}
    answer = twin.post(path, data=form)  # she signed in again in another tab
    assert answer.status_code == 400 and "Belum ada yang disimpan" in answer.text
    again = fields(answer.text, path)
    assert (again["note"], again["once"]) == (form["note"], form["once"]) and again["csrf_token"] != form["csrf_token"]
    planted = beni.post(path, data=form)
    assert planted.status_code == 400 and "asrama putri" not in planted.text
    assert fakes.of("training", "POST *") == []
    fakes.says("training", "POST /v1/enrolments", people.enrolment(), status=201)
    assert twin.post(path, data=again).status_code == 303


def test_a_report_that_took_long_to_write_is_not_lost(visits: Visits, fakes: FakeHouses) -> None:
    nobody = visits.nobody()
    form = {**fields(nobody.get("/laporkan").text, "/laporkan"), "kind": "THREATS", "text": "Panjang sekali ceritanya."}
    visits.memory.rows.clear()  # ten idle minutes
    answer = nobody.post("/laporkan", data=form)
    assert answer.status_code == 400 and "Panjang sekali ceritanya." in answer.text
    fakes.says("placement", "POST /v1/concerns", {"id": "L-1"}, status=201)
    assert nobody.post("/laporkan", data=fields(answer.text, "/laporkan")).status_code == 200
    assert fakes.of("placement", "POST /v1/concerns")[0].body["text"] == "Panjang sekali ceritanya."


@pytest.mark.parametrize(
    "odd", ["../candidates/" + ID, f"{ID}?fields=id", f"{ID}%2e", "..", ".", "a b", "é", "x#y", "x\ny"]
)
def test_an_id_that_is_none_leads_to_no_other_record(visits: Visits, fakes: FakeHouses, odd: str) -> None:
    people.tell(fakes)
    officer = visits.as_("officer")
    asked = [
        officer.get("/calon/baru", query_string={"draft": odd}),
        officer.get(f"{PERSON}/rujukan/baru", query_string={"angkatan": odd}),
        officer.get(f"{PERSON}/lamaran/baru", query_string={"lowongan": odd}),
        post(officer, "/calon/baru/hapus?" + f"draft={odd}".replace("#", "%23").replace("\n", "%0a")),
        post(officer, f"{PERSON}/lamaran/baru", order=odd),
        post(officer, f"{PERSON}/rujukan/baru", batch=odd),
        post(officer, f"{PERSON}/persetujuan/{odd.replace('/', '-').replace('?', '%3f').replace('#', '%23')}/tarik"),
    ]
    assert all(one.status_code in (308, 404, 409) for one in asked), [one.status_code for one in asked]
    paths = [one.path for one in fakes.asked]
    assert not [one for one in paths if "/drafts/../" in one or one.endswith(("/..", "/."))]
    assert not [one for one in fakes.asked if one.method == "DELETE" and one.path.rstrip("/") == f"/v1/candidates/{ID}"]
    assert not [one for one in fakes.asked if "fields" in one.params]


def test_a_draft_of_another_program_breaks_no_page(ana: FlaskClient, fakes: FakeHouses) -> None:
    for content in (
        {},
        {"step": "x"},
        {"step": [1], "steps": 7},
        {"steps": {"1": 3, "2": {"purposes": "x"}}},
        {"step": "9" * 999},
    ):
        fakes.says("registry", "GET /v1/drafts/d1", {"id": "d1", "version": 1, "content": content})
        fakes.says("registry", "PUT /v1/drafts/d1", {"id": "d1", "version": 2, "content": content})
        for step in ("", "&langkah=1", "&langkah=4", "&langkah=²", "&langkah=x"):
            assert ana.get(f"/calon/baru?draft=d1{step}").status_code == 200, (content, step)
        assert post(ana, "/calon/baru?draft=d1&langkah=1", full_name="Ana").status_code == 303
