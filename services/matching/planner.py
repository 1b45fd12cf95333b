"""The job behind a plan for many people, in a process of its own: it computes for minutes, and whoever listens beside
it must not wait. Killed with its house, it is taken up again by the next one, where it stood."""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import cache
from importlib.util import find_spec
from multiprocessing import get_context

import joblib

from services.matching.actions.allocating import KIND
from services.matching.actions.planning import PlanRooms, gather_ahead, groups, plan
from services.matching.live_world import LiveWorld
from services.matching.matcher.pathway.distances import Distances
from services.matching.rankings import Rankings
from services.matching.settings import Settings
from services.matching.store.models import Models
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared import clock, logs
from shared.documents.mongo import Database
from shared.jobs import Job
from shared.settings import SettingMissing, read

NAME = "gather-plan"
KEEP_EVERY_SECONDS = 10.0
NICE = 5
"""A plan can wait for those who are being answered."""


def run(job: Job) -> None:
    """Make the plan; returns when it is ready, or cannot be made. Raises what went wrong, so that it is tried again."""
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (NICE,)) as apart:
        made = apart.submit(make, job.id)
        while True:
            try:
                made.result(KEEP_EVERY_SECONDS)
                return
            except NotYet:
                job.keep()


def make(id: str) -> None:
    """What the process of its own does, from its own settings."""
    os.nice(NICE)
    plan(_rooms(), id)


def main(argv: Sequence[str]) -> int:
    """Work out what everybody of a plan could be given, by all cores or a cluster, for the job that makes it; the exit
    code. What is wrong is told in one sentence on standard error."""
    parser = argparse.ArgumentParser(prog=f"python -m services.matching {NAME}", description=main.__doc__)
    parser.add_argument("plan", help="the id of a plan that is MAKING, as POST /v1/allocations answered it")
    parser.add_argument("--workers", type=int, default=-1, help="processes; all cores unless given")
    parser.add_argument("--scheduler", help="of a Dask cluster instead, tcp://10.0.0.5:8786")
    asked = parser.parse_args(argv)
    if asked.scheduler and find_spec("distributed") is None:
        parser.error("--scheduler needs the packages of requirements/cluster.txt")
    try:
        rooms = _rooms()
    except SettingMissing as error:
        print(error, file=sys.stderr)
        return 2
    where = {"n_jobs": asked.workers} if asked.scheduler is None else {"scheduler_host": asked.scheduler}
    with joblib.parallel_config("dask" if asked.scheduler else "loky", **where):
        people = sum(joblib.Parallel()(joblib.delayed(ahead)(asked.plan, ids) for ids in groups(rooms, asked.plan)))
    print(f"{people} people of the plan {asked.plan}: their options are kept, and the job goes on from there.")
    return 0


def ahead(id: str, ids: Sequence[str]) -> int:
    """What a worker does, from its own settings and its own connection to the database."""
    return gather_ahead(_rooms(), id, ids)


@cache
def _rooms() -> PlanRooms:
    """A database connection and a world of its own, once for each process."""
    settings = read(Settings, os.environ)
    logs.setup(house="matching", process=KIND, level=settings.lumbung_log_level)
    clock.follow(settings.lumbung_clock_file)
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    return PlanRooms(
        read_models=ReadModels(database),
        records=Records(database),
        world=LiveWorld(database, Distances.read(settings.lumbung_distances)),
        rankings=Rankings(Models(database), settings.lumbung_models),
    )
