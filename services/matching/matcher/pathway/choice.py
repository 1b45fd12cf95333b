"""The best path of each kind among all aims: asks the optimistic `BackwardSearch` first and lets every winner prove itself."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.bounds import LowerBound, LowerBounds
from services.matching.matcher.pathway.journeys import Rows
from services.matching.matcher.pathway.reach import MOST_STEPS, BackwardSearch
from services.matching.matcher.pathway.targets import GoalSearch, Holds, Key

Bounding = Callable[[Aim, LowerBound, int], Key]
"""The best that the key of a path to the aim can be with at least so many steps."""

Proposing = Callable[[GoalSearch], tuple[Key, int] | None]
"""The best key that a target hopes for, and its place among the days."""


@dataclass(frozen=True, slots=True)
class Found:
    """One proven path: rows of the reach in order, ready on a day (ordinal)."""

    key: Key
    ids: tuple[str, ...]
    rows: Rows
    ready_on: int
    aim: Aim


NEAREST_KEY, BEST_PAID_KEY = (1, 0, 2, 3, 4), (3, 0, 1, 2, 4)
"""The key of the other kinds, as places in that of the fastest: day, kilometres, cost, wage, steps."""


class BestFirst:
    """The aims of one question, looked at in the order of their bounds, each no further than it can still win."""

    def __init__(self, aims: Iterable[Aim], reach: BackwardSearch, holds: Holds) -> None:
        self._reach, self._holds = reach, holds
        self._bounds = LowerBounds(reach)
        bounded = ((aim, self._bounds.of(aim)) for aim in aims)
        self._hopeful = [(aim, bound) for aim, bound in bounded if bound is not None]
        self._targets: dict[int, GoalSearch] = {}
        self._fastest: Found | None = None

    def fastest(self) -> Found | None:
        def bound(aim: Aim, least: LowerBound, steps: int) -> Key:
            return self._day(aim, least, steps), least.km, 0, -least.wage, steps

        def may_beat(aim: Aim, least: LowerBound, steps: int, found: Found) -> bool:
            """Who is only as early must be as near; and with batches that near, a path may not be as early."""
            day, km = int(found.key[0]), int(found.key[1])
            return self._day(aim, least, steps) < day or self._day_within(aim, least, steps, km) <= day

        self._fastest = self._best(bound, GoalSearch.earliest, may_beat)
        return self._fastest

    def nearest(self) -> Found | None:
        def bound(aim: Aim, least: LowerBound, steps: int) -> Key:
            return least.km, self._day(aim, least, steps), 0, -least.wage, steps

        def may_beat(aim: Aim, least: LowerBound, steps: int, found: Found) -> bool:
            """Who is only as near takes batches that near, and with them may not be as early."""
            return least.km < found.key[0] or self._day_within(aim, least, steps, least.km) <= found.key[1]

        return self._best(bound, GoalSearch.nearest, may_beat, self._as(NEAREST_KEY))

    def best_paid(self) -> Found | None:
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
            if steps > least.steps and not self._reach.deeper(aim.gap):
                continue
            if steps < (fewest := self._bounds.fewest(aim.gap)):
                if fewest <= MOST_STEPS:
                    look_at(at, fewest)  # shorter ones cannot be
                continue
            target = self._target(at)
            target.deepen(steps)
            found = self._better(target, propose, found)
            if target.depth < MOST_STEPS and aim.gap:
                look_at(at, target.depth + 1)
        return found

    def _better(self, target: GoalSearch, propose: Proposing, found: Found | None) -> Found | None:
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
            self._targets[at] = GoalSearch(self._hopeful[at][0], self._reach, self._holds)
        return self._targets[at]
