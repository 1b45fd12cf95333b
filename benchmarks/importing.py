"""How many people a second does a sheet bring in, beside a bare bulk insert of the very same documents?

    python -m benchmarks.importing                    3,000 people
    python -m benchmarks.importing --people 100000    one file of the largest size; prints the most memory that was held
    python -m benchmarks.importing --profile          where the processor time of this process goes

The registry's own import job in this process, on an embedded stack in a throw-away folder; the file is read by its
child as always. A small file goes before it, because the first row of a process loads the vocabulary. Afterwards
everything that the job left (people, events, trail, rows of the report) is inserted once more into empty collections
with the same indexes, a thousand documents at a time, nothing else done: what the engine alone takes for it. The
ratio of the two holds on a busy machine, too; the levels do not.
"""

import argparse
import cProfile
import csv
import hashlib
import io
import logging
import os
import pstats
import resource
import tempfile
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pymongo
from pymongo.database import Database as Collections

from deploy.demo import province
from deploy.local import ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from services.registry.actions.house import House
from services.registry.actions.imports import door, job
from services.registry.app import build_house
from services.registry.settings import Settings
from services.registry.store import SPECS
from shared import clock
from shared.documents.mongo import Database
from shared.house import PLUMBING
from shared.http.callers import Caller
from shared.http.uploads import Upload

LEFT_BEHIND = ("candidates", "outbox", "trail", "import_rows")
TOGETHER = 1_000
WARMING_UP = 50
MOST_WITH_ALL_COLUMNS = 60_000
LONG_COLUMNS = ("Pengalaman kerja", "Bahasa", "Sertifikat", "Jam pelatihan", "Syarat", "Jarak maksimal (km)")
OFFICER = Caller(id="bench", kind="officer", centre="KUPANG", scopes=frozenset({"candidates:write"}))


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of processor time here and in the engine."""

    wall: float
    here: float
    engine: float


class Stopwatch:
    """Measures a block: ``with Stopwatch(engine) as watch: …`` and then ``watch.spent``."""

    spent: Spent

    def __init__(self, engine: psutil.Process) -> None:
        self._engine = engine

    def _now(self) -> tuple[float, float, float]:
        used = self._engine.cpu_times()
        return time.perf_counter(), time.process_time(), used.user + used.system

    def __enter__(self) -> "Stopwatch":
        self._began = self._now()
        return self

    def __exit__(self, *error: object) -> None:
        self.spent = Spent(*(now - then for now, then in zip(self._now(), self._began, strict=True)))


def main() -> None:
    """Start an engine, import, insert the same once more, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=3_000)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    logging.getLogger("shared.http.tokens").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
        content = a_file(options.people)
        with Stack(home=Home(Path(folder) / "home"), ports=ports.free(), throw_away=True, news=_tell) as stack:
            stack.start_engines()
            print(f"{stack.engine.label}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
            database = Database(stack.mongodb_admin_uri, "bench_importing")
            database.ensure([*PLUMBING, *SPECS])
            engine = psutil.Process(stack.supervisor.pid("mongodb"))
            rooms = build_house(_settings(stack), database)
            imported(rooms, a_file(WARMING_UP, seed=2))
            profile = cProfile.Profile() if options.profile else nullcontext()
            with profile, Stopwatch(engine) as watch:
                finished = imported(rooms, content)
            print(f"the report ends with {finished['state']} {finished['counts']}")
            tell("import", options.people, watch.spent)
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"most memory   {held:7.0f} MB of this process", flush=True)
            # A client of its own: a house's client gives an engine up that answers nothing for some seconds.
            with pymongo.MongoClient[dict[str, Any]](stack.mongodb_admin_uri) as client, Stopwatch(engine) as bare:
                inserted_again(client["bench_importing"])
            tell("bare insert", options.people, bare.spent)
    clock_ratio, work_ratio = watch.spent.wall / bare.spent.wall, _work(watch.spent) / _work(bare.spent)
    print(f"ratio         {clock_ratio:7.2f} on the clock, {work_ratio:.2f} in processor time")
    if isinstance(profile, cProfile.Profile):
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)


def a_file(people: int, seed: int = 1) -> bytes:
    """One sheet with so many invented people, as CSV; a dozen columns where all of them would be too many bytes."""
    left_out = LONG_COLUMNS if people > MOST_WITH_ALL_COLUMNS else ()
    written = io.StringIO()
    sheet: csv.DictWriter[str] | None = None
    for row in province.people(people, seed=seed, today=clock.today()):
        kept = {name: value for name, value in row.items() if name not in left_out}
        if sheet is None:
            sheet = csv.DictWriter(written, fieldnames=list(kept))
            sheet.writeheader()
        sheet.writerow(kept)
    return written.getvalue().encode()


def imported(rooms: House, content: bytes) -> dict[str, object]:
    """Hand the file in, and do its job; what the report says at the end."""
    upload = Upload(content, hashlib.sha256(content).hexdigest())
    started = door.start(OFFICER, rooms, upload, dry_run=False, only_good=True)
    rooms.jobs.run_due({door.KIND: lambda due: job.run(rooms, due)}, threading.Event())
    return door.report(OFFICER, rooms, started["_id"])


def inserted_again(database: Collections[dict[str, Any]]) -> None:
    """All that the job left behind, into empty collections with the same indexes; reading it is not counted much."""
    specs = {spec.name: spec for spec in (*PLUMBING, *SPECS)}
    for name in LEFT_BEHIND:
        again = f"again_{name}"
        database.create_collection(again)
        if specs[name].indexes:
            database[again].create_indexes(list(specs[name].indexes))
        batch = []
        for document in database[name].find().batch_size(TOGETHER):
            batch.append(document)
            if len(batch) == TOGETHER:
                database[again].insert_many(batch)
                batch = []
        if batch:
            database[again].insert_many(batch)


def tell(name: str, people: int, spent: Spent) -> None:
    """Print what was measured."""
    print(
        f"{name:<14}{spent.wall:7.2f} s  {people / spent.wall:7.0f} people a second; processor: "
        f"{spent.here:.2f} s here, {spent.engine:.2f} s in the engine",
        flush=True,
    )


def _tell(name: str, line: str) -> None:
    """An engine that dies on the way is part of what was measured."""
    print(f"{time.strftime('%H:%M:%S')} {name} {line}", flush=True)


def _work(spent: Spent) -> float:
    return spent.here + spent.engine


def _settings(stack: Stack) -> Settings:
    return Settings(
        lumbung_env="development",
        mongodb_uri=stack.mongodb_admin_uri,
        mongodb_database="bench_importing",
        kafka_bootstrap=stack.bootstrap,
        kafka_username="nobody",
        kafka_password="unused",
        http_port=0,
        oidc_jwks="none",
        nik_key=b"k" * 32,
        nik_hash_key=b"h" * 32,
    )


if __name__ == "__main__":
    main()
