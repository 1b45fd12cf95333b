"""The ranking puts this beside a hand-set card once outcomes are known: one curve per column, fitted and calibrated.

A model is a sum: boosted trees that see one column each, or one of a few named pairs, so every part of it is exact.
It speaks in the points of its card (same mean and spread), and the two are mixed by how many outcomes the family of the
occupation has: `n / (n + 200)` of the model, the rest of the card. With no outcome it is the card to the last bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.ranking.features.affinity import SkillAffinity
from services.matching.matcher.ranking.scorecard import Card

Vector = NDArray[np.float64]
HALFWAY = 200
"""Outcomes of a family at which the model weighs as much as the card: on a public task the gain levelled off there."""
PAST = "past_success"
"""How well offers of the same family went for others; the one column that is learned from outcomes itself."""
VERY_GOOD, GOOD = 1.5, 0.75
"""Times the usual outcome of what is shown: how much is usual differs between years, so no fixed chance would last."""


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


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising line through knots: `at` scores, `value` what came of them on average (0..1)."""

    at: Vector
    value: Vector
    usual: float

    def chance(self, score: Vector) -> Vector:
        """What comes of a score on average, 0..1; flat beyond the scores that were seen."""
        chance: Vector = np.interp(score, self.at, self.value)
        return chance

    @property
    def cuts(self) -> tuple[float, float]:
        """The least scores that are VERY_GOOD and GOOD; infinite when nothing has ever gone so well."""
        return self._reaching(VERY_GOOD * self.usual), self._reaching(GOOD * self.usual)

    def _reaching(self, value: float) -> float:
        found = np.flatnonzero(self.value >= value)
        return float(self.at[found[0]]) if len(found) else float("inf")


@dataclass(frozen=True, slots=True)
class Families:
    """What came of offers so far, by family of occupations: mean worth, and how many outcomes there are."""

    names: tuple[str, ...]
    mean: Vector
    outcomes: Vector
    overall: float

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
        return blended(card, self.learned, self.families, table, families)


@dataclass(frozen=True, slots=True)
class Fitted:
    """One fit: a model of each kind, or None where too few outcomes are known and the card ranks alone."""

    orders: Model | None
    courses: Model | None
    suits: SkillAffinity | None = None
    """What speaks for which work, as it was when the models were fitted; None: whatever we ship."""


def blended(card: Card, learned: Learned, families: Families, table: Vector, family: Sequence[str]) -> Blend:
    """Rows scored by a card and what was learned beside it, each row by the share of its family."""
    share = families.share(family)
    points = learned.parts(with_past(table, families.success(family)))
    parts = share[:, None] * points
    parts[:, :-1] += (1 - share)[:, None] * card.parts(table)
    return Blend((1 - share) * card.start + share * learned.start, parts)


def with_past(table: Vector, past: Vector) -> NDArray[np.float32]:
    """The table of a card with the one column beside it that outcomes give."""
    return np.column_stack([table, past]).astype(np.float32)


def family_of(isco08: str | None) -> str:
    """Sub-major group of ISCO-08: narrow enough to mean the same work, wide enough to have outcomes; '' unknown."""
    return isco08[:2] if isco08 and isco08.isdigit() else ""
