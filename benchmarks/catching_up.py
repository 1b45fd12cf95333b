"""How fast does matching catch up with the topics? Prints events a second, and what a worker pays to see the changes.

    python -m benchmarks.catching_up [--events 3000]

Records as they come from Kafka are read, checked against their contracts and kept in transactions, by the very hands of
the listener; no broker is in between. Batches are numbered for the catalogue, people are not.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from deploy.local import ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from services.matching.hears import hears
from services.matching.store import SPECS, changes
from services.matching.store.records import Records
from shared import clock, ids
from shared.documents.mongo import Database
from shared.events import contracts
from shared.events.envelope import Event, Record, source_of, to_wire
from shared.events.hearing import CHUNK, Hearing
from shared.house import PLUMBING

TOPICS = ("training.batches.v1", "placement.job-orders.v1", "registry.candidates.v1")


def main() -> None:
    """Start, measure, print, stop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=3000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "lumbung")
        with Stack(home=home, ports=ports.free(), throw_away=True) as stack:
            stack.start_engines()
            print(f"{stack.engine.label}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
            database = Database(stack.mongodb_admin_uri, "bench_matching")
            database.ensure([*PLUMBING, *SPECS])
            hearing = Hearing(database, hears(Records(database)))
            for topic in TOPICS:
                _catch_up(hearing, topic, options.events)
            _look(database)


def _catch_up(hearing: Hearing, topic: str, many: int) -> None:
    records = [_record(topic) for _ in range(many)]
    began, busy = time.perf_counter(), time.process_time()
    for start in range(0, many, CHUNK):
        hearing.apply([hearing.read(record) for record in records[start : start + CHUNK]])
    took, busy = time.perf_counter() - began, time.process_time() - busy
    print(f"{topic}: {many / took:.0f} events a second, {busy / many * 1000:.2f} ms of this process each")


def _record(topic: str) -> Record:
    owner, _, name = topic.partition(".")
    example = json.loads((contracts.FOLDER / owner / f"{name}.good.json").read_text(encoding="utf-8"))
    data = {**example, "id": ids.new(), "version": 1}
    event = Event(topic, data["id"], f"{owner}.thing.told", 1, source_of(owner), ids.new(), clock.now(), None, data)
    return to_wire(event)


def _look(database: Database) -> None:
    head = changes.head(database).number
    for behind in (1, 100, 2000):
        took = min(_seconds(lambda behind=behind: changes.between(database, head - behind, head)) for _ in range(5))  # type: ignore[misc]
        print(f"a worker that is {behind} of {head} changes behind: {took * 1000:.1f} ms to learn of them")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
