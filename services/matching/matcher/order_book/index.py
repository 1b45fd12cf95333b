"""Every job order, compiled under every law that is asked about.

A law of its own has compiled orders of its own (`compiled.py`). One changed order changes one row of each; one changed
policy compiles anew, but reads again only the orders that the policy speaks of.
"""

from collections.abc import Iterable

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.order_book.compiled import CompiledOrders

LAWS_KEPT = 16
"""Today's law, the changes known for the next year and a few past days; 10,000 orders take about 10 MB each."""


class OrderIndex:
    """The orders, and their compiled form for each law that was asked for."""

    def __init__(self, orders: Iterable[Order] = ()) -> None:
        self.orders: dict[str, Order] = {order.id: order for order in orders}
        self._compiled: dict[LawOnDay, CompiledOrders] = {}

    def put(self, order: Order) -> None:
        self.orders[order.id] = order
        for compiled in self._compiled.values():
            compiled.put(order)
        self._compiled = {law: compiled for law, compiled in self._compiled.items() if not compiled.crowded}

    def drop(self, order_id: str) -> None:
        if self.orders.pop(order_id, None):
            for compiled in self._compiled.values():
                compiled.drop(order_id)

    def under(self, law: LawOnDay) -> CompiledOrders:
        """The orders under this law; the law that was longest not asked for makes room for a new one."""
        compiled = self._compiled.pop(law, None)
        if compiled is None:
            near = next(reversed(self._compiled.values()), None)
            compiled = CompiledOrders.of(law, self.orders.values(), near)
            if len(self._compiled) >= LAWS_KEPT:
                self._compiled.pop(next(iter(self._compiled)))
        self._compiled[law] = compiled
        return compiled
