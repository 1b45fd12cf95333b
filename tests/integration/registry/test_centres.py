"""An officer works on the people of the own centre; others are found by search and opened with a reason."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared import clock
from tests.integration.registry.conftest import Registry

Answer = dict[str, Any]
Person = Callable[..., Answer]


@pytest.fixture(scope="module")
def sikka(registry: Registry) -> Iterator[httpx.Client]:
    with registry.with_credential(registry.issuer.mint("officer", "Sisilia Petugas", "SIKKA")) as client:
        yield client


@pytest.fixture
def person(officer: httpx.Client, a_person: Person) -> Answer:
    made: Answer = officer.post("/v1/candidates", json=a_person()).json()
    return made


def test_a_person_of_another_centre_is_opened_with_a_reason_that_stands_in_the_trail(
    sikka: httpx.Client, supervisor: httpx.Client, person: Answer
) -> None:
    path = f"/v1/candidates/{person['id']}"
    found = sikka.post("/v1/candidates:search", json={"query": person["number"]}).json()["items"]
    assert [row["id"] for row in found] == [person["id"]]
    for answer in (
        sikka.get(path),
        sikka.get(f"{path}/export"),
        sikka.patch(path, json={"village": "x"}, headers={"If-Match": "*"}),
        sikka.delete(path, headers={"If-Match": "*"}),
        sikka.post(f"{path}/consents", json={"purpose": "STATISTICS", "method": "SPOKEN"}),
        sikka.post(f"{path}/nik-reveals", json={"reason": "Mencocokkan KTP orang ini"}),
        sikka.post(f"{path}/risk-notes", json={"text": "Takut pulang", "severity": "INFO"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "other_centre"), answer.text
        assert answer.json()["centre"] == "KUPANG" and answer.json()["openings"] == f"{path}/openings"
        assert person["full_name"] not in answer.text
    assert sikka.post(f"{path}/openings", json={"reason": "pindah"}).status_code == 422
    opened = sikka.post(f"{path}/openings", json={"reason": "Orang ini pindah ke Maumere"})
    assert opened.status_code == 201, opened.text
    assert sikka.get(path).json()["full_name"] == person["full_name"]
    assert sikka.patch(path, json={"village": "Wuring"}, headers={"If-Match": "*"}).status_code == 200
    trail = supervisor.get(f"{path}/trail").json()["items"]
    (row,) = [row for row in trail if row["did"] == "OPENED_ELSEWHERE"]
    assert (row["who"]["centre"], row["reason"]) == ("SIKKA", "Orang ini pindah ke Maumere")
    with clock.fixed(clock.now() + timedelta(hours=12, minutes=1)):
        assert sikka.get(path).json()["code"] == "other_centre", "the reason of yesterday is none for today"


def test_the_register_of_another_centre_is_not_for_leafing_through(
    registry: Registry, officer: httpx.Client, sikka: httpx.Client, person: Answer, a_person: Person
) -> None:
    refused = sikka.get("/v1/candidates", params={"centre": "KUPANG"})
    assert (refused.status_code, refused.json()["code"]) == (403, "other_register")
    mine = sikka.post("/v1/candidates", json=a_person()).json()
    assert [row["id"] for row in sikka.get("/v1/candidates", params={"limit": 100}).json()["items"]] == [mine["id"]]
    theirs = [row["id"] for row in officer.get("/v1/candidates", params={"limit": 100}).json()["items"]]
    assert person["id"] in theirs and mine["id"] not in theirs
    officeless = registry.with_credential(registry.issuer.mint("officer", "Tanpa Kantor"))
    assert officeless.get("/v1/candidates").json()["items"] == []
    assert officeless.get(f"/v1/candidates/{person['id']}").json()["code"] == "other_centre"
    assert officeless.get("/v1/candidates", params={"centre": "KUPANG"}).status_code == 403
    machine = registry.with_credential(registry.issuer.mint("system", "Mesin", scopes=["candidates:read"]))
    everyone = [row["id"] for row in machine.get("/v1/candidates", params={"limit": 100}).json()["items"]]
    assert {person["id"], mine["id"]} <= set(everyone)


def test_somebody_of_no_centre_is_everybodys(registry: Registry, sikka: httpx.Client, a_person: Person) -> None:
    machine = registry.with_credential(
        registry.issuer.mint("system", "Mesin", scopes=["candidates:read", "candidates:write"])
    )
    nobodys = machine.post("/v1/candidates", json=a_person()).json()
    assert nobodys["centre"] is None
    assert sikka.get(f"/v1/candidates/{nobodys['id']}").status_code == 200
