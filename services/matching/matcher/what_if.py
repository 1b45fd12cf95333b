"""Who would change if a draft policy became law, or a planned batch took place: for the province, before it decides.

Everybody in the registry is judged, exactly, in both worlds; orders of which the draft does not speak are judged once.
Sums below ten are hidden, and a second one beside a single hidden one, so that no sum gives it away.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import Law, LawOnDay, Row
from services.matching.matcher.law.policy_kinds import Rate
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.order_book.states import NO_PATH, TRAINING, blocks
from services.matching.matcher.pathway.batch_table import joined
from services.matching.matcher.pathway.teaching import held_after
from services.matching.matcher.requirements.status import STATE_CODES, State, Status
from shared.codes.anonymity import K_ANONYMITY

Training = Callable[[str, Law], Collection[str]]
"""(person's id, law) → ids of the orders that a path of courses opens for them under that law."""

MOST_SEARCHED = 200
"""People for whom the ways through training are looked for; each takes some hundredths of a second under each law."""

ALL = "ALL"
"""Stands for every sector together."""

Best = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people go from one state to another in one place and sector; None means fewer than ten, or withheld."""

    before: State
    after: State
    regency: str | None
    sector: str
    people: int | None

    def as_payload(self) -> dict[str, Any]:
        return {
            "from": self.before.value,
            "to": self.after.value,
            "regency": self.regency,
            "sector": self.sector,
            "people": self.people,
        }


@dataclass(frozen=True, slots=True)
class WhatIfAnswer:
    """The answer. A person's state in a sector is the best that any order there gives them; in `ALL`, of any order.

    `total`: all places and sectors together. `by_regency`: all sectors. `by_sector`: all places. `cells`: both at once.
    """

    day: date
    judged: int
    affected_orders: int
    total: tuple[Cell, ...] = ()
    by_regency: tuple[Cell, ...] = ()
    by_sector: tuple[Cell, ...] = ()
    cells: tuple[Cell, ...] = ()
    changed: int | None = 0
    """People whose state over all orders or in some sector changes; None means fewer than ten."""
    no_way_left: int | None = 0
    """People to whom some order closes and no way to any order is left; None means fewer than ten."""
    other_way: int | None = 0
    """People to whom some order closes and another way is left; None means fewer than ten."""
    searched: int = 0
    """People for whom the ways through training were looked for. Of others NO_PATH means: not by a paper."""
    all_searched: bool = False
    """Whether they were looked for of everybody to whom an affected order is closed: then NO_PATH hides no training."""

    def as_payload(self) -> dict[str, Any]:
        shown = {name: [cell.as_payload() for cell in getattr(self, name)] for name in _VIEWS}
        return {
            "day": self.day.isoformat(),
            "judged": self.judged,
            "affected_orders": self.affected_orders,
            "changed": self.changed,
            "no_way_left": self.no_way_left,
            "other_way": self.other_way,
            "searched": self.searched,
            "all_searched": self.all_searched,
            **shown,
        }


_VIEWS = ("total", "by_regency", "by_sector", "cells")


def what_if(
    orders: OrderIndex,
    people: Facets,
    law: Law,
    draft: Law,
    day: date,
    *,
    known_on: date | datetime | None = None,
    training: Training | None = None,
) -> WhatIfAnswer:
    """Who changes from what to what on `day` if `draft` were the law instead of `law`.

    `training`: what courses open for one person under one of the two laws; without it nothing is TRAINING.

    A draft law is made by `law.with_draft(record)` or `law.without(code)`. What a fact answers to a requirement is kept
    with the people, so that both laws ask it once.
    """
    now, then = orders.under(law.at(day, known_on)), draft.at(day, known_on)
    touched = list(_touched(orders.orders.values(), now.law, then))
    drafted = CompiledOrders.of(then, touched)
    affected = [order for order in touched if now.asked_on(order.id, day) != drafted.asked_on(order.id, day)]
    if not affected:
        return WhatIfAnswer(day, len(people), 0, all_searched=True)
    ids = [order.id for order in affected]
    here, there = now.rows_of(ids), drafted.rows_of(ids)
    sectors, counts = _Sectors(orders.orders, now), _Counts(people)
    ways = _Ways(people, now, training, law, draft)
    for (first, before), (_, drawn) in zip(blocks(people, now, day), blocks(people, drafted, day), strict=True):
        after = before.copy()
        after[here] = drawn[there]
        ways.open(first, here, before, after)
        if not np.array_equal(before[here], after[here]):
            best = sectors.best(after)
            counts.add(first, sectors.best(before), best, sectors.names)
            counts.lose(before[here], after[here], best[0])
    return replace(counts.change(day, len(affected)), searched=ways.searched, all_searched=ways.complete)


def what_if_batch(orders: OrderIndex, people: Iterable[Person], law: Law, course: Course, batch: Batch) -> WhatIfAnswer:
    """For whom a planned batch alone would open an order, on its last day.

    Counted are people who may join (the course's prerequisites met on its first day, free on all its days), each as
    they would stand on the last day without the batch and with it. Seats are not dealt out. Errors: ValueError for a
    batch without dates.
    """
    if batch.starts is None or batch.ends is None:
        raise ValueError("a planned batch needs its first and its last day")
    asked = list(people)
    joining = [person for person in asked if may_join(person, course, batch.starts, batch.ends)]
    without, with_ = Facets(joining), Facets(held_after(person, [(course, batch.ends)]) for person in joining)
    compiled = orders.under(law.at(batch.ends))
    if not compiled.applied:
        return WhatIfAnswer(batch.ends, len(asked), 0)
    sectors, counts = _Sectors(orders.orders, compiled), _Counts(without)
    affected = np.zeros(len(compiled.ids), dtype=np.bool_)
    for (first, before), (_, after) in zip(
        blocks(without, compiled, batch.ends), blocks(with_, compiled, batch.ends), strict=True
    ):
        affected |= (before != after).any(axis=1)
        counts.add(first, sectors.best(before), sectors.best(after), sectors.names)
    change = counts.change(batch.ends, int(affected.sum()))
    return replace(change, judged=len(asked))


def may_join(person: Person, course: Course, starts: date, ends: date) -> bool:
    """Consent given, prerequisites met on the first day, and every day of the batch among those the person is free."""
    free = joined(person.wishes.available)
    first, last = starts.toordinal(), ends.toordinal()
    during = not person.wishes.available or any(begin <= first and last <= end for begin, end in free)
    return person.consented and during and course.prerequisites.judge(person, starts) is Status.MET


def _touched(orders: Iterable[Order], now: LawOnDay, then: LawOnDay) -> Iterator[Order]:
    """The orders that a row speaks of which is in one law and not in the other; a rate speaks of every wage."""
    rows = set(now.rows) ^ set(then.rows)
    everywhere = any(isinstance(row.content, Rate) for row in rows)
    yield from (order for order in orders if everywhere or any(_speaks_of(row, order) for row in rows))


def _speaks_of(row: Row, order: Order) -> bool:
    return not isinstance(row.content, Rate) and row.content.scope.covers(order) is not Status.NOT_MET


_RANKED = (State.NO_PATH, State.TRAINING, State.ELIGIBLE_BY, State.ELIGIBLE_NOW, State.CONSENT_NEEDED)
_CODES = np.array([STATE_CODES.index(state) for state in _RANKED], dtype=np.int8)
"""From worst to best; who gave no consent has that one state everywhere."""
_GOOD = np.argsort(_CODES).astype(np.int8)


class _Ways:
    """Turns NO_PATH into TRAINING where a course opens the order, in two arrays of states of one block of people."""

    def __init__(
        self, people: Facets, compiled: CompiledOrders, training: Training | None, law: Law, draft: Law
    ) -> None:
        self._ids = {row: id for id, row in people.rows.items()}
        self._rows = {id: row for row, id in enumerate(compiled.ids)}
        self._training, self._laws = training, (law, draft)
        self.searched = 0
        self.complete = True

    def open(self, first: int, affected: Sequence[int] | npt.NDArray[np.intp], before: Best, after: Best) -> None:
        closed = (before[affected] == NO_PATH) | (after[affected] == NO_PATH)
        if self._training is None:
            self.complete &= not closed.any()
            return
        for column in np.flatnonzero(closed.any(axis=0)).tolist():
            id = self._ids.get(first + column)
            if id is None:
                continue
            if self.searched >= MOST_SEARCHED:
                self.complete = False
                return
            self.searched += 1
            for law, states in zip(self._laws, (before, after), strict=True):
                rows = [self._rows[order] for order in self._training(id, law) if order in self._rows]
                states[[row for row in rows if states[row, column] == NO_PATH], column] = TRAINING


class _Sectors:
    """Compiled orders by sector, for taking each person's best state in each."""

    def __init__(self, orders: Mapping[str, Order], compiled: CompiledOrders) -> None:
        rows: dict[str, list[int]] = {}
        for row, order_id in enumerate(compiled.ids):
            if order_id in orders:
                rows.setdefault(orders[order_id].sector, []).append(row)
        self.names = (ALL, *sorted(rows))
        self._rows = [rows[name] for name in self.names[1:]]

    def best(self, states: npt.NDArray[np.int8]) -> Best:
        """(sectors, people): the greatest state of any order there. Children and people without consent keep theirs."""
        good = _GOOD[states]
        best = np.stack([good[rows].max(axis=0) for rows in self._rows])
        found: Best = _CODES[np.concatenate([best.max(axis=0, keepdims=True), best])]
        return found


class _Counts:
    """Sums of changed people by sector, regency and pair of states."""

    def __init__(self, people: Facets) -> None:
        self._judged = len(people)
        homes, self._home = people.numbered("home_regency")
        self._homes = [home if isinstance(home, str) else None for home in homes]
        self._alive = people.alive()
        self._counts: Counter[tuple[str, str | None, int, int]] = Counter()
        self._changed = self._no_way_left = self._other_way = 0

    def lose(self, before: Best, after: Best, left: Best) -> None:
        """The people of a block to whom an affected order closes, by whether any way to any order is left."""
        losing = (_GOOD[after] < _GOOD[before]).any(axis=0)
        self._no_way_left += int((losing & (left == NO_PATH)).sum())
        self._other_way += int((losing & (left != NO_PATH)).sum())

    def add(self, first: int, before: Best, after: Best, sectors: Sequence[str]) -> None:
        part = slice(first, first + before.shape[1])
        homes, alive = self._home[part], self._alive[part]
        moved = (before != after) & alive
        self._changed += int(moved.any(axis=0).sum())
        for sector, line in enumerate(moved):
            places = np.flatnonzero(line)
            keys = np.stack([homes[places], before[sector, places], after[sector, places]]).astype(np.int64)
            found, numbers = np.unique(keys, axis=1, return_counts=True)
            for (home, was, becomes), number in zip(found.T.tolist(), numbers.tolist(), strict=True):
                self._counts[sectors[sector], self._homes[home], was, becomes] += number

    def change(self, day: date, affected_orders: int) -> WhatIfAnswer:
        every = [key for key in self._counts if key[0] == ALL]
        each = [key for key in self._counts if key[0] != ALL]
        return WhatIfAnswer(
            day=day,
            judged=self._judged,
            affected_orders=affected_orders,
            total=self._cells(every, by_regency=False),
            by_regency=self._cells(every, by_regency=True),
            by_sector=self._cells(each, by_regency=False),
            cells=self._cells(each, by_regency=True),
            changed=_hidden(self._changed),
            no_way_left=_hidden(self._no_way_left),
            other_way=_hidden(self._other_way),
        )

    def _cells(self, keys: Iterable[tuple[str, str | None, int, int]], by_regency: bool) -> tuple[Cell, ...]:
        sums: Counter[tuple[int, int, str, str]] = Counter()
        for sector, regency, was, becomes in keys:
            sums[was, becomes, sector, (regency or "") if by_regency else ""] += self._counts[
                sector, regency, was, becomes
            ]
        shown = withheld(sums)
        return tuple(
            Cell(STATE_CODES[was], STATE_CODES[becomes], regency or None, sector, shown[was, becomes, sector, regency])
            for was, becomes, sector, regency in sorted(sums)
        )


def _hidden(people: int) -> int | None:
    return people if people >= K_ANONYMITY or people == 0 else None


def withheld(sums: Counter[tuple[int, int, str, str]]) -> dict[tuple[int, int, str, str], int | None]:
    """The sums with the small ones hidden. Where one alone is hidden beside others, the smallest other is hidden too.

    Sums of one pair of states stand beside each other: their own sum is shown in a coarser view.
    """
    shown: dict[tuple[int, int, str, str], int | None] = {
        key: number if number >= K_ANONYMITY else None for key, number in sums.items()
    }
    groups: dict[tuple[int, int], list[tuple[int, int, str, str]]] = {}
    for key in sums:
        groups.setdefault(key[:2], []).append(key)
    for keys in groups.values():
        hidden = [key for key in keys if shown[key] is None]
        others = sorted((key for key in keys if shown[key] is not None), key=lambda key: (sums[key], key))
        if len(hidden) == 1 and others:
            shown[others[0]] = None
    return shown
