"""The values that the ranking takes and hands out; whoever calls it or shows its advice needs them.

A score is the sum of its parts, to the last bit that floating point allows: `start` is what an average order or course
gets, every other part says how much one fact about this person and this order moved it. A fact that is not known has
no part at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Text

Band = Literal["VERY_GOOD", "GOOD", "POSSIBLE"]


@dataclass(frozen=True, slots=True)
class OrderProspect:
    """What stands between a person and an order, as the caller worked it out; None means not known.

    `steps` papers or courses still missing, `days` until the person may apply (0 = today), `wage_idr` the monthly wage
    in rupiah at the rate of the day."""

    steps: int | None = None
    days: int | None = None
    wage_idr: float | None = None


@dataclass(frozen=True, slots=True)
class CourseProspect:
    """What a course leads to for this person: the orders it helps to unlock, none if it unlocks nothing.

    `steps`: courses on the shortest path through this one (a course that needs two more shares its merit), `days` until
    those orders are reachable, `distance_km` from home to the place of its next batch. `gaps` give the wages."""

    orders: Sequence[Order] = ()
    steps: int = 1
    days: int | None = None
    distance_km: float | None = None


NO_PROSPECT = CourseProspect()
"""Of a course of which nothing is known."""


class Part(NamedTuple):
    """One addend of a score; `points` may be negative. A tuple, since a list of two hundred offers has thousands."""

    feature: str
    points: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an order or course stands where it stands, or what is missing. `weight` is the part of the score, in points.

    `evidence` points into the person's own record (`skills/2`), so that a reader with rights can quote the words."""

    code: str
    text: Text
    weight: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """One order or course in the list, best first. `score` (about 0..100) is the sum of `parts`; people see the band.

    `chance` is a prior belief until outcomes have calibrated it; then, what came of such scores, 0..1."""

    id: str
    score: float
    band: Band
    summed: Callable[[], tuple[Part, ...]] = field(repr=False, compare=False)
    """`parts`, put together only for the few lines of which somebody asks."""
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    chance: float
    worth: float
    unlocks: Sequence[str] = ()
    values: tuple[tuple[str, float], ...] = ()
    """(column, value) of what was known, for the head of the list: what the learning house is taught from."""

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.summed()


OrderProspects = Mapping[str, OrderProspect]
CourseProspects = Mapping[str, CourseProspect]
