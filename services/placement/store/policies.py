"""For actions: laws with all their revisions."""

from collections.abc import Mapping
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.placement import says
from services.placement.model import policy as model
from shared import ids
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

POLICIES = "policies"

SPECS = (
    CollectionSpec(
        POLICIES,
        [
            IndexModel([("code", ASCENDING)], unique=True),
            IndexModel([("listed", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("kind", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("waiting", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
)


class Policies:
    """All policies. ``waiting`` says that a proposal waits for a second person."""

    def __init__(self, database: Database) -> None:
        self.aggregates = Aggregates(database, POLICIES, says.POLICIES, says.policy)
        self._rows = database.collection(POLICIES)

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        return self.aggregates.load(id, tx)

    def create(self, tx: Tx, policy: Document) -> Document:
        return self.aggregates.create(tx, {"listed": True, **_marked(policy)}, type=says.POLICY_PROPOSED)

    def change(self, tx: Tx, policy: Document, *, type: str) -> Document:
        return self.aggregates.change(tx, _marked(policy), type=type)

    def by_code(self, code: str, tx: Tx | None = None) -> Document | None:
        return (self._rows if tx is None else tx.collection(POLICIES)).find_one({"code": code})

    def of_kind(self, kind: str) -> list[Document]:
        """All policies of a kind; there are dozens, not thousands."""
        return list(self._rows.find({"kind": kind}))

    def all(self) -> list[Document]:
        return list(self._rows.find({"listed": True}))

    def digest(self, tx: Tx | None = None) -> str:
        """Of all approved rows that stand, whatever their days; matching makes the same of what it was told."""
        rows = self._rows if tx is None else tx.collection(POLICIES)
        standing: list[str] = []
        for row in rows.find({"listed": True}, {"standing": 1}):
            # One that was written before this was kept is read whole.
            standing += row["standing"] if "standing" in row else _standing(rows.find_one({"_id": row["_id"]}) or {})
        return ids.digest_of(standing)

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        return page(self._rows, where or {"listed": True}, args)


def _marked(policy: Document) -> Document:
    waiting = any(row["status"] == "PROPOSED" for row in policy["revisions"])
    return {**policy, "waiting": waiting, "standing": _standing(policy)}


def _standing(policy: Document) -> list[str]:
    return [
        f"{policy['code']}/{row['number']}"
        for row in policy.get("revisions", ())
        if model.is_law(row) and row["known_until"] is None
    ]
