"""Who would change if a draft policy became law, or a planned batch took place: for the province, before it decides.

Everybody in the registry is judged, exactly, in both worlds; orders of which the draft does not speak are judged once.
Sums below ten are hidden, and a second one beside a single hidden one, so that no sum gives it away.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from services.matching.matcher.eligibility.judge.judging import judge
from services.matching.matcher.eligibility.law import Law, LawOnDay, Row
from services.matching.matcher.eligibility.people import People
from services.matching.matcher.eligibility.rows import Rate
from services.matching.matcher.eligibility.status import STATE_CODES, State, Status
from services.matching.matcher.eligibility.table import Table
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.gains import held_after
from services.matching.matcher.pathway.offers import joined
from services.matching.matcher.sectors import sector_of

SMALLEST = 10
"""Sums of fewer people are shown nowhere: in a village everybody would know who they are."""

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
class Change:
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

    def as_payload(self) -> dict[str, Any]:
        shown = {name: [cell.as_payload() for cell in getattr(self, name)] for name in _VIEWS}
        return {
            "day": self.day.isoformat(),
            "judged": self.judged,
            "affected_orders": self.affected_orders,
            "changed": self.changed,
            **shown,
        }


_VIEWS = ("total", "by_regency", "by_sector", "cells")


def what_if(table: Table, people: People, draft: Law, day: date, *, known_on: date | datetime | None = None) -> Change:
    """Who changes from what to what on `day` if `draft` were the law instead of the table's.

    A draft law is made by `law.with_draft(record)` or `law.without(code)`.
    """
    touched = list(_touched(table, table.law.at(day, known_on), draft.at(day, known_on)))
    now, then = table.compiled(day, known_on), Table(draft, touched).compiled(day, known_on)
    affected = [order for order in touched if now.differs(then, order.id, day)]
    if not affected:
        return Change(day, len(people), 0)
    drafted, place_of = Table(draft, affected), {order_id: place for place, order_id in enumerate(table.ids)}
    places = [place_of[order.id] for order in affected]
    sectors, counts = _Sectors(table), _Counts(people)
    for (first, before), (_, changed) in zip(
        table.blocks(people, day, known_on), drafted.blocks(people, day, known_on), strict=True
    ):
        if not np.array_equal(before[places], changed):
            after = before.copy()
            after[places] = changed
            counts.add(first, sectors.best(before), sectors.best(after), sectors.names)
    return counts.change(day, len(affected))


def what_if_batch(table: Table, people: Iterable[Person], course: Course, batch: Batch) -> Change:
    """For whom a planned batch alone would open an order, on its last day.

    Counted are people who may join (the course's prerequisites met on its first day, free on all its days), each as
    they would stand on the last day without the batch and with it. Seats are not dealt out. Errors: ValueError for a
    batch without dates.
    """
    if batch.starts is None or batch.ends is None:
        raise ValueError("a planned batch needs its first and its last day")
    asked = list(people)
    joining = [person for person in asked if may_join(person, course, batch.starts, batch.ends)]
    without, with_ = People(joining), People(held_after(person, [(course, batch.ends)]) for person in joining)
    sectors, counts, affected = _Sectors(table), _Counts(without), np.zeros(len(table), dtype=np.bool_)
    for (first, before), (_, after) in zip(
        table.blocks(without, batch.ends), table.blocks(with_, batch.ends), strict=True
    ):
        affected |= (before != after).any(axis=1)
        counts.add(first, sectors.best(before), sectors.best(after), sectors.names)
    change = counts.change(batch.ends, int(affected.sum()))
    return Change(
        change.day,
        len(asked),
        change.affected_orders,
        change.total,
        change.by_regency,
        change.by_sector,
        change.cells,
        change.changed,
    )


def may_join(person: Person, course: Course, starts: date, ends: date) -> bool:
    """Consent given, prerequisites met on the first day, and every day of the batch among those the person is free."""
    free = joined(person.wishes.available)
    first, last = starts.toordinal(), ends.toordinal()
    during = not person.wishes.available or any(begin <= first and last <= end for begin, end in free)
    return person.consented and during and judge(course.prerequisites, person, starts) is Status.MET


def _touched(table: Table, now: LawOnDay, then: LawOnDay) -> Iterator[Order]:
    """The orders that a row speaks of which is in one law and not in the other; a rate speaks of every wage."""
    rows = set(now.rows) ^ set(then.rows)
    everywhere = any(isinstance(row.content, Rate) for row in rows)
    for order in map(table.order, table.ids):
        if order is not None and (everywhere or any(_speaks_of(row, order) for row in rows)):
            yield order


def _speaks_of(row: Row, order: Order) -> bool:
    return not isinstance(row.content, Rate) and row.content.scope.covers(order) is not Status.NOT_MET


class _Sectors:
    """The orders of a table by sector, for taking each person's best state in each."""

    def __init__(self, table: Table) -> None:
        orders = [order for order in map(table.order, table.ids) if order is not None]
        of = np.array([sector_of(order) for order in orders], dtype=object)
        self.names = (ALL, *sorted(set(of.tolist())))
        self._rows = [np.flatnonzero(of == name) for name in self.names[1:]]

    def best(self, states: npt.NDArray[np.int8]) -> Best:
        """(sectors, people): the greatest state of any order there. Children and people without consent keep theirs."""
        best = np.stack([states[rows].max(axis=0) for rows in self._rows])
        return np.concatenate([best.max(axis=0, keepdims=True), best])


class _Counts:
    """Sums of changed people by sector, regency and pair of states."""

    def __init__(self, people: People) -> None:
        self._judged = len(people)
        self._homes = people.dense("home")
        self._alive = people.dense("alive") == 1
        self._names: Sequence[str] = people.words["home"].words
        self._counts: Counter[tuple[str, str | None, int, int]] = Counter()
        self._changed = 0

    def add(self, first: int, before: Best, after: Best, sectors: Sequence[str]) -> None:
        part = slice(first, first + before.shape[1])
        homes, alive = self._homes[part], self._alive[part]
        moved = (before != after) & alive
        self._changed += int(moved.any(axis=0).sum())
        for sector, line in enumerate(moved):
            places = np.flatnonzero(line)
            keys = np.stack([homes[places], before[sector, places], after[sector, places]]).astype(np.int64)
            found, numbers = np.unique(keys, axis=1, return_counts=True)
            for (home, was, becomes), number in zip(found.T.tolist(), numbers.tolist(), strict=True):
                regency = self._names[home] if home >= 0 else None
                self._counts[sectors[sector], regency, was, becomes] += number

    def change(self, day: date, affected_orders: int) -> Change:
        every = [key for key in self._counts if key[0] == ALL]
        each = [key for key in self._counts if key[0] != ALL]
        return Change(
            day=day,
            judged=self._judged,
            affected_orders=affected_orders,
            total=self._cells(every, by_regency=False),
            by_regency=self._cells(every, by_regency=True),
            by_sector=self._cells(each, by_regency=False),
            cells=self._cells(each, by_regency=True),
            changed=self._changed if self._changed >= SMALLEST or self._changed == 0 else None,
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


def withheld(sums: Counter[tuple[int, int, str, str]]) -> dict[tuple[int, int, str, str], int | None]:
    """The sums with the small ones hidden. Where one alone is hidden beside others, the smallest other is hidden too.

    Sums of one pair of states stand beside each other: their own sum is shown in a coarser view.
    """
    shown: dict[tuple[int, int, str, str], int | None] = {
        key: number if number >= SMALLEST else None for key, number in sums.items()
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
