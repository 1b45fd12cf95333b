"""All job orders under one law: for each the days on which it can be reached, its wage, and what it asks of a person.

Orders that ask the same are one kind, and a kind is a few alternatives (`alternatives.py`). So ten thousand orders are
answered for one person by looking at some hundred asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.eligibility.asks import Age, Ask, Fixed, Outside, Within
from services.matching.matcher.eligibility.check import hidden
from services.matching.matcher.eligibility.law import LawOnDay
from services.matching.matcher.eligibility.rows import Rate, Scope
from services.matching.matcher.eligibility.rules import demands
from services.matching.matcher.eligibility.rules.corridors import comparable
from services.matching.matcher.eligibility.status import Stage, Status
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.trees import AllOf
from services.matching.matcher.pathway.alternatives import NEVER, alternatives, fold, leaves_of, weakest_of
from services.matching.matcher.pathway.clauses import Clauses
from services.matching.matcher.pathway.columns import Columns
from services.matching.matcher.pathway.standing import CHANGING
from services.matching.matcher.pathway.teaching import Teaching

ROW = np.dtype([("kind", "i4"), ("first", "i4"), ("last", "i4"), ("closes", "i4"), ("wage", "f8")])
"""One order. `first`..`last`: ordinals of the days on which it is lawful apart from its own closing day `closes`.
`kind` -1: nobody can reach it under this law. `wage`: rupiah a month, -1 when it cannot be compared."""

MET_LEAF, DEAD_LEAF = 0, 1
NOBODY = -1

SPARE = 1_000
"""Rows or kinds of orders that are gone which a small book may carry along."""

REMEMBERED_SETS, REMEMBERED_ORDERS = 20_000, 2_000
"""Entries of the two memories of a book (some hundred bytes, some thousand bytes each); then they begin anew."""

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
    _kinds: list[Ask] = field(default_factory=list)
    _clauses: list[list[int]] = field(default_factory=list)
    _clause_kind: list[int] = field(default_factory=list)
    _flat: Clauses | None = None
    _columns: Columns | None = None
    _learnable: WeakKeyDictionary[Teaching, tuple[int, NDArray[np.bool_]]] = field(default_factory=WeakKeyDictionary)
    _lacking: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _marks: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    @classmethod
    def of(cls, law: LawOnDay, orders: Iterable[Order], near: "Book | None" = None) -> "Book":
        """All orders under a law. `near`: a book of another law; what both say alike is taken over."""
        book = cls(law)
        differing = None if near is None else _differing(near.law, law)
        for order in orders:
            spoken_of = differing is None or any(row.covers(order) is not Status.NOT_MET for row in differing)
            if near is None or spoken_of:
                book.put(order)
            else:
                book._take_over(order, near)
        return book

    @property
    def crowded(self) -> bool:
        """Are most kinds or rows of orders that are gone? Then it is time for a new book."""
        live = int((self.table()["kind"] != NOBODY).sum())
        return max(len(self.ids), len(self._kind_at)) > 2 * live + SPARE

    def put(self, order: Order) -> None:
        self._asks.pop(order.id, None)
        self._columns = None
        at = self._place(order)  # first: it may make room, and then `rows` is another array
        self.rows[at] = self._read(order)

    def drop(self, order_id: str) -> None:
        if order_id in self._row_at:
            self.rows[self._row_at[order_id]]["kind"] = NOBODY
            self._columns = None

    def _take_over(self, order: Order, near: "Book") -> None:
        """The row of an order that both laws treat alike."""
        row = near.rows[near._row_at[order.id]].copy()
        if row["kind"] != NOBODY:
            row["kind"] = self._kind(near._kinds[row["kind"]])
        at = self._place(order)
        self.rows[at] = row

    def _place(self, order: Order) -> int:
        at = self._row_at.setdefault(order.id, len(self.ids))
        if at == len(self.ids):
            self.ids.append(order.id)
            if at == len(self.rows):
                self.rows = np.concatenate([self.rows, np.zeros(len(self.rows), dtype=ROW)])
        return at

    def asks_of(self, order: Order) -> tuple[Ask, ...]:
        """`apply_asks` of an order under this law; remembered, because the best orders are looked at most often."""
        asks = self._asks.get(order.id)
        if asks is None:
            if len(self._asks) >= REMEMBERED_ORDERS:
                self._asks.clear()
            asks = self._asks[order.id] = apply_asks(order, self.law)
        return asks

    def table(self) -> NDArray[np.void]:
        """One row for each of `ids`."""
        return self.rows[: len(self.ids)]

    def rows_of(self, order_ids: Iterable[str]) -> list[int]:
        """Places of these orders in `table()`, those that the book does not hold left out."""
        return [self._row_at[id_] for id_ in order_ids if id_ in self._row_at]

    def columns(self) -> Columns:
        if self._columns is None:
            self._columns = Columns.of(self.table())
        return self._columns

    def clauses(self) -> Clauses:
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
        return self.with_wide(self.clauses().best_of_kind(self.clauses().weakest(codes)), codes)

    def with_wide(self, kinds: NDArray[np.int8], codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """The codes of all kinds, those corrected that have too many alternatives to write out."""
        for kind, asked in self.wide.items():
            kinds[kind] = weakest_of(asked, lambda leaf: int(codes[self._leaf_at[leaf]]))
        return kinds

    def lacking(self, clause: int, mark: int, codes: NDArray[np.int8]) -> tuple[int, ...]:
        """The leaves of a clause with code 1. `mark`: the sum of their marks, under which they are remembered."""
        found = self._lacking.get(mark)
        if found is None:
            if len(self._lacking) >= REMEMBERED_SETS:
                self._lacking.clear()
            leaves, starts = self.clauses().leaves, self.clauses().starts
            stop = starts[clause + 1] if clause + 1 < len(starts) else len(leaves)
            found = tuple(leaf for leaf in leaves[starts[clause] : stop].tolist() if codes[leaf] == 1)
            self._lacking[mark] = found
        return found

    def learnable(self, teaching: Teaching) -> NDArray[np.bool_]:
        """For each leaf: does some programme teach it? Remembered for each supply of courses, invented ones too."""
        programmes, known = self._learnable.get(teaching, (0, np.zeros(0, dtype=bool)))
        if len(known) != len(self.leaves) or programmes != teaching.programmes:
            known = np.array([bool(teaching.towards(leaf)) for leaf in self.leaves])
            self._learnable[teaching] = (teaching.programmes, known)
        return known

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
        # Only a draft may leave its closing day open; of any other order it is unknown whether it is still open.
        closes = order.closes_on or (date.max if order.is_draft else date.min)
        kind = NOBODY if whole == NEVER or closes == date.min else self._kind(whole)
        return kind, first.toordinal(), last.toordinal(), closes.toordinal(), -1.0 if wage is None else wage

    def _kind(self, whole: Ask) -> int:
        """The kind of an order by what it asks, made when it is new."""
        kind = self._kind_at.get(whole)
        if kind is not None:
            return kind
        kind = self._kind_at[whole] = len(self._kinds)
        self._kinds.append(whole)
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
            if isinstance(ask, Age | Outside | Within):
                self.dated.append(at)
            if isinstance(ask, CHANGING):
                self.changing.append(at)
        return at


def _differing(one: LawOnDay, other: LawOnDay) -> list[Scope] | None:
    """Whom the rows speak of that stand in only one of two laws; None when one of them may concern every order."""
    rows = set(one.rows) ^ set(other.rows)
    if any(isinstance(row.content, Rate) for row in rows):
        return None
    return [row.content.scope for row in rows if not isinstance(row.content, Rate)]
