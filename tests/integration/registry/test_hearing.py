"""What the registry hears: finished training counts once, applications are shown, erased people stay erased."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from services.registry.hears import hears
from shared import clock, ids
from shared.events.contracts import Refused
from shared.events.envelope import Event
from shared.events.hearing import Hearing
from tests.integration.registry.conftest import Registry
from tests.unit.registry.people import an_enrolment

Person = Callable[..., dict[str, Any]]


def an_event(topic: str, type: str, data: dict[str, Any]) -> Event:
    return Event(
        topic=topic,
        key=data["id"],
        type=type,
        version=data["version"],
        source=f"/lumbung/{topic.partition('.')[0]}",
        id=ids.new(),
        time=clock.now(),
        trace=None,
        data=data,
    )


def finished(candidate_id: str, **more: Any) -> Event:
    enrolment = {**an_enrolment(), "id": ids.new(), "candidate_id": candidate_id, **more}
    return an_event("training.enrolments.v1", "training.enrolment.completed", enrolment)


@pytest.fixture
def hearing(registry: Registry) -> Hearing:
    return Hearing(registry.database, hears(registry.rooms))


@pytest.fixture
def person(officer: httpx.Client, a_person: Person) -> str:
    id: str = officer.post("/v1/candidates", json=a_person()).json()["id"]
    return id


def test_a_finished_enrolment_counts_once_however_often_it_is_told(
    registry: Registry, officer: httpx.Client, hearing: Hearing, person: str
) -> None:
    event = finished(person)
    hearing.apply([event])
    hearing.apply([event])
    page = officer.get(f"/v1/candidates/{person}").json()
    assert page["version"] == 2
    assert [entry["hours"] for entry in page["training_hours"]] == [200]
    assert page["certificates"][0]["enrolment"] == event.key
    said = registry.said(person)[-1]
    assert said.data is not None
    assert (said.version, said.data["certificates"][0]["scheme"]) == (2, "ELDERLY_CARETAKER")
    assert said.data["skills"][0] == {
        "code": "CARE_ELDERLY",
        "source": "TRAINING",
        "months": None,
        "similarity": 1.0,
        "evidence": "skills/0",
    }


def test_two_enrolments_add_up_and_a_correction_takes_back_its_own(
    officer: httpx.Client, hearing: Hearing, person: str
) -> None:
    first, second = finished(person), finished(person)
    hearing.apply([first, second])
    assert first.data is not None
    corrected = {**first.data, "version": 6, "gives": None, "result": "NOT_YET_COMPETENT"}
    hearing.apply([replace(first, version=6, data=corrected)])
    page = officer.get(f"/v1/candidates/{person}").json()
    assert [entry["enrolment"] for entry in page["training_hours"]] == [second.key]
    assert page["version"] == 4


def test_training_leaves_a_row_in_the_trail(supervisor: httpx.Client, hearing: Hearing, person: str) -> None:
    event = finished(person)
    hearing.apply([event])
    rows = supervisor.get(f"/v1/candidates/{person}/trail").json()["items"]
    credited = [row for row in rows if row["did"] == "CREDITED"]
    assert [(row["who"]["id"], row["about"]) for row in credited] == [("training", event.key)]


def test_a_late_enrolment_does_not_bring_an_erased_person_back(
    registry: Registry, officer: httpx.Client, hearing: Hearing, person: str
) -> None:
    officer.delete(f"/v1/candidates/{person}", headers={"If-Match": '"1"'})
    hearing.apply([finished(person)])
    assert registry.database.collection("candidates").find_one({"_id": person}) == {
        "_id": person,
        "version": 2,
        "erased": True,
    }


def test_an_enrolment_of_somebody_unknown_is_kept_aside(hearing: Hearing) -> None:
    with pytest.raises(Refused):
        hearing.apply([finished("00000000-0000-4000-8000-00000000dead")])


def test_the_page_shows_what_became_of_an_application(officer: httpx.Client, hearing: Hearing, person: str) -> None:
    application = {
        "id": ids.new(),
        "version": 1,
        "candidate_id": person,
        "job_order_id": ids.new(),
        "state": "APPLIED",
        "reserved": False,
    }
    told = an_event("placement.applications.v1", "placement.application.applied", application)
    hearing.apply([told])
    hearing.apply([replace(told, version=2, data={**application, "version": 2, "state": "SELECTED"})])
    shown = officer.get(f"/v1/candidates/{person}").json()["applications"]
    assert shown == [{"id": application["id"], "job_order_id": application["job_order_id"], "state": "SELECTED"}]
