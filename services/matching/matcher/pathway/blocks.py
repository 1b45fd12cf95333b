"""Batches sorted by what they do for one person: the search looks at dozens of blocks, not at thousands of batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.gains import CERTIFICATE_MONTHS
from services.matching.matcher.pathway.gaps import Gap, Ledger
from services.matching.matcher.pathway.programmes import Programme

SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Block:
    """Batches that are alike but for date, place and cost: they close the same and ask the same of this person."""

    mask: int
    hours: tuple[tuple[int, int], ...]
    doors: tuple[Gap, ...]
    """Gaps of which one must be closed before the first day."""
    lasting: bool
    """Its certificate cannot run out within the search."""
    extra: bool = False
    """Its batches need a change before they can be joined; one such batch is enough for a path."""

    def left_of(self, gap: Gap) -> Gap:
        """What is left of the gap after such a course."""
        mask = gap.mask & ~self.mask
        if not gap.hours or not self.hours:
            return Gap(mask, gap.hours)
        given = dict(self.hours)
        hours = [(at, amount - given.get(at, 0)) for at, amount in gap.hours]
        return Gap(mask, tuple(part for part in hours if part[1] > 0))


@dataclass(slots=True)
class _Use:
    """What one programme does for the person, as far as the ledger has been read."""

    mask: int
    hours: dict[int, int]
    doors: dict[int, tuple[Gap, ...]]
    """By stretch in which a batch begins."""


def blocks_of(
    stretches: dict[int, list[int]], programmes: Sequence[Programme], ledger: Ledger, horizon: int
) -> dict[tuple[int, int], Block]:
    """The block for each (programme, stretch in which the batch begins) that can help; `stretches`: those that occur.

    What a useful programme asks at its door may be learnable too, so the ledger grows until nothing new is asked.
    `horizon`: days from the question to the last day of the search.
    """
    uses: dict[int, _Use] = {}
    bits = titles = 0
    while bits < len(ledger.bits) or titles < len(ledger.titles):
        seen = len(uses)
        for bit in range(bits, len(ledger.bits)):
            for at in ledger.teaching.towards(ledger.bits[bit]):
                if at in stretches:
                    uses.setdefault(at, _Use(0, {}, {})).mask |= 1 << bit
        for title in range(titles, len(ledger.titles)):
            for at, amount in ledger.teaching.towards(ledger.titles[title]).items():
                if at in stretches:
                    uses.setdefault(at, _Use(0, {}, {})).hours[title] = amount
        bits, titles = len(ledger.bits), len(ledger.titles)
        for at in sorted(list(uses)[seen:]):
            door = programmes[at].door
            uses[at].doors = {stretch: ledger.gaps_at(door, stretch) for stretch in stretches[at]}
    found = {}
    for at in sorted(uses):
        use, lasting = uses[at], _lasts(programmes[at], horizon)
        for stretch, doors in use.doors.items():
            if doors:
                found[at, stretch] = Block(use.mask, tuple(sorted(use.hours.items())), doors, lasting)
    return found


def most_hours(amounts: Iterable[tuple[int, NDArray[np.int32]]], steps: int) -> list[int]:
    """Place k: the most hours that k different courses give together. `amounts`: hours, and courses that give them."""
    best: dict[int, int] = {}
    for amount, courses in amounts:
        for course in set(courses.tolist()):
            best[course] = max(best.get(course, 0), amount)
    ordered = sorted(best.values(), reverse=True)[:steps]
    return [sum(ordered[:k]) for k in range(steps + 1)]


def _lasts(programme: Programme, horizon: int) -> bool:
    given = programme.certificate
    months = CERTIFICATE_MONTHS if given is None or given.valid_months is None else given.valid_months
    return months * SHORTEST_MONTH > horizon
