"""How near and how cheaply a gap can be closed by a given day: the exact heart of the path search.

Looked at backwards, a path is simple: the last course closes part of the gap; what is left, together with what that
course asks at its door, must be closed by batches that end before it begins. So the best way to close a gap by a day is
a recursion over smaller gaps and earlier days, and one pass over the batches answers it for all days at once. Equal
gaps are answered once; gaps are few, because only what the person lacks is in them.

The recursion leaves out two rare things: that a course helps only once, and that a short certificate may run out on the
way. What it says is therefore never worse than the truth; `journeys.py` walks along it and finds the truth.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.changes import Change
from services.matching.matcher.pathway.gains import CERTIFICATE_MONTHS
from services.matching.matcher.pathway.gaps import Gap, Ledger, both
from services.matching.matcher.pathway.offers import Offers
from services.matching.matcher.pathway.programmes import Programme

MOST_STEPS = 4
"""Courses in one path, by the promise of the search; more is not a plan that a person can keep."""

KM, COST, STEPS = 44, 3, 1
"""Where the parts of a code stand: kilometres above rupiah above steps, so that comparing codes compares in this order.
Four costs of half a trillion fit the 41 bits between; four unknown distances fit the bits above."""

FAR = 1 << 61
"""No way. Twice this still fits 64 bits."""

Codes = NDArray[np.int64]
Ints = NDArray[np.int64]


def km_of(code: int) -> int:
    return int(code) >> KM


def cost_of(code: int) -> int:
    return (int(code) & ((1 << KM) - 1)) >> COST


def steps_of(code: int) -> int:
    return int(code) & ((1 << COST) - 1)


@dataclass(frozen=True, slots=True)
class Block:
    """Batches that are alike but for date, place and cost: they close the same and ask the same of this person."""

    mask: int
    hours: tuple[tuple[int, int], ...]
    entries: tuple[Gap, ...]
    """Gaps of which one must be closed before the first day."""
    lasting: bool
    """Its certificate cannot run out within the search."""

    def left_of(self, gap: Gap) -> Gap:
        """What is left of the gap after such a course."""
        if not gap.hours or not self.hours:
            return Gap(gap.mask & ~self.mask, gap.hours)
        given = dict(self.hours)
        hours = ((at, amount - given.get(at, 0)) for at, amount in gap.hours)
        return Gap(gap.mask & ~self.mask, tuple((at, amount) for at, amount in hours if amount > 0))


@dataclass(frozen=True, slots=True)
class Moves:
    """Every last step towards closing one gap: the row taken, the best code with it, and what must be closed before."""

    rows: Ints
    codes: Codes
    block: Ints
    rest: Ints
    rests: tuple[Gap, ...]


class Reach:
    """The batches that can help one person, and what they reach.

    `joinable`: which offers the person takes into account. `km`: from home to each offer. `waits`: ordinals of the
    birthdays on which a path may become ready without a course ending. `ledger` must hold the gaps that will be asked.
    """

    def __init__(
        self,
        *,
        offers: Offers,
        joinable: NDArray[np.bool_],
        change: NDArray[np.int8],
        km: NDArray[np.int64],
        programmes: Sequence[Programme],
        ledger: Ledger,
        waits: Iterable[int] = (),
    ) -> None:
        self._ledger, self._programmes = ledger, programmes
        firsts = np.array([first.toordinal() for first in ledger.standing.firsts])
        rows = np.flatnonzero(joinable)
        width = len(firsts)
        stretch = np.searchsorted(firsts, offers.starts[rows], "right") - 1
        pairs = offers.programme[rows].astype(np.int64) * width + stretch
        birthdays = np.fromiter(waits, dtype=np.int64)
        last = max([*offers.ends[rows[-1:]].tolist(), *birthdays.tolist()], default=0)
        self._horizon = last - offers.day.toordinal()
        self.blocks, block_of = self._blocks(np.unique(pairs), width, len(programmes))
        block = block_of[pairs]
        helps = block >= 0
        order = np.argsort(block[helps], kind="stable")
        self.offer = rows[helps][order]
        block = block[helps][order]
        starts, ends = offers.starts[self.offer], offers.ends[self.offer]
        self.course = offers.course[self.offer]
        self.ids = offers.ids[self.offer]
        self.extra = change[self.offer] != Change.NONE
        self.code: Codes = (km[self.offer] << KM) + (offers.cost[self.offer] << COST) + STEPS
        self.days: Ints = np.unique(np.concatenate([ends.astype(np.int64), birthdays]))
        self.end: Ints = np.searchsorted(self.days, ends)
        self.before: Ints = np.searchsorted(self.days, starts)
        edges = np.searchsorted(block, np.arange(len(self.blocks) + 1))
        self._slice = [slice(int(a), int(b)) for a, b in zip(edges, edges[1:], strict=False)]
        self._by_bit, self._by_title = self._index()
        self._most = {at: self._most_hours(at) for at in range(len(ledger.titles))}
        self._moves: dict[tuple[Gap, int], Moves | None] = {}
        self._ending: dict[tuple[Gap, int], Codes | None] = {}
        self._by: dict[tuple[Gap, int], Codes | None] = {}

    def ending(self, gap: Gap, steps: int = MOST_STEPS) -> Codes | None:
        """For each of `days` the best code of closing the gap with a last batch that ends on that very day."""
        key = (gap, steps)
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
        key = (gap, steps)
        if key not in self._by:
            ending = self.ending(gap, steps)
            self._by[key] = None if ending is None else np.minimum.accumulate(np.concatenate(([FAR], ending)))
        return self._by[key]

    def moves(self, gap: Gap, steps: int) -> Moves | None:
        key = (gap, steps)
        if key not in self._moves:
            self._moves[key] = self._moves_towards(gap, steps) if self._possible(gap, steps) else None
        return self._moves[key]

    def _moves_towards(self, gap: Gap, steps: int) -> Moves | None:
        found: list[tuple[int, Codes, int]] = []
        rests: dict[Gap, int] = {}
        for at in self._useful(gap):
            block, part = self.blocks[at], self._slice[at]
            left = block.left_of(gap)
            for entry in block.entries:
                rest = both(left, entry)
                codes = self.code[part]
                if rest:
                    earlier = self.by(rest, steps - 1) if steps > 1 else None
                    if earlier is None:
                        continue
                    codes = codes + earlier[self.before[part]]
                found.append((at, codes, rests.setdefault(rest, len(rests))))
        if not found:
            return None
        sizes = [len(codes) for _, codes, _ in found]
        codes = np.concatenate([codes for _, codes, _ in found])
        near = codes < FAR
        if not near.any():
            return None
        rows = np.concatenate([np.arange(self._slice[at].start, self._slice[at].stop) for at, _, _ in found])
        blocks = np.repeat([at for at, _, _ in found], sizes)
        rest_at = np.repeat([at for _, _, at in found], sizes)
        return Moves(rows[near], codes[near], blocks[near], rest_at[near], tuple(rests))

    def _possible(self, gap: Gap, steps: int) -> bool:
        """Can the lesson hours add up at all, each course counted once?"""
        return steps > 0 and all(amount <= self._most[at][steps] for at, amount in gap.hours)

    def _useful(self, gap: Gap) -> Iterator[int]:
        useful: set[int] = set()
        for bit, blocks in self._by_bit.items():
            if gap.mask >> bit & 1:
                useful.update(blocks)
        for at, _ in gap.hours:
            useful.update(self._by_title.get(at, ()))
        return iter(sorted(useful))

    def _blocks(self, pairs: Ints, width: int, programmes: int) -> tuple[list[Block], Ints]:
        """The blocks, and for every pair (programme, stretch in which the batch begins) its block, -1 for none.

        What a useful programme asks at its door may be learnable too; so the ledger grows until nothing new is asked.
        """
        stretches: dict[int, list[int]] = {}
        for pair in pairs.tolist():
            stretches.setdefault(pair // width, []).append(pair % width)
        masks: dict[int, int] = {}
        hours: dict[int, dict[int, int]] = {}
        entries: dict[int, dict[int, tuple[Gap, ...]]] = {}
        bits = titles = 0
        while bits < len(self._ledger.bits) or titles < len(self._ledger.titles):
            new: set[int] = set()
            for bit in range(bits, len(self._ledger.bits)):
                for at in self._ledger.teaching.towards(self._ledger.bits[bit]):
                    if at in stretches:
                        masks[at] = masks.get(at, 0) | 1 << bit
                        new.add(at)
            for title in range(titles, len(self._ledger.titles)):
                for at, amount in self._ledger.teaching.towards(self._ledger.titles[title]).items():
                    if at in stretches:
                        hours.setdefault(at, {})[title] = amount
                        new.add(at)
            bits, titles = len(self._ledger.bits), len(self._ledger.titles)
            for at in sorted(new - entries.keys()):
                entries[at] = {stretch: self._entries(at, stretch) for stretch in stretches[at]}
        block_of = np.full(programmes * width, -1, dtype=np.int64)
        kinds: dict[Block, int] = {}
        for at, doors in entries.items():
            for stretch, door in doors.items():
                if door:
                    block = Block(masks.get(at, 0), tuple(sorted(hours.get(at, {}).items())), door, self._lasts(at))
                    block_of[at * width + stretch] = kinds.setdefault(block, len(kinds))
        return list(kinds), block_of

    def _entries(self, programme: int, stretch: int) -> tuple[Gap, ...]:
        door = self._programmes[programme].door
        return tuple(self._ledger.gaps(door.asked, door.sets, stretch))

    def _lasts(self, programme: int) -> bool:
        given = self._programmes[programme].certificate
        months = CERTIFICATE_MONTHS if given is None or given.valid_months is None else given.valid_months
        return months * 28 > self._horizon

    def _index(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        by_bit: dict[int, list[int]] = {}
        by_title: dict[int, list[int]] = {}
        for at, block in enumerate(self.blocks):
            for bit in range(block.mask.bit_length()):
                if block.mask >> bit & 1:
                    by_bit.setdefault(bit, []).append(at)
            for title, _ in block.hours:
                by_title.setdefault(title, []).append(at)
        return by_bit, by_title

    def _most_hours(self, title: int) -> list[int]:
        """Place k: the most hours of the title that k different courses give together."""
        best: dict[int, int] = {}
        for at in self._by_title.get(title, ()):
            amount = dict(self.blocks[at].hours)[title]
            for course in set(self.course[self._slice[at]].tolist()):
                best[course] = max(best.get(course, 0), amount)
        amounts = sorted(best.values(), reverse=True)[:MOST_STEPS]
        return [sum(amounts[:k]) for k in range(MOST_STEPS + 1)]
