"""For every action: the rooms it may use, handed over by `app.py`, and the few steps that all actions share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from services.training import problems
from services.training.store import Store
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import Database, Document
from shared.http.callers import Caller
from shared.http.keys import KeyStore
from shared.imports import Imports
from shared.jobs import Jobs
from shared.slips import SlipSigner


@dataclass(frozen=True, slots=True)
class House:
    """`outcomes` turns a provider's words into skill codes: `(words) -> [{text, code | None, similarity}]`.

    `seal` signs letters.
    """

    database: Database
    store: Store
    keys: KeyStore
    jobs: Jobs
    imports: Imports
    outcomes: Callable[[Sequence[str]], list[dict[str, Any]]]
    seal: SlipSigner


def own_only(caller: Caller, provider_id: str) -> None:
    """A provider touches only what is its own; staff are not bound to a provider.

    Raises:
        NotYours: the caller is a provider and this belongs to another one.
    """
    if caller.kind == "provider" and caller.organisation != provider_id:
        raise problems.NotYours(
            {
                "id": "Ini milik lembaga lain. Masuk atau pakai kunci milik lembaga yang bersangkutan.",
                "en": "This belongs to another provider. Sign in or use a key as the provider concerned.",
            }
        )


def guard(doc: Document, version: int) -> None:
    """Stop when what the caller changed has changed meanwhile.

    Raises:
        Stale: with the version that stands.
    """
    if doc["version"] != version:
        raise StaleVersion(doc["version"])
