"""The front door: ``python -m services.partners web | work | rebuild | announce | replay``."""

import sys
import threading

from services.partners.actions import feed, subscriptions
from services.partners.app import build_house, create_app
from services.partners.hears import hears
from services.partners.outgoing import mail
from services.partners.settings import Settings
from services.partners.store import SPECS
from shared.documents.mongo import Database
from shared.events.commands import main
from shared.house import House
from shared.http.server import serve
from shared.jobs import Handler


def wire(settings: Settings) -> House:
    """The partners house as the commands know it."""
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    rooms = build_house(settings, database)
    smtp_url = settings.smtp_url

    def deliver(stopping: threading.Event) -> None:
        from services.partners.outgoing.deliverer import Deliverer

        Deliverer(
            database,
            seal=rooms.seal,
            development=settings.in_development,
            mailing=smtp_url is not None,
        ).run(stopping)

    jobs: dict[str, Handler] = {feed.PRUNE: lambda job: feed.prune(rooms)}
    if smtp_url is not None:
        jobs[mail.KIND] = lambda job: mail.send(rooms.notices, smtp_url, job.id)
    return House(
        name="partners",
        settings=settings,
        database=database,
        specs=SPECS,
        web=lambda: serve(lambda: create_app(settings), settings),
        hears=hears(rooms),
        jobs=jobs,
        standing=[feed.PRUNE],
        loops={"deliveries": deliver},
        reseal=lambda: subscriptions.reseal(rooms),
    )


if __name__ == "__main__":
    sys.exit(main(Settings, wire, sys.argv[1:]))
