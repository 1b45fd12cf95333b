"""Every job order as the search sees it, under every law that is asked about.

A law of its own has a book of its own (`books.py`). One changed order changes one row of each book; one changed policy
makes a new book, in which only the orders that the policy speaks of are read again.
"""

from collections.abc import Iterable

from services.matching.matcher.eligibility.law import LawOnDay
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.pathway.books import Book

BOOKS_KEPT = 16
"""Today's law, the changes known for the next year and a few past days; a book of 10,000 orders takes about 10 MB."""


class Openings:
    """The orders, and one book for each law that was asked for."""

    def __init__(self, orders: Iterable[Order] = ()) -> None:
        self.orders: dict[str, Order] = {order.id: order for order in orders}
        self._books: dict[LawOnDay, Book] = {}

    def put(self, order: Order) -> None:
        self.orders[order.id] = order
        for book in self._books.values():
            book.put(order)
        self._books = {law: book for law, book in self._books.items() if not book.crowded}

    def drop(self, order_id: str) -> None:
        if self.orders.pop(order_id, None):
            for book in self._books.values():
                book.drop(order_id)

    def under(self, law: LawOnDay) -> Book:
        """The book of this law; the longest unused one makes room for a new one."""
        book = self._books.pop(law, None)
        if book is None:
            near = next(reversed(self._books.values()), None)
            book = Book.of(law, self.orders.values(), near)
            if len(self._books) >= BOOKS_KEPT:
                self._books.pop(next(iter(self._books)))
        self._books[law] = book
        return book
