"""The job behind a plan for many people, in a process of its own: it computes for minutes, and whoever listens beside
it must not wait. Killed with its house, it is taken up again by the next one, where it stood."""

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from multiprocessing import get_context

from services.matching.actions.allocating import KIND
from services.matching.actions.planning import PlanRooms, plan
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
from shared.settings import read

KEEP_EVERY_SECONDS = 10.0
NICE = 5
"""A plan can wait for those who are being answered."""


def run(job: Job) -> None:
    """Make the plan; returns when it is ready, or cannot be made. Raises what went wrong, so that it is tried again."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        made = apart.submit(make, job.id)
        while True:
            try:
                made.result(KEEP_EVERY_SECONDS)
                return
            except NotYet:
                job.keep()


def make(id: str) -> None:
    """What the process of its own does, from its own settings."""
    settings = read(Settings, os.environ)
    os.nice(NICE)
    logs.setup(house="matching", process=KIND, level=settings.lumbung_log_level)
    clock.follow(settings.lumbung_clock_file)
    plan(rooms(settings), id)


def rooms(settings: Settings) -> PlanRooms:
    """A database connection and a world of its own."""
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    return PlanRooms(
        read_models=ReadModels(database),
        records=Records(database),
        world=LiveWorld(database, Distances.read(settings.lumbung_distances)),
        rankings=Rankings(Models(database), settings.lumbung_models),
    )
