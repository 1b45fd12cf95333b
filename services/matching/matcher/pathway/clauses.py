"""The alternatives of all kinds of orders laid flat, so that numpy answers them for one person in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass

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
