"""For what courses lead to: which batches stand on any short path to a gap, and when such paths end."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.backward_search import FAR, BackwardSearch, Ints
from services.matching.matcher.pathway.gaps import Gap
from services.matching.matcher.pathway.lower_bounds import LowerBounds


class PathBatches:
    """Which batches stand on the paths to a gap, and on which days the paths end: by days alone, whatever they cost.

    Batches are bits of whole numbers, in the order in which they begin: a union of some hundred of them costs nothing.
    """

    def __init__(self, backward: BackwardSearch) -> None:
        self.backward, self.bounds = backward, backward.beside(LowerBounds)
        order = np.argsort(backward.before, kind="stable")
        self._ends, self._course = backward.end[order], backward.course[order]
        self._begins: list[int] = backward.before[order].tolist()
        group = backward.group[order]
        self._of_group = [_bits(group == at) for at in range(len(backward.groups))]
        self._before: dict[int, int] = {}
        self._ordinals: Ints = np.append(backward.days, FAR)
        """The days, and FAR behind them."""
        self._days: dict[tuple[Gap, int], Ints] = {}
        self._batches: dict[tuple[Gap, int, int], Sequence[int]] = {}
        self._courses: dict[tuple[Gap, int, int], Sequence[NDArray[np.int32]]] = {}

    def courses(self, gap: Gap, before: int, steps: int) -> Sequence[NDArray[np.int32]]:
        """The numbers of the courses of `batches`."""
        key = (gap, before, steps)
        if key not in self._courses:
            self._courses[key] = [self._course[_places(taken)] for taken in self.batches(*key)]
        return self._courses[key]

    @cached_property
    def next_batches(self) -> list[tuple[int, str, int, int]]:
        """(number of a course, its next batch, the row of that among the offers, the first end of any)."""
        offers = self.backward.offers
        best: dict[int, tuple[int, str, int]] = {}
        ends: dict[int, int] = {}
        rows = np.flatnonzero(self.backward.joinable)
        columns = [one[rows].tolist() for one in (offers.course, offers.starts, offers.ids, offers.ends)]
        for row, number, starts, id, end in zip(rows.tolist(), *columns, strict=True):
            candidate = (starts, id, row)
            best[number] = min(candidate, best.get(number, candidate))
            ends[number] = min(end, ends.get(number, FAR))
        return [(number, batch, row, ends[number]) for number, (_, batch, row) in best.items()]

    def may_end_by(self, latest: int, gap: Gap, depth: int) -> bool:
        """Could a path of so many courses still end by a day (ordinal)?"""
        return self.backward.deeper(gap) and self.bounds.day_after(gap, depth) <= latest

    def days_towards(self, aim: Aim, depth: int) -> Ints:
        """The days (ordinals) on which paths of at most so many courses to the aim are ready, and FAR behind them."""
        key = (aim.gap, depth)
        if key not in self._days:
            ends = np.zeros(len(self._ordinals), dtype=bool)
            ends[self._ends[_places(self._last_batches(*key))]] = True
            ends[-1] = True
            self._days[key] = self._ordinals[ends]
        days = self._days[key]
        if aim.birthday is None:
            return days
        waiting = self.bounds.closed_at(aim.gap, depth) < int(np.searchsorted(self.backward.days, aim.birthday))
        return np.union1d(days, [aim.birthday]) if waiting else days

    def _last_batches(self, gap: Gap, depth: int) -> int:
        found = 0
        for rest, groups in self.backward.last_steps(gap, depth).items() if gap else ():
            found |= self._of(groups) & self._after(self.bounds.closed_at(rest, depth - 1))
        return found

    def batches(self, gap: Gap, before: int, steps: int) -> Sequence[int]:
        """The batches on paths that close the gap before `days[before]`: place s those on paths of s + 1 courses."""
        key = (gap, before, steps)
        known = self._batches.get(key)
        if known is not None:
            return known
        found = [0] * steps
        for rest, groups in self.backward.last_steps(gap, steps).items():
            taken = self._of(groups) & self._ending_before(before)
            if not rest:
                found[0] |= taken
                continue
            for count in range(1, steps):
                last = taken & self._after(self.bounds.closed_at(rest, count))
                found[count] |= last
            if last:
                begins = self._begins[last.bit_length() - 1]
                for count, earlier in enumerate(self.batches(rest, begins, steps - 1), 1):
                    found[count] |= earlier
        self._batches[key] = found
        return found

    def _of(self, groups: Iterable[int]) -> int:
        return reduce(or_, map(self._of_group.__getitem__, groups))

    def _after(self, day: int) -> int:
        """All batches that begin after the day at a place."""
        return -1 << bisect_right(self._begins, day)

    def _ending_before(self, day: int) -> int:
        """All batches that end before the day at a place."""
        known = self._before.get(day)
        if known is None:
            known = self._before[day] = _bits(self._ends < day)
        return known


def _bits(rows: NDArray[np.bool_]) -> int:
    """The rows that are true, as bits."""
    return int.from_bytes(np.packbits(rows, bitorder="little").tobytes(), "little")


def _places(bits: int) -> NDArray[np.int64]:
    """The places of the bits, in order."""
    known = np.frombuffer(bits.to_bytes(-(-bits.bit_length() // 8), "little"), dtype=np.uint8)
    return np.unpackbits(known, bitorder="little").nonzero()[0]
