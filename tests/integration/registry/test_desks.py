"""At the desks: consents, requirements, protected data, and the person's own questions, over a real socket."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.integration.registry.conftest import Registry
from tests.support.today import day

Person = Callable[..., dict[str, Any]]


@pytest.fixture
def person(officer: httpx.Client, a_person: Person) -> dict[str, Any]:
    shown: dict[str, Any] = officer.post("/v1/candidates", json=a_person()).json()
    return shown


def at(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


def test_consent_opens_and_closes_what_the_other_houses_know(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    shown = officer.post("/v1/candidates", json=a_person(consents=[])).json()
    path = f"/v1/candidates/{shown['id']}"
    assert shown["consent"] == "NONE"
    given = officer.post(f"{path}/consents", json={"purpose": "MATCHING", "method": "SPOKEN"})
    assert (given.status_code, given.json()["consent"], given.headers["ETag"]) == (201, "GIVEN", '"2"')
    assert officer.post(f"{path}/consents", json={"purpose": "MATCHING", "method": "SPOKEN"}).headers["ETag"] == '"2"'
    assert officer.delete(f"{path}/consents/MATCHING").status_code == 428
    back = officer.delete(f"{path}/consents/MATCHING", headers=at(2))
    assert (back.status_code, back.json()["consent"]) == (200, "WITHDRAWN")
    assert officer.delete(f"{path}/consents/MATCHING", headers=at(3)).status_code == 404
    events = registry.said(shown["id"])
    assert [event.type.rpartition(".")[2] for event in events] == ["registered", "consent_given", "consent_withdrawn"]
    assert [len(event.data or {}) > 3 for event in events] == [False, True, False]


def test_a_requirement_is_recorded_with_who_looked_and_when(officer: httpx.Client, person: dict[str, Any]) -> None:
    answer = officer.put(
        f"/v1/candidates/{person['id']}/requirements/PASSPORT",
        json={"status": "MET", "number": "C1234567", "valid_until": "2099-02-01"},
        headers=at(1),
    )
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    record = answer.json()["requirements"]["PASSPORT"]
    assert (record["status"], record["checked_by"]) == ("MET", "dev:ana-petugas")


def test_a_document_number_never_leaves_the_house(
    registry: Registry, officer: httpx.Client, person: dict[str, Any]
) -> None:
    officer.put(
        f"/v1/candidates/{person['id']}/requirements/PASSPORT", json={"status": "MET", "number": "C7"}, headers=at(1)
    )
    said = registry.said(person["id"])[-1].data
    assert said is not None
    assert said["requirements"] == {"PASSPORT": {"status": "MET", "valid_until": None}}


def test_the_whole_number_is_shown_for_a_reason_that_stays(
    officer: httpx.Client, supervisor: httpx.Client, a_person: Person
) -> None:
    sent = a_person()
    id = officer.post("/v1/candidates", json=sent).json()["id"]
    path = f"/v1/candidates/{id}"
    refused = officer.post(f"{path}/nik-reveals", json={"reason": "ingin"})
    assert refused.status_code == 422
    shown = officer.post(f"{path}/nik-reveals", json={"reason": "mencocokkan dengan KTP"})
    assert (shown.status_code, shown.json()) == (201, {"nik": sent["nik"]})
    rows = supervisor.get(f"{path}/trail").json()["items"]
    revealed = [row for row in rows if row["did"] == "NIK_REVEALED"]
    assert [(row["reason"], row["who"]["id"]) for row in revealed] == [("mencocokkan dengan KTP", "dev:ana-petugas")]


def test_the_trail_knows_everybody_who_looked(
    officer: httpx.Client, supervisor: httpx.Client, person: dict[str, Any]
) -> None:
    path = f"/v1/candidates/{person['id']}"
    officer.get(path)
    officer.post("/v1/candidates:search", json={"query": person["number"]})
    officer.patch(path, json={"village": "Sarotari"}, headers=at(1))
    assert officer.get(f"{path}/trail").status_code == 403
    rows = supervisor.get(f"{path}/trail").json()["items"]
    assert [row["did"] for row in rows] == ["REGISTERED", "OPENED", "FOUND", "CHANGED", "TRAIL_OPENED"]
    assert rows[3]["fields"] == ["village"]
    assert "Sarotari" not in str(rows)


def test_health_and_records_have_rights_of_their_own(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, person: dict[str, Any]
) -> None:
    path = f"/v1/candidates/{person['id']}/specific"
    sent = {
        "fitness": {"status": "TEMP_UNFIT", "on": day(-80)},
        "conditions": [{"code": "COLOUR_VISION", "met": False}, {"code": "HEIGHT_158", "met": True}],
        "records": [{"kind": "DEPORTATION", "country": "MYS", "until": day(1200)}],
        "loans": [{"lender": "SPONSOR", "amount": 5000000}],
    }
    assert officer.get(path).status_code == 403
    assert officer.put(path, json=sent, headers=at(1)).status_code == 403
    kept = supervisor.put(path, json=sent, headers=at(1))
    assert (kept.status_code, kept.headers["ETag"]) == (200, '"2"')
    assert supervisor.get(path).json()["loans"][0]["amount"] == {"amount": 5000000, "currency": "IDR"}
    page = officer.get(f"/v1/candidates/{person['id']}").text
    assert "TEMP_UNFIT" not in page
    assert "DEPORTATION" not in page
    document = registry.database.collection("candidates").find_one({"_id": person["id"]})
    assert "TEMP_UNFIT" not in repr(document)
    said = registry.said(person["id"])[-1].data
    assert said is not None
    assert said["fitness"]["status"] == "TEMP_UNFIT"
    assert said["records"][0]["kind"] == "DEPORTATION"
    assert "SPONSOR" not in str(said)


@pytest.mark.parametrize(
    "fitness", ["UNFIT", {"status": "UNFIT", "conditions": [{"code": "COLOUR_VISION", "met": False}]}]
)
def test_what_a_person_brings_to_registration_is_kept_apart_too(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, a_person: Person, fitness: Any
) -> None:
    brought = {"fitness": fitness, "records": [{"kind": "ENTRY_BAN", "country": "MYS"}]}
    answer = officer.post("/v1/candidates", json=a_person(**brought))
    assert answer.status_code == 201, answer.text
    id = answer.json()["id"]
    assert "UNFIT" not in answer.text + repr(registry.database.collection("candidates").find_one({"_id": id}))
    assert officer.get(f"/v1/candidates/{id}/specific").status_code == 403
    kept = supervisor.get(f"/v1/candidates/{id}/specific").json()
    assert (kept["fitness"]["status"], kept["records"][0]["kind"]) == ("UNFIT", "ENTRY_BAN")
    told = registry.said(id)[-1].data
    assert told is not None
    assert (told["version"], told["fitness"]["status"], told["records"][0]["country"]) == (1, "UNFIT", "MYS")
    assert [row["code"] for row in told["fitness"]["conditions"]] == (
        [] if isinstance(fitness, str) else ["COLOUR_VISION"]
    )


def test_an_officer_writes_down_once_what_was_answered_and_never_reads_it(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, person: dict[str, Any]
) -> None:
    path = f"/v1/candidates/{person['id']}/records"
    assert officer.get(path).json() == {"candidate_id": person["id"], "version": 1, "asked": False}
    ban = {"kind": "DEPORTATION", "country": "MYS", "until": day(300)}
    answered = officer.put(path, json={"records": [ban]}, headers=at(1))
    assert (answered.status_code, answered.headers["ETag"]) == (200, '"2"')
    assert "DEPORTATION" not in answered.text + officer.get(path).text
    assert officer.get(path).json()["asked"] is True
    told = registry.said(person["id"])[-1].data
    assert told is not None and told["records"][0]["kind"] == "DEPORTATION"
    again = officer.put(path, json={"records": []}, headers=at(2))
    assert (again.status_code, again.json()["code"]) == (409, "asked_already")
    assert officer.put(path, json={"records": []}, headers=at(1)).status_code == 412
    assert supervisor.put(path, json={"records": []}, headers=at(2)).status_code == 200
    assert supervisor.get(f"/v1/candidates/{person['id']}/specific").json()["records"] == []
    rows = supervisor.get(f"/v1/candidates/{person['id']}/trail").json()["items"]
    assert [row["fields"] for row in rows if row["did"] == "SPECIFIC_CHANGED"] == [["records"], ["records"]]


def test_asked_and_none_is_an_answer(registry: Registry, officer: httpx.Client, person: dict[str, Any]) -> None:
    path = f"/v1/candidates/{person['id']}/records"
    assert officer.put(path, json={"records": []}, headers=at(1)).json()["asked"] is True
    told = registry.said(person["id"])[-1].data
    assert told is not None and told["records"] == []


def test_a_part_that_is_not_sent_stays(supervisor: httpx.Client, person: dict[str, Any]) -> None:
    path = f"/v1/candidates/{person['id']}/specific"
    supervisor.put(path, json={"fitness": {"status": "FIT"}}, headers=at(1))
    supervisor.put(path, json={"loans": [{"lender": "BANK", "amount": 100}]}, headers=at(2))
    assert supervisor.get(path).json()["fitness"]["status"] == "FIT"


def test_a_worry_is_written_by_many_and_read_by_few(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, person: dict[str, Any]
) -> None:
    path = f"/v1/candidates/{person['id']}/risk-notes"
    note = {"text": "KTP dipegang orang lain.", "severity": "REFER", "indicators": ["RETENTION_OF_ID_DOCUMENTS"]}
    written = officer.post(path, json=note, headers={"Idempotency-Key": person["id"]})
    again = officer.post(path, json=note, headers={"Idempotency-Key": person["id"]})
    assert written.status_code == 201
    assert again.json() == written.json()
    assert "KTP" not in written.text
    assert officer.get(path).status_code == 403
    [row] = supervisor.get(path).json()["items"]
    assert row["indicators"] == ["RETENTION_OF_ID_DOCUMENTS"]
    assert len(registry.said(person["id"])) == 1


def test_the_persons_own_copy_names_what_it_leaves_out(
    officer: httpx.Client, supervisor: httpx.Client, person: dict[str, Any]
) -> None:
    path = f"/v1/candidates/{person['id']}/export"
    part = officer.get(path)
    assert part.json()["left_out"] == ["specific", "trail"]
    assert part.headers["Content-Disposition"] == f'attachment; filename="{person["number"]}.json"'
    whole = supervisor.get(path).json()
    assert whole["left_out"] == []
    assert whole["candidate"]["full_name"] == person["full_name"]
    assert "EXPORTED" in [row["did"] for row in whole["trail"]]
    assert whole["specific"]["fitness"]["status"] == "UNTESTED"


def test_a_person_without_a_number_has_none_to_show(officer: httpx.Client, a_person: Person) -> None:
    id = officer.post("/v1/candidates", json=a_person(nik=None)).json()["id"]
    answer = officer.post(f"/v1/candidates/{id}/nik-reveals", json={"reason": "mencocokkan dengan KTP"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_nik")


def test_a_request_sent_again_is_one_more_look_and_needs_the_rights_again(
    registry: Registry, supervisor: httpx.Client, a_person: Person
) -> None:
    with registry.as_("officer", name="Siti Loket") as officer:
        key = {"Idempotency-Key": "sekali-lagi"}
        sent = a_person()
        first = officer.post("/v1/candidates", json=sent, headers=key)
        again = officer.post("/v1/candidates", json=sent, headers=key)
        assert (again.status_code, again.json()) == (201, first.json())
    id = first.json()["id"]
    with registry.as_("officer", name="Siti Loket", scopes=[]) as nobody:
        refused = nobody.post("/v1/candidates", json=sent, headers=key)
        assert refused.status_code == 403 and sent["full_name"] not in refused.text
    with registry.as_("auditor", name="Siti Loket", scopes=["candidates:write"]) as other:
        refused = other.post("/v1/candidates", json=sent, headers=key)
        assert (refused.status_code, refused.json()["code"]) == (403, "made_in_another_role")
    looks = [row["did"] for row in supervisor.get(f"/v1/candidates/{id}/trail").json()["items"]]
    assert looks[:2] == ["REGISTERED", "OPENED"]
