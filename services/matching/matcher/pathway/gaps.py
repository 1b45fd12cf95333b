"""What a person still lacks, as numbers that the search can subtract from, and how all kinds of orders look then.

An ask that one course settles (a certificate, a language result) is a bit of a mask. Lesson hours are amounts by title
and destination, because several courses may add up to them. A `Gap` is hashable, so equal gaps are searched once.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.order_book.clauses import Alternative, Clauses, alternatives
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.pathway.teaching import Door, Teaching, counted
from services.matching.matcher.pathway.timeline import StatusTimeline
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.status import Status


class Gap(NamedTuple):
    """`mask`: bits still to be settled. `hours`: (place of title and destination, hours still missing), in order.

    A named tuple, because the search compares and hashes some thousand of them for one person.
    """

    mask: int = 0
    hours: tuple[tuple[int, int], ...] = ()
    barred: int = 0
    """Bars (`batch_groups.py`) that later steps of the path have used up: groups with one of them cannot help."""

    def __bool__(self) -> bool:
        return bool(self.mask or self.hours)

    def parts(self) -> "tuple[Gap, ...]":
        """Each bit and each amount as a gap of its own."""
        return _parts(self.mask, self.hours)


CLOSED = Gap()


@lru_cache(maxsize=1 << 16)  # asked some thousand times for one person, always for the same few hundred gaps
def _parts(mask: int, hours: tuple[tuple[int, int], ...]) -> tuple[Gap, ...]:
    parts = [Gap(hours=(amount,)) for amount in hours]
    while mask:
        lowest = mask & -mask
        parts.append(Gap(mask=lowest))
        mask ^= lowest
    return tuple(parts)


def both(one: Gap, other: Gap) -> Gap:
    """The gap of somebody who must close two: hours asked twice are needed once, the greater amount."""
    if not one.hours or not other.hours:
        return Gap(one.mask | other.mask, one.hours or other.hours)
    hours = dict(one.hours)
    for at, amount in other.hours:
        hours[at] = max(amount, hours.get(at, 0))
    return Gap(one.mask | other.mask, tuple(sorted(hours.items())))


@dataclass(frozen=True, slots=True)
class Reading:
    """`codes`, `kinds`: for each leaf and each kind of the orders 2 met, 1 a course could meet it, 0 neither.

    `weakest`: the same for each clause. `lacking`: places of the clauses that courses could meet, of kinds that nothing
    else opens; `learnable`: the same clauses by themselves.
    """

    compiled: CompiledOrders
    codes: NDArray[np.int8]
    kinds: NDArray[np.int8]
    weakest: NDArray[np.int8]
    lacking: NDArray[np.int64]
    learnable: Clauses

    @classmethod
    def of(cls, compiled: CompiledOrders, codes: NDArray[np.int8]) -> "Reading":
        clauses = compiled.clauses()
        weakest = clauses.weakest(codes)
        kinds = compiled.with_wide(clauses.best_of_kind(weakest), codes)
        lacking = np.flatnonzero((weakest == 1) & (kinds[clauses.kind] == 1))
        return cls(compiled, codes, kinds, weakest, lacking, clauses.only(lacking))

    def kinds_with(self, met: list[int]) -> NDArray[np.int8]:
        """`kinds` after courses that meet these leaves, which only courses could meet before."""
        codes, kinds = self.codes.copy(), self.kinds.copy()
        codes[met] = 2
        kinds[self.learnable.kind[self.learnable.weakest(codes) == 2]] = 2
        return self.compiled.with_wide(kinds, codes)


class GapEncoder:
    """The bits and amounts of one person's question, entered as the search meets them."""

    def __init__(
        self,
        timeline: StatusTimeline,
        teaching: Teaching,
        met: "tuple[CompiledOrders, NDArray[np.bool_]] | None" = None,
    ) -> None:
        """`met`: which leaves of compiled orders are met on the day of the question, for whoever asked already."""
        self.timeline = timeline
        self._met = met
        self.teaching = teaching
        self.bits: dict[int, Requirement] = {}
        self.titles: dict[int, NeedsHours] = {}
        """By the numbers of `Teaching.number_of`, as they were entered."""
        self._entries: dict[Requirement, Gap] = {}
        self._leaves: dict[tuple[int, int], Gap] = {}
        self._gaps: dict[tuple[int, tuple[int, ...]], Gap] = {}
        self._codes: dict[tuple[int, int], NDArray[np.int8]] = {}
        self._readings: dict[tuple[int, bytes], Reading] = {}
        self._doors: dict[tuple[Door, int], tuple[Gap, ...]] = {}

    def reading_by(self, timeline: StatusTimeline) -> "GapEncoder":
        """The same bits and amounts for somebody of whom another timeline says what is met; no door asks for that."""
        other = copy(self)
        other.timeline, other._codes, other._readings, other._met = timeline, {}, {}, None
        return other

    def code(self, ask: Requirement, interval: int) -> int:
        """2: met without any course. 1: a course could meet it. 0: neither."""
        if self.timeline.status(ask, interval) is Status.MET:
            return 2
        return 1 if self.teaching.towards(ask) else 0

    def codes(self, compiled: CompiledOrders, interval: int) -> NDArray[np.int8]:
        """`code` of every leaf of the compiled orders."""
        key = (id(compiled), interval)
        if key not in self._codes:
            base = self._codes.get((id(compiled), 0))
            if base is None and interval == 0 and self._met is not None and self._met[0] is compiled:
                codes = self._met[1] * np.int8(2)
            else:
                leaves = range(len(compiled.leaves)) if base is None else compiled.changing
                codes = np.zeros(len(compiled.leaves), dtype=np.int8) if base is None else base.copy()
                status = self.timeline.status
                codes[leaves] = [2 if status(compiled.leaves[leaf], interval) is Status.MET else 0 for leaf in leaves]
            learnable = self.teaching.teaches(compiled)
            codes[learnable & (codes < 2)] = 1
            self._codes[key] = codes
        return self._codes[key]

    def reading(self, compiled: CompiledOrders, interval: int) -> Reading:
        """The orders as the person reads it; intervals that answer every leaf alike share one reading."""
        codes = self.codes(compiled, interval)
        key = (id(compiled), codes.tobytes())
        if key not in self._readings:
            self._readings[key] = Reading.of(compiled, codes)
        return self._readings[key]

    def kinds(self, compiled: CompiledOrders, interval: int) -> NDArray[np.int8]:
        """`code` of every kind of orders: the best of its alternatives."""
        return self.reading(compiled, interval).kinds

    def gap(self, lacking: Iterable[Requirement]) -> Gap:
        """The gap of somebody who lacks these learnable asks."""
        return reduce(both, map(self._entry, lacking), CLOSED)

    def gap_of(self, compiled: CompiledOrders, leaves: tuple[int, ...]) -> Gap:
        """The same for leaves of compiled orders: they are numbers, which are looked up faster than asks."""
        key = (id(compiled), leaves)
        if key not in self._gaps:
            self._gaps[key] = reduce(both, [self._entry_of(compiled, leaf) for leaf in leaves], CLOSED)
        return self._gaps[key]

    def gaps(self, ask: Requirement, sets: Sequence[Alternative] | None, interval: int) -> list[Gap]:
        """The gaps of which one must be closed; [CLOSED] when nothing is lacking, [] when no course can help.

        `sets`: the alternatives of `ask`, or None when they are too many to write out for everybody.
        """
        if sets is None:
            sets = alternatives(ask, lambda one: self.code(one, interval)) or []
        found = []
        for one in sets:
            codes = [(self.code(leaf, interval), leaf) for leaf in one]
            if all(code for code, _ in codes):
                found.append(self.gap(leaf for code, leaf in codes if code == 1))
        return [CLOSED] if CLOSED in found else list(dict.fromkeys(found))

    def gaps_at(self, door: Door, interval: int) -> tuple[Gap, ...]:
        """The gaps of which one must be closed before a course with this door that begins in the interval."""
        key = (door, interval)
        if key not in self._doors:
            self._doors[key] = tuple(self.gaps(door.asked, door.sets, interval))
        return self._doors[key]

    def _entry_of(self, compiled: CompiledOrders, leaf: int) -> Gap:
        key = (id(compiled), leaf)
        if key not in self._leaves:
            self._leaves[key] = self._entry(compiled.leaves[leaf])
        return self._leaves[key]

    def _entry(self, ask: Requirement) -> Gap:
        entry = self._entries.get(ask)
        if entry is None:
            entry = self._entries[ask] = self._entered(ask)
        return entry

    def _entered(self, ask: Requirement) -> Gap:
        at = self.teaching.number_of(ask)
        if not isinstance(ask, NeedsHours):
            self.bits[at] = ask
            return Gap(mask=1 << at)
        self.titles.setdefault(at, ask)
        return Gap(hours=((at, ask.hours - counted(self.timeline.person.training_hours, ask)),))
