"""Registrations that an officer began and did not finish: sealed whole, a week at most, and seen by nobody else."""

import json
from typing import Any

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel

from services.registry.store.vault import Vault
from shared import clock
from shared.documents.mongo import CollectionSpec, Database, Document, Tx

COLLECTION = "drafts"
SPECS = (CollectionSpec(COLLECTION, [IndexModel([("owner", ASCENDING), ("updated_at", ASCENDING)])]),)


class Drafts:
    """Rows ``{_id, owner, version, sealed, updated_at, expires_at}``; only the vault's key opens what was typed."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._rows = database.collection(COLLECTION)
        self._vault = vault

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """With its ``content``; None when there is none, or its week is over."""
        row = (tx.collection(COLLECTION) if tx else self._rows).find_one({"_id": id})
        return self._opened(row) if row and row["expires_at"] > clock.now() else None

    def of(self, owner: str) -> list[Document]:
        """Those of one officer, the newest first."""
        rows = self._rows.find({"owner": owner}).sort("updated_at", -1)
        return [self._opened(row) for row in rows if row["expires_at"] > clock.now()]

    def count(self, tx: Tx, owner: str) -> int:
        return tx.collection(COLLECTION).count_documents({"owner": owner})

    def save(self, tx: Tx, row: Document) -> Document:
        """Write the whole row, new or not."""
        kept = {name: value for name, value in row.items() if name not in ("_id", "content")}
        packed = json.dumps(row["content"], ensure_ascii=False).encode()
        kept["sealed"] = Binary(self._vault.seal(packed, row["_id"]))
        tx.collection(COLLECTION).update_one({"_id": row["_id"]}, {"$set": kept}, upsert=True)
        return row

    def erase(self, tx: Tx, id: str) -> None:
        tx.collection(COLLECTION).delete_one({"_id": id})

    def _opened(self, row: Document) -> Document:
        content: dict[str, Any] = json.loads(self._vault.open(bytes(row["sealed"]), row["_id"]))
        return {**{name: value for name, value in row.items() if name != "sealed"}, "content": content}
