"""A partners house for each test module: its routes over a real socket, its database on the stack's MongoDB."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from services.partners.actions.house import House
from services.partners.app import build_house, create_app
from services.partners.hears import hears
from services.partners.settings import Settings
from services.partners.store import SPECS
from shared import clock, ids
from shared.events.envelope import Event, source_of
from shared.events.hearing import Hearing
from tests.support.served import Served, served

if TYPE_CHECKING:
    from deploy.local.stack import Stack

Answer = dict[str, Any]
CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts"
_serials = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Partners(Served[Settings]):
    """The running house; `rooms` look behind the counter, `hearing` hands it what others told."""

    rooms: House
    hearing: Hearing

    @property
    def manager(self) -> httpx.Client:
        return self.as_("manager", name="Mia Pengelola")

    def a_partner(self, kind: str = "PROVINCE", **changes: Any) -> tuple[Answer, httpx.Client]:
        """A partner and its client with a key."""
        body = {
            "code": f"mitra-{next(_serials)}",
            "name": "Mitra contoh",
            "kind": kind,
            "legal_basis": "Perjanjian contoh 1/2026",
            "contact": "piket@example.go.id",
            **changes,
        }
        made = self.manager.post("/v1/organisations", json=body)
        assert made.status_code == 201, made.text
        key = self.manager.post(f"/v1/organisations/{made.json()['id']}/keys").json()["key"]
        return made.json(), self.with_credential(key)

    def hear(self, topic: str, type: str, data: Answer | None, *, key: str | None = None, version: int = 1) -> Event:
        """One record of a topic, handed over as the listener does."""
        event = Event(
            topic=topic,
            key=key or data["id"],  # type: ignore[index]
            type=f"{topic.partition('.')[0]}.{type}",
            version=version,
            source=source_of(topic.partition(".")[0]),
            id=ids.new(),
            time=clock.now(),
            trace=None,
            data=None if data is None else {**data, "version": version},
        )
        self.hearing.apply([event])
        return event

    def hear_course(self, type: str = "course.approved", *, version: int = 1, **changes: Any) -> Answer:
        """A course; a new one unless its id is given."""
        course = {**good("training/courses.v1"), "id": ids.new(), **changes}
        self.hear("training.courses.v1", type, course, version=version)
        return course

    def hear_person(self, id: str, *, version: int = 1, consent: str = "GIVEN", regency: str = "53.06") -> None:
        """The registry told of a person."""
        person = {**good("registry/candidates.v1"), "id": id, "consent": consent, "home_regency": regency}
        if consent != "GIVEN":
            person = {"id": id, "consent": consent}
        self.hear("registry.candidates.v1", "candidate.changed", person, version=version)

    @property
    def newest(self) -> int:
        return self.rooms.feed.ends().newest


@pytest.fixture(scope="module")
def partners(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partners]:
    with served(stack, tmp_path_factory.mktemp("issuer"), Settings, create_app, SPECS, webhook_key=b"k" * 32) as here:
        rooms = build_house(here.settings, here.database)
        hearing = Hearing(here.database, hears(rooms))
        yield Partners(here.url, here.settings, here.database, here.issuer, rooms, hearing)


def good(label: str) -> Answer:
    """The example message of a contract."""
    example: Answer = json.loads((CONTRACTS / f"{label}.good.json").read_text(encoding="utf-8"))
    return example
