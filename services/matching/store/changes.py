"""Any number of web workers keep the catalogue in memory; this is how they agree on what is in it.

The listener writes a document of the catalogue and a row here in one transaction. Rows are numbered without gaps, so a
worker that stands at 17 and finds the head at 20 reads the documents of 18, 19 and 20 and is as fresh as anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pymongo import ASCENDING

from shared.documents.mongo import Database, Tx
from shared.events.envelope import Event

CHANGES, SEQUENCE = "changes", "sequence"

# A worker further behind than this reads the whole catalogue again, which costs about as much.
KEPT = 20_000
_HEAD = "catalogue"


@dataclass(frozen=True, slots=True)
class Change:
    """Document `key` of `collection` is new, changed or erased."""

    number: int
    collection: str
    key: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest change: its number, the newest number of each collection, and when the newest event happened."""

    number: int
    by_collection: Mapping[str, int]
    heard_at: datetime | None

    def of(self, *collections: str) -> int:
        """The newest change of any of these collections; 0 before the first."""
        return max((self.by_collection.get(name, 0) for name in collections), default=0)


def note(collection: str, tx: Tx, event: Event) -> None:
    """Number one change, in the transaction that makes it. Two writers collide here and take turns."""
    before = head(tx)
    number = before.number + 1
    heard_at = event.time if before.heard_at is None else max(before.heard_at, event.time)
    row = {"head": number, f"by.{collection}": number, "heard_at": heard_at}
    tx.collection(SEQUENCE).update_one({"_id": _HEAD}, {"$set": row}, upsert=True)
    tx.collection(CHANGES).insert_one({"_id": number, "collection": collection, "key": event.key})
    if number > KEPT:
        tx.collection(CHANGES).delete_one({"_id": number - KEPT})


def head(source: Database | Tx) -> Head:
    """Where the sequence stands; number 0 before the first change."""
    row = source.collection(SEQUENCE).find_one({"_id": _HEAD})
    return Head(row["head"], row.get("by", {}), row.get("heard_at")) if row else Head(0, {}, None)


def between(database: Database, after: int, head: int) -> list[Change] | None:
    """The changes `after < number <= head` in their order, or None when some are no longer kept."""
    found = database.collection(CHANGES).find({"_id": {"$gt": after, "$lte": head}}).sort("_id", ASCENDING)
    rows = [Change(row["_id"], row["collection"], row["key"]) for row in found]
    return rows if len(rows) == head - after else None


def by_collection(changes: Iterable[Change]) -> dict[str, set[str]]:
    """The keys that changed, by collection; a document that changed twice is read once."""
    found: dict[str, set[str]] = {}
    for change in changes:
        found.setdefault(change.collection, set()).add(change.key)
    return found
