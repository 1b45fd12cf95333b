"""The orders of a book side by side: what the search compares for ten thousand of them at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of a book side by side. `until`: the last day on which the order can be reached, its closing day too.

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
    def of(cls, rows: NDArray[np.void]) -> "Columns":
        kind, first, last, closes = (rows[name].astype(np.int64) for name in ("kind", "first", "last", "closes"))
        order = np.argsort(kind, kind="stable")
        return cls(kind, first, last, np.minimum(last, closes), closes, rows["wage"].copy(), order[kind[order] >= 0])
