"""A training house for each test module: its routes over a real socket, its database on the stack's MongoDB."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from services.training.__main__ import wire
from services.training.actions.house import House
from services.training.app import build_house, create_app
from services.training.hears import hears
from services.training.settings import Settings
from services.training.store import PEOPLE, SPECS
from shared import ids
from shared.events.hearing import Hearing
from shared.jobs import Handler
from tests.support import sent
from tests.support.sent import day
from tests.support.served import Served, consent_of, judgement_of, served

if TYPE_CHECKING:
    from deploy.local.stack import Stack

Answer = dict[str, Any]
_serials = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Training(Served[Settings]):
    """The running house; `rooms` look behind the counter."""

    rooms: House
    handlers: dict[str, Handler]

    def work(self) -> None:
        """Do the jobs that are due, as the `work` process would."""
        while self.rooms.jobs.run_due(self.handlers):
            continue

    def hear_of(self, candidate_id: str, *, version: int = 1, consent: str | None = "GIVEN") -> None:
        """The registry told of a person; consent None is their erasure."""
        Hearing(self.database, hears(self.rooms)).apply([consent_of(candidate_id, version, consent)])

    def judge(self, enrolment_id: str, *rules: Answer, stale: bool = False, of: str | None = None) -> None:
        """What matching would tell of an enrolment as it stands now; lawful without ``rules``.

        ``stale``: made from a version of the course before this one. ``of``: of whom, if not of whose it is now.
        """
        store = self.rooms.store
        enrolment = store.enrolments.load(enrolment_id)
        assert enrolment is not None
        course, batch = store.courses.load(enrolment["course_id"]), store.batches.load(enrolment["batch_id"])
        assert course is not None and batch is not None
        person = store.several(PEOPLE, [enrolment["candidate_id"]])[enrolment["candidate_id"]]
        versions = {"candidate": person["version"], "course": course["version"] - stale, "batch": batch["version"]}
        told = judgement_of(
            enrolment_id,
            "ENROLMENT",
            versions=versions,
            day=batch["starts"],
            version=next(_serials),
            rules=[{**rule, "stage": "ENROL"} for rule in rules],
            candidate_id=of or enrolment["candidate_id"],
        )
        Hearing(self.database, hears(self.rooms)).apply([told])


@pytest.fixture(scope="module")
def training(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Training]:
    with served(stack, tmp_path_factory.mktemp("issuer"), Settings, create_app, SPECS, letter_key=b"l" * 32) as here:
        rooms = build_house(here.settings, here.database)
        yield Training(here.url, here.settings, here.database, here.issuer, rooms, dict(wire(here.settings).jobs))


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider with its key, and the reviewer who looks after it."""

    id: str
    key: httpx.Client
    reviewer: httpx.Client
    training: Training

    def a_course(self, **changes: Any) -> Answer:
        """A course of this provider, reviewed and approved unless `approved=False`."""
        approved = changes.pop("approved", True)
        course: Answer = created(self.key.post("/v1/courses", json=course_body(**changes)))
        if not approved:
            return course
        reviewed = self.reviewer.post(
            f"/v1/courses/{course['id']}/review",
            json={"decision": "APPROVED"},
            headers={"If-Match": f'"{course["version"]}"'},
        )
        assert reviewed.status_code == 200, reviewed.text
        answer: Answer = reviewed.json()
        return answer

    def a_batch(self, course: Answer, **changes: Any) -> Answer:
        return created(self.key.post(f"/v1/courses/{course['id']}/batches", json=batch_body(**changes)))


@pytest.fixture(scope="module")
def provider(training: Training) -> Provider:
    return a_provider(training)


def a_provider(training: Training) -> Provider:
    reviewer = training.as_("reviewer", name="Rina Peninjau")
    programmes = [{"programme": "PLRT-LANSIA", "from": day(-700), "until": None}]
    body = {
        "code": f"BLK-{next(_serials)}",
        "name": "BLK Contoh",
        "kind": "BLK",
        "regency": "53.08",
        "licence": {"number": "L-1", "until": None},
        "accreditations": programmes,
        "last_verified_on": day(-60),
    }
    known = created(reviewer.post("/v1/providers", json=body))
    key = created(reviewer.post(f"/v1/providers/{known['id']}/keys"))["key"]
    return Provider(known["id"], training.with_credential(key), reviewer, training)


@pytest.fixture(scope="module")
def officer(training: Training) -> httpx.Client:
    return training.as_("officer")


def created(response: httpx.Response) -> Answer:
    assert response.status_code == 201, response.text
    answer: Answer = response.json()
    return answer


def course_body(**changes: Any) -> Answer:
    return sent.a_course(f"LANSIA-{next(_serials)}", **changes)


def batch_body(**changes: Any) -> Answer:
    return {
        "number": f"A-{next(_serials)}",
        "starts": day(20),
        "ends": day(60),
        "closes": day(15),
        "regency": "53.08",
        "place": "Ende",
        "seats": 16,
        **changes,
    }


@pytest.fixture
def person(training: Training) -> str:
    id = ids.new()
    training.hear_of(id)
    return id
