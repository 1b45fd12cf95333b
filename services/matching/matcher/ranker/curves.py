"""A fitted model is kept as these: one staircase per column and one chessboard per named pair, instead of trees.

The sum is that of the trees, to the last digits; but a line of a list costs one look-up per curve and not a walk down
fifty trees, and whoever wants to know what was learned can read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.learning.forest import Forest

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

    @classmethod
    def of(cls, trees: Forest, columns: tuple[int, ...]) -> "Curve":
        """The sum of trees that look at these columns only."""
        inner = trees.left != np.arange(len(trees.left))
        edges = tuple(np.unique(trees.threshold[inner & (trees.column == column)]) for column in columns)
        # A value for each step: its upper edge, something beyond the last edge, and something not known.
        steps = np.meshgrid(*(np.append(edge, [np.inf, np.nan]) for edge in edges), indexing="ij")
        table = np.zeros((steps[0].size, trees.columns))
        for column, values in zip(columns, steps, strict=True):
            table[:, column] = values.ravel()
        height = trees.contributions(table)[:, columns]
        return cls(columns, edges, height.reshape(*steps[0].shape, len(columns)))

    def add_to(self, parts: Vector, table: NDArray[np.float32]) -> None:
        """Add its points to the parts of every row."""
        at = []
        for column, edges in zip(self.columns, self.edges, strict=True):
            values = table[:, column]
            step = np.searchsorted(edges, values)
            at.append(np.where(np.isnan(values), len(edges) + 1, step))
        parts[:, self.columns] += self.height[tuple(at)]


def curves_of(forest: Forest) -> tuple[Curve, ...]:
    """All trees of a forest, gathered by the columns that they look at. At most two meet in a tree."""
    found: dict[tuple[int, ...], list[slice]] = {}
    for tree in _trees(forest):
        inner = forest.left[tree] != np.arange(tree.start, tree.stop)
        columns = tuple(np.unique(forest.column[tree][inner]).tolist())
        if columns:
            found.setdefault(columns, []).append(tree)
    return tuple(Curve.of(_only(forest, trees), columns) for columns, trees in sorted(found.items()))


def _trees(forest: Forest) -> Iterator[slice]:
    for start, stop in pairwise([*forest.root.tolist(), len(forest.value)]):
        yield slice(start, stop)


def _only(forest: Forest, trees: list[slice]) -> Forest:
    size = np.array([tree.stop - tree.start for tree in trees])
    root = np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64)
    moved = np.repeat(root - np.array([tree.start for tree in trees]), size)
    rows = np.concatenate([np.arange(tree.start, tree.stop) for tree in trees])
    return Forest(
        columns=forest.columns,
        root=root,
        column=forest.column[rows],
        threshold=forest.threshold[rows],
        left=forest.left[rows] + moved,
        right=forest.right[rows] + moved,
        missing_left=forest.missing_left[rows],
        value=forest.value[rows],
        deepest=forest.deepest,
    )
