"""The ranking of courses needs to know what a course changes: the counterfactual rise of a person's prospects.

Prospect of a set of orders = expected worth of the best one that comes true, taken in order of worth:
`w1 p1 + w2 p2 (1 - p1) + ...`. A person takes one job, so the tenth similar order adds little, a first one adds much.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.ranking.features import orders as order_columns
from services.matching.matcher.ranking.features.courses import CourseShelf
from services.matching.matcher.ranking.features.orders import OrderShelf
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.scorecard import Card
from services.matching.matcher.ranking.values import CourseProspect, CourseProspects, OrderProspects

MOST_ORDERS = 12
"""Per course; beyond the best dozen an order no longer moves the prospect by a visible amount."""
_MET_BY_PATH = ("language", "certificate", "hours", "experience", "schooling", "programme")
_NOTHING = CourseProspect()
ROUNDING = 1e-9
"""Of sums taken in another order."""
Matrix = NDArray[np.float64]
Indices = NDArray[np.int64]


def gains(
    profile: Profile,
    courses: Sequence[Course],
    outlooks: CourseProspects,
    *,
    open_orders: Sequence[Order],
    gaps: OrderProspects,
    order_shelf: OrderShelf,
    course_shelf: CourseShelf,
    card: Card,
) -> Matrix:
    """Rise of the prospect (0..1) per course, shared among the courses of a path that needs several."""
    # Courses that help with the same aims share one list of orders, which may be long: each list is read once.
    lists = {id(outlook.orders): outlook.orders for outlook in outlooks.values()}
    reached = {order.id: order for orders in lists.values() for order in orders}
    if not reached:
        return np.zeros(len(courses))
    orders = list((reached | {order.id: order for order in open_orders}).values())
    position = {order.id: row for row, order in enumerate(orders)}
    table = order_shelf.columns(profile, orders, gaps)
    now = np.array([position[order.id] for order in open_orders], dtype=np.int64)
    worth_now, chance_now = card.worth(table[now]), card.chance(table[now])
    for name in _MET_BY_PATH:
        column = table[:, order_columns.COLUMNS.index(name)]
        column[~np.isnan(column)] = 1.0
    seen = [outlooks.get(course.id, _NOTHING) for course in courses]
    steps = np.array([max(outlook.steps, 1) for outlook in seen])
    taught = course_shelf.taught(courses)
    # Many providers teach the same: what a course adds depends on that and on the list behind it alone.
    kinds: dict[tuple[int, bytes], int] = {}
    kind = np.array(
        [kinds.setdefault((id(look.orders), row.tobytes()), len(kinds)) for look, row in zip(seen, taught, strict=True)]
    )
    taught = taught[np.unique(kind, return_index=True)[1]]
    places = {key: np.array([position[one.id] for one in mine], dtype=np.int64) for key, mine in lists.items()}
    rows, at = order_shelf.rows(orders)
    kept = _in_the_running(profile, places.values(), card, table, rows.essential[at], taught)
    table, at, worth = table[kept], at[kept], card.worth(table[kept])
    skills = np.maximum(profile.levels, taught) @ rows.essential[at].T
    chance = card.chances(table, "skills", skills)
    opens = np.zeros(chance.shape, dtype=bool)
    sharing = np.array([key for key, _ in kinds])
    for key, mine in places.items():
        opens[np.ix_(sharing == key, np.isin(kept, mine))] = True
    # What a course does not open has no chance by it, and then adds nothing to the prospect.
    chance = np.where(opens, chance, 0.0)
    best = _best(worth * chance)
    by_course = np.take_along_axis(chance, best, axis=1)
    then = prospects(_beside(worth_now, worth[best]), _beside(chance_now, by_course))
    rise = np.maximum(0.0, then - prospects(worth_now[None, :], chance_now[None, :]))
    gain: Matrix = np.where(opens.any(axis=1), rise, 0.0)[kind] / steps
    return gain


def _in_the_running(
    profile: Profile, lists: Iterable[Indices], card: Card, table: Matrix, essential: Matrix, taught: Matrix
) -> Indices:
    """The orders that may be among the best dozen behind some course, whatever it teaches; the rest need no chances.

    Chances only rise with skills. So an order that stays below the dozen of a list even for somebody who learned from
    all courses at once, while the dozen is looked at untrained, is below it for every course of that list.
    """
    untrained, trained = card.chances(
        table,
        "skills",
        np.stack([profile.levels, np.maximum(profile.levels, taught.max(axis=0))]) @ essential.T,
    ) * card.worth(table)
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
