"""The ranking of courses needs to know what a course changes: the counterfactual rise of a person's prospects.

Prospect of a set of orders = expected worth of the best one that comes true, taken in order of worth:
`w1 p1 + w2 p2 (1 - p1) + ...`. A person takes one job, so the tenth similar order adds little, a first one adds much.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.picked import Picked
from services.matching.matcher.ranking.features import orders as order_columns
from services.matching.matcher.ranking.features.courses import CourseShelf
from services.matching.matcher.ranking.features.orders import OrderShelf
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.scorecard import Card
from services.matching.matcher.ranking.values import NO_PROSPECT, CourseProspect, CourseProspects, OrderProspects

MOST_ORDERS = 12
"""Per course; beyond the best dozen an order no longer moves the prospect by a visible amount."""
_MET_BY_PATH = ("language", "certificate", "hours", "experience", "schooling", "programme")
ROUNDING = 1e-9
"""Of sums taken in another order."""
Matrix = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Behind:
    """All orders that lie behind some course, each once, and of each list of them the places in that one."""

    orders: Sequence[Order]
    lists: Mapping[int, Indices]
    """By the `id` of a list, those that are not empty."""

    @classmethod
    def of(cls, prospects: Iterable[CourseProspect]) -> "Behind":
        """From what the courses of one answer lead to; shared lists of orders are read once."""
        # Courses that help with the same aims share one list of orders, which may be long: each list is read once.
        lists = {id(one.orders): one.orders for one in prospects if one.orders}
        picked = {key: one for key, one in lists.items() if isinstance(one, Picked)}
        among = {id(one.among): one.among for one in picked.values()}
        if len(picked) == len(lists) and len(among) == 1:
            return cls(next(iter(among.values())), {key: one.at for key, one in picked.items()})
        every = {order.id: order for orders in lists.values() for order in orders}
        place = {id: at for at, id in enumerate(every)}
        places = {key: np.array([place[one.id] for one in mine], dtype=np.int64) for key, mine in lists.items()}
        return cls(tuple(every.values()), places)


class Columns(NamedTuple):
    """Columns of some orders beside one person, that were worked out before. `row_of`: by id."""

    row_of: Mapping[str, int]
    table: Matrix

    def of(self, orders: Sequence[Order]) -> Matrix | None:
        """Those of these orders; None where one of them is not here."""
        if len(orders) > len(self.row_of):
            return None
        rows = [self.row_of.get(order.id, -1) for order in orders]
        return None if min(rows, default=0) < 0 else self.table[rows]


def gains(
    profile: Profile,
    courses: Sequence[Course],
    outlooks: CourseProspects,
    behind: Behind,
    *,
    open_orders: Sequence[Order],
    gaps: OrderProspects,
    order_shelf: OrderShelf,
    course_shelf: CourseShelf,
    card: Card,
    known: Columns | None = None,
) -> Matrix:
    """Rise of the prospect (0..1) per course, shared among the courses of a path that needs several.

    `known`: of orders of this person with these gaps."""
    places = behind.lists
    if not places:
        return np.zeros(len(courses))
    open_ids = {order.id for order in open_orders}
    position = {order.id: row for row, order in enumerate(behind.orders) if order.id in open_ids}
    beside = [order for order in open_orders if order.id not in position]
    position.update((order.id, row) for row, order in enumerate(beside, len(behind.orders)))
    orders = [*behind.orders, *beside]
    standing = order_shelf.rows(orders)
    table = None if known is None else known.of(orders)
    if table is None:
        table = order_shelf.columns(profile, orders, gaps, standing)
    now = np.array([position[order.id] for order in open_orders], dtype=np.int64)
    worth_now, chance_now = card.worth(table[now]), card.chance(table[now])
    for name in _MET_BY_PATH:
        column = table[:, order_columns.COLUMNS.index(name)]
        column[~np.isnan(column)] = 1.0
    seen = [outlooks.get(course.id, NO_PROSPECT) for course in courses]
    steps = np.array([max(outlook.steps, 1) for outlook in seen])
    # Many providers teach the same: what a course adds depends on that and on the list behind it alone.
    list_at = {key: number for number, key in enumerate(places)}
    of_list = np.array([list_at.get(id(look.orders), len(places)) for look in seen], dtype=np.int64)
    of_taught, taught = course_shelf.taught(courses)
    kinds, kind = np.unique(of_list * len(taught) + of_taught, return_inverse=True)
    mine, taught = kinds // len(taught), taught[kinds % len(taught)]
    asked, look = order_shelf.essential(*standing)
    kept = _in_the_running(profile, places.values(), card, table, asked, look, taught)
    table, look, worth = table[kept], look[kept], card.worth(table[kept])
    chance = card.chances(table, "skills", (np.maximum(profile.levels, taught) @ asked.T)[:, look])
    lying = np.zeros((len(places) + 1, len(orders)), dtype=bool)
    for number, at in enumerate(places.values()):
        lying[number, at] = True
    opens = lying[:, kept][mine]
    # What a course does not open has no chance by it, and then adds nothing to the prospect.
    chance = np.where(opens, chance, 0.0)
    best = _best(worth * chance)
    by_course = np.take_along_axis(chance, best, axis=1)
    then = prospects(_beside(worth_now, worth[best]), _beside(chance_now, by_course))
    rise = np.maximum(0.0, then - prospects(worth_now[None, :], chance_now[None, :]))
    gain: Matrix = np.where(opens.any(axis=1), rise, 0.0)[kind] / steps
    return gain


def _in_the_running(
    profile: Profile,
    lists: Iterable[Indices],
    card: Card,
    table: Matrix,
    asked: Matrix,
    look: Indices,
    taught: Matrix,
) -> Indices:
    """The orders that may be among the best dozen behind some course, whatever it teaches; the rest need no chances.

    Chances only rise with skills. So an order that stays below the dozen of a list even for somebody who learned from
    all courses at once, while the dozen is looked at untrained, is below it for every course of that list.
    """
    levels = np.stack([profile.levels, np.maximum(profile.levels, taught.max(axis=0))])
    untrained, trained = card.chances(table, "skills", (levels @ asked.T)[:, look]) * card.worth(table)
    kept = np.zeros(len(table), dtype=bool)
    for mine in lists:
        if len(mine) > MOST_ORDERS:
            least = np.partition(untrained[mine], -MOST_ORDERS)[-MOST_ORDERS]
            mine = mine[trained[mine] >= least * (1 - ROUNDING)]
        kept[mine] = True
    return np.flatnonzero(kept)


def _best(expected: Matrix) -> NDArray[np.int64]:
    """Per row the positions of the largest `MOST_ORDERS`, in no order."""
    most = min(MOST_ORDERS, expected.shape[1])
    return np.argpartition(-expected, most - 1, axis=1)[:, :most]


def prospects(worth: Matrix, chance: Matrix) -> Matrix:
    """Per row of orders side by side: the expected worth of the best one that comes true."""
    best_first = np.argsort(-worth, axis=1, kind="stable")
    worth, chance = np.take_along_axis(worth, best_first, axis=1), np.take_along_axis(chance, best_first, axis=1)
    none_yet = np.cumprod(1 - chance, axis=1)
    none_before = np.concatenate([np.ones((len(chance), 1)), none_yet], axis=1)[:, : chance.shape[1]]
    value: Matrix = (worth * chance * none_before).sum(axis=1)
    return value


def _beside(now: Matrix, then: Matrix) -> Matrix:
    return np.concatenate([np.broadcast_to(now, (len(then), len(now))), then], axis=1)
