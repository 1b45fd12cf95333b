"""The ranker and the resolver learn from lists here: boosted trees that lift the right items of each list to its top.

The trees are scikit-learn's `HistGradientBoostingRegressor`; only the loss is ours: the cross entropy between the
softmax of a list's scores and the gains of its items (ListNet's top-one loss), which asks for the order within a list
and not for a number per item. A curve may be made to rise only (`rises`), and trees may be kept to single columns or
named pairs (`together`), which makes their sum exactly explainable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn._loss.loss import HalfSquaredError
from sklearn.ensemble import HistGradientBoostingRegressor

from services.matching.matcher.ltr.forest import Forest

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lists:
    """`gain` of every row, lists one after another; `starts` the first row of each list, `weight` one per list."""

    gain: Array
    starts: NDArray[np.int64]
    weight: Array

    @classmethod
    def equal(cls, gain: Array, size: int) -> "Lists":
        starts = np.arange(0, len(gain), size, dtype=np.int64)
        return cls(gain, starts, np.ones(len(starts)))

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(np.append(self.starts, len(self.gain)))


class _TopOne(HalfSquaredError):
    """Softmax cross entropy within lists, in the shape scikit-learn's boosting asks of a loss.

    Rows must come in the order of `lists`, so the trees are grown without early stopping, which would shuffle them."""

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self.constant_hessian = False
        self.starts, self.sizes = lists.starts, lists.sizes
        total = np.add.reduceat(lists.gain, lists.starts)
        share = np.divide(lists.weight, total, out=np.zeros_like(total), where=total > 0)
        self.goal = lists.gain * np.repeat(share, self.sizes)
        self.mass = np.repeat(np.where(total > 0, lists.weight, 0.0), self.sizes)

    def fit_intercept_only(self, y_true: Array, sample_weight: Array | None = None) -> np.float64:
        return np.float64(0.0)

    def gradient_hessian(
        self,
        y_true: Array,
        raw_prediction: Array,
        sample_weight: Array | None = None,
        gradient_out: Array | None = None,
        hessian_out: Array | None = None,
        n_threads: int = 1,
    ) -> tuple[Array | None, Array | None]:
        score = raw_prediction.ravel()
        power = np.exp(score - np.repeat(np.maximum.reduceat(score, self.starts), self.sizes))
        share = power / np.repeat(np.add.reduceat(power, self.starts), self.sizes)
        assert gradient_out is not None and hessian_out is not None
        gradient_out[:] = share * self.mass - self.goal
        hessian_out[:] = np.maximum(share * (1 - share) * self.mass, 1e-6)
        return gradient_out, hessian_out


def grow(
    table: NDArray[np.float32],
    lists: Lists,
    *,
    trees: int = 150,
    leaves: int = 8,
    rate: float = 0.06,
    smallest_leaf: int = 30,
    shrink: float = 1.0,
    columns_per_split: float = 0.5,
    rises: Sequence[int] | None = None,
    together: Sequence[Sequence[int]] | str | None = None,
    seed: int = 0,
) -> Forest:
    """Trees over the rows of `table`. `rises[j]` 1: column j only raises a score; `together`: columns that may meet."""
    boosting = HistGradientBoostingRegressor(
        loss=_TopOne(lists),
        max_iter=trees,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        min_samples_leaf=smallest_leaf,
        l2_regularization=shrink,
        max_features=columns_per_split,
        monotonic_cst=rises,
        interaction_cst=together,
        early_stopping=False,
        random_state=seed,
    ).fit(table, lists.gain)
    return Forest.of(boosting)
