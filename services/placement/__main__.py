"""The front door: ``python -m services.placement web | work | rebuild | announce | replay``."""

import sys

from services.placement import says
from services.placement.actions import imports, judgements, reservations, retelling
from services.placement.app import build_house, create_app
from services.placement.hears import hears
from services.placement.store import SPECS
from shared.documents import loops
from shared.documents.mongo import Database
from shared.events.commands import main
from shared.house import House
from shared.http.server import serve
from shared.settings import Common


def wire(settings: Common) -> House:
    """The placement house as the commands know it."""
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    rooms = build_house(settings, database)
    return House(
        name="placement",
        settings=settings,
        database=database,
        specs=SPECS,
        web=lambda: serve(lambda: create_app(settings), settings),
        hears=hears(rooms),
        announces={
            says.ORDER_ANNOUNCED: rooms.job_orders.aggregates,
            says.QUOTA_ANNOUNCED: rooms.job_orders.quotas,
            says.POLICY_ANNOUNCED: rooms.policies.aggregates,
            says.APPLICATION_ANNOUNCED: rooms.bookings.applications,
            says.CONCERN_ANNOUNCED: rooms.concerns.aggregates,
        },
        jobs={
            **retelling.handlers(rooms),
            **reservations.handlers(rooms),
            imports.KIND: lambda one: imports.run(rooms, one),
            imports.EXPIRY: lambda one: imports.expire(rooms, one),
        },
        loops={"settle": lambda stopping: loops.steps(lambda: judgements.settle(rooms), stopping, name="The settling")},
    )


if __name__ == "__main__":
    sys.exit(main(Common, wire, sys.argv[1:]))
