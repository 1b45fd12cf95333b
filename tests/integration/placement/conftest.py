"""A placement house for each test module: its routes over a real socket, its database on the stack's MongoDB."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from services.placement.__main__ import wire
from services.placement.actions import judgements
from services.placement.actions.house import House
from services.placement.app import build_house, create_app
from services.placement.hears import hears
from services.placement.store import SPECS
from shared import clock, ids
from shared.events.envelope import Event
from shared.events.hearing import Hearing
from shared.jobs import Handler
from shared.settings import Common
from tests.support import sent
from tests.support.sent import day
from tests.support.served import Served, consent_of, judgement_of, served, told

if TYPE_CHECKING:
    from deploy.local.stack import Stack

DEMO = Path(__file__).resolve().parents[3] / "deploy" / "demo"
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Placement(Served[Common]):
    """The running house; ``rooms`` look behind the counter."""

    rooms: House
    handlers: dict[str, Handler]

    def work(self) -> None:
        """Do the jobs that are due, as the ``work`` process would."""
        while self.rooms.jobs.run_due(self.handlers):
            pass

    def hear_of(self, candidate_id: str, version: int = 1, *, consent: str | None = "GIVEN") -> None:
        """What the registry would tell of a person; ``consent`` None is the tombstone."""
        Hearing(self.database, hears(self.rooms)).apply([consent_of(candidate_id, version, consent)])

    def judge(self, id: str, *rules: dict[str, Any], day: str | None = None, settle: bool = True) -> None:
        """Let it hear :meth:`judgement`. ``settle``: what follows is written too, as ``work`` does a moment later."""
        Hearing(self.database, hears(self.rooms)).apply([self.judgement(id, *rules, day=day)])
        if settle:
            judgements.settle(self.rooms, older_than=timedelta())

    def judgement(
        self, id: str, *rules: dict[str, Any], day: str | None = None, candidate_id: str | None = None
    ) -> Event:
        """What matching would tell of an order or an application as they stand now; lawful without ``rules``.

        ``candidate_id``: of whom, if not of the one whose application it is.
        """
        application = self.rooms.bookings.applications.load(id)
        order = self.rooms.job_orders.load(application["job_order_id"] if application else id)
        assert order is not None
        versions: Answer = {"job_order": order["version"], "policies": self.rooms.policies.digest()}
        if application:
            versions |= {"candidate": self.rooms.bookings.versions_of([application["candidate_id"]]).popitem()[1]}
        return judgement_of(
            id,
            "APPLICATION" if application else "JOB_ORDER",
            versions=versions,
            day=day or clock.today().isoformat(),
            version=next(_numbers),
            rules=rules,
            candidate_id=candidate_id or (application["candidate_id"] if application else None),
        )

    def judge_erased(self, id: str) -> None:
        """Matching takes back what it said of an application whose person was erased."""
        gone = told("matching.judgements.v1", id, next(_numbers) + 1_000_000, None)
        Hearing(self.database, hears(self.rooms)).apply([gone])
        judgements.settle(self.rooms, older_than=timedelta())

    def a_candidate(self) -> str:
        id = ids.new()
        self.hear_of(id)
        return id


@pytest.fixture(scope="module")
def placement(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Placement]:
    with served(stack, tmp_path_factory.mktemp("issuer"), Common, create_app, SPECS) as here:
        rooms = build_house(here.settings, here.database)
        yield Placement(here.url, here.settings, here.database, here.issuer, rooms, dict(wire(here.settings).jobs))


@pytest.fixture(scope="module")
def officer(placement: Placement) -> Iterator[httpx.Client]:
    with placement.as_("officer", name="Ana Petugas") as client:
        yield client


@pytest.fixture(scope="module")
def reviewer(placement: Placement) -> Iterator[httpx.Client]:
    with placement.as_("reviewer", name="Rita Peninjau") as client:
        yield client


@pytest.fixture(scope="module")
def supervisor(placement: Placement) -> Iterator[httpx.Client]:
    with placement.as_("supervisor", name="Sari Pengawas") as client:
        yield client


@pytest.fixture(scope="module")
def second_supervisor(placement: Placement) -> Iterator[httpx.Client]:
    with placement.as_("supervisor", name="Budi Pengawas") as client:
        yield client


@pytest.fixture(scope="module")
def anybody(placement: Placement) -> Iterator[httpx.Client]:
    with placement.with_credential(None) as client:
        yield client


_numbers = itertools.count(1)


def a_company(**changes: Any) -> Answer:
    number = next(_numbers)
    return {
        "sip3mi": f"SIP3MI-UJI-{number}",
        "name": f"PT Uji Nomor {number}",
        "status": "ACTIVE",
        "valid_from": day(-400),
        "valid_until": day(400),
        "snapshot_on": day(-3),
        **changes,
    }


def an_order(**changes: Any) -> Answer:
    """A lawful order of a household in Malaysia; a reviewer's, unless a company is named."""
    return sent.an_order(f"JO-UJI-{next(_numbers)}", **changes)


def created(client: httpx.Client, path: str, body: Any) -> Answer:
    answer = client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    shown: Answer = answer.json()
    return shown


@pytest.fixture
def company(reviewer: httpx.Client) -> Answer:
    return created(reviewer, "/v1/companies", a_company())


@pytest.fixture
def key_of(placement: Placement, reviewer: httpx.Client) -> Iterator[Callable[[Answer], httpx.Client]]:
    """A client that writes as a company, with a key issued for it."""
    clients: list[httpx.Client] = []

    def client_of(company: Answer) -> httpx.Client:
        key = created(reviewer, f"/v1/companies/{company['id']}/keys", None)["key"]
        clients.append(placement.with_credential(key))
        return clients[-1]

    yield client_of
    for client in clients:
        client.close()


@pytest.fixture
def open_order(placement: Placement, reviewer: httpx.Client) -> Callable[..., Answer]:
    """Publishes an order and verifies it: somebody can be booked on it today."""

    def published(**changes: Any) -> Answer:
        company = created(reviewer, "/v1/companies", a_company())
        order = created(reviewer, "/v1/job-orders", an_order(company=company["sip3mi"], **changes))
        placement.judge(order["id"])
        answer = reviewer.post(f"/v1/job-orders/{order['id']}/verify", json={})
        assert answer.status_code == 200, answer.text
        shown: Answer = answer.json()
        return shown

    return published


def demo(name: str, today: date | None = None) -> list[Answer]:
    """A demo file as the demo sends it: ``"+120d"`` becomes the day so many days after today."""
    text = (DEMO / name).read_text(encoding="utf-8")
    items: list[Answer] = json.loads(text, object_hook=lambda part: {k: _dated(v, today) for k, v in part.items()})
    return items


def _dated(value: Any, today: date | None) -> Any:
    if isinstance(value, str) and value[:1] in "+-" and value[1:-1].isdigit() and value.endswith("d"):
        return ((today or clock.today()) + timedelta(days=int(value[:-1]))).isoformat()
    return value


@pytest.fixture
def applied(placement: Placement, officer: httpx.Client, open_order: Callable[..., Answer]) -> Answer:
    """An application that nobody has judged yet, with a slot reserved."""
    order, person = open_order(), placement.a_candidate()
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    return created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
