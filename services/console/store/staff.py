"""What members of staff are called: names that a sign-in of production gives, kept so that pages can say who acted.

The houses know whoever acts by an id of the sign-in provider, which tells a reader nothing. Whoever signed in here left
a name and a role: sealed with the key of the sessions, found by the hash of the id, gone a year after the
last sign-in. Nobody is listed; a name is only found by somebody who has the id from a house.
"""

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.console.store import sealed
from services.console.store.sessions import Unavailable, reachable
from shared import clock
from shared.documents.mongo import CollectionSpec, Database

COLLECTION = "staff"
SPEC = CollectionSpec(COLLECTION, [IndexModel([("ends", ASCENDING)], expireAfterSeconds=0)])

KEPT = timedelta(days=365)
REMEMBERED = timedelta(minutes=5)
MOST = 2_000
"""Of which one process remembers what it found; a province has some hundreds of staff."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who signed in here once."""

    name: str
    role: str


class Staff:
    """Who has which id. A database that is silent makes nobody known, and no page fail."""

    def __init__(self, database: Database, *, key: bytes) -> None:
        self._rows = database
        self._seal = sealed.Seal(key)
        self._lock = threading.Lock()
        self._found: dict[str, tuple[float, Known | None]] = {}

    def remember(self, subject: str, known: Known) -> None:
        """At a sign-in: the newest name counts.

        Raises:
            Unavailable: the database does not answer.
        """
        key = sealed.hashed(f"staff:{subject}")
        content = self._seal.close({"name": known.name, "role": known.role}, key)
        row = {"sealed": content, "ends": clock.wall() + KEPT}
        with reachable():
            self._rows.collection(COLLECTION).update_one({"_id": key}, {"$set": row}, upsert=True)
        self._keep(subject, known)

    def of(self, subject: str) -> Known | None:
        """Who has this id; None for somebody who was not here within a year."""
        with self._lock:
            until, known = self._found.get(subject, (0.0, None))
        if until > clock.monotonic():
            return known
        key = sealed.hashed(f"staff:{subject}")
        try:
            with reachable():
                row = self._rows.collection(COLLECTION).find_one({"_id": key})
        except Unavailable:
            return None
        content: dict[str, Any] | None = self._seal.open(row["sealed"], key) if row else None
        known = Known(content["name"], content["role"]) if content else None
        self._keep(subject, known)
        return known

    def _keep(self, subject: str, known: Known | None) -> None:
        with self._lock:
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[subject] = (clock.monotonic() + REMEMBERED.total_seconds(), known)
