"""The ranking of courses needs to know what a course changes: the counterfactual rise of a person's prospects.

Prospect of a set of orders = expected worth of the best one that comes true, taken in order of worth:
`w1 p1 + w2 p2 (1 - p1) + ...`. A person takes one job, so the tenth similar order adds little, a first one adds much.
"""

from collections.abc import Sequence

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
Matrix = NDArray[np.float64]


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
    worth = card.worth(table)
    rows, at = order_shelf.rows(orders)
    skills = np.maximum(profile.levels, course_shelf.taught(courses)) @ rows.essential[at].T
    chance = card.chances(table, "skills", skills)
    seen = [outlooks.get(course.id, _NOTHING) for course in courses]
    steps = np.array([max(outlook.steps, 1) for outlook in seen])
    opens = np.zeros(chance.shape, dtype=bool)
    places = {key: [position[order.id] for order in orders] for key, orders in lists.items()}
    sharing = np.array([id(outlook.orders) for outlook in seen])
    for key, columns in places.items():
        opens[np.ix_(sharing == key, columns)] = True
    # What a course does not open has no chance by it, and then adds nothing to the prospect.
    chance = np.where(opens, chance, 0.0)
    best = _best(worth * chance)
    by_course = np.take_along_axis(chance, best, axis=1)
    then = prospects(_beside(worth_now, worth[best]), _beside(chance_now, by_course))
    rise = np.maximum(0.0, then - prospects(worth_now[None, :], chance_now[None, :]))
    gain: Matrix = np.where(opens.any(axis=1), rise / steps, 0.0)
    return gain


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
