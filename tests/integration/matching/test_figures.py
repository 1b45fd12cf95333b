"""Public figures over a real socket: counted by the job, told to nobody in particular, frozen for a forum."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.matching.actions import figures
from services.matching.store.figures import Figures
from shared import clock, ids
from shared.events import outbox
from tests.integration.matching.conftest import Matching
from tests.integration.matching.heard import a_person, day


@pytest.fixture(scope="module")
def manager(matching: Matching) -> httpx.Client:
    return matching.as_("manager", name="Maya Pengelola")


@pytest.fixture(scope="module")
def nobody(matching: Matching) -> httpx.Client:
    return matching.with_credential(None)


def people(matching: Matching, number: int, regency: str) -> list[str]:
    made = [a_person(home_regency=regency) for _ in range(number)]
    for person in made:
        matching.hear("candidate", person)
    return [person["id"] for person in made]


def cells(found: dict[str, Any], code: str) -> dict[str, Any]:
    [measure] = [one for one in found["measures"] if one["code"] == code]
    return {cell["place"]: cell["count"] for cell in measure["cells"]} | {"total": measure["total"]}


def test_before_the_first_count_there_is_nothing_and_it_says_so(nobody: httpx.Client, manager: httpx.Client) -> None:
    assert nobody.get("/v1/figures").json()["code"] == "nothing_counted"
    title = {"id": "Forum", "en": "Forum"}
    assert manager.post("/v1/editions", json={"day": day(0), "title": title}).status_code == 404


def test_people_are_counted_by_home_and_small_counts_are_withheld(
    matching: Matching, world: dict[str, Any], nobody: httpx.Client
) -> None:
    home = people(matching, 14, "53.06") + people(matching, 12, "53.07") + people(matching, 3, "53.02")
    people(matching, 1, "32.04")
    for id in home[:2]:
        assert matching.ask(id).status_code == 200
    figures.count(Figures(matching.database))
    found = nobody.get("/v1/figures")
    assert found.status_code == 200, found.text
    registered = cells(found.json(), "REGISTERED")
    assert registered["53.06"] == 14
    assert registered["53.01"] == 0
    assert registered["53.02"] is registered["OTHER"] is registered["53.07"] is None, "12 go with 3 and 1"
    assert registered["total"] == 30
    assert len([place for place in registered if place.startswith("53.")]) == 22
    assert cells(found.json(), "ASSESSED")["total"] is None, "two people"
    assert "candidate" not in found.text


def test_a_person_without_consent_or_erased_is_not_counted(matching: Matching, nobody: httpx.Client) -> None:
    [id] = people(matching, 1, "53.06")
    matching.hear("candidate", None, key=id, version=2)
    matching.hear("candidate", {"id": ids.new(), "version": 1, "consent": "WITHDRAWN"})
    figures.count(Figures(matching.database))
    assert cells(nobody.get("/v1/figures").json(), "REGISTERED")["53.06"] == 14


def test_a_promise_is_open_late_kept_or_kept_late(manager: httpx.Client, nobody: httpx.Client) -> None:
    text = {"id": "LTSA Larantuka buka", "en": "The Larantuka centre opens"}
    body = {"text": text, "who": "Disnaker NTT"}
    open_ = manager.post("/v1/promises", json={**body, "due": day(30)}).json()
    late = manager.post("/v1/promises", json={**body, "due": day(-1)}).json()
    assert (open_["state"], late["state"]) == ("OPEN", "LATE")
    kept = manager.post(f"/v1/promises/{open_['id']}/kept", json={"kept_on": day(0)}).json()
    after = manager.post(f"/v1/promises/{late['id']}/kept", json={"kept_on": day(0)}).json()
    assert (kept["state"], after["state"]) == ("KEPT", "KEPT_LATE")
    assert manager.post(f"/v1/promises/{late['id']}/kept", json={"kept_on": None}).json()["state"] == "LATE"
    assert {row["id"] for row in nobody.get("/v1/promises").json()["items"]} >= {open_["id"], late["id"]}


def test_an_edition_stays_as_it_was_frozen(matching: Matching, manager: httpx.Client, nobody: httpx.Client) -> None:
    title = {"id": "Forum akuntabilitas", "en": "Accountability forum"}
    frozen = manager.post("/v1/editions", json={"day": day(-90), "title": title})
    assert frozen.status_code == 201, frozen.text
    before = frozen.json()
    people(matching, 20, "53.06")
    late = next(row for row in before["promises"] if row["state"] == "LATE")
    manager.post(f"/v1/promises/{late['id']}/kept", json={"kept_on": day(0)})
    figures.count(Figures(matching.database))
    again = nobody.get(f"/v1/editions/{day(-90)}").json()
    assert again["figures"] == before["figures"]
    row = next(row for row in again["promises"] if row["id"] == late["id"])
    assert (row["state"], row["now"]) == ("LATE", "KEPT_LATE")
    assert manager.post("/v1/editions", json={"day": day(-90), "title": title}).json()["code"] == "edition_taken"
    second = manager.post("/v1/editions", json={"day": day(0), "title": title}).json()
    assert second["before"]["day"] == day(-90)
    assert cells(second["figures"], "REGISTERED")["53.06"] == 34
    assert [row["day"] for row in nobody.get("/v1/editions").json()["items"]] == [day(0), day(-90)]
    corrected = manager.post(f"/v1/editions/{day(0)}/corrections", json={"text": {"id": "Salah hitung", "en": "x"}})
    assert corrected.json()["corrections"][0]["text"]["id"] == "Salah hitung"
    assert corrected.json()["figures"] == second["figures"]
    again = manager.post(f"/v1/editions/{day(0)}/corrections", json={"text": {"id": "Salah hitung", "en": "x"}})
    assert (again.status_code, again.json()["corrections"]) == (200, corrected.json()["corrections"]), (
        "stands there once"
    )
    told = [event for event in outbox.waiting(matching.database) if event.topic == "matching.editions.v1"]
    assert [(event.key, event.version, event.type.rpartition(".")[2]) for event in told] == [
        (day(-90), 1, "published"),
        (day(0), 1, "published"),
        (day(0), 2, "corrected"),
    ]
    [kept] = [event.data for event in told if event.version == 2]
    assert kept == {"id": day(0), "version": 2, "counted_at": second["figures"]["counted_at"], "corrections": 1}


def test_only_the_province_writes(matching: Matching, nobody: httpx.Client) -> None:
    body = {"day": day(1), "title": {"id": "x", "en": "x"}}
    assert nobody.post("/v1/editions", json=body).status_code == 401
    assert matching.officer.post("/v1/editions", json=body).status_code == 403
    assert matching.officer.post(f"/v1/promises/{ids.new()}/kept", json={"kept_on": None}).status_code == 403
    assert nobody.get("/v1/editions/x").status_code == 404


def test_counting_comes_back_and_never_fills_the_day(matching: Matching) -> None:
    again = figures.count(Figures(matching.database))
    assert timedelta(hours=23) < again - clock.now() <= timedelta(days=1, minutes=1)
