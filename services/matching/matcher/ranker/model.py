"""The ranking puts this beside a hand-set card once outcomes are known: one curve per column, fitted and calibrated.

A model is a sum: boosted trees that see one column each, or one of a few named pairs, so every part of it is exact.
It speaks in the points of its card (same mean and spread), and the two are mixed by how many outcomes the family of the
occupation has: `n / (n + 200)` of the model, the rest of the card. With no outcome it is the card to the last bit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.cards import Card
from services.matching.matcher.features.suits import Suits
from services.matching.matcher.learning.forest import Forest
from services.matching.matcher.ranker.calibration import Calibration
from services.matching.matcher.ranker.curves import Curve, curves_of
from services.matching.matcher.ranker.lessons import FOLDS, Grade, Lessons

Vector = NDArray[np.float64]
HALFWAY = 200
"""Outcomes of a family at which the model weighs as much as the card: on a public task the gain levelled off there."""
LEAST_OUTCOMES = 30
"""Below, nothing is fitted: a curve needs at least this many to be more than the story of a few people."""
PAST = "past_success"
"""How well offers of the same family went for others; the one column that is learned from outcomes itself."""
SHRINK = 20
"""Rows of the overall mean that every family starts with."""

PAIRS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "orders": (("skills", "same_work"), ("wished_work", "wage"), ("language", "soon")),
    "courses": (("gain", "close"), ("gain", "cheap")),
}
"""Columns that may act together: skills stand in for missing years, pay for a wish, time for a language; near and free
matter more the more a course opens. Every other pair is kept apart, so that a reason can name what it speaks of."""
FREE = ("teaches_new",)
"""The only column that may also speak against an offer; every other curve only rises."""


@dataclass(frozen=True, slots=True)
class Families:
    """What came of offers so far, by family of occupations: mean worth, and how many outcomes there are."""

    names: tuple[str, ...]
    mean: Vector
    outcomes: Vector
    overall: float

    @classmethod
    def of(cls, lessons: Lessons) -> "Families":
        names, at = np.unique(lessons.family, return_inverse=True)
        weight, worth = lessons.weight, lessons.worth
        overall = float(np.average(worth, weights=weight)) if len(lessons) else 0.0
        total = np.bincount(at, weights=weight, minlength=len(names))
        came = np.bincount(at, weights=weight * worth, minlength=len(names))
        happened = np.bincount(at, weights=lessons.grade >= Grade.ENROLLED, minlength=len(names)).astype(float)
        return cls(tuple(map(str, names)), (came + SHRINK * overall) / (total + SHRINK), happened, overall)

    def success(self, families: Sequence[str]) -> Vector:
        """One number a row; NaN for a family of which nothing was ever shown."""
        known = dict(zip(self.names, self.mean, strict=True))
        return np.array([known.get(family, np.nan) if family else np.nan for family in families], dtype=float)

    def share(self, families: Sequence[str]) -> Vector:
        """How much the model weighs, 0..1 a row."""
        known = dict(zip(self.names, self.outcomes, strict=True))
        count = np.array([known.get(family, 0.0) if family else 0.0 for family in families], dtype=float)
        share: Vector = count / (count + HALFWAY)
        return share


@dataclass(frozen=True, slots=True)
class Learned:
    """Every curve, in the points of a card; `start` is the score of a row of which no curve says anything."""

    curves: tuple[Curve, ...]
    start: float

    def parts(self, table: NDArray[np.float32]) -> Vector:
        """Points per cell; with `start` they sum to the score of the row."""
        parts = np.zeros(table.shape)
        for curve in self.curves:
            curve.add_to(parts, table)
        return parts


@dataclass(frozen=True, slots=True)
class Blend:
    """Scores of some rows as starts and parts: `score = start + parts.sum(axis=1)`; the last part is of `PAST`."""

    start: Vector
    parts: Vector

    @property
    def score(self) -> Vector:
        score: Vector = self.start + self.parts.sum(axis=1)
        return score


@dataclass(frozen=True, slots=True)
class Model:
    """Everything learned about one kind of offer. `card` is the digest of the card that it was fitted beside."""

    kind: str
    card: str
    columns: tuple[str, ...]
    learned: Learned
    families: Families
    calibration: Calibration
    rows: int
    outcomes: int

    def blend(self, card: Card, table: Vector, families: Sequence[str]) -> Blend:
        """Card and model together, for rows of these families."""
        return _blend(card, self.learned, self.families, table, families)


@dataclass(frozen=True, slots=True)
class Fitted:
    """One fit: a model of each kind, or None where too few outcomes are known and the card ranks alone."""

    orders: Model | None
    courses: Model | None
    suits: Suits | None = None
    """What speaks for which work, as it was when the models were fitted; None: whatever we ship."""


def fit(lessons: Lessons, card: Card, kind: str) -> Model | None:
    """Learn from `lessons` of one kind; None while there are fewer than `LEAST_OUTCOMES`. Same rows, same model.

    What a row is told of its family comes from other people only (folds by person), as it will when it serves."""
    lessons = _in_order(lessons)
    if lessons.outcomes < LEAST_OUTCOMES or lessons.grade.min() > Grade.SHOWN:
        return None
    score, fold = np.zeros(len(lessons)), lessons.fold
    for number in range(FOLDS):
        mine = fold == number
        if mine.any() and not mine.all():
            others = lessons.only(~mine)
            learned, families = _grow(others, card, kind), Families.of(others)
            score[mine] = _blend(card, learned, families, lessons.table[mine], lessons.family[mine].tolist()).score
    return Model(
        kind=kind,
        card=card.digest,
        columns=(*card.columns, PAST),
        learned=_grow(lessons, card, kind),
        families=Families.of(lessons),
        calibration=Calibration.of(score, lessons.worth, lessons.weight),
        rows=len(lessons),
        outcomes=lessons.outcomes,
    )


def _blend(card: Card, learned: Learned, families: Families, table: Vector, family: Sequence[str]) -> Blend:
    share = families.share(family)
    points = learned.parts(_with(table, families.success(family)))
    parts = share[:, None] * points
    parts[:, :-1] += (1 - share)[:, None] * card.parts(table)
    return Blend((1 - share) * card.start + share * learned.start, parts)


def _grow(lessons: Lessons, card: Card, kind: str) -> Learned:
    # Serving never fits, and scikit-learn takes seconds to import.
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    table = _with(lessons.table, _past_of_others(lessons))
    columns = (*card.columns, PAST)
    # An outcome of worth 0.6 is six tenths of a success and four tenths of none: so the trees learn the expected worth.
    weight = np.concatenate([lessons.weight * lessons.worth, lessons.weight * (1 - lessons.worth)])
    used = weight > 0
    came = np.repeat([1, 0], len(lessons))
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
    points = card.start + card.parts(lessons.table).sum(axis=1)
    spread = float(raw.std())
    scale = float(points.std()) / spread if spread > 1e-9 else 0.0
    curves = tuple(replace(curve, height=scale * curve.height) for curve in curves_of(forest))
    silent = forest.start + float((raw - forest.score(table)).mean())
    return Learned(curves, float(points.mean()) + scale * (silent - float(raw.mean())))


def _with(table: Vector, past: Vector) -> NDArray[np.float32]:
    return np.column_stack([table, past]).astype(np.float32)


def _past_of_others(lessons: Lessons) -> Vector:
    """`PAST` of every row, from the rows of people in other folds."""
    past, fold = np.full(len(lessons), np.nan), lessons.fold
    for number in np.unique(fold):
        mine = fold == number
        past[mine] = Families.of(lessons.only(~mine)).success(lessons.family[mine].tolist())
    return past


def _together(columns: tuple[str, ...], kind: str) -> list[set[int]]:
    pairs = [{columns.index(one), columns.index(other)} for one, other in PAIRS[kind]]
    return [*pairs, *({index} for index in range(len(columns)))]


def _in_order(lessons: Lessons) -> Lessons:
    """By person, offer and list, so that the order in which a database hands rows out teaches nothing."""
    order = np.lexsort((lessons.list, lessons.offer, lessons.person))
    return lessons.only(order)
