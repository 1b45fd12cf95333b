"""The one place that knows every room of the matching house and puts them together."""

import threading

from flask import Flask

from services.matching.actions.house import House
from services.matching.answers_given import AnswersGiven
from services.matching.api import allocations, context, eligibility, figures, model, recommendations, what_if
from services.matching.live_world import LiveWorld
from services.matching.matcher.pathway.distances import Distances
from services.matching.population import Population
from services.matching.rankings import Rankings
from services.matching.settings import Settings
from services.matching.store.exposures import Exposures
from services.matching.store.figures import Figures
from services.matching.store.models import Models
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared.documents.mongo import FOR_REQUESTS_SECONDS, Database
from shared.http.app import make_app
from shared.http.limits import Limits
from shared.http.tokens import Tokens
from shared.words import Words

VERSION = "1.0.0"
"""Of the HTTP API; the major number is the one in its paths."""


def build_house(settings: Settings, database: Database) -> House:
    """The rooms that actions work in."""
    read_models, models = ReadModels(database), Models(database)
    return House(
        database=database,
        read_models=read_models,
        records=Records(database),
        live_world=LiveWorld(database, Distances.read(settings.lumbung_distances)),
        population=Population(read_models),
        exposures=Exposures(database),
        figures=Figures(database),
        models=models,
        rankings=Rankings(models, settings.lumbung_models),
        answers_given=AnswersGiven(),
        words=Words.default(),
        snapshot_key=settings.snapshot_key,
        waiting=threading.BoundedSemaphore(max(1, settings.http_threads // 2)),
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
        house="matching",
        version=VERSION,
        settings=settings,
        blueprints=[recommendations.blp, eligibility.blp, model.blp, what_if.blp, allocations.blp, figures.blp],
        pings={"mongodb": database.ping, "catalogue": rooms.live_world.warm},
        database=database,
        tokens=tokens,
        limits=limits,
    )
    context.attach(app, rooms)
    return app
