"""People whom a village sent in: sealed whole until an officer closes one, then nothing of it is left but the fact."""

import json
from collections.abc import Mapping
from typing import Any

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel

from services.registry.store.vault import Vault
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

COLLECTION = "submissions"
WAITING, CLOSED = "WAITING", "CLOSED"

SPECS = (
    CollectionSpec(
        COLLECTION,
        [
            IndexModel([("mark", ASCENDING)]),
            IndexModel([("centre", ASCENDING), ("state", ASCENDING), ("received_at", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
)


class Submissions:
    """Rows ``{_id, version, state, centre, by, received_at, expires_at, outcome, ...}`` and, while one waits,
    ``sealed``: only the vault's key opens what was said of the person.
    """

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._rows = database.collection(COLLECTION)
        self._vault = vault

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """With its ``person``; None of one that is closed."""
        row = (tx.collection(COLLECTION) if tx else self._rows).find_one({"_id": id})
        return self._opened(row) if row else None

    def waiting(self, centre: str | None, args: Mapping[str, Any]) -> Document:
        """A page of those that wait for an office, the oldest first; what no office serves waits for all of them."""
        where = {"centre": {"$in": [centre, None]}, "state": WAITING}
        return page(self._rows, where, args, order="received_at", shape=self._opened)

    def add(self, tx: Tx, row: Document) -> None:
        """A new one; its ``person`` is sealed."""
        packed = json.dumps(row["person"], ensure_ascii=False).encode()
        kept = {name: value for name, value in row.items() if name != "person"}
        tx.collection(COLLECTION).insert_one({**kept, "sealed": Binary(self._vault.seal(packed, row["_id"]))})

    def close(self, tx: Tx, id: str, closed: Mapping[str, Any]) -> None:
        """What was said of the person goes; who closed it, when and why stays."""
        kept = {**closed, "state": CLOSED}
        tx.collection(COLLECTION).update_one({"_id": id}, {"$set": kept, "$unset": {"sealed": 1, "mark": 1}})

    def forget(self, tx: Tx, mark: str) -> None:
        """Somebody was erased: what a village said of the same keyed hash, and still waits, goes along."""
        for row in tx.collection(COLLECTION).find({"mark": mark, "state": WAITING}):
            self.close(tx, row["_id"], {"version": row["version"] + 1, "outcome": "ERASED", "closed_by": None})

    def reseal(self) -> tuple[int, int]:
        """Seal with the vault's own key what another one sealed. How many were, and how many there are."""
        ids = [row["_id"] for row in self._rows.find({"sealed": {"$exists": True}}, {"_id": 1})]
        return sum(self._database.run(lambda tx, id=id: self._reseal(tx, id)) for id in ids), len(ids)  # type: ignore[misc]

    def _reseal(self, tx: Tx, id: str) -> bool:
        row = tx.collection(COLLECTION).find_one({"_id": id}, {"sealed": 1})
        fresh = self._vault.renewed(bytes(row["sealed"]), id) if row and row.get("sealed") else None
        if fresh is not None:
            tx.collection(COLLECTION).update_one({"_id": id}, {"$set": {"sealed": Binary(fresh)}})
        return fresh is not None

    def _opened(self, row: Document) -> Document:
        sealed = row.get("sealed")
        person = json.loads(self._vault.open(bytes(sealed), row["_id"])) if sealed else None
        return {**{name: value for name, value in row.items() if name not in ("sealed", "mark")}, "person": person}
