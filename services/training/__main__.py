"""The front door: ``python -m services.training web | work | rebuild | announce | replay``."""

import sys

from services.training import says
from services.training.actions import batches, imports, providers, referrals, seats
from services.training.app import build_house, create_app
from services.training.hears import hears
from services.training.settings import Settings
from services.training.store import SPECS
from shared.documents.mongo import Database
from shared.events.commands import main
from shared.house import House
from shared.http.server import serve


def wire(settings: Settings) -> House:
    """The training house as the commands know it."""
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    rooms = build_house(settings, database)
    return House(
        name="training",
        settings=settings,
        database=database,
        specs=SPECS,
        web=lambda: serve(lambda: create_app(settings), settings),
        hears=hears(rooms),
        announces={
            says.COURSE_ANNOUNCED: rooms.store.courses,
            says.BATCH_ANNOUNCED: rooms.store.batches,
            says.ENROLMENT_ANNOUNCED: rooms.store.enrolments,
        },
        jobs={
            providers.RETELL: lambda job: providers.retell(rooms, job.id),
            seats.LAPSE: lambda job: referrals.lapse(rooms, job.id),
            batches.FINISH: lambda job: batches.finish(rooms, job.id),
            imports.KIND: lambda job: imports.run(rooms, job),
            imports.EXPIRY: lambda job: imports.expire(rooms, job),
        },
    )


if __name__ == "__main__":
    sys.exit(main(Settings, wire, sys.argv[1:]))
