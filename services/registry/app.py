"""The one place that knows every room of the registry and puts them together."""

import threading
from collections.abc import Callable

from flask import Flask

from services.registry.actions.house import House
from services.registry.api import candidates, centres, contacts, context, desks, drafts, imports, submissions
from services.registry.settings import Settings
from services.registry.store.candidates import Candidates
from services.registry.store.contacts import Contacts
from services.registry.store.drafts import Drafts
from services.registry.store.imports import Imports
from services.registry.store.protected import RiskNotes, Specific
from services.registry.store.submissions import Submissions
from services.registry.store.trail import Trail
from services.registry.store.vault import Vault
from shared.documents.mongo import FOR_REQUESTS_SECONDS, Database
from shared.http.app import make_app
from shared.http.limits import Limits
from shared.http.tokens import Tokens
from shared.jobs import Jobs
from shared.words import Words

VERSION = "1.0.0"
"""Of the HTTP API; the major number is the one in its paths."""


def build_house(settings: Settings, database: Database, *, words: Words | None = None) -> House:
    """The rooms that actions work in, for ``web`` and ``work`` alike."""
    vault = Vault(seal_key=settings.nik_key, hash_key=settings.nik_hash_key, also=settings.nik_key_also)
    return House(
        database=database,
        candidates=Candidates(database, vault),
        specific=Specific(database),
        risk_notes=RiskNotes(database),
        contacts=Contacts(database),
        trail=Trail(database),
        imports=Imports(database, vault),
        drafts=Drafts(database, vault),
        submissions=Submissions(database, vault),
        jobs=Jobs(database),
        vault=vault,
        words=words or Words.default(),
        invented_people=settings.in_development,
    )


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    words: Words | None = None,
    tokens: Tokens | None = None,
    limits: Limits | None = None,
) -> Flask:
    """The web application. Everything after ``settings`` is a double for tests."""
    database = database or Database(settings.mongodb_uri, settings.mongodb_database, seconds=FOR_REQUESTS_SECONDS)
    words = words or Words.default()
    app = make_app(
        house="registry",
        version=VERSION,
        settings=settings,
        blueprints=[candidates.blp, desks.blp, contacts.blp, imports.blp, drafts.blp, submissions.blp, centres.blp],
        pings={"mongodb": database.ping, "words": _warming(words)},
        database=database,
        tokens=tokens,
        limits=limits,
    )
    context.attach(app, build_house(settings, database, words=words))
    return app


def _warming(words: Words) -> Callable[[], bool]:
    """Fit the look-up of words beside the start, so that the first person at a counter does not wait for it."""
    warm = threading.Event()

    def fit() -> None:
        for look_up in (words.skills, words.occupation):
            look_up("pemanasan mesin pencari kata")
        warm.set()

    threading.Thread(target=fit, name="words", daemon=True).start()
    return warm.is_set
