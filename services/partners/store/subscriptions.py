"""Subscriptions, and apart from them where each one stands: delivering changes a standing often, people a text rarely.

A standing is `{position, began, asked, waiting}` and what is known against the endpoint (:func:`fresh`).
`waiting`: the log may have rows to be tried again; `asked` counts how often somebody asked for some. Whoever moves the
position names the one it stood at, so that a process that slept through its lease moves nothing back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.documents.aggregates import Aggregates
from shared.documents.mongo import Database, Document, Tx
from shared.http import cursors

SUBSCRIPTIONS, STANDINGS = "subscriptions", "standings"


class Subscriptions:
    """The subscriptions of all organisations and where they stand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rows = Aggregates(database, SUBSCRIPTIONS, None, dict)

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        """`{items, next}` in the order of ids. `where` is an equality that an index begins with."""
        return cursors.page(self.database.collection(SUBSCRIPTIONS), where, args)

    def active(self) -> list[Document]:
        """Those that deliveries are made for."""
        rows = self.database.collection(SUBSCRIPTIONS).find({"listed": True})
        return [row for row in rows if row["status"] == "ACTIVE"]

    def given_up(self) -> list[Document]:
        """Those that were disabled because their endpoint failed for too long."""
        rows = self.database.collection(SUBSCRIPTIONS).find({"listed": True})
        return [row for row in rows if row["status"] == "DISABLED"]

    def everyone(self) -> list[str]:
        """The ids of all."""
        return [row["_id"] for row in self.database.collection(SUBSCRIPTIONS).find({}, {"_id": 1})]

    def keep_secrets(self, tx: Tx, id: str, secrets: Sequence[Document]) -> None:
        """The same secrets, sealed anew. Whoever changes the subscription at the same moment collides."""
        tx.collection(SUBSCRIPTIONS).update_one({"_id": id}, {"$set": {"secrets": list(secrets)}})

    def count_of(self, tx: Tx, organisation_id: str) -> int:
        """How many an organisation has, closed ones not counted."""
        rows = tx.collection(SUBSCRIPTIONS).find({"organisation_id": organisation_id}, {"status": 1})
        return sum(1 for row in rows if row["status"] != "CLOSED")

    def begin(self, tx: Tx, id: str, position: int) -> None:
        """A new subscription hears what comes after this position."""
        tx.collection(STANDINGS).insert_one({"_id": id, "position": position, "began": position, "asked": 0, **fresh()})

    def standing(self, id: str, tx: Tx | None = None) -> Document:
        """Where one stands."""
        found = (tx or self.database).collection(STANDINGS).find_one({"_id": id})
        return found or {"_id": id, "position": 0, "began": 0, "asked": 0, **fresh()}

    def standings(self, ids: Sequence[str]) -> dict[str, Document]:
        """Where these stand, by id."""
        return {row["_id"]: row for row in self.database.collection(STANDINGS).find({"_id": {"$in": list(ids)}})}

    def move(self, tx: Tx, id: str, before: int, values: Mapping[str, Any]) -> bool:
        """Write where one stands now; False when somebody else has moved it."""
        where = {"_id": id, "position": before}
        return tx.collection(STANDINGS).update_one(where, {"$set": dict(values)}).matched_count == 1

    def begin_again(self, tx: Tx, id: str) -> None:
        """Its endpoint is tried again at once: somebody says that it is mended."""
        tx.collection(STANDINGS).update_one({"_id": id}, {"$set": fresh(), "$inc": {"asked": 1}})

    def ask(self, tx: Tx, id: str) -> None:
        """The log has rows to be tried again now."""
        tx.collection(STANDINGS).update_one({"_id": id}, {"$inc": {"asked": 1}})


def fresh() -> dict[str, Any]:
    """The standing of an endpoint that nothing is known against."""
    return {
        "waiting": True,
        "failures": 0,
        "failing_since": None,
        "rest_until": None,
        "delivered_at": None,
        "failed_at": None,
        "trouble": None,
    }
