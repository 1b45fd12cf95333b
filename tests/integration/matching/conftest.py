"""A matching house of its own for each test module: it hears what a test tells it, and answers over a real socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from services.matching.app import create_app
from services.matching.hears import hears
from services.matching.settings import Settings
from services.matching.store import SPECS
from services.matching.store.records import Records
from shared import ids
from shared.events.hearing import Hearing
from tests import builders as make
from tests.integration.matching.heard import GATE, a_batch, a_course, a_person, a_quota, an_order
from tests.support.served import Served, served, told

if TYPE_CHECKING:
    from deploy.local.stack import Stack

SLOTS = 4
"""Of the order that plans are about."""

TOPICS = {
    "candidate": "registry.candidates.v1",
    "course": "training.courses.v1",
    "batch": "training.batches.v1",
    "enrolment": "training.enrolments.v1",
    "job_order": "placement.job-orders.v1",
    "quota": "placement.quotas.v1",
    "policy": "placement.policies.v1",
    "application": "placement.applications.v1",
}


@dataclass(frozen=True, slots=True)
class Matching(Served[Settings]):
    """The running house: `hear` tells it something, `officer` asks it."""

    officer: httpx.Client
    hearing: Hearing

    def hear(self, noun: str, data: dict[str, Any] | None, *, key: str = "", version: int = 0) -> None:
        """One record of the noun's topic; `data` None is a tombstone of `key` at `version`."""
        if data is not None:
            key, version = data["id"], data["version"]
        self.hearing.apply([told(TOPICS[noun], key, version, data)])

    def ask(self, id: str, **query: Any) -> httpx.Response:
        """What is recommended to the person."""
        return self.officer.get(f"/v1/candidates/{id}/recommendations", params=query)


@pytest.fixture(scope="module")
def matching(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matching]:
    with a_matching_house(stack, tmp_path_factory.mktemp("issuer")) as house:
        yield house


@contextmanager
def a_matching_house(stack: "Stack", keys: Path) -> Iterator[Matching]:
    """A house with a database of its own; `keys`: an empty folder for its issuer."""
    with (
        served(stack, keys, Settings, create_app, SPECS, snapshot_key=b"s" * 32) as here,
        here.as_("officer") as officer,
    ):
        hearing = Hearing(here.database, hears(Records(here.database)))
        yield Matching(here.url, here.settings, here.database, here.issuer, officer, hearing)


@pytest.fixture(scope="module")
def world(matching: Matching) -> dict[str, Any]:
    """One lawful household order, one course with a batch that opens it, and the gate of the province."""
    order, course = an_order(), a_course()
    batch = a_batch(course)
    matching.hear("policy", GATE)
    matching.hear("job_order", order)
    matching.hear("quota", a_quota(order))
    matching.hear("batch", batch)
    matching.hear("course", course)
    return {"order": order, "course": course, "batch": batch}


@pytest.fixture(scope="module")
def people(matching: Matching, world: dict[str, Any]) -> list[str]:
    """Six who may apply now for four slots, six for whom a course opens the order, and nobody else."""
    trained = [make.a_person_payload(id=ids.new()) for _ in range(6)]
    untrained = [a_person() for _ in range(6)]
    for person in (*trained, *untrained):
        matching.hear("candidate", person)
    matching.hear("quota", a_quota(world["order"], version=2, quota=SLOTS))
    return [person["id"] for person in (*trained, *untrained)]
