"""The one place that knows every room of the partners house and puts them together."""

from flask import Flask

from services.partners.actions import quality
from services.partners.actions.house import PARTNER, House
from services.partners.actions.waiting import Waiting
from services.partners.api import catalogue, context, deliveries, departures, events, organisations, subscriptions
from services.partners.settings import Settings
from services.partners.store.deliveries import Deliveries
from services.partners.store.feed import Feed
from services.partners.store.notices import Notices
from services.partners.store.organisations import Organisations
from services.partners.store.subscriptions import Subscriptions
from services.partners.store.tail import Tail
from shared.documents.mongo import FOR_REQUESTS_SECONDS, Database
from shared.http import stopping
from shared.http.app import make_app
from shared.http.keys import KeyStore
from shared.http.limits import Limits
from shared.http.tokens import Tokens
from shared.jobs import Jobs
from shared.sealing import Seal

VERSION = "1.0.0"
"""Of the HTTP API; the major number is the one in its paths."""


def build_house(settings: Settings, database: Database) -> House:
    """The rooms that actions work in, for `web` and `work` alike."""
    return House(
        database=database,
        feed=Feed(database),
        organisations=Organisations(database),
        subscriptions=Subscriptions(database),
        deliveries=Deliveries(database),
        notices=Notices(database),
        keys=KeyStore(database, kind=PARTNER, development=settings.in_development),
        jobs=Jobs(database),
        seal=Seal(settings.webhook_key, settings.webhook_key_also),
        development=settings.in_development,
    )


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    tokens: Tokens | None = None,
    limits: Limits | None = None,
) -> Flask:
    """The web application. Everything after `settings` is a double for tests."""
    database = database or Database(settings.mongodb_uri, settings.mongodb_database, seconds=FOR_REQUESTS_SECONDS)
    rooms = build_house(settings, database)
    app = make_app(
        house="partners",
        version=VERSION,
        settings=settings,
        blueprints=[
            events.blp,
            subscriptions.blp,
            deliveries.blp,
            departures.blp,
            catalogue.blp,
            organisations.blp,
        ],
        pings={"mongodb": database.ping},
        keys=rooms.keys,
        database=database,
        tokens=tokens,
        limits=limits,
        checks=quality.checks(rooms),
    )
    # Half of the threads for streams, a quarter for long polls; the rest always answers.
    waiting = Waiting(
        Tail(rooms.feed),
        streams=settings.http_threads // 2,
        polls=settings.http_threads // 4,
        stopping=stopping.STOPPING,
    )
    context.attach(app, rooms, waiting)
    return app
