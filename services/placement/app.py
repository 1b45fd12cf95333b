"""The one place that knows every room of the placement house and puts them together."""

import threading
from collections.abc import Callable
from functools import partial

from flask import Flask

from services.placement.actions import judgements, quality
from services.placement.actions.house import COMPANY, House
from services.placement.api import (
    applications,
    companies,
    concerns,
    context,
    figures,
    imports,
    job_orders,
    partners,
    policies,
)
from services.placement.store.bookings import Bookings
from services.placement.store.companies import Companies, Partners
from services.placement.store.concerns import Concerns
from services.placement.store.job_orders import JobOrders
from services.placement.store.judgements import Judgements, Trail
from services.placement.store.policies import Policies
from services.placement.store.typed import Typed
from shared import metrics
from shared.documents.mongo import FOR_REQUESTS_SECONDS, Database
from shared.http.app import make_app
from shared.http.keys import KeyStore
from shared.http.limits import Limits
from shared.http.tokens import Tokens
from shared.imports import Imports
from shared.jobs import Jobs
from shared.settings import Common
from shared.words import Words

VERSION = "1.0.0"
"""Of the HTTP API; the major number is the one in its paths."""

LIMITS = Limits(nobody="120 per minute")
"""Nobody in particular comes here to check one offer and perhaps to report it: two a second is a whole village hall."""


def build_house(settings: Common, database: Database, *, words: Words | None = None) -> House:
    """The rooms that actions work in, for ``web`` and ``work`` alike."""
    return House(
        database=database,
        companies=Companies(database),
        partners=Partners(database),
        job_orders=JobOrders(database),
        bookings=Bookings(database),
        policies=Policies(database),
        concerns=Concerns(database),
        judgements=Judgements(database),
        trail=Trail(database),
        typed=Typed(database),
        imports=Imports(database),
        keys=KeyStore(database, kind=COMPANY, development=settings.in_development),
        jobs=Jobs(database),
        words=words or Words.default(),
    )


def create_app(
    settings: Common,
    *,
    database: Database | None = None,
    words: Words | None = None,
    tokens: Tokens | None = None,
    limits: Limits | None = None,
) -> Flask:
    """The web application. Everything after ``settings`` is a double for tests."""
    database = database or Database(settings.mongodb_uri, settings.mongodb_database, seconds=FOR_REQUESTS_SECONDS)
    words = words or Words.default()
    rooms = build_house(settings, database, words=words)
    app = make_app(
        house="placement",
        version=VERSION,
        settings=settings,
        blueprints=[
            companies.blp,
            partners.blp,
            job_orders.blp,
            applications.blp,
            policies.blp,
            concerns.blp,
            figures.blp,
            imports.blp,
        ],
        pings={"mongodb": database.ping, "words": _warming(words)},
        keys=rooms.keys,
        database=database,
        tokens=tokens,
        limits=limits or LIMITS,
        checks=quality.checks(rooms),
    )
    context.attach(app, rooms)
    waiting = metrics.Counted(lambda: judgements.waiting(rooms))
    for subject in (judgements.JOB_ORDER, judgements.APPLICATION):
        metrics.WAITING_FOR_JUDGEMENT.labels(subject).set_function(partial(waiting.of, subject))
    return app


def _warming(words: Words) -> Callable[[], bool]:
    """Fit the look-up of words beside the start, so that the first company does not wait for it."""
    warm = threading.Event()

    def fit() -> None:
        words.skills("pemanasan mesin pencari kata")
        warm.set()

    threading.Thread(target=fit, name="words", daemon=True).start()
    return warm.is_set
