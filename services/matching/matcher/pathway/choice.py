"""The best path of each kind among all aims: asks the optimistic `Reach` first and lets every winner prove itself."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.bounds import Bound, Bounds
from services.matching.matcher.pathway.journeys import Rows, journeys
from services.matching.matcher.pathway.reach import FAR, KM, MOST_STEPS, Codes, Reach, cost_of, km_of, steps_of

Key = tuple[float, ...]
Holds = Callable[[Aim, Rows, int], bool]
"""Does this journey, ready on this day (ordinal), truly open the orders of the aim, and is no batch of it needless?"""


@dataclass(frozen=True, slots=True)
class Found:
    """One proven path: rows of the reach in order, ready on a day (ordinal)."""

    key: Key
    ids: tuple[str, ...]
    rows: Rows
    ready_on: int
    aim: Aim


class Target:
    """One aim on the days on which it can be reached: codes that start optimistic and are corrected where looked at.

    It begins without any path and is deepened only while longer ones could still win.
    """

    def __init__(self, aim: Aim, reach: Reach, holds: Holds) -> None:
        self.aim, self._reach, self._holds = aim, reach, holds
        self.depth = 0
        self._low = np.searchsorted(reach.days, aim.first)
        self._high = np.searchsorted(reach.days, aim.last, "right")
        self._shut = ~self._open_days()
        self._wait = -1 if aim.birthday is None else int(np.searchsorted(reach.days, aim.birthday))
        self._codes: Codes = np.full(len(reach.days), FAR, dtype=np.int64)
        self._proven: dict[int, tuple[int, Rows] | None] = {}

    def deepen(self, depth: int) -> None:
        """Look at paths of at least so many courses; never fewer than before."""
        if depth <= self.depth:
            return
        gap, reach = self.aim.gap, self._reach
        self.depth = depth
        self._proven.clear()
        ending = reach.ending(gap, depth) if gap else None
        self._codes = np.full(len(reach.days), FAR, dtype=np.int64) if ending is None else ending.copy()
        if self._wait >= 0:
            by = reach.by(gap, depth) if gap else None
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

    def prove(self, at: int) -> Rows | None:
        """The best journey that truly is ready on this day, if it is as good as hoped; else the hope is corrected."""
        if at not in self._proven:
            walk = journeys(self._reach, self.aim.gap, at, steps=self.depth, or_earlier=at == self._wait)
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
        change = np.zeros(len(self._reach.days) + 1, dtype=np.int64)
        sane = self._low < self._high
        np.add.at(change, self._low[sane], 1)
        np.add.at(change, self._high[sane], -1)
        return np.cumsum(change)[:-1] > 0

    def _wage_at(self, at: int) -> float:
        return float(self.aim.wage[(self._low <= at) & (at < self._high)].max())

    def _day(self, at: int) -> int:
        return int(self._reach.days[at])


class Choice:
    """The aims of one question, looked at in the order of their bounds, each no further than it can still win."""

    def __init__(self, aims: Iterable[Aim], reach: Reach, holds: Holds) -> None:
        self._reach, self._holds = reach, holds
        self._bounds = Bounds(reach)
        bounded = ((aim, self._bounds.of(aim)) for aim in aims)
        self._hopeful = [(aim, bound) for aim, bound in bounded if bound is not None]
        self._targets: dict[int, Target] = {}

    def fastest(self) -> Found | None:
        def bound(aim: Aim, least: Bound, steps: int) -> Key:
            return self._day(aim, least, steps), least.km, 0, -least.wage, steps

        return self._best(bound, Target.earliest)

    def nearest(self) -> Found | None:
        def bound(aim: Aim, least: Bound, steps: int) -> Key:
            return least.km, self._day(aim, least, steps, least.km), 0, -least.wage, steps

        return self._best(bound, Target.nearest)

    def best_paid(self) -> Found | None:
        def bound(aim: Aim, least: Bound, steps: int) -> Key:
            return -least.wage, self._day(aim, least, steps), least.km, 0, steps

        return self._best(bound, Target.best_paid)

    def _day(self, aim: Aim, least: Bound, steps: int, within_km: int | None = None) -> int:
        """No path of so many steps is ready earlier; at the first look the bound of the parts is enough."""
        return least.day if steps == least.steps else max(least.day, self._bounds.day_after(aim.gap, steps, within_km))

    def _best(
        self, bound: Callable[[Aim, Bound, int], Key], propose: Callable[[Target], tuple[Key, int] | None]
    ) -> Found | None:
        """The least proven key; ties by the ids of the batches from the last step backwards.

        `bound` is the best that the key of a target can be with paths of at least so many steps. Short paths to every
        aim are looked at before long ones to any, unless the bounds say otherwise.
        """
        found: Found | None = None
        open_ = [(bound(aim, least, least.steps), least.steps, at) for at, (aim, least) in enumerate(self._hopeful)]
        heapq.heapify(open_)
        while open_:
            least_key, steps, at = heapq.heappop(open_)
            if found is not None and least_key > found.key:
                break
            aim, least = self._hopeful[at]
            target = self._target(at)
            target.deepen(steps)
            found = self._better(target, propose, found)
            steps = target.depth + 1
            if steps <= MOST_STEPS and self._reach.deeper(aim.gap):
                heapq.heappush(open_, (bound(aim, least, steps), steps, at))
        return found

    def _better(
        self, target: Target, propose: Callable[[Target], tuple[Key, int] | None], found: Found | None
    ) -> Found | None:
        """The best proven path to the target at its depth, if it beats what is found."""
        while (proposal := propose(target)) is not None:
            key, place = proposal
            if found is not None and key > found.key:
                break
            rows = target.prove(place)
            if rows is not None:
                ids = tuple(str(self._reach.ids[row]) for row in reversed(rows))
                if found is None or (key, ids) < (found.key, found.ids):
                    return Found(key, ids, rows, int(self._reach.days[place]), target.aim)
                break
        return found

    def _target(self, at: int) -> Target:
        if at not in self._targets:
            self._targets[at] = Target(self._hopeful[at][0], self._reach, self._holds)
        return self._targets[at]
