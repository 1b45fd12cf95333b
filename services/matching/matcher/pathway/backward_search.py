"""How near and how cheaply a gap can be closed by a given day: the exact heart of the path search.

Looked at backwards, a path is simple: the last course closes part of the gap; what is left, together with what that
course asks at its door, must be closed by batches that end before it begins. So the best way to close a gap by a day is
a recursion over smaller gaps and earlier days, and one pass over the batches answers it for all days at once. Equal
gaps are answered once; gaps are few, because only what the person lacks is in them.

What does not depend on where somebody lives is worked out once for all whom the same batches help alike (`alike`).

The recursion leaves out two rare things: that a course helps only once, and that a short certificate may run out on the
way. What it says is therefore never worse than the truth; `journeys.py` walks along it and finds the truth.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import gcd
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.batch_groups import EXTRA, BatchGroup, barred_apart
from services.matching.matcher.pathway.batch_table import BatchTable
from services.matching.matcher.pathway.gaps import CLOSED, Gap, both

T = TypeVar("T")

FAR = 1 << 61
"""No way, in steps, days and codes alike. Twice this still fits 64 bits."""


@dataclass(frozen=True, slots=True)
class Title:
    """`measure`: what all amounts are multiples of. `most`: place k, the most hours that k different courses give."""

    measure: int
    most: tuple[int, ...]

    @classmethod
    def of(cls, taught: Iterable[tuple[int, NDArray[np.int32]]], steps: int) -> "Title":
        """`taught`: hours, and the numbers of the courses that give them."""
        amounts: list[int] = []
        most: list[int] = []
        seen: set[int] = set()
        for amount, courses in sorted(taught, key=lambda one: -one[0]):
            amounts.append(amount)
            if len(most) < steps:
                new = set(courses.tolist()) - seen
                seen |= new
                most += [amount] * min(len(new), steps - len(most))
        most += [0] * (steps - len(most))
        return cls(max(1, gcd(*amounts)), tuple(sum(most[:k]) for k in range(steps + 1)))

    def steps_for(self, amount: int) -> int:
        """The fewest different courses that give so many hours; FAR when even the most do not."""
        steps = bisect_left(self.most, amount)
        return steps if steps < len(self.most) else FAR

    def rounded(self, amount: int) -> int:
        """The next multiple of the measure: asking for that many hours asks the same."""
        return -(-amount // self.measure) * self.measure


KEPT, KEPT_BATCHES = 16, 80_000
"""Searches that are kept for the next people, and more of them as long as they are about no more batches than that in
all: three megabytes each among 5,000. The longest not asked goes."""

MOST_STEPS = 4
"""Courses in one path, by the promise of the search; more is not a plan that a person can keep."""

KM, COST, STEPS = 44, 3, 1
"""Where the parts of a code stand: kilometres above rupiah above steps, so that comparing codes compares in this order.
Four costs of half a trillion fit the 41 bits between; four unknown distances fit the bits above."""

Codes = NDArray[np.int64]
Ints = NDArray[np.int64]


def km_of(code: int) -> int:
    """Kilometres of a code."""
    return int(code) >> KM


def cost_of(code: int) -> int:
    """Rupiah of a code."""
    return (int(code) & ((1 << KM) - 1)) >> COST


def steps_of(code: int) -> int:
    """Courses of a code."""
    return int(code) & ((1 << COST) - 1)


@dataclass(frozen=True, slots=True)
class Moves:
    """Every last step towards closing one gap: the row taken, the best code with it, and what must be closed before."""

    rows: Ints
    codes: Codes
    group: Ints
    rest: Ints
    rests: tuple[Gap, ...]


class BackwardSearch:
    """The batches that can help one person, and what they reach.

    `joinable`: which offers the person takes into account. `waits`: ordinals of the birthdays on which a path may
    become ready without a course ending. `kinds`: the groups of (at least) these offers, and the number of its group
    for every offer. Until `seen_from` says otherwise, everything is near.
    """

    def __init__(
        self,
        *,
        offers: BatchTable,
        joinable: NDArray[np.bool_],
        kinds: tuple[list[BatchGroup], Ints],
        waits: Sequence[int] = (),
    ) -> None:
        birthdays = list(waits)
        groups, group_of = kinds
        self.offers, self.joinable = offers, joinable
        rows = np.flatnonzero(joinable & (group_of >= 0))
        self.groups, group = barred_apart(groups, group_of[rows], offers.course[rows])
        order = np.argsort(group, kind="stable")
        self.offer = rows[order]
        self.course = offers.course[self.offer]
        self.ids = offers.ids[self.offer]
        self.code: Codes = (offers.cost[self.offer] << COST) + STEPS
        self.days: Ints = offers.days if not birthdays else np.union1d(offers.days, birthdays)
        self.starts: Ints = offers.starts[self.offer].astype(np.int64)
        self.ends: Ints = offers.ends[self.offer].astype(np.int64)
        self.group: Ints = group[order]
        self.end: Ints = np.searchsorted(self.days, self.ends)
        self.before: Ints = np.searchsorted(self.days, self.starts)
        edges = self._edges = np.searchsorted(group[order], np.arange(len(self.groups) + 1))
        self.rows: Ints = np.arange(len(order))
        """Those of the batches that may be taken."""
        self._cuts: list[int] = edges.tolist()
        self.sizes: Ints = np.diff(edges)
        self._by_bit, self._by_title = self._index()
        doors: dict[tuple[Gap, ...], int] = {}
        self._doors = [doors.setdefault(group.doors, len(doors)) for group in self.groups]
        self._titles: dict[int, Title] = {}
        self.first: Ints = np.minimum.reduceat(self.ends, edges[:-1]) if len(order) else edges[:0]
        self.nearest: Ints = np.zeros(len(self.groups), dtype=np.int64)
        """Of each group: the first day on which a batch ends, and the least kilometres."""
        self._nothing: Codes = np.zeros(len(self.days) + 1, dtype=np.int64)
        self.anywhere = self
        """The same search wherever somebody lives, among all batches: what is asked of days alone, or of what batches
        do for each other, is worked out there, once for all."""
        self._beside: dict[object, Any] = {}
        self._useful: dict[Gap, list[int]] = {}
        self._known: dict[Gap, dict[Gap, list[int]]] = {}
        self._last: dict[tuple[Gap, int], Mapping[Gap, Sequence[int]]] = {}
        self._deeper: dict[Gap, bool] = {}
        self._moves: dict[tuple[Gap, int], Moves | None] = {}
        self._ending: dict[tuple[Gap, int], Codes | None] = {}
        self._by: dict[tuple[Gap, int], Codes | None] = {}

    @classmethod
    def alike(
        cls,
        kept: dict[object, "BackwardSearch"],
        offers: BatchTable,
        joinable: NDArray[np.bool_],
        kinds: tuple[list[BatchGroup], Ints],
        waits: Sequence[int],
    ) -> "BackwardSearch":
        """The search of all whom the same batches help alike. `kept`: those among these offers so far."""
        groups, group_of = kinds
        key = (tuple(groups), group_of.tobytes(), joinable.tobytes(), tuple(waits))
        found = kept.pop(key, None) or cls(offers=offers, joinable=joinable, kinds=kinds, waits=waits)
        kept[key] = found  # what was asked for last stands last
        if len(kept) > max(KEPT, KEPT_BATCHES // max(1, len(offers))):
            kept.pop(next(iter(kept)))
        return found

    def seen_from(self, km: NDArray[np.int64], joinable: NDArray[np.bool_]) -> "BackwardSearch":
        """The same search by somebody to whom the offers are so far (kilometres, for every offer), among fewer of them.

        What batches do for each other (`last_steps`) stays as it is for all: it hopes for more than the fewer can do,
        and no row is there that fulfils it.
        """
        seen = copy(self)
        seen.code = self.code + (km[self.offer] << KM)
        seen._beside, seen._moves, seen._ending, seen._by = {}, {}, {}, {}
        if not len(self.offer):
            return seen
        far, used = km[self.offer], joinable[self.offer]
        if not used.all():
            seen.joinable, seen.rows = joinable, np.flatnonzero(used)
            edges = np.searchsorted(seen.rows, self._edges)
            seen._cuts, seen.sizes = edges.tolist(), np.diff(edges)
            seen.first = np.minimum.reduceat(np.where(used, self.ends, FAR), self._edges[:-1])
            far = np.where(used, far, FAR)
        seen.nearest = np.minimum.reduceat(far, self._edges[:-1])
        return seen

    def beside(self, work_out: Callable[["BackwardSearch"], T]) -> T:
        """What others (`LowerBounds`, `PathBatches`) know of this search: worked out once, the same for all who ask."""
        if work_out not in self._beside:
            self._beside[work_out] = work_out(self)
        found: T = self._beside[work_out]
        return found

    def ending(self, gap: Gap, steps: int = MOST_STEPS) -> Codes | None:
        """For each of `days` the best code of closing the gap with a last batch that ends on that very day."""
        key = (gap, steps if steps == 1 or self.deeper(gap) else 1)
        if key not in self._ending:
            moves = self.moves(gap, steps)
            best = None
            if moves is not None:
                best = np.full(len(self.days), FAR, dtype=np.int64)
                np.minimum.at(best, self.end[moves.rows], moves.codes)
            self._ending[key] = best
        return self._ending[key]

    def by(self, gap: Gap, steps: int = MOST_STEPS) -> Codes | None:
        """Place i: the best code of closing the gap with batches that end before `days[i]`. None when there is none."""
        key = (gap, steps if steps == 1 or self.deeper(gap) else 1)
        if key not in self._by:
            ending = self.ending(gap, steps)
            self._by[key] = None if ending is None else np.minimum.accumulate(np.concatenate(([FAR], ending)))
        return self._by[key]

    def moves(self, gap: Gap, steps: int) -> Moves | None:
        """Every last step of closing the gap in at most so many steps; None when there is none."""
        key = (gap, steps if steps == 1 or self.deeper(gap) else 1)
        if key not in self._moves:
            self._moves[key] = self._moves_towards(self.last_steps(gap, steps), steps)
        return self._moves[key]

    def deeper(self, gap: Gap) -> bool:
        """Can paths of more than one course help at all with this gap?"""
        if gap not in self._deeper:
            self._deeper[gap] = any(self._last_steps(gap))
        return self._deeper[gap]

    def last_steps(self, gap: Gap, steps: int) -> Mapping[Gap, Sequence[int]]:
        """What must be closed before the last of at most so many courses → the groups that are that last step then."""
        found = self._last.get((gap, steps))
        if found is None:
            found = self._last[gap, steps] = self._looked_for(gap, steps)
        return found

    def _looked_for(self, gap: Gap, steps: int) -> Mapping[Gap, Sequence[int]]:
        if not all(self._title(title).steps_for(amount) <= steps for title, amount in gap.hours):
            return {}
        if steps > 1 and self.deeper(gap):
            return self._last_steps(gap)
        alone = self._alone(gap)
        return {CLOSED: alone} if alone else {}

    def _last_steps(self, gap: Gap) -> Mapping[Gap, Sequence[int]]:
        """For any number of courses; a group stands once for each of its doors."""
        found = self._known.get(gap)
        if found is None:
            found = {}
            mask, hours = gap.mask, self._rounded(gap).hours
            giving = [self._by_title.get(title, {}) for title, _ in hours]
            alike: dict[tuple[object, ...], tuple[list[int], ...]] = {}
            for at in self.useful(gap):
                group = self.groups[at]
                given = tuple([one.get(at, 0) for one in giving])
                key = (group.mask & mask, given, self._doors[at], group.bar)
                places = alike.get(key)
                if places is None:
                    missing = [
                        (title, asked - got) for (title, asked), got in zip(hours, given, strict=True) if asked > got
                    ]
                    left, bars = Gap(mask & ~group.mask, tuple(missing)), gap.barred | group.bar
                    rests = [self._rounded(both(left, door)) if door else left for door in group.doors]
                    places = alike[key] = tuple([found.setdefault(_barring(rest, bars), []) for rest in rests])
                for place in places:
                    place.append(at)
            self._known[gap] = found
        return found

    def _alone(self, gap: Gap) -> list[int]:
        """The groups that close the whole gap and stand open: the last steps of paths of one course."""
        giving = [(self._by_title.get(title, {}), amount) for title, amount in gap.hours]
        found = []
        for at in min(self._holders(gap), key=len):
            group = self.groups[at]
            if gap.mask & ~group.mask or gap.barred & group.bar or CLOSED not in group.doors:
                continue
            if all(one.get(at, 0) >= amount for one, amount in giving):
                found.append(at)
        return found

    def useful(self, gap: Gap) -> list[int]:
        """The groups that close some of the gap."""
        found = self._useful.get(gap)
        if found is None:
            holders = self._holders(gap)
            found = list(holders[0]) if len(holders) == 1 else sorted(set().union(*holders))
            if gap.barred:
                found = [at for at in found if not self.groups[at].bar & gap.barred]
            self._useful[gap] = found
        return found

    def _holders(self, gap: Gap) -> list[Collection[int]]:
        """For each part of the gap, the groups that close some of it, in order."""
        holders: list[Collection[int]] = [self._by_title.get(title, ()) for title, _ in gap.hours]
        return holders + [self._by_bit.get(part.mask.bit_length() - 1, ()) for part in gap.parts() if part.mask]

    def rows_of(self, groups: Sequence[int]) -> Ints:
        rows, cuts = self.rows, self._cuts
        mine = [rows[cuts[group] : cuts[group + 1]] for group in groups]
        return np.concatenate(mine) if mine else np.zeros(0, dtype=np.int64)

    def steps_for(self, part: Gap) -> int:
        """How many different courses one part of a gap takes at the least; FAR when it cannot be closed."""
        if part.mask:
            return 1 if part.mask.bit_length() - 1 in self._by_bit else FAR
        title, amount = part.hours[0]
        return self._title(title).steps_for(amount)

    def _moves_towards(self, last_steps: Mapping[Gap, Sequence[int]], steps: int) -> Moves | None:
        rests: list[Gap] = []
        groups: list[int] = []
        counts: list[int] = []
        before: list[Codes] = []
        for rest, closing in last_steps.items():
            earlier = self._nothing if not rest else self.by(rest, steps - 1)
            if earlier is not None:
                rests.append(rest)
                before.append(earlier)
                groups += closing
                counts.append(len(closing))
        if not groups:
            return None
        sizes = self.sizes[groups]
        rows, block_at = self.rows_of(groups), np.repeat(groups, sizes)
        if not any(rests):
            return Moves(rows, self.code[rows], block_at, np.zeros(len(rows), dtype=np.int64), tuple(rests))
        rest_at = np.repeat(np.repeat(np.arange(len(rests)), counts), sizes)
        codes = self.code[rows] + np.stack(before)[rest_at, self.before[rows]]
        near = np.flatnonzero(codes < FAR)
        return Moves(rows[near], codes[near], block_at[near], rest_at[near], tuple(rests)) if len(near) else None

    def _rounded(self, gap: Gap) -> Gap:
        """The same gap for all that these courses can do: their lesson hours come in multiples of what they share."""
        if not gap.hours:
            return gap
        return Gap(gap.mask, tuple((at, self._title(at).rounded(amount)) for at, amount in gap.hours))

    def _index(self) -> tuple[dict[int, list[int]], dict[int, dict[int, int]]]:
        """The groups that settle each bit, and the groups that add to each title with their hours."""
        by_bit: dict[int, list[int]] = {}
        by_title: dict[int, dict[int, int]] = {}
        for at, group in enumerate(self.groups):
            for bit in range(group.mask.bit_length()):
                if group.mask >> bit & 1:
                    by_bit.setdefault(bit, []).append(at)
            for title, amount in group.hours:
                by_title.setdefault(title, {})[at] = amount
        return by_bit, by_title

    def _title(self, title: int) -> Title:
        if title not in self._titles:
            amounts = self._by_title.get(title, {})
            edges = self._edges
            taught = ((amount, self.course[edges[at] : edges[at + 1]]) for at, amount in amounts.items())
            self._titles[title] = Title.of(taught, MOST_STEPS)
        return self._titles[title]


def _barring(rest: Gap, bars: int) -> Gap:
    """The rest with the bars that still matter: those of single courses only while lesson hours are missing."""
    if not rest:
        return CLOSED
    return Gap(rest.mask, rest.hours, bars if rest.hours else bars & EXTRA)
