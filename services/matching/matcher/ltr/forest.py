"""The ranker keeps its trees in this form: plain arrays that can be scored, explained, stored and compared.

A contribution is exact: walking down a tree, every split moves the expected value, and the move belongs to the column
that was split on. Start value and moves sum to the score of the leaf reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Whole = NDArray[np.int64]
BLOCK = 4_096


@dataclass(frozen=True, slots=True)
class Forest:
    """Nodes of all trees in one row of arrays; children are positions in it, a leaf is its own child."""

    columns: int
    root: Whole
    column: Whole
    threshold: Float
    left: Whole
    right: Whole
    missing_left: NDArray[np.bool_]
    value: Float
    deepest: int

    @classmethod
    def of(cls, boosting: object) -> "Forest":
        """Read the trees of a fitted `HistGradientBoostingRegressor`. Inner values are means of the rows below them."""
        parts = [tree for (tree,) in boosting._predictors]  # type: ignore[attr-defined]
        return cls.join([_nodes(tree.nodes) for tree in parts], boosting.n_features_in_)  # type: ignore[attr-defined]

    @classmethod
    def join(cls, trees: Sequence[dict[str, NDArray[Any]]], columns: int) -> "Forest":
        """One forest of trees: arrays (`column`, `threshold`, `left` ...) of each, an entry a node, from 0."""
        sizes = [len(tree["value"]) for tree in trees]
        root = np.cumsum([0, *sizes[:-1]]).astype(np.int64)
        whole = {name: np.concatenate([tree[name] for tree in trees]) for name in trees[0] if name != "depth"}
        shift = np.repeat(root, sizes)
        return cls(
            columns=columns,
            root=root,
            column=whole["column"],
            threshold=whole["threshold"],
            left=whole["left"] + shift,
            right=whole["right"] + shift,
            missing_left=whole["missing_left"],
            value=whole["value"],
            deepest=max(int(tree["depth"].max()) for tree in trees),
        )

    @classmethod
    def mean(cls, forests: Sequence["Forest"]) -> "Forest":
        """One forest whose score is the mean of the scores of several."""
        shift = np.cumsum([0, *(len(forest.value) for forest in forests[:-1])])
        moved = [(forest, by) for forest, by in zip(forests, shift, strict=True)]
        return cls(
            columns=forests[0].columns,
            root=np.concatenate([forest.root + by for forest, by in moved]),
            column=np.concatenate([forest.column for forest in forests]),
            threshold=np.concatenate([forest.threshold for forest in forests]),
            left=np.concatenate([forest.left + by for forest, by in moved]),
            right=np.concatenate([forest.right + by for forest, by in moved]),
            missing_left=np.concatenate([forest.missing_left for forest in forests]),
            value=np.concatenate([forest.value for forest in forests]) / len(forests),
            deepest=max(forest.deepest for forest in forests),
        )

    @property
    def start(self) -> float:
        """The score of a row of which nothing is known but that it is like those learned from."""
        return float(self.value[self.root].sum())

    def score(self, table: NDArray[np.float32]) -> Float:
        """One number per row."""
        return np.concatenate(
            [self.value[self._fall(rows)[-1]].sum(axis=1) for rows in _blocks(table)] or [np.zeros(0)]
        )

    def contributions(self, table: NDArray[np.float32]) -> Float:
        """rows x columns; with `start` they sum to the score of the row."""
        parts = np.zeros((len(table), self.columns))
        done = 0
        for rows in _blocks(table):
            path = self._fall(rows)
            flat = np.arange(len(rows))[:, None] * self.columns
            for above, below in zip(path[:-1], path[1:], strict=True):
                moved = self.value[below] - self.value[above]
                cell = flat + self.column[above]
                part = np.bincount(cell.ravel(), weights=moved.ravel(), minlength=len(rows) * self.columns)
                parts[done : done + len(rows)] += part.reshape(len(rows), self.columns)
            done += len(rows)
        return parts

    def _fall(self, rows: NDArray[np.float32]) -> list[Whole]:
        """The node of every row in every tree, level by level."""
        node = np.broadcast_to(self.root, (len(rows), len(self.root)))
        path = [node]
        row = np.arange(len(rows))[:, None]
        for _ in range(self.deepest):
            value = rows[row, self.column[node]]
            goes_left = np.where(np.isnan(value), self.missing_left[node], value <= self.threshold[node])
            node = np.where(goes_left, self.left[node], self.right[node])
            path.append(node)
        return path


def _nodes(nodes: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """One tree as arrays; inner nodes get the mean of their leaves, weighted by the rows that reached them."""
    leaf = nodes["is_leaf"].astype(bool)
    self_ = np.arange(len(nodes))
    value = nodes["value"].astype(float)
    count = nodes["count"].astype(float)
    left = np.where(leaf, self_, nodes["left"]).astype(np.int64)
    right = np.where(leaf, self_, nodes["right"]).astype(np.int64)
    for node in np.argsort(-nodes["depth"].astype(int), kind="stable"):
        if not leaf[node]:
            below = [left[node], right[node]]
            value[node] = np.average(value[below], weights=np.maximum(count[below], 1e-9))
    return {
        "column": np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64),
        "threshold": np.where(leaf, np.inf, nodes["num_threshold"]).astype(float),
        "left": left,
        "right": right,
        "missing_left": np.where(leaf, True, nodes["missing_go_to_left"]).astype(bool),
        "value": value,
        "depth": nodes["depth"].astype(np.int64),
    }


def _blocks(table: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    return [table[start : start + BLOCK] for start in range(0, len(table), BLOCK)]
