"""Which gaps would open which orders, for one person in one stretch: ten thousand orders become a few dozen aims."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.pathway.alternatives import leaves_of
from services.matching.matcher.pathway.gaps import CLOSED, Gap, Ledger
from services.matching.matcher.pathway.openings import Book

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Aim:
    """Orders that closing one gap would open. Days are ordinals; `first`..`last`: each order's days in the stretch."""

    gap: Gap
    stretch: int
    book: Book
    orders: Ints
    """Rows of the book."""
    first: Ints
    last: Ints
    wage: NDArray[np.float64]
    birthday: int | None
    """The first day of the stretch if some age is reached on it: then the path may wait for it."""


def eligible(book: Book, ledger: Ledger, day: date) -> NDArray[np.bool_]:
    """For each row of the book: may the person of the ledger, as they are, apply on this day?"""
    stretch, asked = ledger.standing.stretch_of(day), day.toordinal()
    rows = book.table()
    kinds = book.clauses().best_of_kind(book.clauses().weakest(_codes(book, ledger, stretch)))
    wide = [kind for kind, asked in book.wide.items() if ledger.gaps(asked, None, stretch) == [CLOSED]]
    kinds[wide] = 2
    found = (rows["kind"] >= 0) & (rows["first"] <= asked) & (asked <= rows["last"]) & (asked <= rows["closes"])
    found[found] &= kinds[rows["kind"][found]] == 2
    return found


def aims(book: Book, ledger: Ledger, stretch: int, wanted: NDArray[np.bool_]) -> list[Aim]:
    """Every aim of the stretch among the `wanted` rows of the book. An order with alternatives stands in several."""
    standing = ledger.standing
    begin, end = standing.firsts[stretch].toordinal(), standing.last_of(stretch).toordinal()
    rows = book.table()
    alive = wanted & (rows["kind"] >= 0) & (rows["first"] <= end) & (rows["last"] >= begin) & (rows["closes"] >= begin)
    orders = np.flatnonzero(alive)
    orders = orders[np.argsort(rows["kind"][orders], kind="stable")]
    kinds = rows["kind"][orders]
    served: dict[tuple[Gap, bool], list[Ints]] = {}
    for gap, waiting, kind in _wanting(book, ledger, stretch):
        low, high = np.searchsorted(kinds, (kind, kind + 1))
        if low < high:
            served.setdefault((gap, waiting), []).append(orders[low:high])
    found = []
    for (gap, waiting), parts in served.items():
        chosen = np.unique(np.concatenate(parts)) if len(parts) > 1 else parts[0]
        row = rows[chosen]
        found.append(
            Aim(
                gap=gap,
                stretch=stretch,
                book=book,
                orders=chosen,
                first=np.maximum(row["first"], begin).astype(np.int64),
                last=np.minimum(np.minimum(row["last"], row["closes"]), end).astype(np.int64),
                wage=row["wage"],
                birthday=begin if waiting else None,
            )
        )
    return found


def _wanting(book: Book, ledger: Ledger, stretch: int) -> Iterator[tuple[Gap, bool, int]]:
    """(gap, may it wait for a birthday, kind of orders): all that courses, or a birthday alone, would open."""
    clauses, codes = book.clauses(), _codes(book, ledger, stretch)
    weakest = clauses.weakest(codes)
    kinds = clauses.best_of_kind(weakest)
    grown = np.fromiter((ledger.standing.grown_into(leaf, stretch) for leaf in book.leaves), bool, len(book.leaves))
    waiting = np.zeros(len(kinds), dtype=bool)
    if grown.any():
        waiting[np.unique(clauses.kind[np.logical_or.reduceat(grown[clauses.leaves], clauses.starts)])] = True
        yield from ((CLOSED, True, int(kind)) for kind in np.flatnonzero(waiting & (kinds == 2)))
    lacking = np.flatnonzero((weakest == 1) & (kinds[clauses.kind] == 1))
    if len(lacking):
        marks = np.where(codes[clauses.leaves] == 1, book.marks()[clauses.leaves], np.uint64(0))
        _, example, group = np.unique(
            np.add.reduceat(marks, clauses.starts)[lacking], return_index=True, return_inverse=True
        )
        gaps = [_gap_of(book, ledger, codes, int(lacking[at])) for at in example]
        for at, kind in zip(group.tolist(), clauses.kind[lacking].tolist(), strict=True):
            yield gaps[at], bool(waiting[kind]), kind
    for kind, asked in book.wide.items():
        waits = any(ledger.standing.grown_into(leaf, stretch) for leaf in leaves_of(asked))
        yield from ((gap, waits, kind) for gap in ledger.gaps(asked, None, stretch) if gap or waits)


def _codes(book: Book, ledger: Ledger, stretch: int) -> NDArray[np.int8]:
    return np.fromiter((ledger.code(leaf, stretch) for leaf in book.leaves), np.int8, len(book.leaves))


def _gap_of(book: Book, ledger: Ledger, codes: NDArray[np.int8], clause: int) -> Gap:
    """What is lacking of one clause."""
    clauses = book.clauses()
    start = clauses.starts[clause]
    stop = clauses.starts[clause + 1] if clause + 1 < len(clauses.starts) else len(clauses.leaves)
    return ledger.gap(book.leaves[leaf] for leaf in clauses.leaves[start:stop].tolist() if codes[leaf] == 1)
