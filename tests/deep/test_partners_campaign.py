"""Seeded rounds of faults on the partners' side: what was told is in the feed once and in order, and reaches endpoints.

Each round tells changes of courses (a tenth of the records is broken) while something is killed, stopped or slow:
the house's processes, Kafka, MongoDB, or the partner itself. LUMBUNG_ROUNDS and LUMBUNG_SEED: more, and others.
"""

import json
import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest

from deploy import partners
from deploy.local.door import Door
from deploy.local.stack import Stack
from shared import clock, ids
from shared.events.broker import Unavailable
from shared.events.bus import Sender
from shared.events.envelope import Event, Record, source_of, to_wire
from tests.integration.partners.conftest import good
from tests.support.bakery import broker_of, until
from tests.support.engines import a_stack
from tests.support.receivers import Receiver, receiving

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(1_800)]

ROUNDS = int(os.environ.get("LUMBUNG_ROUNDS", "7"))
SEED = int(os.environ.get("LUMBUNG_SEED", "20271"))
TOLD, BROKEN = 12, 0.1  # records of a round, and the share of them that breaks its contract
TOPIC = "training.courses.v1"
FAULTS = ("partners work", "partners web", "kafka", "mongodb", "stop", "slow", "nothing")


class Teller:
    """The training house, as far as partners hear of it: courses whose versions rise."""

    def __init__(self, stack: Stack, chance: random.Random) -> None:
        self._stack, self._chance = stack, chance
        self.told: dict[str, list[int]] = defaultdict(list)  # course -> versions that Kafka acknowledged
        self.broken = 0

    def tell(self) -> None:
        """One transaction of records; said again until Kafka has acknowledged it, as a relay does."""
        records: list[Record] = []
        fresh: list[tuple[str, int]] = []
        versions = {course: known[-1] for course, known in self.told.items()}
        for _ in range(TOLD):
            new = not versions or self._chance.random() < 0.4
            course = ids.new() if new else self._chance.choice(sorted(versions))
            versions[course] = version = versions.get(course, 0) + 1
            record = to_wire(self._event(course, version))
            if self._chance.random() < BROKEN:
                versions[course] -= 1
                if not versions[course]:
                    del versions[course]
                self.broken += 1
                records.append(replace(record, value=b'{"nothing": "that a contract knows"}'))
                continue
            records.append(record)
            fresh.append((course, version))
        until(lambda: self._sent(records), seconds=120)
        for course, version in fresh:
            self.told[course].append(version)

    def _sent(self, records: list[Record]) -> bool:
        try:
            sender = Sender(broker_of(self._stack, "training"), "lumbung.training.relay")
        except Unavailable:
            return False
        try:
            sender.send(records)
        except Unavailable:
            return False
        finally:
            sender.close()
        return True

    def _event(self, course: str, version: int) -> Event:
        return Event(
            topic=TOPIC,
            key=course,
            type="training.course.approved" if version == 1 else "training.course.changed",
            version=version,
            source=source_of("training"),
            id=ids.new(),
            time=clock.now(),
            trace=None,
            data={**good("training/courses.v1"), "id": course, "version": version},
        )


class Reader:
    """A partner who asks the feed again and again from where it stood."""

    def __init__(self, url: str, key: str) -> None:
        self._client = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {key}"}, trust_env=False, timeout=20
        )
        self.after = 0
        self.heard: dict[str, list[int]] = defaultdict(list)

    def read(self) -> None:
        try:
            answer = self._client.get("/v1/events", params={"after": self.after, "limit": 200})
        except httpx.HTTPError:
            return
        if answer.status_code != 200:
            assert answer.status_code == 503 and "Retry-After" in answer.headers, answer.text
            return
        for event in answer.json()["items"]:
            if event["type"].startswith("course."):
                self.heard[event["subject"]].append(int(event["sequence"]))
        self.after = answer.json()["next"]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Stack]:
    with a_stack(tmp_path) as running:
        running.start_engines()
        running.start_houses(["partners"])
        yield running


def strike(site: Stack, fault: str, receiver: Receiver) -> Callable[[], None]:
    """Do it; what ends it is returned."""
    receiver.pause = 0.0
    if fault == "stop":
        process = psutil.Process(site.supervisor.pid("partners work"))
        process.suspend()
        time.sleep(2)
        return lambda: _go_on(process)
    if fault == "slow":
        receiver.pause = 1.5
    elif fault != "nothing":
        os.kill(site.supervisor.pid(fault), signal.SIGKILL)
    return lambda: None


def _go_on(process: psutil.Process) -> None:
    if process.is_running():  # the supervisor ends one that stands still
        process.resume()


def first_of(receiver: Receiver) -> dict[str, list[int]]:
    """Course -> versions in the order in which they first came; what comes again under its id is nothing."""
    seen: set[str] = set()
    found: dict[str, list[int]] = defaultdict(list)
    for headers, body in list(receiver.requests):
        if headers["webhook-id"] in seen:
            continue
        seen.add(headers["webhook-id"])
        event = json.loads(body)
        if event["type"].startswith("course."):
            found[event["subject"]].append(int(event["sequence"]))
    return found


def test_rounds_of_faults_lose_nothing_double_nothing_and_keep_the_order(site: Stack) -> None:
    chance = random.Random(SEED)
    door = Door(site)
    one = partners.load()["kementerian"]
    key = door.let_in(one)
    teller, reader, receiver = Teller(site, chance), Reader(site.url("partners"), key), Receiver()
    recovered: list[tuple[str, float]] = []
    with receiving(receiver) as there:
        made = httpx.post(
            f"{site.url('partners')}/v1/subscriptions",
            json={"url": there.url},
            headers={"Authorization": f"Bearer {key}"},
            trust_env=False,
            timeout=30,
        )
        assert made.status_code == 201, made.text
        for number in range(ROUNDS):
            fault = FAULTS[number % len(FAULTS)] if number < len(FAULTS) else chance.choice(FAULTS)
            teller.tell()
            end = strike(site, fault, receiver)
            began = time.monotonic()
            teller.tell()
            end()

            def caught_up() -> bool:
                reader.read()
                return dict(reader.heard) == dict(teller.told)

            until(caught_up, seconds=150)
            recovered.append((fault, time.monotonic() - began))
        receiver.pause = 0.0
        until(lambda: dict(first_of(receiver)) == dict(teller.told), seconds=180)
    print(f"\nseed {SEED}: {sum(map(len, teller.told.values()))} told, {teller.broken} broken")
    print("\n".join(f"  {fault:<14} all in the feed after {seconds:.1f} s" for fault, seconds in recovered))
    assert all(versions == sorted(set(versions)) for versions in reader.heard.values()), "once, and in order"
    assert teller.broken > 0
