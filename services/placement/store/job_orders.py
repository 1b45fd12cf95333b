"""For actions: job orders with their slots, and the questions by which their copies of others are kept fresh."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.placement import says
from shared.documents.aggregates import Aggregates
from shared.documents.many import by_ids
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

ORDERS = "job_orders"
QUOTAS = "quotas"

_FILTERS = ("listed", "country", "scheme", "isco08", "status", "verification", "company_id")

SPECS = (
    CollectionSpec(
        ORDERS,
        [
            IndexModel([("code", ASCENDING)], unique=True),
            IndexModel([("sip2mi.number", ASCENDING)]),
            IndexModel([("permit_key", ASCENDING)]),
            IndexModel([("company_id", ASCENDING), ("company.version", ASCENDING)]),
            IndexModel([("employer.partner_id", ASCENDING), ("employer.partner_listed", ASCENDING)]),
            *(IndexModel([(name, ASCENDING), ("_id", ASCENDING)]) for name in _FILTERS),
            IndexModel([("listed", ASCENDING), ("updated_at", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
    CollectionSpec(
        QUOTAS,
        # The server itself refuses what must never be: a negative count.
        validator={name: {"$type": "int", "$gte": 0} for name in ("quota", "reserved", "taken")},
    ),
)


class JobOrders:
    """All job orders, and the quota of each under the order's own id."""

    def __init__(self, database: Database) -> None:
        self.aggregates = Aggregates(database, ORDERS, says.JOB_ORDERS, says.job_order)
        self.quotas = Aggregates(database, QUOTAS, says.QUOTAS, says.quota)
        self._database = database
        self._rows = database.collection(ORDERS)

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        return self.aggregates.load(id, tx)

    def create(self, tx: Tx, order: Document, *, quota: int) -> Document:
        """Save a new order and its slots, with an event each."""
        saved = self.aggregates.create(tx, {"listed": True, **order}, type=says.ORDER_PUBLISHED)
        self.quotas.create(
            tx, {"_id": saved["_id"], "quota": quota, "reserved": 0, "taken": 0}, type=says.QUOTA_CHANGED
        )
        return saved

    def change(self, tx: Tx, order: Document, *, type: str) -> Document:
        return self.aggregates.change(tx, order, type=type)

    def quota(self, id: str, tx: Tx | None = None) -> Document:
        """The slots of an order; every order has them."""
        found = self.quotas.load(id, tx)
        assert found is not None, "an order and its quota are saved together"
        return found

    def quotas_of(self, ids: Sequence[str]) -> dict[str, Document]:
        """The slots of several orders by their ids, in one query."""
        rows = self._database.collection(QUOTAS).find({"_id": {"$in": list(ids)}})
        return {row["_id"]: row for row in rows}

    def versions_of(self, ids: Iterable[str]) -> dict[str, int]:
        """Order → its version."""
        return {row["_id"]: row["version"] for row in by_ids(self._database, ORDERS, ids, {"version": 1})}

    def some(self, tx: Tx, ids: Iterable[str]) -> list[Document]:
        """The orders of these ids."""
        wanted = list(ids)
        return list(tx.collection(ORDERS).find({"_id": {"$in": wanted}})) if wanted else []

    def under(self, tx: Tx, permit_key: str | None) -> list[Document]:
        """The orders under one permit, however its number is written; none without a permit."""
        return list(tx.collection(ORDERS).find({"permit_key": permit_key})) if permit_key else []

    def change_quota(self, tx: Tx, quota: Document) -> Document:
        return self.quotas.change(tx, quota, type=says.QUOTA_CHANGED)

    def by_code(self, code: str, tx: Tx | None = None) -> Document | None:
        return (self._rows if tx is None else tx.collection(ORDERS)).find_one({"code": code})

    def asked_for(self, text: str) -> list[Document]:
        """The order of this very id or code, or all under the permit of this number; see also ``typed``."""
        found = self._rows.find_one({"_id": text.casefold()}) or self._rows.find_one({"code": text})
        return [found] if found else list(self._rows.find({"sip2mi.number": text}).limit(20))

    def shown(self, ids: Sequence[str]) -> list[Document]:
        """The orders of these ids, in this order."""
        found = {row["_id"]: row for row in self._rows.find({"_id": {"$in": list(ids)}})}
        return [found[id] for id in ids if id in found]

    def all_open(self) -> list[Document]:
        """Every order that is not closed, or that a confirmed concern holds though it is."""
        return list(self._rows.find({"status": {"$in": ["OPEN", "SUSPENDED"]}}, {"version": 1}))

    def not_closed(self) -> list[Document]:
        """Every order that nobody closed, whole; one that was closed is over, also where a concern holds it."""
        return list(self._rows.find({"status": {"$in": ["OPEN", "SUSPENDED"]}, "closed": {"$ne": True}}))

    def told_of_company_before(self, company_id: str, version: int, *, limit: int) -> list[str]:
        """Ids of orders whose copy of the company is older than ``version``."""
        where = {"company_id": company_id, "company.version": {"$lt": version}}
        return [row["_id"] for row in self._rows.find(where, {"_id": 1}).limit(limit)]

    def wrong_about_partner(self, partner_id: str, *, listed: bool, days: Document | None, limit: int) -> list[str]:
        """Ids of orders that say something else about the partner: whether it is listed, or on which days."""
        other: list[Document] = [{"employer.partner_listed": not listed}]
        for end in ("from", "until"):
            other.append({f"employer.partner_listing.{end}": {"$ne": None if days is None else days[end]}})
        where = {"employer.partner_id": partner_id, "$or": other}
        return [row["_id"] for row in self._rows.find(where, {"_id": 1}).limit(limit)]

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        return page(self._rows, where or {"listed": True}, args)
