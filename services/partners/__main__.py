"""The front door: ``python -m services.partners web | work | rebuild | announce | replay``."""

import sys

from services.partners.actions import feed
from services.partners.app import create_app, furnish
from services.partners.hears import hears
from services.partners.settings import Settings
from services.partners.store import SPECS
from shared.documents.mongo import Database
from shared.events.commands import main
from shared.house import House
from shared.http.server import serve


def wire(settings: Settings) -> House:
    """The partners house as the commands know it."""
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    rooms = furnish(settings, database)
    return House(
        name="partners",
        settings=settings,
        database=database,
        specs=SPECS,
        web=lambda: serve(lambda: create_app(settings), settings),
        hears=hears(rooms),
        jobs={feed.PRUNE: lambda job: feed.prune(rooms)},
        standing=[feed.PRUNE],
    )


if __name__ == "__main__":
    sys.exit(main(Settings, wire, sys.argv[1:]))
