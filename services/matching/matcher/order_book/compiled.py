"""All job orders under one law, compiled once: for verdicts, states, paths, ranking and what-if alike.

For each order the rules that apply to it, the days on which it can be reached, its wage, and what it asks of a person.
Orders that ask the same are one kind, and a kind is a few alternatives (`clauses.py`). So ten thousand orders are
answered for one person by looking at some hundred requirements.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.policy_kinds import Rate, Scope
from services.matching.matcher.law.rules import demands
from services.matching.matcher.law.rules.corridors import comparable
from services.matching.matcher.order_book.clauses import NEVER, Clauses, OrderColumns, alternatives, fold, weakest_of
from services.matching.matcher.order_book.rule_numbers import RuleNumbers
from services.matching.matcher.requirements.age import NeedsAge, patient
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, leaves
from services.matching.matcher.requirements.settled import Fixed, Within
from services.matching.matcher.requirements.status import Stage, Status
from services.matching.matcher.verdicts.check import OffersTold, hidden
from services.matching.matcher.verdicts.verdict import Hidden

ROW = np.dtype([("kind", "i4"), ("first", "i4"), ("last", "i4"), ("closes", "i4"), ("wage", "f8"), ("unrated", "i4")])
"""One order. `first`..`last`: ordinals of the days on which it is lawful apart from its own closing day `closes`.
`kind` -1: nobody can reach it under this law. `wage`: rupiah a month, -1 when it cannot be compared; of a currency
without a rate (`unrated`: its code as a number, 0 for none) a trifle above -1 by its amount: such wages compare among
themselves as long as there is one such currency alone."""

MET_LEAF, DEAD_LEAF = 0, 1
NOBODY = -1

INCOMPARABLE, TRIFLE = -1.0, 1e-12

SPARE = 1_000
"""Rows or kinds of orders that are gone which few live ones may carry along."""

REMEMBERED_SETS = 20_000
"""Entries of the memory of lacking sets (some hundred bytes each); then it begins anew."""

CLOSING = "ORDER_CLOSES"
"""The rule about the order's own closing day, kept apart from the other days."""


def deciding(applied: Iterable[AppliedRule]) -> list[AppliedRule]:
    """The rules that say whether a person may apply; later stages and rows of low confidence, which warn, left out."""
    return [rule for rule in applied if rule.stage is Stage.APPLY and rule.binding]


