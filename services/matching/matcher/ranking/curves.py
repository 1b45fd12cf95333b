"""A fitted model is kept as these: one staircase per column and one chessboard per named pair, instead of trees.

The sum is that of the trees, to the last digits; but a line of a list costs one look-up per curve and not a walk down
fifty trees, and whoever wants to know what was learned can read it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """Points that one column, or two together, move a score by.

    `edges` one row of rising numbers per column: step k holds values up to and including `edges[k]`. `height` is
    indexed by the step of each column (one beyond the last edge; the one after that for a value not known) and has a
    part for each column at its end."""

    columns: tuple[int, ...]
    edges: tuple[Vector, ...]
    height: Vector

    def add_to(self, parts: Vector, table: NDArray[np.float32]) -> None:
        """Add its points to the parts of every row."""
        at = []
        for column, edges in zip(self.columns, self.edges, strict=True):
            values = table[:, column]
            step = np.searchsorted(edges, values)
            at.append(np.where(np.isnan(values), len(edges) + 1, step))
        parts[:, self.columns] += self.height[tuple(at)]
