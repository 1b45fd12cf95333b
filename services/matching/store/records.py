"""Matching's own record: the answers it gave, as they were shown, and what people decided. Backed up, never rebuilt."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from services.matching import says
from shared import clock
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import Database, Document, Tx

SNAPSHOTS, DECISIONS = "snapshots", "decisions"

# An answer about a profile that nobody stored has no owner who could ask for its erasure, so it goes by itself.
STRANGERS_KEPT = timedelta(days=90)
EXPIRY = IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)


class Records:
    """Answers given and decisions taken."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.decisions = Aggregates(database, DECISIONS, says.RECOMMENDATIONS, says.decision)

    def keep(self, id: str, candidate_id: str | None, answer: Mapping[str, Any]) -> None:
        """Store an answer under its id; the same answer is stored once."""
        row: Document = {"_id": id, "candidate_id": candidate_id, "given_at": clock.now(), "answer": dict(answer)}
        if candidate_id is None:
            row["expires_at"] = clock.wall() + STRANGERS_KEPT
        collection = self._database.collection(SNAPSHOTS)
        if collection.find_one({"_id": id}, {"_id": 1}) is None:
            try:
                collection.insert_one(row)
            except DuplicateKeyError:
                return  # the same answer, a moment ago

    def snapshot(self, id: str) -> Document | None:
        """`{_id, candidate_id, given_at, answer}`, or `{_id, erased: True}`, or None."""
        return self._database.collection(SNAPSHOTS).find_one({"_id": id})

    def forget(self, tx: Tx, candidate_id: str) -> None:
        """A person was erased: answers become empty stubs (re-opening says "erased"), decisions become tombstones."""
        snapshots = tx.collection(SNAPSHOTS)
        for row in list(snapshots.find({"candidate_id": candidate_id}, {"_id": 1})):
            snapshots.replace_one({"_id": row["_id"]}, {"_id": row["_id"], "erased": True})
        for row in list(tx.collection(DECISIONS).find({"candidate_id": candidate_id}, {"_id": 1})):
            self.decisions.erase(tx, row["_id"], type=says.DECIDED)
