"""Rows 8 and 9 of `speed`: what Lumbung adds to the broker, between an event and the answers, and in a rebuild.

A broker and a database of their own, in a throw-away folder. Batches are told in Kafka transactions, as the training
house tells them. Row 8: one after the other, and each is looked for in the world of a web worker, while matching's own
listener runs; beside it a bare consumer of kafka-python notes when the broker had it. Row 9: the log of them is read
from its beginning by that consumer, which only counts, and by `rebuild` into an empty read model.
"""

import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from benchmarks.drawn_province import DISTANCES
from deploy.local import ports
from deploy.local.folders import Home
from deploy.local.stack import Stack, apply_topics
from services.matching.hears import hears
from services.matching.live_world import LiveWorld
from services.matching.matcher.pathway.distances import Distances
from services.matching.store import SPECS, read_models
from services.matching.store.records import Records
from shared import clock, ids
from shared.documents.mongo import Database
from shared.events import bus, contracts
from shared.events.broker import Broker
from shared.events.envelope import Event, Record, source_of, to_wire
from shared.events.hearing import Hearing
from shared.events.listener import Listener
from shared.events.rebuild import mend
from shared.house import PLUMBING

TOPIC = "training.batches.v1"
TOGETHER = 500
NO_LONGER_MS = 20
"""A poll of the bare consumer: its last one finds only the end of a transaction, and waits for as long as it may."""
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Matching:
    """The database of a matching house, and the broker as it and as the training house know it."""

    database: Database
    reads: Broker
    writes: Broker

    @property
    def hearing(self) -> Hearing:
        return Hearing(self.database, {TOPIC: hears(Records(self.database))[TOPIC]})


@contextmanager
def matching() -> Iterator[Matching]:
    """A house without data."""
    with tempfile.TemporaryDirectory() as folder:
        with Stack(home=Home(Path(folder) / "lumbung"), ports=ports.free(), throw_away=True) as stack:
            stack.start_engines()
            apply_topics(stack)
            database = Database(stack.mongodb_admin_uri, "bench_speed_events")
            database.ensure([*PLUMBING, *SPECS])

            def broker(house: str) -> Broker:
                login = stack.credentials(house)
                return Broker(stack.bootstrap, login.username, login.password)

            yield Matching(database, broker("matching"), broker("training"))


def added(house: Matching, events: int) -> list[float]:
    """Row 8: seconds from the broker's own delivery of each event until the answers of a worker are made from it."""
    stopping, sender = threading.Event(), bus.Sender(house.writes, "lumbung.training.relay")
    world, delivered = LiveWorld(house.database, Distances.read(DISTANCES)), dict[bytes, float]()
    world.warm()

    def reader() -> bus.Reader:
        return bus.Reader(house.reads, [TOPIC], group="lumbung.matching")

    def bare() -> None:
        consumer = _bare(house)
        while not stopping.is_set():
            for records in consumer.poll(timeout_ms=100).values():
                now = time.perf_counter()
                delivered.update((one.key, now) for one in records)
        consumer.close()

    listener = Listener(house.hearing, reader)
    threads = [threading.Thread(target=bare), threading.Thread(target=listener.run, args=[stopping])]
    for thread in threads:
        thread.start()
    took = []
    try:
        for number in range(events + 1):
            record = _record()
            key = record.key or b""
            sender.send([record])
            _until(lambda key=key: _knows(world, key.decode()))  # type: ignore[misc]
            seen = time.perf_counter()
            _until(lambda key=key: key in delivered)  # type: ignore[misc]
            if number:  # the first one waits until the group is formed
                took.append(max(0.0, seen - delivered[key]))
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
        sender.close()
    return took


def rebuilt(house: Matching, events: int) -> tuple[float, float]:
    """Row 9: (events a second of a bare consumer, of a rebuild of an empty read model), both from connecting on."""
    sender = bus.Sender(house.writes, "lumbung.training.relay")
    for start in range(0, events, TOGETHER):
        sender.send([_record() for _ in range(min(TOGETHER, events - start))])
    sender.close()
    began, read = time.perf_counter(), 0
    consumer = _bare(house)
    there = sum(consumer.end_offsets(consumer.assignment()).values())
    while sum(consumer.position(one) for one in consumer.assignment()) < there:
        read += sum(map(len, consumer.poll(timeout_ms=NO_LONGER_MS, max_records=TOGETHER).values()))
    bare = read / (time.perf_counter() - began)
    consumer.close()
    collection = house.database.collection(read_models.BATCHES)
    collection.delete_many({})
    began = time.perf_counter()
    mend(house.hearing, lambda topics: bus.Reader(house.reads, topics, group=None), force=True)
    took = time.perf_counter() - began
    assert collection.count_documents({}) == read, "what was told is what is known"
    return bare, read / took


def _bare(house: Matching) -> Any:
    consumer = KafkaConsumer(
        **house.reads.options("bench"), group_id=None, auto_offset_reset="earliest", isolation_level="read_committed"
    )
    consumer.assign([TopicPartition(TOPIC, number) for number in sorted(consumer.partitions_for_topic(TOPIC))])
    consumer.seek_to_beginning()
    return consumer


def _record() -> Record:
    owner, _, name = TOPIC.partition(".")
    example = json.loads((contracts.FOLDER / owner / f"{name}.good.json").read_text(encoding="utf-8"))
    data = {**example, "id": ids.new(), "version": 1}
    return to_wire(
        Event(TOPIC, data["id"], "training.batch.told", 1, source_of(owner), ids.new(), clock.now(), None, data)
    )


def _knows(world: LiveWorld, id: str) -> bool:
    with world.read() as (known, _):
        return id in known.batches


def _until(true: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + PATIENCE
    while not true():
        if time.perf_counter() > deadline:
            raise TimeoutError("it did not happen in time")
        time.sleep(0.002)
