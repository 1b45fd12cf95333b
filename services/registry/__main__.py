"""The front door: ``python -m services.registry web | work | rebuild | announce | replay``."""

import sys
from functools import partial

from services.registry.actions import candidates, drafts, find, submissions
from services.registry.actions.imports import door, job
from services.registry.app import build_house, create_app
from services.registry.hears import hears
from services.registry.says import Type
from services.registry.settings import Settings
from services.registry.store import SPECS
from shared.documents.mongo import Database
from shared.events.commands import main
from shared.house import House
from shared.http.server import serve


def wire(settings: Settings) -> House:
    """The registry as the commands know it."""
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    rooms = build_house(settings, database)
    return House(
        name="registry",
        settings=settings,
        database=database,
        specs=SPECS,
        web=lambda: serve(lambda: create_app(settings), settings),
        hears=hears(rooms),
        announces={Type.ANNOUNCED.value: rooms.candidates.aggregates},
        jobs={
            door.KIND: partial(job.run, rooms),
            door.EXPIRY: partial(door.expire, rooms),
            candidates.FORGET_NIK: lambda one: candidates.forget_nik(rooms, one.id),
            drafts.KIND: lambda one: drafts.lapse(rooms, one.id),
            submissions.KIND: lambda one: submissions.lapse(rooms, one.id),
            find.KEYS: partial(find.make_keys, rooms),
        },
        standing=[find.KEYS],
        reseal=lambda: _both(rooms.candidates.reseal(), rooms.submissions.reseal()),
    )


def _both(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


if __name__ == "__main__":
    sys.exit(main(Settings, wire, sys.argv[1:]))
