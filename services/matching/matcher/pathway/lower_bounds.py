"""What no path can beat, worked out at a glance: so that most aims need not be searched at all."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.backward_search import FAR, KM, MOST_STEPS, BackwardSearch, Ints
from services.matching.matcher.pathway.gaps import Gap


class LowerBound(NamedTuple):
    """No path to the aim is ready earlier, nearer or better paid than this, and none has fewer steps.

    A tuple, because every question makes one for each of its aims."""

    day: int
    km: int
    wage: float
    steps: int


class LowerBounds:
    """The bounds of all aims of one search."""

    def __init__(self, backward: BackwardSearch) -> None:
        self._backward = backward
        self._parts: dict[Gap, tuple[int, int, int]] = {}
        self._alike: dict[tuple[Gap, int], tuple[int, int, int]] = {}
        self._gaps: dict[Gap, tuple[int, int, int]] = {}
        self._fewest: dict[Gap, int] = {}
        self._ends: dict[int, NDArray[np.int32]] = {}
        self._begun: dict[tuple[Gap, int, int], int] = {}
        self._after: dict[tuple[Gap, int, int], int] = {}
        self._km: Ints = backward.code[backward.rows] >> KM
        self._farthest = int(self._km.max(initial=0))
        shared = self if backward is backward.anywhere else backward.anywhere.beside(LowerBounds)
        self._whole = shared if len(backward.rows) == len(backward.offer) else self
        """Of all these batches, wherever somebody lives."""
        self._useful: dict[Gap, list[int]] = {} if shared is self else shared._useful
        self._helping: dict[Gap, list[int]] = {} if shared is self else shared._helping
        # Lists: the least of the few groups that help is found in them before an array has been picked from.
        self._first: list[int] = backward.first.tolist()
        self._nearest: list[int] = backward.nearest.tolist()
        self.never = len(backward.days)
        """Place of the day that never comes."""
        self._ended_by: dict[tuple[Gap, int], int] = {}
        self._first_ends: dict[tuple[int, int], list[int]] = {}

    def closed_at(self, gap: Gap, steps: int = MOST_STEPS) -> int:
        """Place of the first day on which at most so many courses can have closed the gap, -1 for one that is closed;
        `never` when they cannot. As exact as `BackwardSearch`, of which it is the calendar alone: what can be closed by
        a day can be closed by every later one, so one number says it for all days."""
        if not gap:
            return -1
        known = self._ended_by.get((gap, steps))
        if known is None:
            if steps > 1 and not self._backward.deeper(gap):
                known = self.closed_at(gap, 1)
            else:
                known = self._first_closed(gap, steps)
            self._ended_by[gap, steps] = known
        return known

    def _first_closed(self, gap: Gap, steps: int) -> int:
        known = self.never
        for rest, groups in self._backward.last_steps(gap, steps).items():
            earlier = self.closed_at(rest, steps - 1)
            if earlier < known:
                ends = self._first_end(self._farthest, earlier)
                known = min(known, min([ends[group] for group in groups]))
        return known

    def _first_end(self, km: int, after: int) -> list[int]:
        """For each group: place of the first day on which a batch within so many kilometres ends that begins after the
        day at a place."""
        found = self._first_ends.get((km, after))
        if found is None:
            found = self._first_ends[km, after] = self._ends_within(km)[after + 1].tolist()
        return found

    def of(self, aim: Aim) -> LowerBound | None:
        """None when no path leads there."""
        known = self._gaps.get(aim.gap)
        if known is None:
            parts = [self._of_part(part) for part in aim.gap.parts()]
            day, km, steps = map(max, *parts, (0, 0, 1), (0, 0, 1))
            known = self._gaps[aim.gap] = day, km, steps
        day, km, steps = known
        day = max(day, aim.soonest)
        return LowerBound(day, km, aim.best_wage, steps) if day <= aim.latest else None

    def by_calendar(self, aim: Aim, least: LowerBound, steps: int) -> LowerBound | None:
        """The same for paths of at most so many courses, by the first day on which any is ready (`closed_at`): what
        closes earlier does not count. None where all orders of the aim do."""
        at = self._whole.closed_at(aim.gap, steps)
        if at < 0:
            return least
        day = int(self._backward.days[at]) if at < self.never else FAR
        if day > aim.latest:
            return None
        return least._replace(day=max(day, least.day), wage=float(aim.wage[aim.last >= day].max()))

    def fewest(self, gap: Gap) -> int:
        """No path closes the gap with fewer courses: more than `LowerBound.steps` where each gives one part."""
        if gap not in self._fewest:
            wanted = [self._of_part(part)[2] for part in gap.parts()]
            self._fewest[gap] = -(-sum(wanted) // self._most_at_once(gap)) if len(wanted) > 1 else 1
        return self._fewest[gap]

    def day_after(self, gap: Gap, steps: int, within_km: int | None = None) -> int:
        """The first day on which a path of at least so many steps could end, none of them farther than `within_km`.

        Each part of the gap must be closed by then, and so many batches that may be on the way must fit one after the
        other, the last of which closes some of the gap.
        """
        km = self._farthest if within_km is None else min(within_km, self._farthest)
        if km == self._farthest and self._whole is not self:
            return self._whole.day_after(gap, steps)
        parts = gap.parts()
        key = (gap if len(parts) > 1 or gap.mask else _any_amount(gap), steps, km)
        if key not in self._after:
            each = [self.day_after(part, self._of_part(part)[2], km) for part in parts if len(parts) > 1]
            row = self._in_a_row(key[0], steps, km) if steps > 1 or not each else 0
            self._after[key] = max([row, *each])
        return self._after[key]

    def _most_at_once(self, gap: Gap) -> int:
        """The most parts of the gap of which one batch closes some."""
        counts = Counter(group for part in gap.parts() for group in self._groups(_any_amount(part)))
        return max(counts.values(), default=1)

    def _in_a_row(self, gap: Gap, steps: int, km: int) -> int:
        """The first day on which the last of so many batches in a row can end."""
        end = self._next_end(self._groups(gap), self._ended(gap, steps - 1, km), km)
        return int(self._backward.days[end]) if end < self.never else FAR

    def _ended(self, gap: Gap, steps: int, km: int) -> int:
        """Place of the first day by which so many batches on the way can have ended, one after the other."""
        if steps <= 0:
            return -1
        key = (gap, steps, km)
        if key not in self._begun:
            self._begun[key] = self._next_end(self._on_the_way(gap), self._ended(gap, steps - 1, km), km)
        return self._begun[key]

    def _next_end(self, groups: Sequence[int], after: int, km: int) -> int:
        """Place of the first day on which a batch of these groups ends that begins after the day at a place."""
        if after >= self.never or not groups:
            return self.never
        ends = self._first_end(km, after)
        return min([ends[group] for group in groups])

    def _ends_within(self, km: int) -> NDArray[np.int32]:
        """For each place of a day and each group: where the first batch ends that begins on that day or later."""
        if km not in self._ends:
            backward = self._backward
            near = backward.rows if km >= self._farthest else backward.rows[self._km <= km]
            ends = np.full((self.never + 1, len(backward.groups)), self.never, dtype=np.int32)
            place = backward.before[near] * len(backward.groups) + backward.group[near]
            np.minimum.at(ends.reshape(-1), place, backward.end[near].astype(np.int32))
            self._ends[km] = np.minimum.accumulate(ends[::-1])[::-1]
        return self._ends[km]

    def _groups(self, gap: Gap) -> list[int]:
        """The groups that close some of the gap."""
        found = self._useful.get(gap)
        if found is None:
            found = self._useful[gap] = self._backward.useful(gap)
        return found

    def _on_the_way(self, gap: Gap) -> list[int]:
        """The groups that some path to closing the gap may use: those that help, and those that open their doors."""
        if gap not in self._helping:
            groups: set[int] = set()
            parts = list(gap.parts())
            while parts:
                new = set(self._backward.useful(parts.pop())) - groups
                groups |= new
                parts += [part for group in new for door in self._backward.groups[group].doors for part in door.parts()]
            self._helping[gap] = sorted(groups)
        return self._helping[gap]

    def _of_part(self, part: Gap) -> tuple[int, int, int]:
        """The first day, the least kilometres and the fewest courses for one part of a gap."""
        known = self._parts.get(part)
        if known is None:
            known = self._parts[part] = self._looked_at(part)
        return known

    def _looked_at(self, part: Gap) -> tuple[int, int, int]:
        steps = self._backward.steps_for(part)
        if steps >= FAR:
            return FAR, 0, 1
        key = (_any_amount(part), steps)
        if key not in self._alike:
            groups = self._groups(key[0])
            if self._whole is not self:
                day, _, _ = self._whole._of_part(part)
            else:
                day = min([self._first[group] for group in groups]) if steps == 1 else self.day_after(part, steps)
            self._alike[key] = day, steps * min([self._nearest[group] for group in groups]), steps
        return self._alike[key]


def _any_amount(gap: Gap) -> Gap:
    """The same gap for all that does not depend on how many hours are missing: which batches add to them."""
    return Gap(gap.mask, tuple((title, 1) for title, _ in gap.hours))