class CompiledOrders:
    """All orders under one law; one changed order is one row.

    `ids[row]`, `rows[row]`: the order of each row and its numbers (`ROW`); an order that is gone keeps its row.
    `applied[id]`: every rule of the law for this order. `hidden[id]`: why nobody is shown it.
    `leaves`: every requirement of every kind, once; the first two stand for "nothing" and "never".
    `patient`: the same as if waiting for a birthday always helped.
    `dated`, `changing`: places of the leaves whose answer changes on days that they name themselves, or on any day.
    `wide`: kinds with too many alternatives to write out, and what they ask.
    """

    def __init__(self, law: LawOnDay) -> None:
        self.law = law
        self.ids: list[str] = []
        self.rows: NDArray[np.void] = np.zeros(64, dtype=ROW)
        self.applied: dict[str, tuple[AppliedRule, ...]] = {}
        self.hidden: dict[str, Hidden] = {}
        self.leaves: list[Requirement] = [Fixed(Status.MET), Fixed(Status.NOT_MET)]
        self.patient: list[Requirement] = list(self.leaves)
        self.ages: dict[int, list[int]] = {}
        """Age → places of the leaves that ask for it."""
        self.dated: list[int] = []
        self.changing: list[int] = []
        self.wide: dict[int, Requirement] = {}
        self.kinds: list[Requirement] = []
        """What each kind asks."""
        self.rule_numbers = RuleNumbers()
        self.offers_told = OffersTold()
        self._deciding: dict[str, list[AppliedRule]] = {}
        self._row_at: dict[str, int] = {}
        self._leaf_at: dict[Requirement, int] = {}
        self._kind_at: dict[Requirement, int] = {}
        self._clauses: list[list[int]] = []
        self._clause_kind: list[int] = []
        self._flat: Clauses | None = None
        self._columns: OrderColumns | None = None
        self._shown: NDArray[np.bool_] | None = None
        self._works: tuple[list[Order], NDArray[np.int64]] | None = None
        self._by_id: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._drawn: tuple[date, NDArray[np.int64]] | None = None
        self._lacking: dict[int, tuple[int, ...]] = {}
        self._marks: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)

    @classmethod
    def of(cls, law: LawOnDay, orders: Iterable[Order], near: "CompiledOrders | None" = None) -> "CompiledOrders":
        """All orders under a law. `near`: those of another law; what both say alike is taken over."""
        compiled = cls(law)
        differing = None if near is None else _differing(near.law, law)
        for order in orders:
            spoken_of = differing is None or any(row.covers(order) is not Status.NOT_MET for row in differing)
            if near is None or spoken_of:
                compiled.put(order)
            else:
                compiled._take_over(order, near)
        return compiled

    @property
    def crowded(self) -> bool:
        """Are most kinds or rows of orders that are gone? Then it is time to compile anew."""
        live = int((self.table()["kind"] != NOBODY).sum())
        return max(len(self.ids), len(self._kind_at)) > 2 * live + SPARE

    def put(self, order: Order) -> None:
        """A new or changed order: its rules run once, its row is written anew. Errors: none."""
        self._columns = self._shown = self._works = None
        applied = self.applied[order.id] = demands(order, self.law)
        self.hidden.pop(order.id, None)
        self._deciding.pop(order.id, None)
        if reason := hidden(order, applied):
            self.hidden[order.id] = reason
        at = self._place(order)  # first: it may make room, and then `rows` is another array
        self.rows[at] = self._read(order)
        self.rule_numbers.forget(at)

    def drop(self, order_id: str) -> None:
        if self.applied.pop(order_id, None) is not None:
            self.hidden.pop(order_id, None)
            self._deciding.pop(order_id, None)
            self.rows["kind"][self._row_at[order_id]] = NOBODY
            self.rows["unrated"][self._row_at[order_id]] = 0
            self._columns = self._shown = self._works = None

    def _take_over(self, order: Order, near: "CompiledOrders") -> None:
        """The row of an order that both laws treat alike."""
        row = near.rows[near._row_at[order.id]].copy()
        if row["kind"] != NOBODY:
            row["kind"] = self._kind(near.kinds[row["kind"]])
        at = self._place(order)
        self.rows[at] = row
        self.applied[order.id] = near.applied[order.id]
        if order.id in near.hidden:
            self.hidden[order.id] = near.hidden[order.id]

    def _place(self, order: Order) -> int:
        at = self._row_at.setdefault(order.id, len(self.ids))
        if at == len(self.ids):
            self.ids.append(order.id)
            if at == len(self.rows):
                self.rows = np.concatenate([self.rows, np.zeros(len(self.rows), dtype=ROW)])
        return at

    def asks_of(self, order_id: str, *, closing: bool = True) -> tuple[Requirement, ...]:
        """What must be met so that somebody may apply; an order that is hidden from everybody asks the impossible.

        `closing`: False leaves out its closing day. Errors: KeyError for an order not here.
        """
        if order_id in self.hidden:
            return (Fixed(Status.NOT_MET),)
        return tuple([rule.ask for rule in self.deciding(order_id) if closing or rule.code != CLOSING])

    def deciding(self, order_id: str) -> Sequence[AppliedRule]:
        """`deciding` of this order's rules, picked out when first asked for. Errors: KeyError for an order not here."""
        found = self._deciding.get(order_id)
        if found is None:
            found = self._deciding[order_id] = deciding(self.applied[order_id])
        return found

    def asked_on(self, order_id: str, day: date) -> object:
        """What the order asks of people on the day, to be compared with another law's; None when nobody may apply."""
        row = self.rows[self._row_at[order_id]]
        until = min(row["last"], row["closes"])
        if row["kind"] == NOBODY or not row["first"] <= day.toordinal() <= until:
            return None
        asked = self.kinds[row["kind"]]
        waits = any(isinstance(leaf, NeedsAge) and leaf.min is not None for leaf in leaves(asked))
        return frozenset(asked.parts) if isinstance(asked, AllOf) else asked, int(until) if waits else None

    def table(self) -> NDArray[np.void]:
        """One row for each of `ids`."""
        return self.rows[: len(self.ids)]

    def row_of(self, order_id: str) -> int | None:
        """The place of this order in `ids`; None for one that was never here."""
        return self._row_at.get(order_id)

    def rows_of(self, order_ids: Iterable[str]) -> list[int]:
        """Places of these orders in `ids`, those that are not here left out."""
        return [self._row_at[id_] for id_ in order_ids if id_ in self._row_at]

    def by_id(self) -> NDArray[np.int64]:
        """For each row its place among all in the order of their ids."""
        if len(self._by_id) != len(self.ids):
            self._by_id = np.argsort(np.array(sorted(range(len(self.ids)), key=self.ids.__getitem__), dtype=np.int64))
        return self._by_id

    def by_lot(self, day: date) -> NDArray[np.int64]:
        """For each row its place in a draw of the day: so that of equal orders not always the same come first."""
        if self._drawn is None or self._drawn[0] != day or len(self._drawn[1]) != len(self.ids):
            lots = np.array([crc32(f"{day}/{id_}".encode()) for id_ in self.ids], dtype=np.int64)
            self._drawn = day, np.argsort(np.lexsort((self.by_id(), lots)))
        return self._drawn[1]

    def shown(self) -> NDArray[np.bool_]:
        """For each row: is the order here, and not hidden from everybody?"""
        if self._shown is None:
            shown = (id_ in self.applied and id_ not in self.hidden for id_ in self.ids)
            self._shown = np.fromiter(shown, bool, len(self.ids))
        return self._shown

    def works(self, orders: Mapping[str, Order]) -> tuple[list[Order], NDArray[np.int64]]:
        """(one order of each work and country, for each row which of them it is like; a row that is gone like any)."""
        if self._works is None:
            number: dict[tuple[str | None, str | None], int] = {}
            examples: list[Order] = []
            kind = np.zeros(len(self.ids), dtype=np.int64)
            for row, order in enumerate(map(orders.get, self.ids)):
                if order is None:
                    continue
                at = kind[row] = number.setdefault((order.isco08, order.country), len(examples))
                if at == len(examples):
                    examples.append(order)
            self._works = examples, kind
        return self._works

    def columns(self) -> OrderColumns:
        if self._columns is None:
            self._columns = OrderColumns.of(self.table())
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

    def _read(self, order: Order) -> tuple[int, int, int, int, float, int]:
        first, last, asked = date.min, date.max, []
        for ask in self.asks_of(order.id, closing=False):
            for part in ask.parts if isinstance(ask, AllOf) else (ask,):
                if isinstance(part, Within):
                    first, last = max(first, part.first or date.min), min(last, part.last or date.max)
                else:
                    asked.append(part)
        whole = fold(AllOf(tuple(asked)))
        wage, unrated = self._wage(order)
        # Only a draft may leave its closing day open; of any other order it is unknown whether it is still open.
        closes = order.closes_on or (date.max if order.is_draft else date.min)
        kind = NOBODY if whole == NEVER or closes == date.min else self._kind(whole)
        return kind, first.toordinal(), last.toordinal(), closes.toordinal(), wage, unrated

    def _wage(self, order: Order) -> tuple[float, int]:
        if order.wage is None:
            return INCOMPARABLE, 0
        rupiah = comparable(order.wage, "IDR", self.law)
        if rupiah is not None:
            return rupiah, 0
        return INCOMPARABLE + order.wage.amount * TRIFLE, int.from_bytes(order.wage.currency[:3].encode())

    def _kind(self, whole: Requirement) -> int:
        """The kind of an order by what it asks, made when it is new."""
        kind = self._kind_at.get(whole)
        if kind is not None:
            return kind
        kind = self._kind_at[whole] = len(self.kinds)
        self.kinds.append(whole)
        sets = alternatives(whole)
        if sets is None:
            self.wide[kind] = whole
            sets = []
            for ask in leaves(whole):
                self._leaf(ask)
        for one in sets:
            self._clauses.append([self._leaf(ask) for ask in one] or [MET_LEAF])
            self._clause_kind.append(kind)
        if not sets:
            self._clauses.append([DEAD_LEAF])
            self._clause_kind.append(kind)
        self._flat = None
        return kind

    def _leaf(self, ask: Requirement) -> int:
        at = self._leaf_at.get(ask)
        if at is None:
            at = self._leaf_at[ask] = len(self.leaves)
            self.leaves.append(ask)
            self.patient.append(patient(ask))
            if isinstance(ask, NeedsAge) and ask.min is not None:
                self.ages.setdefault(ask.min, []).append(at)
            if ask.DATED:
                self.dated.append(at)
            if ask.DAY_MATTERS:
                self.changing.append(at)
        return at


def _differing(one: LawOnDay, other: LawOnDay) -> list[Scope] | None:
    """Whom the rows speak of that stand in only one of two laws; None when one of them may concern every order."""
    rows = set(one.rows) ^ set(other.rows)
    if any(isinstance(row.content, Rate) for row in rows):
        return None
    return [row.content.scope for row in rows if not isinstance(row.content, Rate)]
