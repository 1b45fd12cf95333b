"""For actions: companies and foreign partners, and how somebody finds them who knows a licence number or a name."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.placement import says
from services.placement.model.company import name_key
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

COMPANIES = "companies"
PARTNERS = "foreign_partners"

SPECS = (
    CollectionSpec(
        COMPANIES,
        [
            IndexModel([("sip3mi", ASCENDING)], unique=True),
            IndexModel([("name_key", ASCENDING)]),
            IndexModel([("listed", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("listed", ASCENDING), ("updated_at", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
    CollectionSpec(
        PARTNERS,
        [
            IndexModel([("code", ASCENDING)], unique=True),
            IndexModel([("listed", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("country", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
)


class _Owners:
    """What both collections need because orders carry copies of their documents."""

    def __init__(self, database: Database, collection: str, event: str) -> None:
        self.aggregates = Aggregates(database, collection, None, dict)
        self._rows = database.collection(collection)
        self._collection = collection
        self._event = event

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        return self.aggregates.load(id, tx)

    def load_for_copy(self, id: str, tx: Tx) -> Document | None:
        """The document for an order that is about to keep a copy of it.

        It is touched, so that a change of it at the same moment collides with this transaction: otherwise the order
        could be written with the old copy after the change had told all orders that it saw.
        """
        tx.collection(self._collection).update_one({"_id": id}, {"$inc": {"copies": 1}})
        return self.load(id, tx)

    def create(self, tx: Tx, document: Document) -> Document:
        return self.aggregates.create(tx, {"listed": True, "copies": 0, **document}, type=self._event)

    def change(self, tx: Tx, document: Document) -> Document:
        return self.aggregates.change(tx, document, type=self._event)

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        return page(self._rows, where or {"listed": True}, args)


class Companies(_Owners):
    """All placement companies."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COMPANIES, says.COMPANY_CHANGED)

    def create(self, tx: Tx, document: Document) -> Document:
        return super().create(tx, {**document, "name_key": name_key(document["name"])})

    def change(self, tx: Tx, document: Document) -> Document:
        return super().change(tx, {**document, "name_key": name_key(document["name"])})

    def by_sip3mi(self, number: str, tx: Tx | None = None) -> Document | None:
        return (self._rows if tx is None else tx.collection(COMPANIES)).find_one({"sip3mi": number})

    def asked_for(self, text: str) -> list[Document]:
        """Companies by the very id, licence number or name, whatever its legal form; see also ``typed``."""
        found = self._rows.find_one({"_id": text.casefold()}) or self._rows.find_one({"sip3mi": text})
        key = name_key(text)
        return [found] if found else list(self._rows.find({"name_key": key}).limit(20)) if key else []

    def some(self, ids: Sequence[str]) -> list[Document]:
        """The companies of these ids, in this order."""
        found = {row["_id"]: row for row in self._rows.find({"_id": {"$in": list(ids)}})}
        return [found[id] for id in ids if id in found]


class Partners(_Owners):
    """All foreign partners: agencies and employers abroad."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, PARTNERS, says.PARTNER_CHANGED)

    def by_code(self, code: str, tx: Tx | None = None) -> Document | None:
        return (self._rows if tx is None else tx.collection(PARTNERS)).find_one({"code": code})
