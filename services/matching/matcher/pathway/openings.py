"""Every job order as the search sees it: the days on which it can be reached, its wage, and what it asks of a person.

Orders that ask the same are one kind, and a kind is a few alternatives (`alternatives.py`). So ten thousand orders are
answered for one person by looking at some hundred asks. A law of its own gives a book of its own; one changed order
changes one row of each book.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.eligibility import LawOnDay, Stage, Status, comparable, demands, hidden
from services.matching.matcher.eligibility.asks import Age, Ask, Fixed, Within
from services.matching.matcher.facts import AllOf, Order
from services.matching.matcher.pathway.alternatives import NEVER, alternatives, fold, leaves_of, weakest_of
from services.matching.matcher.pathway.standing import CHANGING
from services.matching.matcher.pathway.teaching import Teaching

ROW = np.dtype([("kind", "i4"), ("first", "i4"), ("last", "i4"), ("closes", "i4"), ("wage", "f8")])
"""One order. `first`..`last`: ordinals of the days on which it is lawful apart from its own closing day `closes`.
`kind` -1: nobody can reach it under this law. `wage`: rupiah a month, -1 when it cannot be compared."""

MET_LEAF, DEAD_LEAF = 0, 1
NOBODY = -1
BOOKS_KEPT = 16
"""Today's law, the changes known for the next year and a few past days; a book of 10,000 orders takes about 10 MB."""


CLOSING = "ORDER_CLOSES"
"""The rule about the order's own closing day, which the books keep apart from the other days."""


def apply_asks(order: Order, law: LawOnDay, *, closing: bool = True) -> tuple[Ask, ...]:
    """What must be met so that the person may apply; an order that is hidden from everybody asks the impossible.

    Rows of low confidence warn and are left out. `closing`: False leaves out the closing day.
    """
    demanded = demands(order, law)
    if hidden(order, demanded) is not None:
        return (Fixed(Status.NOT_MET),)
    binding = (demand for demand in demanded if demand.stage is Stage.APPLY and demand.binding)
    return tuple(demand.ask for demand in binding if closing or demand.rule != CLOSING)


