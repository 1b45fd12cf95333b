"""The ranking of courses needs to know what a course changes: the counterfactual rise of a person's prospects.

Prospect of a set of orders = expected worth of the best one that comes true, taken in order of worth:
`w1 p1 + w2 p2 (1 - p1) + ...`. A person takes one job, so the tenth similar order adds little, a first one adds much.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.answers import Gaps, Outlooks
from services.matching.matcher.cards import Card
from services.matching.matcher.facts import Course, Order
from services.matching.matcher.features import CourseShelf, OrderShelf, Profile
from services.matching.matcher.features import orders as order_columns

MOST_ORDERS = 12
"""Per course; beyond the best dozen an order no longer moves the prospect by a visible amount."""
_MET_BY_PATH = ("language", "certificate", "hours", "experience", "schooling", "programme")
Matrix = NDArray[np.float64]


def gains(
    profile: Profile,
    courses: Sequence[Course],
    outlooks: Outlooks,
    *,
    open_orders: Sequence[Order],
    gaps: Gaps,
    order_shelf: OrderShelf,
    course_shelf: CourseShelf,
    card: Card,
) -> Matrix:
    """Rise of the prospect (0..1) per course, shared among the courses of a path that needs several."""
    orders = list({order.id: order for outlook in outlooks.values() for order in outlook.orders}.values())
    gain = np.zeros(len(courses))
    if not orders:
        return gain
    now_table = order_shelf.columns(profile, open_orders, gaps)
    now = list(zip(card.worth(now_table), card.chance(now_table), strict=True))
    rows, at = order_shelf.rows(orders)
    position = {order.id: index for index, order in enumerate(orders)}
    table = order_shelf.columns(profile, orders, gaps)
    skills = order_columns.COLUMNS.index("skills")
    for name in _MET_BY_PATH:
        column = table[:, order_columns.COLUMNS.index(name)]
        column[~np.isnan(column)] = 1.0
    worth = card.worth(table)
    start = prospect(now)
    with_course = np.maximum(profile.levels, course_shelf.taught(courses)) @ rows.essential[at].T
    for row, course in enumerate(courses):
        outlook = outlooks.get(course.id)
        if outlook is None or not outlook.orders:
            continue
        reached = np.array([position[order.id] for order in outlook.orders])
        trained = table[reached].copy()
        trained[:, skills] = np.where(np.isnan(trained[:, skills]), np.nan, with_course[row, reached])
        chance = card.chance(trained)
        best = np.argsort(-worth[reached] * chance, kind="stable")[:MOST_ORDERS]
        then = [*now, *zip(worth[reached][best], chance[best], strict=True)]
        gain[row] = max(0.0, prospect(then) - start) / max(outlook.steps, 1)
    return gain


def prospect(orders: Sequence[tuple[float, float]]) -> float:
    """Expected worth of the best order that comes true, from (worth, chance) pairs."""
    value, none_yet = 0.0, 1.0
    for worth, chance in sorted(orders, reverse=True):
        value += none_yet * worth * chance
        none_yet *= 1 - chance
    return value
