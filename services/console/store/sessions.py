"""Who sits at which browser right now: sealed, found only by whoever holds the cookie, and gone when nobody returns.

The cookie is a random number and nothing else. What is kept under its hash is sealed with a key that the database does
not hold: a copy of the database opens no session and shows no token. Ends are measured with the machine's own clock,
which the development clock does not move.
"""

import hashlib
import json
import secrets
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pymongo import ASCENDING, IndexModel
from pymongo.errors import PyMongoError

from shared import clock
from shared.documents.mongo import CollectionSpec, Database

COLLECTION = "visits"  # "sessions" belongs to the plumbing of transactions
SPEC = CollectionSpec(COLLECTION, [IndexModel([("ends", ASCENDING)], expireAfterSeconds=0)])

_NONCE_BYTES = 12


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
        self._seal = AESGCM(key)
        self.idle = idle

    def new_id(self) -> str:
        """A number that nobody guesses (256 bits)."""
        return secrets.token_urlsafe(32)

    def load(self, id: str) -> dict[str, Any] | None:
        """What was kept, or None: unknown, ended, or not readable with this key."""
        with reachable():
            row = self._rows.collection(COLLECTION).find_one({"_id": _hash(id)})
        if row is None or row["ends"] <= clock.wall():
            return None
        sealed = bytes(row["sealed"])
        try:
            opened = self._seal.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], row["_id"].encode())
        except InvalidTag:
            return None
        kept: dict[str, Any] = json.loads(zlib.decompress(opened))
        return kept

    def save(self, id: str, content: dict[str, Any]) -> None:
        """Keep the content; the session ends ``idle`` from now unless it is saved again."""
        key, nonce = _hash(id), secrets.token_bytes(_NONCE_BYTES)
        packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode())
        row = {
            "sealed": nonce + self._seal.encrypt(nonce, packed, key.encode()),
            "ends": clock.wall() + self.idle,
        }
        with reachable():
            self._rows.collection(COLLECTION).update_one({"_id": key}, {"$set": row}, upsert=True)

    def end(self, id: str) -> None:
        """Forget it now."""
        with reachable():
            self._rows.collection(COLLECTION).delete_one({"_id": _hash(id)})

    def ping(self) -> None:
        self._rows.ping()


def _hash(id: str) -> str:
    return hashlib.sha256(id.encode()).hexdigest()
