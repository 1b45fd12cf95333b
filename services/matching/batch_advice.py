"""Advice for everybody at once: ``python -m services.matching rank-all``.

Everybody with consent gets the lists of their own answer, a score to the last bit (`matcher/advice/everybody.py`).
People are taken in groups, by as many workers as joblib is told of: processes of this machine, or by `--backend dask`
those of a cluster. Each worker reads its settings from its own environment and the world from its own database
connection, so nothing but ids travels to it, and memory is that of a few groups whatever the number of people.

A row says what it was made from. A run that was ended goes on where it stood, and a later one only works out again what
has changed.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

import joblib

from services.matching.actions.people import known
from services.matching.batch_advice_file import Lines, missing_for, opened
from services.matching.hears import hears
from services.matching.live_world import AsOf, LiveWorld
from services.matching.matcher.advice.everybody import Everybody, Listed
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import Ranked
from services.matching.matcher.world import World
from services.matching.rankings import Rankings
from services.matching.settings import Settings
from services.matching.store import SPECS
from services.matching.store.exposures import Exposures
from services.matching.store.models import Models
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Forgotten, Records
from shared import clock, logs
from shared.documents.mongo import Database, Document, Tx
from shared.events.commands import history_of
from shared.events.hearing import Hearing
from shared.events.history import Interrupted
from shared.events.rebuild import mend
from shared.house import PLUMBING
from shared.settings import SettingMissing, read

NAME = "rank-all"
BACKENDS = ("loky", "dask")
SHOWN = 20
"""Orders and courses a person."""
TOGETHER = 200
"""People in one group: what is lost when a run is ended. Distinct facts are looked at once a group."""
A_TRANSACTION = 50
ENDED = 130
"""The exit code of a command that was ended by Ctrl-C, as shells have it."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """What a worker works in; one for each process."""

    database: Database
    read_models: ReadModels
    records: Records
    world: LiveWorld
    rankings: Rankings
    exposures: Exposures


def main(argv: Sequence[str]) -> int:
    """Rank everybody; returns the exit code. What is wrong is told in one sentence on standard error."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.backend == "dask" and arguments.scheduler is None:
        parser.error("--backend dask needs --scheduler, such as tcp://10.0.0.5:8786")
    if arguments.backend == "dask" and find_spec("distributed") is None:
        parser.error("--backend dask needs the packages of requirements/cluster.txt")
    if arguments.out is not None and (missing := missing_for(arguments.out)):
        parser.error(f"--out: {missing}")
    if arguments.out is not None and not arguments.out.parent.is_dir():
        parser.error(f"--out: there is no folder {arguments.out.parent}")
    try:
        settings = read(Settings, os.environ)
    except SettingMissing as error:
        print(error, file=sys.stderr)
        return 2
    logs.setup(house="matching", process=NAME, level=settings.lumbung_log_level)
    clock.follow(settings.lumbung_clock_file)
    database = _rooms().database
    database.ensure([*PLUMBING, *SPECS])
    day = date.fromisoformat(arguments.day) if arguments.day else clock.today()
    if arguments.from_topics and (trouble := heard_anew(settings, database)):
        print(trouble, file=sys.stderr)
        return 1
    try:
        with sigterm_as_ctrl_c(), spread(arguments.backend, arguments.workers, arguments.scheduler):
            counted = rank_all(_rooms(), day, Progress(sys.stderr))
    except KeyboardInterrupt:
        print("Ended. What is ranked is kept; the same command goes on from there.", file=sys.stderr)
        return ENDED
    print(f"{counted.people} people with consent: {counted.ranked} ranked, {counted.kept} unchanged.")
    if arguments.out is not None:
        with opened(arguments.out) as lines:
            write(_rooms(), lines)
        print(f"{arguments.out}: their orders and courses, one line each.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m services.matching {NAME}", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="also write a file: CSV, or Parquet where its name ends in .parquet")
    parser.add_argument("--day", help="the day that is asked about; today unless given, 2027-01-31")
    parser.add_argument(
        "--from-topics",
        action="store_true",
        help="read everything from the topics first: the database may be an empty one of this machine's own",
    )
    parser.add_argument("--workers", type=int, default=-1, help="processes; all cores unless given")
    parser.add_argument("--backend", choices=BACKENDS, default="loky", help="this machine, or a Dask cluster")
    parser.add_argument("--scheduler", help="where the scheduler of the Dask cluster is, tcp://10.0.0.5:8786")
    return parser


def heard_anew(settings: Settings, database: Database) -> str | None:
    """Make the read models agree with the topics, from their beginning; what went wrong, or None."""
    from shared.events import bus

    try:
        mend(Hearing(database, hears(Records(database))), history_of(settings))
    except (Interrupted, bus.Unavailable, bus.NotAllowed) as error:
        return str(error)
    return None


