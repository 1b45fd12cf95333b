"""Every process but the supervisor is killed once while officers register and refer people: nothing lost or doubled."""

import contextlib
import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pymongo
import pytest

from deploy.demo.story import somebody_new
from deploy.demo.visitors import Visitors
from deploy.local import houses, ports
from deploy.local.stack import Stack
from tests.e2e.world import World, day
from tests.support.bakery import until
from tests.support.engines import a_stack

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(600)]

OFFICERS = 2
ENOUGH = 3  # people referred between two blows, so that each blow falls into work that goes on


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Stack]:
    """All of Lumbung for this test alone."""
    with a_stack(tmp_path) as running:
        running.start_engines()
        running.start_houses()
        yield running


@dataclass
class Officers:
    """They register and refer one person after the other, and ask again with the same key where no answer comes."""

    site: Stack
    batch: str
    registered: set[str] = field(default_factory=set)
    referred: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)

    def go_on(self) -> None:
        """Wait until some more people were referred: whatever was killed, the houses have recovered then."""
        before = len(self.referred)
        until(lambda: len(self.referred) >= before + ENOUGH, seconds=90)

    def work(self, stopping: threading.Event, name: str) -> None:
        headers = {"Authorization": f"Bearer {self.site.token('officer', name, centre='KUPANG')}"}
        with httpx.Client(headers=headers, timeout=15, trust_env=False) as client:
            while not stopping.is_set():
                person = self._made(client, f"{self.site.url('registry')}/v1/candidates", somebody_new())
                if person is None:
                    continue
                self.registered.add(person)
                wanted = {"candidate_id": person, "batch_id": self.batch}
                enrolment = self._made(client, f"{self.site.url('training')}/v1/enrolments", wanted)
                if enrolment is not None:
                    self.referred.add(enrolment)

    def _made(self, client: httpx.Client, address: str, body: object) -> str | None:
        """The id of what was made, once it is acknowledged."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        deadline, said = time.monotonic() + 120, "no answer"
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                answer = client.post(address, json=body, headers=key)
                said = f"{answer.status_code} {answer.text[:200]}"
                if answer.status_code == 201:
                    id: str = answer.json()["id"]
                    return id
                # The same key at work, a person who has not been heard of yet, or a server that is away.
                if answer.status_code not in (409, 500, 503):
                    self.failures.append(f"{answer.status_code} {answer.text[:200]}")
                    return None
            time.sleep(0.2)
        self.failures.append(f"{address} never answered: {said}; {self._where(body)}")
        return None

    def _where(self, body: object) -> str:
        """How far a person has come who was not heard of: versions in each house, and what waits in the outbox."""
        id = body.get("candidate_id") if isinstance(body, dict) else None
        mongodb: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(self.site.mongodb_admin_uri, timeoutMS=5_000)
        with mongodb as client, contextlib.suppress(pymongo.errors.PyMongoError):
            owned = client["lumbung_registry"]["candidates"].find_one({"_id": id}, {"version": 1})
            heard = client["lumbung_training"]["people"].find_one({"_id": id}, {"version": 1})
            waiting = client["lumbung_registry"]["outbox"].count_documents({})
            own = client["lumbung_registry"]["outbox"].count_documents({"key": id})
            return f"registry has {owned}, training has {heard}, {own} of {waiting} rows of the outbox are of it"
        return "the database does not answer"


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled_whoever_is_killed(site: Stack) -> None:
    world = World(Visitors(site))
    batch = world.a_batch(world.course, starts=day(30), ends=day(60), closes=day(20), seats=500)
    officers, stopping = Officers(site, batch["id"]), threading.Event()
    threads = [
        threading.Thread(target=officers.work, args=(stopping, f"Officer {number}"), daemon=True)
        for number in range(OFFICERS)
    ]
    for thread in threads:
        thread.start()
    for victim in [running.name for running in site.supervisor.running()]:
        officers.go_on()
        killed = site.supervisor.pid(victim)
        os.kill(killed, signal.SIGKILL)
        until(partial(_is_back, site, victim, killed), seconds=90)
    officers.go_on()
    stopping.set()
    for thread in threads:
        thread.join(150)

    assert officers.failures == []
    assert world.provider.get(f"/v1/batches/{batch['id']}")["taken"] == len(officers.referred)
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(site.mongodb_admin_uri)
    with client:
        owned = client["lumbung_registry"]["candidates"]
        assert {row["_id"] for row in owned.find({}, {"_id": 1})} == officers.registered
        enrolled = client["lumbung_training"]["enrolments"]
        assert {row["_id"] for row in enrolled.find({}, {"_id": 1})} == officers.referred
        truth = {row["_id"]: row["version"] for row in owned.find({}, {"version": 1})}
    until(lambda: _rebuilt_the_same(site), seconds=120)
    officer = {"Authorization": f"Bearer {site.token('officer', 'Officer 0', centre='KUPANG')}"}
    for id, version in list(truth.items())[:20]:
        answer = httpx.get(
            f"{site.url('matching')}/v1/candidates/{id}/recommendations",
            params={"min_candidate_version": version, "wait": 10},
            headers=officer,
            timeout=20,
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["as_of"]["candidate"] == version


def _is_back(site: Stack, name: str, killed: int) -> bool:
    """The victim has started again and serves."""
    (running,) = [one for one in site.supervisor.running() if one.name == name]
    if running.pid in (None, killed):
        return False
    if running.port is None:
        return True
    return houses.serves(running.port) if name.endswith(" web") else ports.answers(running.port)


def _rebuilt_the_same(site: Stack) -> bool:
    """What matching knows is what the topics tell: its own command compares the two."""
    verdict = subprocess.run(
        houses.command("matching", "rebuild", "--verify"),
        env={**houses.base_environment(), **site.environment("matching")},
        cwd=houses.ROOT,
        capture_output=True,
        text=True,
    )
    return verdict.returncode == 0
