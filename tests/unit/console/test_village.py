"""A village adds somebody and reads nobody; an officer takes the person from there."""

from typing import Any

import pytest

from tests.support.console import people, villages
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID, ORDER
from tests.support.console.villages import NAME, NOTE, PHONE, VILLAGE
from tests.support.console.visits import Visits, csrf

TYPED = {"full_name": NAME, "birth_date": "14/4/2002", "regency": "53.02", "village": VILLAGE, "agrees": "y"}


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes)
    villages.tell(fakes)
    return fakes


def press(visits: Visits, role: str, path: str, **data: Any) -> Any:
    client = visits.as_(role)
    return client.post(path, data={"csrf_token": csrf(client), "once": "1", **data})


def test_what_a_village_sends_comes_back_as_a_number_alone(visits: Visits, house: FakeHouses) -> None:
    client = visits.as_("village_task_force")
    assert client.get("/").location == "/desa"
    answer = client.post("/desa", data={"csrf_token": csrf(client), "once": "1", **TYPED})
    assert answer.status_code == 303
    sent = house.of("registry", "POST /v1/submissions")[0]
    assert sent.body["birth_date"] == "2002-04-14" and sent.body["agrees"] is True and sent.body["phone"] is None
    assert sent.headers["idempotency-key"] == "1"
    text = client.get("/desa").get_data(as_text=True)
    assert ID[:8].upper() in text
    assert NAME not in text and VILLAGE not in text
    assert {(one.method, one.path) for one in house.asked} == {("POST", "/v1/submissions")}


@pytest.mark.parametrize("missing", ["full_name", "regency", "village", "agrees"])
def test_what_is_missing_is_asked_for_and_nothing_is_sent(visits: Visits, house: FakeHouses, missing: str) -> None:
    answer = press(visits, "village_task_force", "/desa", **{**TYPED, missing: ""})
    assert answer.status_code == 422
    assert f'href="#{missing}"' in answer.get_data(as_text=True)
    assert house.of("registry", "POST *") == []


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(visits: Visits, fakes: FakeHouses) -> None:
    fault = {"pointer": "/phone", "code": "not_a_phone", "message": "Nomor ini tidak dapat dibaca.", "fix": "Ketik 08."}
    fakes.refuses("registry", "POST /v1/submissions", 422, "invalid", "Salah", errors=[fault])
    text = press(visits, "village_task_force", "/desa", **TYPED, phone="saya").get_data(as_text=True)
    assert "Nomor ini tidak dapat dibaca" in text and NAME in text


def test_without_the_registry_nothing_is_said_to_be_received(visits: Visits, house: FakeHouses) -> None:
    house.silence("registry")
    answer = press(visits, "village_task_force", "/desa", **TYPED)
    assert answer.status_code == 503
    assert "tidak menjawab" in answer.get_data(as_text=True)


def test_an_officer_sees_that_somebody_waits_by_initials(visits: Visits, house: FakeHouses) -> None:
    assert "1 orang dikirim gugus tugas desa" in visits.as_().get("/").get_data(as_text=True)
    shared = visits.as_().get("/kiriman").get_data(as_text=True)
    assert NAME not in shared and VILLAGE not in shared and "Timor Tengah Selatan" in shared
    assert NAME in visits.as_(shared=False).get("/kiriman").get_data(as_text=True)


def test_on_a_shared_screen_village_phone_and_note_are_not_read(visits: Visits, house: FakeHouses) -> None:
    shared = visits.as_().get(f"/kiriman/{ID}").get_data(as_text=True)
    alone = visits.as_(shared=False).get(f"/kiriman/{ID}").get_data(as_text=True)
    for secret in (VILLAGE, PHONE, NOTE):
        assert secret not in shared and secret in alone
    assert f"/calon/{ORDER}" in shared and "LB-2026-000007" in shared


def test_a_registration_begins_with_what_the_village_said(visits: Visits, house: FakeHouses) -> None:
    answer = press(visits, "officer", f"/kiriman/{ID}/daftarkan")
    assert answer.location == f"/calon/baru?draft={ORDER}&langkah=1"
    content = house.of("registry", "POST /v1/drafts")[0].body["content"]
    assert content["steps"]["1"]["birth_date"] == ["14/4/2002"] and content["steps"]["1"]["village"] == [VILLAGE]
    assert content["kiriman"] == ID


def test_whoever_is_registered_is_closed_with_the_candidate(visits: Visits, house: FakeHouses) -> None:
    typed = {"1": {"full_name": [NAME]}}
    draft = {"id": ORDER, "version": 1, "content": {"step": 4, "steps": typed, "label": NAME, "kiriman": ID}}
    house.says("registry", "GET /v1/drafts/*", draft)
    house.says("registry", "PUT /v1/drafts/*", lambda one: {**draft, "version": 2, **one.body})
    house.says("registry", "POST /v1/candidates", people.person(), status=201)
    house.says("registry", "DELETE /v1/drafts/*", status=204)
    assert press(visits, "officer", f"/calon/baru?draft={ORDER}&langkah=4").status_code == 303
    assert house.of("registry", "PUT /v1/drafts/*")[0].body["content"]["kiriman"] == ID
    closed = house.of("registry", f"POST /v1/submissions/{ID}/close")[0]
    assert closed.body == {"outcome": "REGISTERED", "candidate_id": people.person()["id"]}
    assert closed.headers["if-match"] == '"1"'


def test_closing_by_hand_says_why(visits: Visits, house: FakeHouses) -> None:
    house.says("registry", "POST /v1/submissions/*/close", villages.submission(state="CLOSED", person=None))
    assert press(visits, "officer", f"/kiriman/{ID}/tutup", version="1").status_code == 422
    assert press(visits, "officer", f"/kiriman/{ID}/tutup", version="1", reason="NOT_REACHED").status_code == 303
    assert house.of("registry", "POST /v1/submissions/*/close")[0].body == {"outcome": "NOT_REACHED"}


def test_one_that_is_closed_shows_nobody(visits: Visits, fakes: FakeHouses) -> None:
    villages.tell(fakes, sent=villages.submission(state="CLOSED", person=None, outcome="REGISTERED", alike=[]))
    text = visits.as_().get(f"/kiriman/{ID}").get_data(as_text=True)
    assert "sudah ditutup" in text and "Mulai pendaftaran" not in text
