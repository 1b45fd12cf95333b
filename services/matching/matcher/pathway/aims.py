"""Which gaps would open which orders, for one person in one interval: ten thousand orders become a few dozen aims."""

from datetime import date
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.pathway.gaps import CLOSED, Gap, GapEncoder
from services.matching.matcher.requirements.groups import leaves

Ints = NDArray[np.int64]


class Aim(NamedTuple):
    """Orders that closing one gap would open. Days are ordinals; `first`..`last`: each order's days in the interval.

    A tuple, because every question makes some dozens."""

    gap: Gap
    interval: int
    compiled: CompiledOrders
    orders: Ints
    """Rows of the compiled orders."""
    first: Ints
    last: Ints
    closes: Ints
    """Each order's own closing day."""
    wage: NDArray[np.float64]
    soonest: int
    latest: int
    best_wage: float
    """The least `first`, the greatest `last` and the greatest `wage`."""
    birthday: int | None
    """The first day of the interval if some age is reached on it: then the path may wait for it."""

    def best_on(self, day: int) -> str:
        """The best paid order that is open on the day (there must be one); ties by id."""
        open_ = np.flatnonzero((self.first <= day) & (day <= self.last))
        wage = self.wage[open_]
        return str(min(self.compiled.ids[row] for row in self.orders[open_[wage == wage.max()]].tolist()))

    def closing_before(self, day: int, days: int) -> str:
        """The best paid order that closes so many days before the day (there must be one); ties by id."""
        late = np.flatnonzero((self.closes == day - days) & (self.first <= day) & (day <= self.last))
        wage = self.wage[late]
        return str(min(self.compiled.ids[row] for row in self.orders[late[wage == wage.max()]].tolist()))


def open_rows(compiled: CompiledOrders, kinds: NDArray[np.int8], day: date) -> NDArray[np.bool_]:
    """For each row of the compiled orders: may somebody with these codes (`GapEncoder.kinds`) apply on this day?"""
    asked, rows = day.toordinal(), compiled.columns()
    open_kinds = np.append(kinds == 2, False)  # the last: that of orders nobody can reach, -1
    return open_kinds[rows.kind] & (rows.first <= asked) & (asked <= rows.until)


def aims(
    compiled: CompiledOrders, encoder: GapEncoder, interval: int, wanted: NDArray[np.bool_], *, closing: bool = True
) -> list[Aim]:
    """Every aim of the interval among the `wanted` rows. An order with alternatives stands in several.

    `closing`: False leaves out the orders' own closing days.
    """
    timeline = encoder.timeline
    begin, end = timeline.firsts[interval].toordinal(), timeline.last_of(interval).toordinal()
    rows = compiled.columns()
    until = rows.until if closing else rows.last
    alive = wanted & (rows.first <= end) & (until >= begin)
    orders = rows.by_kind[alive[rows.by_kind]]
    if not len(orders):
        return []
    gaps, wanting = _wanting(compiled, encoder, interval)
    counts = np.bincount(rows.kind[orders], minlength=len(encoder.kinds(compiled, interval)))
    sizes = counts[wanting[:, 1]]
    low = (np.cumsum(counts) - counts)[wanting[:, 1]]
    places = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes - low, sizes)
    serving, order = np.repeat(wanting[:, 0], sizes), orders[places]
    first, last = np.maximum(rows.first[order], begin), np.minimum(until[order], end)
    closes, wage = rows.closes[order], rows.wage[order]
    edges = np.flatnonzero(np.diff(serving, prepend=-1, append=len(gaps)))
    if len(edges) < 2:
        return []
    soonest, latest = np.minimum.reduceat(first, edges[:-1]), np.maximum.reduceat(last, edges[:-1])
    best_wage = np.maximum.reduceat(wage, edges[:-1])
    return [
        Aim(
            gap=gaps[serving[i]][0],
            interval=interval,
            compiled=compiled,
            orders=order[i:j],
            first=first[i:j],
            last=last[i:j],
            closes=closes[i:j],
            wage=wage[i:j],
            soonest=int(soonest[at]),
            latest=int(latest[at]),
            best_wage=float(best_wage[at]),
            birthday=begin if gaps[serving[i]][1] else None,
        )
        for at, (i, j) in enumerate(zip(edges.tolist(), edges[1:].tolist(), strict=False))
    ]


def _wanting(compiled: CompiledOrders, encoder: GapEncoder, interval: int) -> tuple[list[tuple[Gap, bool]], Ints]:
    """What courses, or a birthday alone, would open: (gap, may it wait), and pairs (its place, kind) in order."""
    gaps: dict[tuple[Gap, bool], int] = {}
    pairs: list[Ints] = [np.zeros((0, 2), dtype=np.int64)]

    def serve(gap: Gap, waits: bool, kinds: Ints) -> None:
        at = gaps.setdefault((gap, waits), len(gaps))
        pairs.append(np.stack([np.full(len(kinds), at), kinds], axis=1))

    reading = encoder.reading(compiled, interval)
    codes, kinds, lacking, clauses = reading.codes, reading.kinds, reading.lacking, reading.learnable
    waiting = _waiting(compiled, encoder, interval, len(kinds))
    serve(CLOSED, True, np.flatnonzero(waiting & (kinds == 2)))
    if len(lacking):
        marks = np.add.reduceat((compiled.marks() * (codes == 1))[clauses.leaves], clauses.starts)
        once, example, group = np.unique(marks, return_index=True, return_inverse=True)
        sets = map(compiled.lacking, lacking[example].tolist(), once.tolist(), repeat(codes))
        found = [encoder.gap_of(compiled, leaves) for leaves in sets]
        kind = clauses.kind
        waits = waiting[kind]
        for wait in np.unique(waits).tolist():
            at = np.array([gaps.setdefault((gap, wait), len(gaps)) for gap in found])
            pairs.append(np.stack([at[group], kind], axis=1)[waits == wait])
    for wide, asked in compiled.wide.items():
        for gap in encoder.gaps(asked, None, interval):
            if gap or waiting[wide]:
                serve(gap, bool(waiting[wide]), np.array([wide]))
    once = np.unique(np.concatenate([pair[:, 0] * len(kinds) + pair[:, 1] for pair in pairs]))
    return list(gaps), np.stack(np.divmod(once, max(1, len(kinds))), axis=1)


def _waiting(compiled: CompiledOrders, encoder: GapEncoder, interval: int, kinds: int) -> NDArray[np.bool_]:
    """For each kind: does the interval begin with a birthday that it asks for?"""
    clauses, timeline = compiled.clauses(), encoder.timeline
    waiting = np.zeros(kinds, dtype=bool)
    grown = np.zeros(len(compiled.leaves), dtype=bool)
    grown[[leaf for leaf in compiled.dated if timeline.grown_into(compiled.leaves[leaf], interval)]] = True
    if grown.any():
        waiting[clauses.kind[np.logical_or.reduceat(grown[clauses.leaves], clauses.starts)]] = True
        for kind, asked in compiled.wide.items():
            waiting[kind] = any(timeline.grown_into(leaf, interval) for leaf in leaves(asked))
    return waiting
