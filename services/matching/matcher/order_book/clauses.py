"""What the compiled orders hold laid flat, so that numpy answers ten thousand of them for one person in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Clauses:
    """All alternatives of all kinds, flat: clause c asks `leaves[starts[c]:starts[c + 1]]` and serves `kind[c]`."""

    leaves: NDArray[np.int32]
    starts: NDArray[np.int64]
    kind: NDArray[np.int32]
    kind_starts: NDArray[np.int64]

    @classmethod
    def of(cls, clauses: Sequence[Sequence[int]], kinds: Sequence[int]) -> "Clauses":
        sizes = np.fromiter(map(len, clauses), dtype=np.int64, count=len(clauses))
        kind = np.array(kinds, dtype=np.int32)
        return cls(
            leaves=np.array([leaf for clause in clauses for leaf in clause], dtype=np.int32),
            starts=np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else np.zeros(0, dtype=np.int64),
            kind=kind,
            kind_starts=np.flatnonzero(np.diff(kind, prepend=-1)),
        )

    def only(self, places: NDArray[np.int64]) -> "Clauses":
        """Some of the clauses, in their order."""
        sizes = np.diff(self.starts, append=len(self.leaves))[places]
        starts = np.cumsum(sizes) - sizes
        leaves = np.arange(sizes.sum()) + np.repeat(self.starts[places] - starts, sizes)
        kind = self.kind[places]
        return Clauses(self.leaves[leaves], starts, kind, np.flatnonzero(np.diff(kind, prepend=-1)))

    def weakest(self, codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """For each clause its worst leaf."""
        return np.minimum.reduceat(codes[self.leaves], self.starts) if len(self.starts) else np.zeros(0, dtype=np.int8)

    def best_of_kind(self, clause_codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """For each kind its best clause."""
        if not len(clause_codes):
            return np.zeros(0, dtype=np.int8)
        return np.maximum.reduceat(clause_codes, self.kind_starts)


@dataclass(frozen=True, slots=True)
class OrderColumns:
    """The orders side by side. `until`: the last day on which the order can be reached, its closing day too.

    `by_kind`: places of the rows that somebody can reach, kind by kind.
    """

    kind: NDArray[np.int64]
    """-1: nobody can reach the order."""
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    until: NDArray[np.int64]
    closes: NDArray[np.int64]
    wage: NDArray[np.float64]
    by_kind: NDArray[np.int64]

    @classmethod
    def of(cls, rows: NDArray[np.void]) -> "OrderColumns":
        kind, first, last, closes = (rows[name].astype(np.int64) for name in ("kind", "first", "last", "closes"))
        order = np.argsort(kind, kind="stable")
        wage, unrated = rows["wage"].copy(), rows["unrated"]
        if len(np.unique(unrated[unrated > 0])) > 1:
            wage[unrated > 0] = -1.0  # of two currencies without a rate nobody can say which pays more
        return cls(kind, first, last, np.minimum(last, closes), closes, wage, order[kind[order] >= 0])

    def open_on(self, day: date) -> NDArray[np.bool_]:
        """For each row: may it be applied for on the day, as far as the order and the law decide it alone?"""
        asked = day.toordinal()
        return (self.kind >= 0) & (self.first <= asked) & (asked <= self.until)
