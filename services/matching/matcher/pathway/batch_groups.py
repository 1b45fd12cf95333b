"""Batches sorted by what they do for one person: the search looks at dozens of groups, not at thousands of batches."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.abilities import CourseCertificate
from services.matching.matcher.pathway.batch_table import BatchTable, ChangeKind
from services.matching.matcher.pathway.gaps import Gap, GapEncoder
from services.matching.matcher.pathway.teaching import CERTIFICATE_MONTHS, Programme

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
    """What it may not stand together with: a path takes a group with a bar at most once. EXTRA, or one bit a course."""

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
    """What one programme does for the person, as far as the encoder has been read."""

    mask: int = 0
    hours: dict[int, int] = field(default_factory=dict)
    doors: dict[int, tuple[Gap, ...]] = field(default_factory=dict)
    """By interval in which a batch begins."""


def groups_of(
    intervals: dict[int, list[int]], programmes: Sequence[Programme], encoder: GapEncoder, horizon: int
) -> dict[tuple[int, int], BatchGroup]:
    """The group for each (programme, interval in which the batch begins) that can help; `intervals`: those that occur.

    What a useful programme asks at its door may be learnable too, so the encoder grows until nothing new is asked.
    `horizon`: days from the question to the last day of the search.
    """
    uses: defaultdict[int, _Use] = defaultdict(_Use)
    bits = titles = 0
    while bits < len(encoder.bits) or titles < len(encoder.titles):
        seen = len(uses)
        for bit, ask in islice(encoder.bits.items(), bits, None):
            for at in encoder.teaching.towards(ask):
                if at in intervals:
                    uses[at].mask |= 1 << bit
        for title, hours in islice(encoder.titles.items(), titles, None):
            for at, amount in encoder.teaching.towards(hours).items():
                if at in intervals:
                    uses[at].hours[title] = amount
        bits, titles = len(encoder.bits), len(encoder.titles)
        for at in sorted(list(uses)[seen:]):
            door = programmes[at].door
            uses[at].doors = {interval: encoder.gaps_at(door, interval) for interval in intervals[at]}
    found = {}
    for at in sorted(uses):
        use, lasting = uses[at], lasts(programmes[at].certificates, horizon)
        for interval, doors in use.doors.items():
            if doors:
                found[at, interval] = BatchGroup(use.mask, tuple(sorted(use.hours.items())), doors, lasting)
    return found


def numbered(
    offers: BatchTable, rows: NDArray[np.int64], programmes: Sequence[Programme], encoder: GapEncoder, horizon: int
) -> tuple[list[BatchGroup], NDArray[np.int64]]:
    """The groups of these offers, and for every offer the number of its group; -1 for those that do not help."""
    firsts = np.array([first.toordinal() for first in encoder.timeline.firsts])
    width, begin = len(firsts), np.searchsorted(firsts, offers.starts[rows], "right") - 1
    changed = offers.change[rows] != ChangeKind.NONE
    pairs = (offers.programme[rows].astype(np.int64) * width + begin) * 2 + changed
    occurs = np.zeros(len(programmes) * width * 2, dtype=bool)
    occurs[pairs] = True
    intervals: dict[int, list[int]] = {}
    for pair in np.flatnonzero(occurs.reshape(-1, 2).any(axis=1)).tolist():
        intervals.setdefault(pair // width, []).append(pair % width)
    group_of = np.full(len(occurs), -1, dtype=np.int64)
    numbers: dict[BatchGroup, int] = {}
    for (programme, interval), group in groups_of(intervals, programmes, encoder, horizon).items():
        for extra in (False, True):
            at = (programme * width + interval) * 2 + extra
            if occurs[at]:
                kind = replace(group, bar=EXTRA) if extra else group
                group_of[at] = numbers.setdefault(kind, len(numbers))
    of_offers = np.full(len(offers), -1, dtype=np.int64)
    of_offers[rows] = group_of[pairs]
    return list(numbers), of_offers


def barred_apart(
    groups: list[BatchGroup], group: NDArray[np.int64], course: NDArray[np.int32]
) -> tuple[list[BatchGroup], NDArray[np.int64]]:
    """Blocks of scarce lesson hours divided by course, those without rows left out.

    `group`, `course`: their numbers for each row.
    """
    taught: dict[int, set[int]] = {}
    for at, kind in enumerate(groups):
        for title, _ in kind.hours:
            courses = taught.setdefault(title, set())
            if len(courses) <= SCARCE:  # more than that is plenty, however many more
                courses.update(course[group == at].tolist())
    scarce = sorted(set().union(*(courses for courses in taught.values() if 1 < len(courses) <= SCARCE)))
    divided, group = list(groups), group.copy()
    for number, one in enumerate(scarce, 1):
        mine = course == one
        for at in np.unique(group[mine]).tolist():
            if groups[at].hours:
                group[mine & (group == at)] = len(divided)
                divided.append(replace(groups[at], bar=groups[at].bar | 1 << number))
    left, numbers = np.unique(group, return_inverse=True)
    return [divided[at] for at in left.tolist()], numbers


def lasts(given: Iterable[CourseCertificate], horizon: int) -> bool:
    """Is all that a course gives still valid so many days later, whatever the lengths of the months?"""
    terms = (CERTIFICATE_MONTHS if one.valid_months is None else one.valid_months for one in given)
    return min(terms, default=CERTIFICATE_MONTHS) * SHORTEST_MONTH > horizon
