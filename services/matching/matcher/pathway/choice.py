"""The best path of each kind among all aims: asks the optimistic `Reach` first and lets every winner prove itself."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.gaps import CLOSED
from services.matching.matcher.pathway.journeys import Rows, journeys
from services.matching.matcher.pathway.reach import FAR, KM, Codes, Reach, cost_of, km_of, steps_of

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
    """One aim on the days on which it can be reached: codes that start optimistic and are corrected where looked at."""

    def __init__(self, aim: Aim, reach: Reach, holds: Holds) -> None:
        self.aim, self._reach, self._holds = aim, reach, holds
        ending = reach.ending(aim.gap) if aim.gap else None
        self._codes: Codes = np.full(len(reach.days), FAR, dtype=np.int64) if ending is None else ending.copy()
        self._wait = -1
        if aim.birthday is not None:
            self._wait = int(np.searchsorted(reach.days, aim.birthday))
            by = reach.by(aim.gap) if aim.gap else None
            earlier = 0 if aim.gap == CLOSED else FAR if by is None else int(by[self._wait])
            self._codes[self._wait] = min(int(self._codes[self._wait]), earlier)
        self._low = np.searchsorted(reach.days, aim.first)
        self._high = np.searchsorted(reach.days, aim.last, "right")
        self._codes[~self._open(np.ones(len(aim.orders), dtype=bool))] = FAR
        self._proven: dict[int, tuple[int, Rows] | None] = {}

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
            walk = journeys(self._reach, self.aim.gap, at, or_earlier=at == self._wait)
            day = self._day(at)
            self._proven[at] = next(((code, rows) for code, rows in walk if self._holds(self.aim, rows, day)), None)
        proven = self._proven[at]
        code = FAR if proven is None else proven[0]
        if proven is not None and code == self._codes[at]:
            return proven[1]
        self._codes[at] = code
        return None

    def _open(self, orders: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """For each day: is one of these orders open on it?"""
        change = np.zeros(len(self._reach.days) + 1, dtype=np.int64)
        sane = orders & (self._low < self._high)
        np.add.at(change, self._low[sane], 1)
        np.add.at(change, self._high[sane], -1)
        return np.cumsum(change)[:-1] > 0

    def _wage_at(self, at: int) -> float:
        return float(self.aim.wage[(self._low <= at) & (at < self._high)].max())

    def _day(self, at: int) -> int:
        return int(self._reach.days[at])


@dataclass(frozen=True, slots=True)
class Hope:
    """Bounds of a target: no path to it is ready earlier, nearer or better paid than this."""

    day: int
    km: int
    wage: float


def hopes(aims: Iterable[Aim], reach: Reach) -> Iterator[tuple[Hope, Aim]]:
    """Each aim that may be reached at all, with what each part of its gap alone would need."""
    for aim in aims:
        day, km = int(aim.first.min()), 0
        for part in aim.gap.parts():
            ending = reach.ending(part)
            if ending is None:
                break
            reached = np.flatnonzero(ending < FAR)
            day = max(day, int(reach.days[reached[0]]))
            km = max(km, km_of(int(ending.min())))
        else:
            if day <= int(aim.last.max()):
                yield Hope(day, km, float(aim.wage.max())), aim


class Choice:
    """The aims of one question, looked at in the order of their hopes, each no further than it can still win."""

    def __init__(self, aims: Iterable[Aim], reach: Reach, holds: Holds) -> None:
        self._reach, self._holds = reach, holds
        self._hopes = list(hopes(aims, reach))
        self._targets: dict[int, Target] = {}

    def fastest(self) -> Found | None:
        return self._best(lambda hope: (hope.day,), Target.earliest)

    def nearest(self) -> Found | None:
        return self._best(lambda hope: (hope.km,), Target.nearest)

    def best_paid(self) -> Found | None:
        return self._best(lambda hope: (-hope.wage,), Target.best_paid)

    def _best(self, bound: Callable[[Hope], Key], propose: Callable[[Target], tuple[Key, int] | None]) -> Found | None:
        """The least proven key; ties by the ids of the batches from the last step backwards.

        `bound` is the best that the first part of a target's key can be.
        """
        found: Found | None = None
        for least, at in sorted((bound(hope), at) for at, (hope, _) in enumerate(self._hopes)):
            if found is not None and least > found.key[: len(least)]:
                break
            target = self._target(at)
            while (proposal := propose(target)) is not None:
                key, place = proposal
                if found is not None and key > found.key:
                    break
                rows = target.prove(place)
                if rows is None:
                    continue
                ids = tuple(str(self._reach.ids[row]) for row in reversed(rows))
                if found is None or (key, ids) < (found.key, found.ids):
                    found = Found(key, ids, rows, int(self._reach.days[place]), target.aim)
                break
        return found

    def _target(self, at: int) -> Target:
        if at not in self._targets:
            self._targets[at] = Target(self._hopes[at][1], self._reach, self._holds)
        return self._targets[at]
