"""The task force of a village adds a person and reads nobody; the office that serves the village goes on with them."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.registry.actions import submissions
from shared import clock
from shared.http.tokens import roles
from tests.integration.registry.conftest import Registry, new_person

VILLAGE = "Fatumnasi"


@pytest.fixture
def dorce(registry: Registry) -> Iterator[httpx.Client]:
    with registry.as_("village_task_force", name="Dorce Desa") as client:
        yield client


@pytest.fixture
def ana(registry: Registry) -> Iterator[httpx.Client]:
    with registry.as_("officer", name="Ana Petugas") as client:
        yield client


def said(**more: Any) -> dict[str, Any]:
    who = new_person()
    known = {name: who[name] for name in ("full_name", "birth_date", "sex")}
    return {**known, "regency": "53.02", "village": VILLAGE, "phone": "0811-3910-910", "agrees": True, **more}


def added(dorce: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = dorce.post("/v1/submissions", json=said(**more))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def closed(officer: httpx.Client, id: str, outcome: str, seen: str) -> httpx.Response:
    return officer.post(f"/v1/submissions/{id}/close", json={"outcome": outcome}, headers={"If-Match": seen})


def test_a_village_gets_a_receipt_and_nothing_else(dorce: httpx.Client) -> None:
    found = added(dorce)
    assert set(found) == {"id", "receipt", "received_at"}
    assert dorce.get(f"/v1/submissions/{found['id']}").status_code == 403
    assert dorce.get("/v1/submissions").status_code == 403


def test_a_known_person_is_not_given_away(registry: Registry, dorce: httpx.Client, ana: httpx.Client) -> None:
    known = new_person(regency="53.02")
    candidate = ana.post("/v1/candidates", json=known).json()
    same = {name: known[name] for name in ("full_name", "birth_date", "sex")}
    found = added(dorce, **same)
    assert set(found) == {"id", "receipt", "received_at"}
    assert candidate["id"] not in str(found) and candidate["number"] not in str(found)
    shown = ana.get(f"/v1/submissions/{found['id']}").json()
    assert [one["id"] for one in shown["alike"]] == [candidate["id"]]


def test_a_request_that_is_sent_again_gives_the_same_receipt(registry: Registry, dorce: httpx.Client) -> None:
    body, key = said(), {"Idempotency-Key": "desa-1"}
    first, second = (dorce.post("/v1/submissions", json=body, headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert registry.database.collection("submissions").count_documents({"_id": first.json()["id"]}) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"agrees": False}, "/agrees"),
        ({"agrees": None}, "/agrees"),
        ({"regency": "31.71"}, "/regency"),
        ({"village": ""}, "/village"),
        ({"full_name": "0811"}, "/full_name"),
        ({"phone": "saya"}, "/phone"),
        ({"birth_date": "2999-01-01"}, "/birth_date"),
        ({"nik": "9953064404000077"}, "/nik"),
    ],
)
def test_what_cannot_be_sent_says_what_to_type(dorce: httpx.Client, change: dict[str, Any], pointer: str) -> None:
    answer = dorce.post("/v1/submissions", json=said(**change))
    assert answer.status_code == 422
    assert pointer in [fault["pointer"] for fault in answer.json()["errors"]]


def test_only_the_office_that_serves_the_village_sees_it(registry: Registry, dorce: httpx.Client) -> None:
    found = added(dorce)
    with registry.with_credential(registry.issuer.mint("officer", "Beni Petugas", "SIKKA")) as beni:
        assert beni.get(f"/v1/submissions/{found['id']}").status_code == 404
        assert found["id"] not in [one["id"] for one in beni.get("/v1/submissions?limit=100").json()["items"]]
        assert closed(beni, found["id"], "WRONG", '"1"').status_code == 404


def test_what_no_office_serves_waits_for_every_office(dorce: httpx.Client, ana: httpx.Client) -> None:
    sent = added(dorce, regency="53.20")  # Sabu Raijua
    assert sent["id"] in {row["id"] for row in ana.get("/v1/submissions").json()["items"]}


def test_it_is_sealed_and_every_look_is_in_the_trail(
    registry: Registry, dorce: httpx.Client, ana: httpx.Client
) -> None:
    body = said(note="Ibunya bernama Markonah")
    id = dorce.post("/v1/submissions", json=body).json()["id"]
    row = registry.database.collection("submissions").find_one({"_id": id})
    assert row is not None
    for word in (body["full_name"], VILLAGE, "Markonah", "3910"):
        assert word.encode() not in bytes(row["sealed"]) and word not in str({**row, "sealed": None})
    assert ana.get(f"/v1/submissions/{id}").json()["person"]["note"] == "Ibunya bernama Markonah"
    did = [one["did"] for one in registry.rooms.trail.of([id])]
    assert did == ["SENT_IN", "OPENED"]


def test_closing_erases_what_was_said(registry: Registry, dorce: httpx.Client, ana: httpx.Client) -> None:
    id = added(dorce)["id"]
    address = f"/v1/submissions/{id}"
    seen = ana.get(address).headers["ETag"]
    assert closed(ana, id, "NOT_REACHED", seen).status_code == 200
    row = registry.database.collection("submissions").find_one({"_id": id})
    assert row is not None and "sealed" not in row and row["outcome"] == "NOT_REACHED"
    assert ana.get(address).json()["person"] is None
    assert closed(ana, id, "NOT_REACHED", seen).json()["code"] == "submission_closed"


def test_one_that_nobody_came_for_goes_after_half_a_year(registry: Registry, dorce: httpx.Client) -> None:
    id = added(dorce)["id"]
    with clock.fixed(clock.now() + timedelta(days=181)):
        registry.rooms.jobs.run_due({submissions.KIND: lambda due: submissions.lapse(registry.rooms, due.id)})
    row = registry.database.collection("submissions").find_one({"_id": id})
    assert row is not None and "sealed" not in row and row["outcome"] == "LAPSED"


def test_a_village_reads_nothing_at_any_route(registry: Registry, dorce: httpx.Client, ana: httpx.Client) -> None:
    """Role × endpoint: the whole OpenAPI document of the house, with ids that exist."""
    person = ana.post("/v1/candidates", json=new_person()).json()
    waiting = added(dorce)["id"]
    document = dorce.get("/openapi.json").json()
    read = []
    for path, operations in document["paths"].items():
        for method in operations.keys() & {"get", "post", "put", "patch", "delete"}:
            for id in (person["id"], waiting):
                address = path
                while "{" in address:
                    address = address.replace(address[address.index("{") : address.index("}") + 1], id, 1)
                body: Any = {} if method in ("post", "put", "patch") else None
                answer = dorce.request(method.upper(), address, headers={"If-Match": '"1"'}, json=body)
                if answer.status_code < 400:
                    read.append((method, path))
                assert person["full_name"] not in answer.text and person["number"] not in answer.text
    # What everybody may read without any token, and the machinery of the house.
    assert {path for _, path in read} <= {"/v1/service-centres", "/openapi.json", "/livez", "/readyz", "/metrics"}


def test_adding_is_the_only_right_of_the_role_and_of_no_other() -> None:
    assert roles()["village_task_force"] == ["candidates:add"]
    assert [role for role, scopes in roles().items() if "candidates:add" in scopes] == ["village_task_force"]
    assert json.dumps(roles()).count("candidates:add") == 1


def test_somebody_who_is_erased_does_not_come_back_by_what_a_village_sent_in(
    registry: Registry, dorce: httpx.Client, ana: httpx.Client
) -> None:
    known = new_person(regency="53.02")
    person = ana.post("/v1/candidates", json=known)
    same = {name: known[name] for name in ("full_name", "birth_date", "sex")}
    mine, other = added(dorce, **same)["id"], added(dorce)["id"]
    gone = ana.delete(
        f"/v1/candidates/{person.json()['id']}?reason=PERSON_ASKED", headers={"If-Match": person.headers["ETag"]}
    )
    assert gone.status_code == 204, gone.text
    rows = registry.database.collection("submissions")
    row = rows.find_one({"_id": mine})
    assert row is not None and row["outcome"] == "ERASED" and not {"sealed", "mark"} & set(row)
    assert ana.get(f"/v1/submissions/{mine}").json()["person"] is None
    assert ana.get(f"/v1/submissions/{other}").json()["person"]["full_name"]


@pytest.mark.parametrize("how", ["corrected", "merged"])
def test_what_a_village_said_of_somebody_under_an_earlier_name_goes_with_them_too(
    registry: Registry, dorce: httpx.Client, ana: httpx.Client, how: str
) -> None:
    known = new_person(regency="53.02", nik=None)
    person = ana.post("/v1/candidates", json=known).json()
    path, any_version = f"/v1/candidates/{person['id']}", {"If-Match": "*"}
    mine = added(dorce, **{name: known[name] for name in ("full_name", "birth_date", "sex")})["id"]
    if how == "corrected":
        assert ana.patch(path, json={"full_name": "Yosefina Abuk Neno"}, headers=any_version).status_code == 200
    else:
        kept = ana.post("/v1/candidates", json=new_person(regency="53.02")).json()
        path = f"/v1/candidates/{kept['id']}"
        body = {"duplicate": person["id"], "reason": "Orang yang sama, dicocokkan dengan KK"}
        assert ana.post(f"{path}/merges", json=body, headers=any_version).status_code == 201
    assert ana.delete(f"{path}?reason=PERSON_ASKED", headers=any_version).status_code == 204
    row = registry.database.collection("submissions").find_one({"_id": mine})
    assert row is not None and row["outcome"] == "ERASED" and not {"sealed", "mark"} & set(row)
