"""Registration in four steps, each kept in the registry before the next is shown."""

from typing import Any

from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.visits import post

HOME = f"/calon/{ID}"
STEP_1 = {"full_name": "Yuliana Tefa", "nik": "9953025404020001", "birth_date": "14 April 2002", "sex": "F"}
STEP_3 = {"education": "SMP", "home": "jaga oma yang sakit, 6 tahun\nmasak\ncuci, 18 bulan"}


def a_draft(step: int, **steps: Any) -> dict[str, Any]:
    kept = {number[1:]: {name: [value] for name, value in typed.items()} for number, typed in steps.items()}
    return {"id": "d1", "version": step, "content": {"step": step, "steps": kept, "label": "Yuliana Tefa"}}


def test_a_step_is_kept_before_the_next_is_shown(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("registry", "POST /v1/drafts", a_draft(1), status=201)
    answer = post(ana, "/calon/baru?langkah=1", **STEP_1)
    assert answer.location == "/calon/baru?draft=d1&langkah=2"
    (asked,) = fakes.of("registry", "POST /v1/drafts")
    assert asked.body["content"]["steps"]["1"]["full_name"] == ["Yuliana Tefa"]
    assert asked.headers["idempotency-key"]


def test_what_was_typed_before_stands_there_again(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("registry", "GET /v1/drafts/d1", a_draft(2, _1=STEP_1))
    text = ana.get("/calon/baru?draft=d1&langkah=1").get_data(as_text=True)
    assert 'value="Yuliana Tefa"' in text and 'value="14 April 2002"' in text


def test_the_last_step_sends_the_whole_and_throws_the_draft_away(ana: FlaskClient, fakes: FakeHouses) -> None:
    consents = {"purposes": "MATCHING", "method": "SPOKEN", "given_by": "SELF"}
    third = a_draft(4, _1=STEP_1, _2=consents, _3=STEP_3)
    fakes.says("registry", "GET /v1/drafts/d1", third)
    wishes = {"isco08": "9111", "destinations": "MYS", "boarding_ok": "yes"}
    kept = a_draft(5, _1=STEP_1, _2=consents, _3=STEP_3, _4=wishes)
    fakes.says("registry", "PUT /v1/drafts/d1", kept)
    fakes.says("registry", "POST /v1/candidates", people.person(), status=201)
    fakes.says("registry", "DELETE /v1/drafts/d1", status=204)
    answer = post(ana, "/calon/baru?draft=d1&langkah=4", **wishes)
    assert answer.location == HOME
    (asked,) = fakes.of("registry", "POST /v1/candidates")
    assert asked.body["birth_date"] == "2002-04-14"
    assert asked.body["consents"] == [{"purpose": "MATCHING", "method": "SPOKEN", "given_by": "SELF"}]
    assert [(one["text"], one["months"]) for one in asked.body["skills"]] == [
        ("jaga oma yang sakit", 72),
        ("masak", None),
        ("cuci", 18),
    ]
    assert asked.body["wishes"]["boarding_ok"] is True
    assert fakes.of("registry", "DELETE /v1/drafts/d1")


def test_a_refused_number_leads_back_to_its_step(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("registry", "GET /v1/drafts/d1", a_draft(4, _1=STEP_1))
    fakes.says("registry", "PUT /v1/drafts/d1", a_draft(5, _1=STEP_1))
    fault = {"pointer": "/nik", "code": "nik_not_16_digits", "message": "NIK ini tidak 16 angka.", "fix": None}
    fakes.refuses("registry", "POST /v1/candidates", 422, "invalid", "Belum bisa", errors=[fault])
    text = post(ana, "/calon/baru?draft=d1&langkah=4").get_data(as_text=True)
    assert "langkah 1 dari 4" in text and "NIK ini tidak 16 angka." in text and 'value="Yuliana Tefa"' in text


def test_somebody_who_looks_alike_is_shown_by_number_alone(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("registry", "GET /v1/drafts/d1", a_draft(4, _1=STEP_1))
    fakes.says("registry", "PUT /v1/drafts/d1", a_draft(5, _1=STEP_1))
    alike = [{"id": ID, "number": "LB-2026-000007"}]
    fakes.refuses("registry", "POST /v1/candidates", 409, "possible_duplicate", "Mungkin", candidates=alike)
    text = post(ana, "/calon/baru?draft=d1&langkah=4").get_data(as_text=True)
    assert "Buka LB-2026-000007" in text and "Bukan, ini orang lain" in text
