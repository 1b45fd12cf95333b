"""One aim on the days on which it can be reached: hopeful codes that are corrected where somebody looks closely."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.journeys import Rows, journeys
from services.matching.matcher.pathway.reach import FAR, KM, BackwardSearch, Codes, cost_of, km_of, steps_of

Key = tuple[float, ...]

Holds = Callable[[Aim, Rows, int], bool]
"""Does this journey, ready on this day (ordinal), truly open the orders of the aim, and is no batch of it needless?"""


class GoalSearch:
    """The paths to one aim, of at most `depth` courses. It is deepened only while longer paths could still win."""

    def __init__(self, aim: Aim, reach: BackwardSearch, holds: Holds) -> None:
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

    def least_late(self) -> tuple[Key, int] | None:
        """(days after its closing, day, km, cost, steps): for orders that close before the person can be ready."""
        reached = np.append(np.flatnonzero(self._codes < FAR), len(self._codes))
        first = reached[np.searchsorted(reached, self._low)]
        open_ = np.flatnonzero(first < self._high)
        if not len(open_):
            return None
        late = self._reach.days[first[open_]] - self.aim.closes[open_]
        best = int(np.lexsort((first[open_], late))[0])
        at = int(first[open_[best]])
        code = self._codes[at]
        return (int(late[best]), self._day(at), km_of(code), cost_of(code), steps_of(code)), at

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