@dataclass(slots=True)
class Book:
    """All orders under one law."""

    law: LawOnDay
    ids: list[str] = field(default_factory=list)
    rows: NDArray[np.void] = field(default_factory=lambda: np.zeros(64, dtype=ROW))
    leaves: list[Ask] = field(default_factory=lambda: [Fixed(Status.MET), Fixed(Status.NOT_MET)])
    """Every ask of every kind, once; the first two stand for "nothing" and "never"."""
    dated: list[int] = field(default_factory=list)
    """Places of the leaves whose answer changes on days that the ask itself names."""
    changing: list[int] = field(default_factory=list)
    """Places of all leaves whose answer may depend on the day."""
    wide: dict[int, Ask] = field(default_factory=dict)
    """Kinds with too many alternatives to write out, and what they ask."""
    _asks: dict[str, tuple[Ask, ...]] = field(default_factory=dict)
    _row_at: dict[str, int] = field(default_factory=dict)
    _leaf_at: dict[Ask, int] = field(default_factory=dict)
    _kind_at: dict[Ask, int] = field(default_factory=dict)
    _clauses: list[list[int]] = field(default_factory=list)
    _clause_kind: list[int] = field(default_factory=list)
    _flat: "Clauses | None" = None
    _learnable: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    _learnt_from: int = 0
    _lacking: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _marks: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    def put(self, order: Order) -> None:
        at = self._row_at.get(order.id)
        if at is None:
            at = self._row_at[order.id] = len(self.ids)
            self.ids.append(order.id)
            if at == len(self.rows):
                self.rows = np.concatenate([self.rows, np.zeros(len(self.rows), dtype=ROW)])
        self._asks.pop(order.id, None)
        self.rows[at] = self._read(order)

    def drop(self, order_id: str) -> None:
        if order_id in self._row_at:
            self.rows[self._row_at[order_id]]["kind"] = NOBODY

    def asks_of(self, order: Order) -> tuple[Ask, ...]:
        """`apply_asks` of an order under this law; remembered, because the best orders are looked at most often."""
        asks = self._asks.get(order.id)
        if asks is None:
            asks = self._asks[order.id] = apply_asks(order, self.law)
        return asks

    def table(self) -> NDArray[np.void]:
        """One row for each of `ids`."""
        return self.rows[: len(self.ids)]

    def rows_of(self, order_ids: Iterable[str]) -> list[int]:
        """Places of these orders in `table()`, those that the book does not hold left out."""
        return [self._row_at[id_] for id_ in order_ids if id_ in self._row_at]

    def clauses(self) -> "Clauses":
        if self._flat is None:
            self._flat = Clauses.of(self._clauses, self._clause_kind)
        return self._flat

    def marks(self) -> NDArray[np.uint64]:
        """A number for each of `leaves`; sums of them tell sets of leaves apart (64 bits, the same each time)."""
        if len(self._marks) != len(self.leaves):
            self._lacking.clear()
            self._marks = np.random.default_rng(53).integers(1, 2**64, len(self.leaves), dtype=np.uint64)
        return self._marks

    def kind_codes(self, codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """For each kind, from a code for each leaf: 2 met, 1 a course could meet it, 0 neither."""
        kinds = self.clauses().best_of_kind(self.clauses().weakest(codes))
        for kind, asked in self.wide.items():
            kinds[kind] = weakest_of(asked, lambda leaf: int(codes[self._leaf_at[leaf]]))
        return kinds

    def lacking(self, clause: int, mark: int, codes: NDArray[np.int8]) -> tuple[int, ...]:
        """The leaves of a clause with code 1. `mark`: the sum of their marks, under which they are remembered."""
        found = self._lacking.get(mark)
        if found is None:
            leaves, starts = self.clauses().leaves, self.clauses().starts
            stop = starts[clause + 1] if clause + 1 < len(starts) else len(leaves)
            found = tuple(leaf for leaf in leaves[starts[clause] : stop].tolist() if codes[leaf] == 1)
            self._lacking[mark] = found
        return found

    def learnable(self, teaching: Teaching) -> NDArray[np.bool_]:
        """For each leaf: does some programme teach it?"""
        if len(self._learnable) != len(self.leaves) or self._learnt_from != teaching.programmes:
            self._learnable = np.array([bool(teaching.towards(leaf)) for leaf in self.leaves])
            self._learnt_from = teaching.programmes
        return self._learnable

    def _read(self, order: Order) -> tuple[int, int, int, int, float]:
        first, last, asked = date.min, date.max, []
        for ask in apply_asks(order, self.law, closing=False):
            for part in ask.parts if isinstance(ask, AllOf) else (ask,):
                if isinstance(part, Within):
                    first, last = max(first, part.first or date.min), min(last, part.last or date.max)
                else:
                    asked.append(part)
        whole = fold(AllOf(tuple(asked)))
        wage = None if order.wage is None else comparable(order.wage, "IDR", self.law)
        kind = NOBODY if whole == NEVER or order.closes_on is None else self._kind(whole)
        closes = (order.closes_on or date.min).toordinal()
        return kind, first.toordinal(), last.toordinal(), closes, -1.0 if wage is None else wage

    def _kind(self, whole: Ask) -> int:
        """The kind of an order by what it asks, made when it is new."""
        kind = self._kind_at.get(whole)
        if kind is not None:
            return kind
        kind = self._kind_at[whole] = len(self._kind_at)
        sets = alternatives(whole)
        if sets is None:
            self.wide[kind] = whole
            sets = []
            for ask in leaves_of(whole):
                self._leaf(ask)
        for one in sets:
            self._clauses.append([self._leaf(ask) for ask in one] or [MET_LEAF])
            self._clause_kind.append(kind)
        if not sets:
            self._clauses.append([DEAD_LEAF])
            self._clause_kind.append(kind)
        self._flat = None
        return kind

    def _leaf(self, ask: Ask) -> int:
        at = self._leaf_at.get(ask)
        if at is None:
            at = self._leaf_at[ask] = len(self.leaves)
            self.leaves.append(ask)
            if isinstance(ask, Age | Within):
                self.dated.append(at)
            if isinstance(ask, CHANGING):
                self.changing.append(at)
        return at


@dataclass(frozen=True, slots=True)
class Clauses:
    """All alternatives of all kinds, flat: clause c asks `leaves[starts[c]:starts[c + 1]]` and serves `kind[c]`."""

    leaves: NDArray[np.int32]
    starts: NDArray[np.int64]
    kind: NDArray[np.int32]
    kind_starts: NDArray[np.int64]

    @classmethod
    def of(cls, clauses: Sequence[Sequence[int]], kinds: Sequence[int]) -> "Clauses":
        sizes = np.fromiter(map(len, clauses), dtype=np.int64, count=len(clauses))
        kind = np.array(kinds, dtype=np.int32)
        return cls(
            leaves=np.array([leaf for clause in clauses for leaf in clause], dtype=np.int32),
            starts=np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else np.zeros(0, dtype=np.int64),
            kind=kind,
            kind_starts=np.flatnonzero(np.diff(kind, prepend=-1)),
        )

    def weakest(self, codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """For each clause its worst leaf."""
        return np.minimum.reduceat(codes[self.leaves], self.starts) if len(self.starts) else np.zeros(0, dtype=np.int8)

    def best_of_kind(self, clause_codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """For each kind its best clause."""
        if not len(clause_codes):
            return np.zeros(0, dtype=np.int8)
        return np.maximum.reduceat(clause_codes, self.kind_starts)


class Openings:
    """The orders, and one book for each law that was asked for."""

    def __init__(self, orders: Iterable[Order] = ()) -> None:
        self.orders: dict[str, Order] = {order.id: order for order in orders}
        self._books: dict[LawOnDay, Book] = {}

    def put(self, order: Order) -> None:
        self.orders[order.id] = order
        for book in self._books.values():
            book.put(order)

    def drop(self, order_id: str) -> None:
        if self.orders.pop(order_id, None):
            for book in self._books.values():
                book.drop(order_id)

    def under(self, law: LawOnDay) -> Book:
        """The book of this law; the longest unused one makes room for a new one."""
        book = self._books.pop(law, None)
        if book is None:
            book = Book(law)
            for order in self.orders.values():
                book.put(order)
            if len(self._books) >= BOOKS_KEPT:
                self._books.pop(next(iter(self._books)))
        self._books[law] = book
        return book