@contextmanager
def sigterm_as_ctrl_c() -> Iterator[None]:
    """Whoever ends a service sends SIGTERM, and whoever sits before it types Ctrl-C: the same is meant."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def spread(backend: str, workers: int, scheduler: str | None = None) -> Any:
    """Where joblib works while the returned context is open. `scheduler`: of a Dask cluster, whose workers have the
    settings of this house in their own environment."""
    if backend == "dask":
        return joblib.parallel_config(backend, scheduler_host=scheduler)
    return joblib.parallel_config(backend, n_jobs=workers)


@dataclass(frozen=True, slots=True)
class Counted:
    """`ranked` of `people` were worked out, `kept` stood there already, made from the same."""

    people: int
    ranked: int
    kept: int


class Progress:
    """One line every few seconds: how many are done, how fast, and how long it will take."""

    EVERY_SECONDS = 5.0

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._began = self._said = time.monotonic()

    def at(self, done: int, of: int) -> None:
        """So many people are done of all; prints at most every EVERY_SECONDS, and at the end."""
        now = time.monotonic()
        if now - self._said < self.EVERY_SECONDS and done < of:
            return
        self._said = now
        rate = done / max(now - self._began, 1e-9)
        left = f", about {(of - done) / rate / 60:.0f} min left" if done < of else ""
        print(f"{done} of {of} people, {rate:.1f} a second{left}", file=self._out, flush=True)


def rank_all(rooms: Rooms, day: date, progress: Progress) -> Counted:
    """Everybody with consent, by the joblib backend in force; rows of whoever has none any more go."""
    rooms.records.batch_advice.drop_all_but(rooms.read_models.consenting, TOGETHER)
    total = rooms.read_models.how_many_consent()
    groups = rooms.read_models.consenting_groups(TOGETHER)
    done = ranked = 0
    found = joblib.Parallel(return_as="generator_unordered")(joblib.delayed(rank)(group, day) for group in groups)
    for people, new in found:
        done, ranked = done + people, ranked + new
        progress.at(done, max(total, done))
    return Counted(done, ranked, done - ranked)


def rank(ids: Sequence[str], day: date) -> tuple[int, int]:
    """Rank some people in this process; (how many are done, how many of them anew)."""
    rooms = _rooms()
    ranking = rooms.rankings.current()
    rooms.exposures.refresh()
    before = rooms.records.batch_advice.of(ids)
    documents = [row for row in rooms.read_models.some_people(ids) if not row.get("erased")]
    applications = rooms.read_models.applications_of(ids)
    people = [known(row, applications.get(row["_id"], ())) for row in documents]
    with rooms.world.read() as (world, as_of):
        made_of = {
            "day": day.isoformat(),
            "model": ranking.fingerprint,
            "generation": as_of.generation,
            "sequence": as_of.sequence,
        }
        facts = {one.id: {"version": one.version, "holds": list(one.holds), "made_of": made_of} for one in people}
        anew = [one for one in people if not _stands(before.get(one.id), facts[one.id])]
        shown = rooms.records.first_shown_to([one.id for one in anew])
        rows = [
            {"_id": listed.person.id, **facts[listed.person.id], **_lists(listed)}
            for listed in _everybody(world, ranking, day, as_of).lists(
                anew, lambda person: rooms.exposures.others(shown.get(person.id, {}))
            )
        ]

    def still(tx: Tx, id: str) -> bool:
        try:
            rooms.records.still_known(tx, id)
        except Forgotten:
            return False
        return True

    for start in range(0, len(rows), A_TRANSACTION):
        rooms.records.batch_advice.keep(rows[start : start + A_TRANSACTION], still)
    return len(ids), len(rows)


def _stands(kept: Document | None, facts: Document) -> bool:
    """Was this row made from the same?"""
    return kept is not None and all(kept[name] == value for name, value in facts.items())


def _everybody(world: World, ranking: Ranking, day: date, as_of: AsOf) -> Everybody:
    """What is worked out once for all people, kept while nothing changes."""
    key = (id(world), as_of.generation, as_of.sequence, ranking.fingerprint, day)
    if _last.get("key") != key:
        _last.update(key=key, everybody=Everybody(world, ranking, day=day, most=SHOWN))
    everybody: Everybody = _last["everybody"]
    return everybody


_last: dict[str, Any] = {}
"""Of this process: the newest of `_everybody`."""


def write(rooms: Rooms, lines: Lines) -> None:
    """The rows of everybody, in order of id."""
    for ids in rooms.read_models.consenting_groups(TOGETHER):
        for row in rooms.records.batch_advice.rows(ids):
            lines.add(row)


def _lists(listed: Listed) -> Document:
    return {
        "orders": [{"id": id, "state": state.value, **_numbers(row)} for id, state, row in listed.orders],
        "courses": [{"id": course.id, "batch": batch.id, **_numbers(row)} for course, batch, row in listed.courses],
    }


def _numbers(row: Ranked) -> Document:
    return {"score": row.score, "band": row.band, "chance": row.chance, "worth": row.worth}


@cache
def _rooms() -> Rooms:
    settings = read(Settings, os.environ)
    clock.follow(settings.lumbung_clock_file)
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    return Rooms(
        database=database,
        read_models=ReadModels(database),
        records=Records(database),
        world=LiveWorld(database, Distances.read(settings.lumbung_distances)),
        rankings=Rankings(Models(database), settings.lumbung_models),
        exposures=Exposures(database),
    )
