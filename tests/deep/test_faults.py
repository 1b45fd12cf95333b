"""A server is killed in the middle of the work and comes back: nothing acknowledged is missing, nothing is doubled."""

import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pymongo.errors import PyMongoError

from deploy import broker
from deploy.local import ports
from deploy.local.stack import Stack
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import Database, Tx
from shared.events import contracts, dead_letters, outbox
from shared.events.bus import Reader, Sender
from shared.events.envelope import Event
from shared.events.hearing import Hearing, Hears
from shared.events.listener import Listener
from shared.events.projection import Projection
from shared.events.relay import Relay
from shared.house import PLUMBING
from tests.support.bakery import Bakery, broker_of, until, write_contract
from tests.support.engines import a_stack

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(300)]

WRITERS = 3
BEFORE, AFTER = 3.0, 5.0  # seconds of load before the blow, and after the server is back
TOPIC = "bakery.loaves.v1"
KNOWN, EFFECTS = "known_loaves", "effects"


@pytest.fixture
def own_stack(tmp_path: Path) -> Iterator[Stack]:
    """Engines of this test alone: killing those of all tests would blame the wrong one."""
    with a_stack(tmp_path) as running:
        running.start_engines()
        yield running


@dataclass
class Load:
    """Writers that bake and rename until told to stop, and remember what was acknowledged to them."""

    bakery: Bakery
    acknowledged: dict[str, int] = field(default_factory=dict)
    refused: int = 0

    def write(self, stopping: threading.Event) -> None:
        mine: list[str] = []
        while not stopping.is_set():
            try:
                if mine and random.random() < 0.7:
                    self._rename(random.choice(mine))
                else:
                    loaf = self.bakery.bake()
                    mine.append(loaf["_id"])
                    self.acknowledged[loaf["_id"]] = 1
            except (PyMongoError, StaleVersion):
                # Not acknowledged: it may have happened or not, and the next load of the document will tell.
                self.refused += 1
            stopping.wait(0.03)

    def _rename(self, key: str) -> None:
        loaf = self.bakery.loaves.load(key)
        assert loaf is not None, "an acknowledged loaf is gone"
        assert loaf["version"] >= self.acknowledged[key], "an acknowledged version is gone"
        self.acknowledged[key] = self.bakery.rename(loaf, f"roti {loaf['version']}")["version"]


def count_an_effect(tx: Tx, event: Event) -> None:
    """Something that must happen once for each version: a row whose doubling would show."""
    tx.collection(EFFECTS).insert_one({"_id": str(uuid.uuid4()), "of": f"{event.key}/{event.version}"})


@pytest.mark.parametrize("victim", ["kafka", "mongodb"])
def test_a_server_killed_under_load_costs_no_acknowledged_write_and_doubles_no_effect(
    victim: str, own_stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_contract(tmp_path / "contracts", TOPIC)
    monkeypatch.setattr(contracts, "FOLDER", tmp_path / "contracts")
    with broker.connected(own_stack.kafka_admin) as client:
        client.create_topics({TOPIC: {"num_partitions": 6, "replication_factor": 1}}, wait_for_metadata=True)
    owner, keeper, actor = (Database(own_stack.mongodb_admin_uri, name) for name in ("owner", "keeper", "actor"))
    for database in (keeper, actor):
        database.ensure(PLUMBING)
    load = Load(Bakery.at(owner, TOPIC))
    stopping, resting = threading.Event(), threading.Event()
    workers = [threading.Thread(target=load.write, args=(resting,), daemon=True) for _ in range(WRITERS)] + [
        _relay(own_stack, owner, stopping),
        _listener(own_stack, keeper, {TOPIC: Projection(KNOWN)}, stopping),
        _listener(own_stack, actor, {TOPIC: count_an_effect}, stopping),
    ]
    for worker in workers:
        worker.start()
    time.sleep(BEFORE)
    before = len(load.acknowledged)
    os.kill(own_stack.supervisor.pid(victim), signal.SIGKILL)
    until(lambda: _started_again(own_stack, victim), seconds=60)
    time.sleep(AFTER)
    resting.set()

    senders = [one.name for one in threading.enumerate() if one.name.startswith("faults.relay")]
    assert len(senders) <= 1, "a sender that was given up goes on by itself"
    assert before > 20, "there was hardly any load"
    assert len(load.acknowledged) > before, "nothing was written after the server came back"
    until(lambda: outbox.waiting(owner) == [], seconds=90)
    truth = {row["_id"]: row["version"] for row in owner.collection("loaves").find({}, {"version": 1})}
    assert {key: truth.get(key, 0) for key, version in load.acknowledged.items() if truth.get(key, 0) < version} == {}
    until(lambda: _versions(keeper) == truth, seconds=90)
    until(lambda: _effects(actor) >= {f"{key}/{version}" for key, version in truth.items()}, seconds=90)
    stopping.set()
    for worker in workers:
        worker.join(30)
    effects = [row["of"] for row in actor.collection(EFFECTS).find()]
    assert len(effects) == len(set(effects)), "an effect happened twice"
    for database in (keeper, actor):
        assert database.collection(dead_letters.COLLECTION).count_documents({}) == 0, "an outage became dead letters"
        database.close()
    owner.close()


def _started_again(stack: Stack, name: str) -> bool:
    (running,) = [one for one in stack.supervisor.running() if one.name == name]
    port = running.port
    return running.starts == 2 and running.pid is not None and port is not None and ports.answers(port)


def _relay(stack: Stack, database: Database, stopping: threading.Event) -> threading.Thread:
    principal = broker_of(stack, "admin")
    return _restarted(
        "relay", lambda: Relay(database, lambda: Sender(principal, "faults.relay")).run(stopping), stopping
    )


def _listener(stack: Stack, database: Database, hears: Hears, stopping: threading.Event) -> threading.Thread:
    principal = broker_of(stack, "admin")
    group = f"faults.{database.name}"
    return _restarted(
        group,
        lambda: Listener(Hearing(database, hears), lambda: Reader(principal, [TOPIC], group=group)).run(stopping),
        stopping,
    )


def _restarted(name: str, task: Callable[[], None], stopping: threading.Event) -> threading.Thread:
    """A task that starts again when it dies of trouble that lasted too long, as a supervised process does."""

    def run() -> None:
        while not stopping.is_set():
            try:
                task()
            except Exception:
                stopping.wait(0.5)

    return threading.Thread(target=run, name=name, daemon=True)


def _versions(database: Database) -> dict[str, int]:
    return {row["_id"]: row["version"] for row in database.collection(KNOWN).find({}, {"version": 1})}


def _effects(database: Database) -> set[str]:
    return {row["of"] for row in database.collection(EFFECTS).find({}, {"of": 1})}
