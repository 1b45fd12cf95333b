"""The fit command turns training examples into the model that the served ranking puts beside its card.

Trees see one column each, or a named pair, so their sum is kept as one staircase per column (`ranking/curves.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.ltr.examples import FOLDS, Examples, Grade
from services.matching.matcher.ltr.forest import Forest
from services.matching.matcher.ranking.model import (
    PAST,
    Calibration,
    Curve,
    Families,
    Learned,
    Model,
    blended,
    with_past,
)
from services.matching.matcher.ranking.scorecard import Card

Vector = NDArray[np.float64]
SHRINK = 20
"""Rows of the overall mean that every family starts with."""
LEAST_OUTCOMES = 30
"""Below, nothing is fitted: a curve needs at least this many to be more than the story of a few people."""
PAIRS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "orders": (("skills", "same_work"), ("wished_work", "wage"), ("language", "soon")),
    "courses": (("gain", "close"), ("gain", "cheap")),
}
"""Columns that may act together: skills stand in for missing years, pay for a wish, time for a language; near and free
matter more the more a course opens. Every other pair is kept apart, so that a reason can name what it speaks of."""
FREE = ("teaches_new",)
"""The only column that may also speak against an offer; every other curve only rises."""


def fit(examples: Examples, card: Card, kind: str) -> Model | None:
    """Learn from `examples` of one kind; None while there are fewer than `LEAST_OUTCOMES`. Same rows, same model.

    What a row is told of its family comes from other people only (folds by person), as it will when it serves."""
    examples = _in_order(examples)
    if examples.outcomes < LEAST_OUTCOMES or examples.grade.min() > Grade.SHOWN:
        return None
    score, fold = np.zeros(len(examples)), examples.fold
    for number in range(FOLDS):
        mine = fold == number
        if mine.any() and not mine.all():
            others = examples.only(~mine)
            learned, families = _grow(others, card, kind), families_of(others)
            score[mine] = blended(card, learned, families, examples.table[mine], examples.family[mine].tolist()).score
    return Model(
        kind=kind,
        card=card.digest,
        columns=(*card.columns, PAST),
        learned=_grow(examples, card, kind),
        families=families_of(examples),
        calibration=calibration_of(score, examples.worth, examples.weight),
        rows=len(examples),
        outcomes=examples.outcomes,
    )


def _grow(examples: Examples, card: Card, kind: str) -> Learned:
    # Serving never fits, and scikit-learn takes seconds to import.
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    table = with_past(examples.table, past_of_others(examples))
    columns = (*card.columns, PAST)
    # An outcome of worth 0.6 is six tenths of a success and four tenths of none: so the trees learn the expected worth.
    weight = np.concatenate([examples.weight * examples.worth, examples.weight * (1 - examples.worth)])
    used = weight > 0
    came = np.repeat([1, 0], len(examples))
    unfitted = HistGradientBoostingClassifier(
        max_iter=80,
        learning_rate=0.08,
        max_leaf_nodes=4,
        min_samples_leaf=20,
        l2_regularization=5.0,
        interaction_cst=_together(columns, kind),
        monotonic_cst=[0 if name in FREE else 1 for name in columns],
        early_stopping=False,
        random_state=0,
    )
    # One thread: a second one saves seconds once a night, and sums in another order.
    with threadpool_limits(1):
        boosting = unfitted.fit(np.vstack([table, table])[used], came[used], sample_weight=weight[used])
    forest, raw = Forest.of(boosting), boosting.decision_function(table)
    points = card.start + card.parts(examples.table).sum(axis=1)
    spread = float(raw.std())
    scale = float(points.std()) / spread if spread > 1e-9 else 0.0
    curves = tuple(replace(curve, height=scale * curve.height) for curve in curves_of(forest))
    silent = forest.start + float((raw - forest.score(table)).mean())
    return Learned(curves, float(points.mean()) + scale * (silent - float(raw.mean())))


def past_of_others(examples: Examples) -> Vector:
    """`PAST` of every row, from the rows of people in other folds."""
    past, fold = np.full(len(examples), np.nan), examples.fold
    for number in np.unique(fold):
        mine = fold == number
        past[mine] = families_of(examples.only(~mine)).success(examples.family[mine].tolist())
    return past


def _together(columns: tuple[str, ...], kind: str) -> list[set[int]]:
    pairs = [{columns.index(one), columns.index(other)} for one, other in PAIRS[kind]]
    return [*pairs, *({index} for index in range(len(columns)))]


def _in_order(examples: Examples) -> Examples:
    """By person, offer and list, so that the order in which a database hands rows out teaches nothing."""
    order = np.lexsort((examples.list, examples.offer, examples.person))
    return examples.only(order)


def families_of(examples: Examples) -> Families:
    """What came of the rows, by family."""
    names, at = np.unique(examples.family, return_inverse=True)
    weight, worth = examples.weight, examples.worth
    overall = float(np.average(worth, weights=weight)) if len(examples) else 0.0
    total = np.bincount(at, weights=weight, minlength=len(names))
    came = np.bincount(at, weights=weight * worth, minlength=len(names))
    happened = np.bincount(at, weights=examples.grade >= Grade.ENROLLED, minlength=len(names)).astype(float)
    return Families(tuple(map(str, names)), (came + SHRINK * overall) / (total + SHRINK), happened, overall)


def _curve_of(trees: Forest, columns: tuple[int, ...]) -> Curve:
    """The sum of trees that look at these columns only."""
    inner = trees.left != np.arange(len(trees.left))
    edges = tuple(np.unique(trees.threshold[inner & (trees.column == column)]) for column in columns)
    # A value for each step: its upper edge, something beyond the last edge, and something not known.
    steps = np.meshgrid(*(np.append(edge, [np.inf, np.nan]) for edge in edges), indexing="ij")
    table = np.zeros((steps[0].size, trees.columns))
    for column, values in zip(columns, steps, strict=True):
        table[:, column] = values.ravel()
    height = trees.contributions(table)[:, columns]
    return Curve(columns, edges, height.reshape(*steps[0].shape, len(columns)))


def curves_of(forest: Forest) -> tuple[Curve, ...]:
    """All trees of a forest, gathered by the columns that they look at. At most two meet in a tree."""
    found: dict[tuple[int, ...], list[slice]] = {}
    for tree in _trees(forest):
        inner = forest.left[tree] != np.arange(tree.start, tree.stop)
        columns = tuple(np.unique(forest.column[tree][inner]).tolist())
        if columns:
            found.setdefault(columns, []).append(tree)
    return tuple(_curve_of(_only(forest, trees), columns) for columns, trees in sorted(found.items()))


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


def calibration_of(score: Vector, came: Vector, weight: Vector) -> Calibration:
    """From out-of-fold scores: on rows that a model learned from it would look surer than it is."""
    from sklearn.isotonic import IsotonicRegression  # as above: only a fit needs it

    line = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(score, came, sample_weight=weight)
    return Calibration(
        at=np.asarray(line.X_thresholds_, dtype=float),
        value=np.asarray(line.y_thresholds_, dtype=float),
        usual=float(np.average(came, weights=weight)),
    )
