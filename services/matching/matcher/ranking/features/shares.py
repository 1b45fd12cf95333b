"""What orders ask of skills, as a few positions each: summed in one fixed order, so that one person and many agree.

A product of whole matrices adds in an order that depends on how many rows it has, and so differs in the last bit from
person to person. Here every sum is taken addend by addend, whoever and how many are asked about.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Ints = NDArray[np.int64]
F = TypeVar("F", np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class Shares:
    """Row i asks the skills at `index[i]` with the weights `weight[i]`; rows with fewer are filled up with weight 0."""

    index: NDArray[np.int64]
    weight: Matrix

    @classmethod
    def of(cls, dense: Matrix) -> "Shares":
        """From rows over all skills, 0 where a skill is not asked."""
        asked = dense > 0
        most = int(asked.sum(axis=1).max(initial=0))
        index = np.argsort(~asked, axis=1, kind="stable")[:, :most]
        return cls(index, np.take_along_axis(dense, index, axis=1))

    def only(self, rows: NDArray[np.int64]) -> "Shares":
        return Shares(self.index[rows], self.weight[rows])

    def beside(self, more: "Shares") -> "Shares":
        """These rows, and more after them."""
        return Shares(one_below_other(self.index, more.index, 0), one_below_other(self.weight, more.weight, 0))

    def asked(self, row: int) -> list[int]:
        """The skills that a row asks, in order."""
        return [int(index) for index in self.index[row][self.weight[row] > 0]]

    @property
    def any(self) -> NDArray[np.bool_]:
        """For each row: does it ask anything?"""
        return np.asarray((self.weight > 0).any(axis=1))

    def covered(self, levels: Matrix) -> Matrix:
        """How far each row is covered by the levels (skills) of one person; NaN for a row that asks nothing."""
        return self._of_pairs(levels[None], np.zeros(len(self.index), dtype=np.int64), np.arange(len(self.index)))

    def weakest(self, levels: Matrix) -> Matrix:
        """The least covered of the skills of each row, in the same form."""
        rows = np.arange(len(self.index))
        return self._of_pairs(levels[None], np.zeros(len(rows), dtype=np.int64), rows, weakest=True)

    def covered_by(self, levels: NDArray[F], who: Ints, rows: Ints) -> NDArray[F]:
        """`covered` of the pairs (row `who[i]` of people x skills, row `rows[i]`), in the precision of the levels."""
        return self._of_pairs(levels, who, rows)

    def weakest_by(self, levels: NDArray[F], who: Ints, rows: Ints) -> NDArray[F]:
        """`weakest` in the same form."""
        return self._of_pairs(levels, who, rows, weakest=True)

    def _of_pairs(self, levels: NDArray[F], who: Ints, rows: Ints, *, weakest: bool = False) -> NDArray[F]:
        weight = self.weight.astype(levels.dtype)
        total = np.full(len(rows), np.inf if weakest else 0.0, dtype=levels.dtype)
        for at in range(weight.shape[1]):
            asks, level = weight[rows, at], levels[who, self.index[rows, at]]
            if weakest:
                np.minimum(total, np.where(asks > 0, level, np.inf), out=total)
            else:
                total += level * asks
        total[~self.any[rows]] = np.nan
        return total


def one_below_other(one: NDArray[Any], other: NDArray[Any], fill: int) -> NDArray[Any]:
    """The rows of two tables in one, the narrower filled up."""
    width = max(one.shape[1], other.shape[1])
    parts = (np.pad(part, ((0, 0), (0, width - part.shape[1])), constant_values=fill) for part in (one, other))
    return np.concatenate(list(parts))
