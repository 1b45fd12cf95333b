"""The delivery log: one row for each event that was tried at an endpoint, with what came of each try.

The first try of an event leaves its row in the transaction that moves the position of the subscription on; what is
still to be tried again is found by its state and its time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo import DESCENDING, ReplaceOne

from shared import clock
from shared.documents.mongo import Database, Document, Tx
from shared.http import cursors

DELIVERIES = "deliveries"
KEPT = timedelta(days=90)
"""As long as the feed itself, so that the log can say of everything in it what became of it."""

STATES = ("WAITING", "DELIVERED", "FAILED", "CANCELLED")
MOST_DUE = 20


def id_of(subscription_id: str, position: int) -> str:
    """The same try of the same event has the same row, however often a process dies in between."""
    return f"{subscription_id}.{position}"


def row(subscription: Document, entry: Document, now: datetime) -> Document:
    """A row before its first try."""
    return {
        "_id": id_of(subscription["_id"], entry["_id"]),
        "subscription_id": subscription["_id"],
        "organisation_id": subscription["organisation_id"],
        "position": entry["_id"],
        # Newest first, in an index that ascends.
        "order": -entry["_id"],
        "event_id": entry["event_id"],
        "type": entry["type"],
        "about": entry["about"],
        "state": "WAITING",
        "tries": 0,
        "next_at": now,
        "failed_at": None,
        "again": False,
        "attempts": [],
        "created_at": now,
        "expires_at": clock.wall() + KEPT,
    }


class Deliveries:
    """The rows of the log."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """One row, or None."""
        return (tx or self.database).collection(DELIVERIES).find_one({"_id": id})

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        """`{items, next}`, newest event first. `where`: equalities on subscription and perhaps state."""
        return cursors.page(self.database.collection(DELIVERIES), where, args, order="order")

    def due(self, subscription_id: str, now: datetime) -> list[Document]:
        """What of one subscription is to be tried again by now, the oldest event first."""
        where = {"subscription_id": subscription_id, "state": "WAITING", "next_at": {"$lte": now}}
        return list(self.database.collection(DELIVERIES).find(where).sort("order", DESCENDING).limit(MOST_DUE))

    def any_waiting(self, subscription_id: str) -> bool:
        """Whether anything of one subscription is to be tried again, now or later."""
        where = {"subscription_id": subscription_id, "state": "WAITING"}
        return self.database.collection(DELIVERIES).find_one(where, {"_id": 1}) is not None

    def keep(self, tx: Tx, fresh: Sequence[Document], changed: Sequence[Document]) -> None:
        """Write rows that are new, and rows that were there before."""
        if fresh:
            tx.collection(DELIVERIES).insert_many(list(fresh))
        if changed:
            tx.collection(DELIVERIES).bulk_write(
                [ReplaceOne({"_id": one["_id"]}, one, upsert=True) for one in changed], ordered=False
            )

    def of(self, subscription_id: str, numbers: Sequence[int]) -> dict[int, Document]:
        """The rows of a subscription for these positions."""
        ids = [id_of(subscription_id, number) for number in numbers]
        return {one["position"]: one for one in self.database.collection(DELIVERIES).find({"_id": {"$in": ids}})}

    def again(self, tx: Tx, where: Mapping[str, Any], now: datetime) -> int:
        """Try those that failed (or still wait) once more from the beginning, at once. Returns how many."""
        fresh = {"state": "WAITING", "tries": 0, "next_at": now, "failed_at": None}
        changed = tx.collection(DELIVERIES).update_many({**where, "state": "FAILED"}, {"$set": fresh})
        return int(changed.modified_count)

    def after_outage(self, tx: Tx, subscription_id: str, since: datetime, now: datetime) -> None:
        """An endpoint is back: what waits is due now, and what was given up meanwhile gets its tries once more."""
        waiting = {"subscription_id": subscription_id, "state": "WAITING"}
        tx.collection(DELIVERIES).update_many(waiting, {"$set": {"next_at": now}})
        given_up = {"subscription_id": subscription_id, "state": "FAILED", "again": False, "failed_at": {"$gte": since}}
        fresh = {"state": "WAITING", "tries": 0, "next_at": now, "failed_at": None, "again": True}
        tx.collection(DELIVERIES).update_many(given_up, {"$set": fresh})

    def cancel(self, tx: Tx, subscription_id: str) -> None:
        """A subscription is closed: nothing of it is tried any more."""
        waiting = {"subscription_id": subscription_id, "state": "WAITING"}
        tx.collection(DELIVERIES).update_many(waiting, {"$set": {"state": "CANCELLED", "next_at": None}})

    def forget(self, tx: Tx, people: Sequence[str]) -> None:
        """These people were erased: what partners answered about them goes, and nothing more is sent."""
        where = {"about": {"$in": list(people)}}
        tx.collection(DELIVERIES).update_many(
            {**where, "state": "WAITING"}, {"$set": {"state": "CANCELLED", "next_at": None}}
        )
        tx.collection(DELIVERIES).update_many(where, {"$set": {"attempts": [], "about": None, "type": "erased"}})
