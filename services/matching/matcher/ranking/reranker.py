"""A list for one person is spread here, because a thousand others may be looking at the same twenty seats.

Two steps after the score, both exact and both explained:

* **crowding**: an order that was lately shown to more people than can get a seat loses points, a few per doubling. The
  loss is a part of the score like any other. What an offer is to a person, its band, does not change.
* **breadth**: at most a third of what is shown comes from one unit group of ISCO-08 while another group has an order
  that is nearly as good.

Both are functions of their arguments: the same counts give the same list.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.matching.matcher.facts.reading import Text
from services.matching.matcher.ranking.values import Reason

TAKE_UP = 0.2
"""Of those who are shown an order among others, so many try for it; about one in five shown."""
HIGHEST = 5
POINTS = 3.0
"""Lost per level, fifteen at most: about what years of the same work weigh. A clear match stays a clear match."""
NEARLY = 6.0
"""Points that breadth may cost: less than a stated wish weighs. So it never outvotes what the person asked for."""
PART = "crowding"


def seen_at(rank: int) -> float:
    """The probability that a line of a list is looked at; the first (rank 1) always is, the fourth half as often."""
    return float(rank**-0.5)


@dataclass(frozen=True, slots=True)
class Place:
    """What is counted for one offer: `shown` to so many other people lately, for so many `seats` (None: not known)."""

    shown: float
    seats: int | None

    @property
    def level(self) -> int:
        """0 while those who try can all get a seat, then one more for every doubling; at most `HIGHEST`."""
        if self.seats is None or self.shown <= 0:
            return 0
        load = self.shown * TAKE_UP / max(1, self.seats)
        return 0 if load < 1 else min(HIGHEST, 1 + int(math.log2(load)))


def loss(level: int, score: float) -> float:
    """Points that a level takes from a score, never more than the score has."""
    return min(level * POINTS, max(score, 0.0))


def reason(level: int, points: float) -> Reason:
    """Why a crowded offer stands lower than it would."""
    return Reason("CROWDED", _VERY_CROWDED if level >= HIGHEST - 1 else _CROWDED, points)


_CROWDED = Text(
    "Banyak orang lain juga melihat pilihan ini; tempatnya terbatas.",
    "Many others are looking at this too; there are few places.",
)
_VERY_CROWDED = Text(
    "Peminatnya jauh lebih banyak daripada tempatnya; siapkan juga pilihan lain.",
    "Far more people want this than there are places; keep another choice ready.",
)


def levels(places: Mapping[str, Place]) -> dict[str, int]:
    """Offer → level, the crowded ones only."""
    return {id: place.level for id, place in places.items() if place.level}


def spread(best_first: Sequence[int], score: Sequence[float], group: Sequence[str | None], shown: int) -> list[int]:
    """`best_first` (rows by score) with at most a third of the first `shown` from one group, where others are near.

    A row without a group is of no group and never held back. Rows held back follow in the order of their score."""
    most = max(1, shown // 3)
    head: list[int] = []
    count: dict[str, int] = {}
    waiting = list(best_first)
    while waiting and len(head) < shown:
        best = waiting[0]
        fits = (row for row in waiting if group[row] is None or count.get(group[row] or "", 0) < most)
        row = next(fits, best)
        if score[best] - score[row] > NEARLY:
            row = best
        waiting.remove(row)
        head.append(row)
        name = group[row]
        if name is not None:
            count[name] = count.get(name, 0) + 1
    return [*head, *waiting]
