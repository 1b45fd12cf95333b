"""Who sits at which browser right now: sealed, found only by whoever holds the cookie, and gone when nobody returns.

The cookie is a random number and nothing else. What is kept under its hash is sealed with a key that the database does
not hold: a copy of the database opens no session and shows no token. Ends are measured with the machine's own clock,
which the development clock does not move.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.errors import PyMongoError

from services.console.store.sealed import Seal, hashed
from shared import clock
from shared.documents.mongo import CollectionSpec, Database

COLLECTION = "visits"  # "sessions" belongs to the plumbing of transactions
SPEC = CollectionSpec(COLLECTION, [IndexModel([("ends", ASCENDING)], expireAfterSeconds=0)])


class Unavailable(Exception):
    """The database of the sessions does not answer: nobody can be recognised for now."""


@contextmanager
def reachable() -> Iterator[None]:
    """What the driver raises inside is :class:`Unavailable` outside."""
    try:
        yield
    except PyMongoError as error:
        raise Unavailable(str(error)) from error


class Sessions:
    """Server-side sessions. ``idle``: how long one lives after it was last written."""

    def __init__(self, database: Database, *, key: bytes, idle: timedelta) -> None:
        self._rows = database
        self._seal = Seal(key)
        self.idle = idle

    def new_id(self) -> str:
        """A number that nobody guesses (256 bits)."""
        return secrets.token_urlsafe(32)

    def load(self, id: str) -> dict[str, Any] | None:
        """What was kept, or None: unknown, ended, or not readable with this key."""
        with reachable():
            row = self._rows.collection(COLLECTION).find_one({"_id": hashed(id)})
        if row is None or row["ends"] <= clock.wall():
            return None
        return self._seal.open(row["sealed"], row["_id"])

    def save(self, id: str, content: dict[str, Any]) -> None:
        """Keep the content; the session ends ``idle`` from now unless it is saved again."""
        key = hashed(id)
        row = {"sealed": self._seal.close(content, key), "ends": clock.wall() + self.idle}
        with reachable():
            self._rows.collection(COLLECTION).update_one({"_id": key}, {"$set": row}, upsert=True)

    def end(self, id: str) -> None:
        """Forget it now."""
        with reachable():
            self._rows.collection(COLLECTION).delete_one({"_id": hashed(id)})

    def ping(self) -> None:
        self._rows.ping()
