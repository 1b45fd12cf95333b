"""For actions: what people reported about an offer. Nothing in these rows says who reported it."""

from collections.abc import Mapping
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.placement import says
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

CONCERNS = "concerns"

SPECS = (
    CollectionSpec(
        CONCERNS,
        [
            *(
                IndexModel([(name, ASCENDING), *((then, ASCENDING) for then in (*since, "_id"))])
                for name in ("listed", "state")
                for since in ((), ("updated_at",))
            ),
        ],
    ),
)


class Concerns:
    """All concerns."""

    def __init__(self, database: Database) -> None:
        self.aggregates = Aggregates(database, CONCERNS, says.CONCERNS, says.concern)
        self._rows = database.collection(CONCERNS)

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        return self.aggregates.load(id, tx)

    def create(self, tx: Tx, concern: Document) -> Document:
        return self.aggregates.create(tx, {"listed": True, **concern}, type=says.CONCERN_TYPE[concern["state"]])

    def change(self, tx: Tx, concern: Document) -> Document:
        return self.aggregates.change(tx, concern, type=says.CONCERN_TYPE[concern["state"]])

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        return page(self._rows, where or {"listed": True}, args)
