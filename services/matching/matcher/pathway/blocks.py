"""Batches sorted by what they do for one person: the search looks at dozens of blocks, not at thousands of batches."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.abilities import CourseCertificate
from services.matching.matcher.pathway.changes import ChangeKind
from services.matching.matcher.pathway.gains import CERTIFICATE_MONTHS
from services.matching.matcher.pathway.gaps import Gap, GapEncoder
from services.matching.matcher.pathway.offers import BatchTable
from services.matching.matcher.pathway.programmes import Programme

SHORTEST_MONTH = 28

EXTRA = 1
"""The bar of batches that need a change before they can be joined: one of them is enough for a path."""

SCARCE = 6
"""If lesson hours of a title come from no more courses than this, each has a bar of its own, because the search would
otherwise hope to take the best of them twice. Among more courses another one is as good nearly always."""


@dataclass(frozen=True, slots=True)
class BatchGroup:
    """Batches that are alike but for date, place and cost: they close the same and ask the same of this person."""

    mask: int
    hours: tuple[tuple[int, int], ...]
    doors: tuple[Gap, ...]
    """Gaps of which one must be closed before the first day."""
    lasting: bool
    """Its certificate cannot run out within the search."""
    bar: int = 0
    """What it may not stand together with: a path takes a block with a bar at most once. EXTRA, or one bit a course."""

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

    mask: int = 0
    hours: dict[int, int] = field(default_factory=dict)
    doors: dict[int, tuple[Gap, ...]] = field(default_factory=dict)
    """By stretch in which a batch begins."""


def blocks_of(
    stretches: dict[int, list[int]], programmes: Sequence[Programme], ledger: GapEncoder, horizon: int
) -> dict[tuple[int, int], BatchGroup]:
    """The block for each (programme, stretch in which the batch begins) that can help; `stretches`: those that occur.

    What a useful programme asks at its door may be learnable too, so the ledger grows until nothing new is asked.
    `horizon`: days from the question to the last day of the search.
    """
    uses: defaultdict[int, _Use] = defaultdict(_Use)
    bits = titles = 0
    while bits < len(ledger.bits) or titles < len(ledger.titles):
        seen = len(uses)
        for bit in range(bits, len(ledger.bits)):
            for at in ledger.teaching.towards(ledger.bits[bit]):
                if at in stretches:
                    uses[at].mask |= 1 << bit
        for title in range(titles, len(ledger.titles)):
            for at, amount in ledger.teaching.towards(ledger.titles[title]).items():
                if at in stretches:
                    uses[at].hours[title] = amount
        bits, titles = len(ledger.bits), len(ledger.titles)
        for at in sorted(list(uses)[seen:]):
            door = programmes[at].door
            uses[at].doors = {stretch: ledger.gaps_at(door, stretch) for stretch in stretches[at]}
    found = {}
    for at in sorted(uses):
        use, lasting = uses[at], lasts(programmes[at].certificates, horizon)
        for stretch, doors in use.doors.items():
            if doors:
                found[at, stretch] = BatchGroup(use.mask, tuple(sorted(use.hours.items())), doors, lasting)
    return found


def numbered(
    offers: BatchTable, rows: NDArray[np.int64], programmes: Sequence[Programme], ledger: GapEncoder, horizon: int
) -> tuple[list[BatchGroup], NDArray[np.int64]]:
    """The blocks of these offers, and for every offer the number of its block; -1 for those that do not help."""
    firsts = np.array([first.toordinal() for first in ledger.standing.firsts])
    width, begin = len(firsts), np.searchsorted(firsts, offers.starts[rows], "right") - 1
    changed = offers.change[rows] != ChangeKind.NONE
    pairs = (offers.programme[rows].astype(np.int64) * width + begin) * 2 + changed
    occurs = np.zeros(len(programmes) * width * 2, dtype=bool)
    occurs[pairs] = True
    stretches: dict[int, list[int]] = {}
    for pair in np.flatnonzero(occurs.reshape(-1, 2).any(axis=1)).tolist():
        stretches.setdefault(pair // width, []).append(pair % width)
    block_of = np.full(len(occurs), -1, dtype=np.int64)
    numbers: dict[BatchGroup, int] = {}
    for (programme, stretch), block in blocks_of(stretches, programmes, ledger, horizon).items():
        for extra in (False, True):
            at = (programme * width + stretch) * 2 + extra
            if occurs[at]:
                kind = replace(block, bar=EXTRA) if extra else block
                block_of[at] = numbers.setdefault(kind, len(numbers))
    of_offers = np.full(len(offers), -1, dtype=np.int64)
    of_offers[rows] = block_of[pairs]
    return list(numbers), of_offers


def barred_apart(
    blocks: list[BatchGroup], block: NDArray[np.int64], course: NDArray[np.int32]
) -> tuple[list[BatchGroup], NDArray[np.int64]]:
    """Blocks of scarce lesson hours divided by course, those without rows left out.

    `block`, `course`: their numbers for each row.
    """
    taught: dict[int, set[int]] = {}
    for at, kind in enumerate(blocks):
        for title, _ in kind.hours:
            courses = taught.setdefault(title, set())
            if len(courses) <= SCARCE:  # more than that is plenty, however many more
                courses.update(course[block == at].tolist())
    scarce = sorted(set().union(*(courses for courses in taught.values() if 1 < len(courses) <= SCARCE)))
    divided, block = list(blocks), block.copy()
    for number, one in enumerate(scarce, 1):
        mine = course == one
        for at in np.unique(block[mine]).tolist():
            if blocks[at].hours:
                block[mine & (block == at)] = len(divided)
                divided.append(replace(blocks[at], bar=blocks[at].bar | 1 << number))
    left, numbers = np.unique(block, return_inverse=True)
    return [divided[at] for at in left.tolist()], numbers


def lasts(given: Iterable[CourseCertificate], horizon: int) -> bool:
    """Is all that a course gives still valid so many days later, whatever the lengths of the months?"""
    terms = (CERTIFICATE_MONTHS if one.valid_months is None else one.valid_months for one in given)
    return min(terms, default=CERTIFICATE_MONTHS) * SHORTEST_MONTH > horizon
