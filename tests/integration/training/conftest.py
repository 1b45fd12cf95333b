"""A training house for each test module: its routes over a real socket, its database on the stack's MongoDB."""

import itertools
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from werkzeug.serving import make_server

from services.training.__main__ import wire
from services.training.actions.house import House
from services.training.app import create_app, furnish
from services.training.hears import hears
from services.training.store import SPECS
from shared import clock, ids
from shared.documents.mongo import Database
from shared.events import outbox
from shared.events.envelope import Event
from shared.events.hearing import Hearing
from shared.house import PLUMBING
from shared.http.tokens import DevelopmentIssuer
from shared.jobs import Handler
from shared.settings import Common

if TYPE_CHECKING:
    from deploy.local.stack import Stack

Answer = dict[str, Any]
_serials = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Training:
    """The running house: `as_(role)` is a client with that role's token, `rooms` look behind the counter."""

    url: str
    rooms: House
    issuer: DevelopmentIssuer
    handlers: dict[str, Handler]

    def as_(self, role: str, name: str = "Ana Petugas") -> httpx.Client:
        return self.with_key(self.issuer.mint(role, name, "KUPANG"))

    def with_key(self, key: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {key}"}, timeout=30)

    def work(self) -> None:
        """Do the jobs that are due, as the `work` process would."""
        while self.rooms.jobs.run_due(self.handlers):
            continue

    def said(self, key: str) -> list[Event]:
        """The events of one aggregate that wait for the relay, in their order."""
        return [event for event in outbox.waiting(self.rooms.database) if event.key == key]

    def hear_of(self, candidate_id: str, *, version: int = 1, consent: str | None = "GIVEN") -> None:
        """The registry told of a person; consent None is their erasure."""
        data = None if consent is None else {"id": candidate_id, "version": version, "consent": consent}
        event = Event(
            topic="registry.candidates.v1",
            key=candidate_id,
            type="registry.candidate.changed",
            version=version,
            source="/lumbung/registry",
            id=ids.new(),
            time=clock.now(),
            trace=None,
            data=data,
        )
        Hearing(self.rooms.database, hears(self.rooms)).apply([event])


@pytest.fixture(scope="module")
def training(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Training]:
    issuer = DevelopmentIssuer(tmp_path_factory.mktemp("issuer"), environment="development")
    database = Database(stack.mongodb_admin_uri, f"test_{uuid.uuid4().hex[:12]}")
    database.ensure([*PLUMBING, *SPECS])
    settings = Common(
        lumbung_env="development",
        mongodb_uri=stack.mongodb_admin_uri,
        mongodb_database=database.name,
        kafka_bootstrap=stack.bootstrap,
        kafka_username="training",
        kafka_password="unused",
        http_port=0,
        oidc_jwks=str(issuer.jwks_path),
    )
    server = make_server("127.0.0.1", 0, create_app(settings, database=database), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    handlers = dict(wire(settings).jobs)
    yield Training(f"http://127.0.0.1:{server.port}", furnish(settings, database), issuer, handlers)
    server.shutdown()
    thread.join()
    database.raw.client.drop_database(database.name)
    database.close()


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
    reviewer = training.as_("reviewer", "Rina Peninjau")
    programmes = [{"programme": "PLRT-LANSIA", "from": "2025-01-01", "until": None}]
    body = {
        "code": f"BLK-{next(_serials)}",
        "name": "BLK Contoh",
        "kind": "BLK",
        "regency": "53.08",
        "licence": {"number": "L-1", "until": None},
        "accreditations": programmes,
        "last_verified_on": "2026-10-01",
    }
    known = created(reviewer.post("/v1/providers", json=body))
    key = created(reviewer.post(f"/v1/providers/{known['id']}/keys"))["key"]
    return Provider(known["id"], training.with_key(key), reviewer, training)


@pytest.fixture(scope="module")
def officer(training: Training) -> httpx.Client:
    return training.as_("officer")


def created(response: httpx.Response) -> Answer:
    assert response.status_code == 201, response.text
    answer: Answer = response.json()
    return answer


def day(number: int) -> str:
    return (clock.today() + timedelta(days=number)).isoformat()


def course_body(**changes: Any) -> Answer:
    return {
        "code": f"LANSIA-{next(_serials)}",
        "programme": "PLRT-LANSIA",
        "title": {"id": "Perawatan lansia di rumah", "en": "Elderly care at home"},
        "isco08": ["5322"],
        "outcomes": ["merawat lansia"],
        "certificate": {"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER"},
        "lesson_hours": 200,
        "hours_for": [{"isco08": "5322", "destination": "MYS", "hours": 200}],
        "mode": "OFFLINE",
        "cost_to_trainee": {"amount": 0, "currency": "IDR"},
        "funding": "APBD",
        **changes,
    }


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
