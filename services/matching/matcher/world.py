"""Everything the matcher judges, searches and ranks over, for one process: courses, batches, orders, quotas, policies.

It is fed document by document, in any order, and may be fed the same document twice. Orders and their quotas come on
different topics, so they are joined here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law, LawOnDay
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.verdicts.check import check
from services.matching.matcher.verdicts.verdict import Verdict

Document = Mapping[str, Any]


class World:
    """`orders`, `order_index` and `catalogue` follow every change; `law` is read again when a policy changed."""

    def __init__(self, distances: Distances) -> None:
        self.orders: dict[str, Order] = {}
        self.order_index = OrderIndex()
        self.catalogue = Catalogue(distances)
        self._quotas: dict[str, Quota] = {}
        self._policies: dict[str, PolicyRecord] = {}
        self._law: Law | None = None

    @property
    def law(self) -> Law:
        """All policies with all their revisions; `law.at(day, known_on)` is what was law."""
        if self._law is None:
            self._law = Law.from_records(self._policies.values())
        return self._law

    def compiled(self, day: date, known_on: date | datetime | None = None) -> CompiledOrders:
        """All orders under the law of this day, made once for every law."""
        return self.order_index.under(self.law.at(day, known_on))

    def verdict(self, person: Person, order: Order, law: LawOnDay, day: date) -> Verdict:
        """Every rule for one person and one order; the rules run anew only for an order that is not published here."""
        compiled = self.order_index.under(law)
        applied = compiled.applied[order.id] if self.orders.get(order.id) is order else None
        return check(person, order, law, day, applied)

    @property
    def courses(self) -> Mapping[str, Course]:
        return self.catalogue.courses

    @property
    def batches(self) -> Mapping[str, Batch]:
        return self.catalogue.batches

    def put_course(self, document: Document) -> None:
        self.catalogue.put_course(Course.from_payload(document))

    def put_batch(self, document: Document) -> None:
        self.catalogue.put_batch(Batch.from_payload(document))

    def put_order(self, document: Document) -> None:
        order = Order.from_payload(document, self._quotas.get(document["id"]))
        self._show(order)

    def put_quota(self, document: Document) -> None:
        quota = Quota.from_payload(document)
        self._quotas[document["id"]] = quota
        order = self.orders.get(document["id"])
        if order is not None:
            self._show(order.with_slots(quota))

    def put_policy(self, document: Document) -> None:
        self._policies[document["id"]] = PolicyRecord.from_payload(document)
        self._law = None

    def drop_course(self, id: str) -> None:
        self.catalogue.drop_course(id)

    def drop_batch(self, id: str) -> None:
        self.catalogue.drop_batch(id)

    def drop_order(self, id: str) -> None:
        if self.orders.pop(id, None) is not None:
            self.order_index.drop(id)

    def drop_quota(self, id: str) -> None:
        self._quotas.pop(id, None)
        order = self.orders.get(id)
        if order is not None:
            self._show(order.with_slots(None))

    def drop_policy(self, id: str) -> None:
        self._policies.pop(id, None)
        self._law = None

    def _show(self, order: Order) -> None:
        self.orders[order.id] = order
        self.order_index.put(order)
