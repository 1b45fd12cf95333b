"""From "how well can it be done" to the batches that do it: `BackwardSearch` followed, what it leaves out put back.

A best-first search from the last batch. Its guess of what is still to come is `BackwardSearch` itself, which is exact
but for repeated courses and short certificates, so it nearly always walks straight to the best journey.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np

from services.matching.matcher.pathway.backward_search import MOST_STEPS, BackwardSearch, Ints, Moves
from services.matching.matcher.pathway.gaps import Gap

Rows = tuple[int, ...]
"""Rows of a `BackwardSearch`, the first batch first."""


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of a journey, last batch first, and what must still be closed before it."""

    code: int
    rows: Rows
    gap: Gap
    closed: tuple[Gap, ...]
    """What each batch was taken for: an earlier one that gives all of that would make it needless."""
    before: int
    """The batch before these must end before this place in `days`."""


def journeys(
    backward: BackwardSearch, gap: Gap, at: int, *, steps: int = MOST_STEPS, or_earlier: bool = False
) -> Iterator[tuple[int, Rows]]:
    """Ways to close the gap that are ready on `days[at]`, best code first.

    Ties break by batch id, compared from the last step backwards. `or_earlier`: the last batch may also end before that
    day, because the path waits for it anyway. No course comes twice.
    """
    order = count()
    tail = _Tail(code=0, rows=(), gap=gap, closed=(), before=at + 1)
    open_: list[tuple[int, tuple[str, ...], int, _Tail]] = [(0, (), next(order), tail)]
    while open_:
        code, ids, _, tail = heapq.heappop(open_)
        if not tail.gap:
            yield code, tail.rows[::-1]
            continue
        moves = backward.moves(tail.gap, steps - len(tail.rows))
        if moves is None:
            continue
        places = _fitting(backward, moves, tail, None if tail.rows or or_earlier else at)
        codes = moves.codes[places] + tail.code
        for place in places[codes == code].tolist():
            longer = _longer(backward, tail, moves, place)
            heapq.heappush(open_, (code, (*ids, backward.ids[longer.rows[-1]]), next(order), longer))
        worse = codes[codes > code]
        if len(worse):  # come back to the other moves only if nothing better turns out well
            heapq.heappush(open_, (int(worse.min()), ids, next(order), tail))


def _fitting(backward: BackwardSearch, moves: Moves, tail: _Tail, only: int | None) -> Ints:
    """Places of the moves that may stand before the tail; with `only`, those that end on that very day."""
    end = backward.end[moves.rows]
    fits = end < tail.before if only is None else end == only
    if tail.rows:
        taken = list(tail.rows)
        fits &= ~np.isin(backward.course[moves.rows], backward.course[taken])
        groups = np.unique(moves.group).tolist()
        needless = [at for at in groups if _makes_needless(backward, at, tail)]
        if needless:
            fits &= ~np.isin(moves.group, needless)
    return np.flatnonzero(fits)


def _makes_needless(backward: BackwardSearch, group: int, tail: _Tail) -> bool:
    """Would a batch of this group alone give all that some batch of the tail is there for?"""
    given = backward.groups[group]
    return given.lasting and any(not closed.hours and not closed.mask & ~given.mask for closed in tail.closed)


def _longer(backward: BackwardSearch, tail: _Tail, moves: Moves, place: int) -> _Tail:
    row = int(moves.rows[place])
    left = backward.groups[moves.group[place]].left_of(tail.gap)
    closed = Gap(tail.gap.mask & ~left.mask, tuple(sorted(set(tail.gap.hours) - set(left.hours))))
    return _Tail(
        code=tail.code + int(backward.code[row]),
        rows=(*tail.rows, row),
        gap=moves.rests[moves.rest[place]],
        closed=(*tail.closed, closed),
        before=int(backward.before[row]),
    )
