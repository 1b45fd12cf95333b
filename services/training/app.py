"""The one place that knows every room of the training house and puts them together."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Flask

from services.training.actions import judgements, quality
from services.training.actions.house import House
from services.training.api import (
    attendance,
    batches,
    context,
    courses,
    demand,
    enrolments,
    imports,
    letters,
    opening,
    providers,
    seat_links,
    supply,
)
from services.training.settings import Settings
from services.training.store import Store
from shared import metrics
from shared.documents.mongo import FOR_REQUESTS_SECONDS, Database
from shared.http.app import make_app
from shared.http.keys import KeyStore
from shared.http.limits import Limits
from shared.http.tokens import Tokens
from shared.imports import Imports
from shared.jobs import Jobs
from shared.profiles import coding
from shared.slips import SlipSigner
from shared.words import Words

VERSION = "1.0.0"
"""Of the HTTP API; the major number is the one in its paths."""


def build_house(settings: Settings, database: Database, *, words: Words | None = None) -> House:
    """The rooms that actions work in, for `web` and `work` alike."""
    return House(
        database=database,
        store=Store(database),
        keys=KeyStore(
            database, kind="provider", development=settings.in_development, live=Store(database).provider_is_active
        ),
        jobs=Jobs(database),
        imports=Imports(database),
        outcomes=outcomes_of(words or Words.default()),
        seal=SlipSigner(settings.letter_key),
    )


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    words: Words | None = None,
    tokens: Tokens | None = None,
    limits: Limits | None = None,
) -> Flask:
    """The web application. Everything after `settings` is a double for tests."""
    database = database or Database(settings.mongodb_uri, settings.mongodb_database, seconds=FOR_REQUESTS_SECONDS)
    rooms = build_house(settings, database, words=words)
    app = make_app(
        house="training",
        version=VERSION,
        settings=settings,
        blueprints=[
            providers.blp,
            courses.blp,
            batches.blp,
            enrolments.blp,
            letters.blp,
            imports.blp,
            demand.blp,
            opening.blp,
            supply.blp,
            seat_links.blp,
            attendance.blp,
        ],
        pings={"mongodb": database.ping},
        keys=rooms.keys,
        database=database,
        tokens=tokens,
        limits=limits,
        checks=quality.checks(rooms),
    )
    context.attach(app, rooms)
    waiting = metrics.Counted(lambda: judgements.waiting(rooms))
    metrics.WAITING_FOR_JUDGEMENT.labels(judgements.ENROLMENT).set_function(partial(waiting.of, judgements.ENROLMENT))
    return app


def outcomes_of(words: Words) -> Callable[[Sequence[str]], list[dict[str, Any]]]:
    """A provider's words with the best skill code for each; words that mean nothing here stay, without a code."""

    def coded(texts: Sequence[str]) -> list[dict[str, Any]]:
        found = []
        for text in texts:
            match = next(iter(words.skills(text)), None)
            found.append(
                {
                    "text": text,
                    "code": match.code if match else None,
                    "similarity": round(match.similarity, 4) if match else 0.0,
                }
            )
        coding.ask(
            words,
            [{"maybe": () if one["code"] else words.asks(text)} for text, one in zip(texts, found, strict=True)],
            "/outcomes",
        )
        return found

    return coded
