"""For ``faults``: who stands beside the officers. A partner who listens, slowly at times, and somebody who writes
records to the topics that are no events: a tenth of all.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import httpx

from deploy import partners
from deploy.local.door import Door
from deploy.local.stack import Stack
from shared import clock, ids
from shared.events.broker import Broker, Unavailable
from shared.events.bus import Sender
from shared.events.envelope import Event, Record, source_of, to_wire
from tests.support.receivers import Receiver, receiving

ACKNOWLEDGED_PER_RUBBISH = 5
"""Two acknowledgements, of a person and of a referral, are at least three records."""


class Partner:
    """The ministry, at its endpoint and at the feed. ``receiver.pause``: seconds that it takes for each delivery."""

    def __init__(self, site: Stack, receiver: Receiver) -> None:
        self.receiver = receiver
        key = Door(site).let_in(partners.load()["kementerian"])
        headers = {"Authorization": f"Bearer {key}"}
        self._client = httpx.Client(base_url=site.url("partners"), headers=headers, trust_env=False, timeout=30)
        answer = self._client.post("/v1/subscriptions", json={"url": receiver.url})
        answer.raise_for_status()

    def faults(self, referred: set[str], seconds: float = 180) -> list[str]:
        """What it was not told of these referrals, or told twice, once it had time to catch up."""
        self.receiver.pause = 0.0
        deadline = time.monotonic() + seconds
        while True:
            fed = list(self._feed())
            told = [json.loads(body) for _, body in list(self.receiver.requests)]
            unheard = referred - {event["subject"] for event in fed if event["type"] == "referral.issued"}
            missing = {event["id"] for event in fed} - {event["id"] for event in told}
            if not unheard and not missing:
                return _twice(fed, "the feed") + _twice(list({one["id"]: one for one in told}.values()), "its endpoint")
            if time.monotonic() > deadline:
                return [f"a partner's feed lacks {len(unheard)} referrals, its endpoint {len(missing)} events"]
            time.sleep(0.5)

    def _feed(self) -> Iterator[dict[str, Any]]:
        after = 0
        while True:
            page = self._client.get("/v1/events", params={"after": after, "limit": 200}).raise_for_status().json()
            yield from page["items"]
            if page["next"] == after:
                return
            after = page["next"]


def _twice(events: list[dict[str, Any]], where: str) -> list[str]:
    """Versions of a subject that one kind of event told again, or after a newer one."""
    last: dict[tuple[str, str], int] = {}
    found = []
    for event in events:
        about, version = (event["subject"], event["type"]), int(event["sequence"])
        if version <= last.get(about, 0):
            found.append(f"{where}: {event['type']} of version {version} after {last[about]}")
        last[about] = version
    return found


class Rubbish:
    """Writes records that break their contract, are no JSON, or have no attributes, while others write events."""

    def __init__(self, site: Stack, topics: tuple[str, ...], dice: random.Random) -> None:
        admin = site.kafka_admin
        self._broker = Broker(admin.bootstrap, admin.username, admin.password)
        self._topics, self._dice = topics, dice
        self.keys: set[bytes] = set()
        self.written = 0

    def write(self, stopping: threading.Event, acknowledged: Callable[[], int]) -> None:
        """One for every few things that officers were told are done, until stopped."""
        while not stopping.wait(0.1):
            if acknowledged() >= (self.written + 1) * ACKNOWLEDGED_PER_RUBBISH:
                self._one()

    def _one(self) -> None:
        record = self._record()
        self.keys.add(record.key or b"")
        # Whoever has no answer does not know whether it was written: one more does not matter here.
        with suppress(Unavailable):
            sender = Sender(self._broker, "lumbung.faults.rubbish")
            try:
                sender.send([record])
                self.written += 1
            finally:
                sender.close()

    def _record(self) -> Record:
        topic = self._dice.choice(self._topics)
        house = topic.partition(".")[0]
        event = Event(
            topic=topic,
            key=ids.new(),
            type=f"{house}.rubbish.written",
            version=1,
            source=source_of(house),
            id=ids.new(),
            time=clock.now(),
            trace=None,
            data={"nothing": "that a contract knows"},
        )
        record = to_wire(event)
        return self._dice.choice((record, replace(record, value=b"{"), replace(record, headers=())))


@contextmanager
def listening(site: Stack) -> Iterator[Partner]:
    """A partner with an endpoint on this machine."""
    with receiving() as receiver:
        yield Partner(site, receiver)
