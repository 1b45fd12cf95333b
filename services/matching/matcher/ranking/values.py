"""The values that the ranking takes and hands out; whoever calls it or shows its advice needs them.

A score is the sum of its parts, to the last bit that floating point allows: `start` is what an average order or course
gets, every other part says how much one fact about this person and this order moved it. A fact that is not known has
no part at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, overload

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


class CourseProspect(NamedTuple):
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


class RankedList(Sequence[Ranked]):
    """Orders or courses, best first. A row is put together when somebody looks at it: of a thousand few are shown.

    `made`: the row at a place, with or without reasons; the first `shown` have them.
    """

    def __init__(self, ids: Sequence[str], made: Callable[[int, bool], Ranked], shown: int) -> None:
        self.ids = ids
        self._made, self._shown = made, shown
        self._known: dict[int, Ranked] = {}

    def told(self, place: int) -> Ranked:
        """The row with its reasons, wherever it stands."""
        return self._made(place, True)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...

    @overload
    def __getitem__(self, place: slice) -> list[Ranked]: ...

    def __getitem__(self, place: int | slice) -> Ranked | list[Ranked]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self.ids)))]
        at = range(len(self.ids))[place]
        if at not in self._known:
            self._known[at] = self._made(at, at < self._shown)
        return self._known[at]

    def __add__(self, others: Sequence[Ranked]) -> list[Ranked]:
        return [*self, *others]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def _none(place: int, told: bool) -> Ranked:
    raise IndexError(place)


NO_ROWS = RankedList((), _none, 0)
"""Of somebody who is offered nothing."""


OrderProspects = Mapping[str, OrderProspect]
CourseProspects = Mapping[str, CourseProspect]
