"""The best path of each kind among all aims: what `BackwardSearch` hopes comes first, and each winner proves itself.

A `GoalSearch` is one aim on the days on which it can be reached: hopeful codes, corrected where somebody looks closely.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.backward_search import (
    FAR,
    KM,
    MOST_STEPS,
    BackwardSearch,
    Codes,
    cost_of,
    km_of,
    steps_of,
)
from services.matching.matcher.pathway.journeys import Rows, journeys
from services.matching.matcher.pathway.lower_bounds import LowerBound, LowerBounds

Key = tuple[float, ...]

Holds = Callable[[Aim, Rows, int], bool]
"""Does this journey, ready on this day (ordinal), truly open the orders of the aim, and is no batch of it needless?"""


class GoalSearch:
    """The paths to one aim, of at most `depth` courses. It is deepened only while longer paths could still win."""

    def __init__(self, aim: Aim, backward: BackwardSearch, holds: Holds) -> None:
        self.aim, self._backward, self._holds = aim, backward, holds
        self.depth = 0
        self._low = np.searchsorted(backward.days, aim.first)
        self._high = np.searchsorted(backward.days, aim.last, "right")
        self._shut = ~self._open_days()
        self._wait = -1 if aim.birthday is None else int(np.searchsorted(backward.days, aim.birthday))
        self._codes: Codes = np.full(len(backward.days), FAR, dtype=np.int64)
        self._proven: dict[int, tuple[int, Rows] | None] = {}

    def deepen(self, depth: int) -> None:
        """Look at paths of at least so many courses; never fewer than before."""
        if depth <= self.depth:
            return
        gap, backward = self.aim.gap, self._backward
        self.depth = depth
        self._proven.clear()
        ending = backward.ending(gap, depth) if gap else None
        self._codes = np.full(len(backward.days), FAR, dtype=np.int64) if ending is None else ending.copy()
        if self._wait >= 0:
            by = backward.by(gap, depth) if gap else None
            earlier = 0 if not gap else FAR if by is None else int(by[self._wait])
            self._codes[self._wait] = min(int(self._codes[self._wait]), earlier)
        self._codes[self._shut] = FAR

    def earliest(self) -> tuple[Key, int] | None:
        """(day, km, cost, -wage, steps): the least day, then nearest, then cheapest."""
        reached = np.flatnonzero(self._codes < FAR)
        if not len(reached):
            return None
        at = int(reached[0])
        code = self._codes[at]
        return (self._day(at), km_of(code), cost_of(code), -self._wage_at(at), steps_of(code)), at

    def nearest(self) -> tuple[Key, int] | None:
        """(km, day, cost, -wage, steps): the least sum of distances, then earliest."""
        if not len(self._codes):
            return None
        at = int(np.argmin(self._codes >> KM))
        code = self._codes[at]
        if code >= FAR:
            return None
        return (km_of(code), self._day(at), cost_of(code), -self._wage_at(at), steps_of(code)), at

    def best_paid(self) -> tuple[Key, int] | None:
        """(-wage, day, km, cost, steps): the highest wage of an order reached, then earliest."""
        reached = np.append(np.flatnonzero(self._codes < FAR), len(self._codes))
        first = reached[np.searchsorted(reached, self._low)]
        open_ = first < self._high
        if not open_.any():
            return None
        wage = float(self.aim.wage[open_].max())
        at = int(first[open_ & (self.aim.wage == wage)].min())
        code = self._codes[at]
        return (-wage, self._day(at), km_of(code), cost_of(code), steps_of(code)), at

    def least_late(self) -> tuple[Key, int] | None:
        """(days after its closing, day, km, cost, steps): for orders that close before the person can be ready."""
        reached = np.append(np.flatnonzero(self._codes < FAR), len(self._codes))
        first = reached[np.searchsorted(reached, self._low)]
        open_ = np.flatnonzero(first < self._high)
        if not len(open_):
            return None
        late = self._backward.days[first[open_]] - self.aim.closes[open_]
        best = int(np.lexsort((first[open_], late))[0])
        at = int(first[open_[best]])
        code = self._codes[at]
        return (int(late[best]), self._day(at), km_of(code), cost_of(code), steps_of(code)), at

    def prove(self, at: int) -> Rows | None:
        """The best journey that truly is ready on this day, if it is as good as hoped; else the hope is corrected."""
        if at not in self._proven:
            walk = journeys(self._backward, self.aim.gap, at, steps=self.depth, or_earlier=at == self._wait)
            day = self._day(at)
            self._proven[at] = next(((code, rows) for code, rows in walk if self._holds(self.aim, rows, day)), None)
        proven = self._proven[at]
        code = FAR if proven is None else proven[0]
        if proven is not None and code == self._codes[at]:
            return proven[1]
        self._codes[at] = code
        return None

    def _open_days(self) -> NDArray[np.bool_]:
        """For each day: is one of the orders open on it?"""
        change = np.zeros(len(self._backward.days) + 1, dtype=np.int64)
        sane = self._low < self._high
        np.add.at(change, self._low[sane], 1)
        np.add.at(change, self._high[sane], -1)
        return np.cumsum(change)[:-1] > 0

    def _wage_at(self, at: int) -> float:
        return float(self.aim.wage[(self._low <= at) & (at < self._high)].max())

    def _day(self, at: int) -> int:
        return int(self._backward.days[at])


Bounding = Callable[[Aim, LowerBound, int], Key]
"""The best that the key of a path to the aim can be with at least so many steps."""

Proposing = Callable[[GoalSearch], tuple[Key, int] | None]
"""The best key that a target hopes for, and its place among the days."""


@dataclass(frozen=True, slots=True)
class Found:
    """One proven path: rows of the backward search in order, ready on a day (ordinal)."""

    key: Key
    ids: tuple[str, ...]
    rows: Rows
    ready_on: int
    aim: Aim


NEAREST_KEY, BEST_PAID_KEY = (1, 0, 2, 3, 4), (3, 0, 1, 2, 4)
"""The key of the other kinds, as places in that of the fastest: day, kilometres, cost, wage, steps."""


class BestFirst:
    """The aims of one question, looked at in the order of their bounds, each no further than it can still win."""

    def __init__(self, aims: Iterable[Aim], backward: BackwardSearch, holds: Holds) -> None:
        self._backward, self._holds = backward, holds
        self._bounds = backward.beside(LowerBounds)
        bounded = ((aim, self._bounds.of(aim)) for aim in aims)
        self._hopeful = [(aim, bound) for aim, bound in bounded if bound is not None]
        self._targets: dict[int, GoalSearch] = {}
        self._fastest: Found | None = None

    def aims_at_home(self) -> list[Aim]:
        """The aims to which a path of no kilometres may lead."""
        return [aim for aim, least in self._hopeful if least.km == 0]

    def fastest(self) -> Found | None:
        """Ready soonest; among those the nearest, then the best paid."""

        def bound(aim: Aim, least: LowerBound, steps: int) -> Key:
            return self._day(aim, least, steps), least.km, 0, -least.wage, steps

        def may_beat(aim: Aim, least: LowerBound, steps: int, found: Found) -> bool:
            """Who is only as early must be as near; and with batches that near, a path may not be as early."""
            day, km = int(found.key[0]), int(found.key[1])
            return self._day(aim, least, steps) < day or self._day_within(aim, least, steps, km) <= day

        self._fastest = self._best(bound, GoalSearch.earliest, may_beat)
        return self._fastest

    def nearest(self) -> Found | None:
        """The least kilometres; among those the soonest. Where `fastest` was asked before, it bounds this."""

        def bound(aim: Aim, least: LowerBound, steps: int) -> Key:
            return least.km, self._day(aim, least, steps), 0, -least.wage, steps

        def may_beat(aim: Aim, least: LowerBound, steps: int, found: Found) -> bool:
            """Who is only as near takes batches that near, and with them may not be as early."""
            return least.km < found.key[0] or self._day_within(aim, least, steps, least.km) <= found.key[1]

        return self._best(bound, GoalSearch.nearest, may_beat, self._as(NEAREST_KEY))

    def best_paid(self) -> Found | None:
        """The highest wage; among those the soonest; bounded in the same way."""

        def bound(aim: Aim, least: LowerBound, steps: int) -> Key:
            return -least.wage, self._day(aim, least, steps), least.km, 0, steps

        return self._best(bound, GoalSearch.best_paid, found=self._as(BEST_PAID_KEY))

    def least_late(self) -> Found | None:
        def bound(aim: Aim, least: LowerBound, steps: int) -> Key:
            day = self._day(aim, least, steps)
            return day - int(aim.closes.max()), day, least.km, 0, steps

        return self._best(bound, GoalSearch.least_late)

    def _best(
        self,
        bound: Bounding,
        propose: Proposing,
        may_beat: Callable[[Aim, LowerBound, int, Found], bool] = lambda aim, least, steps, found: True,
        found: Found | None = None,
    ) -> Found | None:
        """The least proven key; ties by the ids of the batches from the last step backwards. `found`: one to beat.

        Where the first two parts of the bounds are equal, short paths to every aim are looked at before long ones to
        any: something found early saves the long search. `may_beat` looks at a bound more closely before the work.
        """
        open_: list[tuple[Key, int, Key, int]] = []
        for at, (aim, least) in enumerate(self._hopeful):
            key = bound(aim, least, least.steps)
            open_.append((key[:2], least.steps, key, at))
        heapq.heapify(open_)

        def look_at(at: int, steps: int) -> None:
            key = bound(*self._hopeful[at], steps)
            heapq.heappush(open_, (key[:2], steps, key, at))

        while open_:
            first, steps, key, at = heapq.heappop(open_)
            if found is not None and first > found.key[:2]:
                break
            aim, least = self._hopeful[at]
            if found is not None and (key > found.key or not may_beat(aim, least, steps, found)):
                continue  # longer paths to this aim are no better
            if steps > least.steps and not self._backward.deeper(aim.gap):
                continue
            if steps < (fewest := self._bounds.fewest(aim.gap)):
                if fewest <= MOST_STEPS:
                    look_at(at, fewest)  # shorter ones cannot be
                continue
            hope = self._bounds.by_calendar(aim, least, steps)
            if hope is not None and (found is None or bound(aim, hope, steps) <= found.key):
                target = self._target(at)
                target.deepen(steps)
                found = self._better(target, propose, found)
            if steps < MOST_STEPS and aim.gap:
                look_at(at, steps + 1)
        return found

    def _better(self, target: GoalSearch, propose: Proposing, found: Found | None) -> Found | None:
        """The best proven path to the target at its depth, if it beats what is found."""
        while (proposal := propose(target)) is not None:
            key, place = proposal
            if found is not None and key > found.key:
                break
            rows = target.prove(place)
            if rows is not None:
                ids = tuple(str(self._backward.ids[row]) for row in reversed(rows))
                if found is None or (key, ids) < (found.key, found.ids):
                    return Found(key, ids, rows, int(self._backward.days[place]), target.aim)
                break
        return found

    def _as(self, order: tuple[int, ...]) -> Found | None:
        """The fastest path with the key of another kind: whatever that kind prefers is at least as good."""
        fastest = self._fastest
        return fastest and replace(fastest, key=tuple(fastest.key[part] for part in order))

    def _day(self, aim: Aim, least: LowerBound, steps: int) -> int:
        """No path of at least so many steps is ready earlier."""
        return least.day if steps == least.steps else max(least.day, self._bounds.day_after(aim.gap, steps))

    def _day_within(self, aim: Aim, least: LowerBound, steps: int, km: int) -> int:
        """Nor is one whose batches are all within so many kilometres."""
        return least.day if not aim.gap else max(least.day, self._bounds.day_after(aim.gap, steps, km))

    def _target(self, at: int) -> GoalSearch:
        if at not in self._targets:
            self._targets[at] = GoalSearch(self._hopeful[at][0], self._backward, self._holds)
        return self._targets[at]
