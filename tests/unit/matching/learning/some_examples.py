"""Outcomes for the tests of learning: a made-up province in which one hidden rule decides what comes of an advice.

Never a model that anybody serves: rows are drawn from a seed, and the rule is written here.
"""

import numpy as np

from services.matching.matcher.ltr.examples import Examples, Grade, unnoted
from services.matching.matcher.ranking.features import courses, orders
from services.matching.matcher.ranking.reranker import seen_at
from services.matching.matcher.ranking.scorecard import Card

ORDER_CARD = Card.named("orders", orders.COLUMNS)
COURSE_CARD = Card.named("courses", courses.COLUMNS)
FAMILIES = ("91", "53", "92")


def some_examples(people: int = 300, *, lists: int = 5, seed: int = 1, card: Card = ORDER_CARD) -> Examples:
    """`people` lists of `lists` rows each. What decides is the last column but one, of which the cards know little."""
    draw = np.random.default_rng(seed)
    rows = people * lists
    # In hundredths: trees then take every value as it is, and do not look for 255 that stand for all, which takes
    # longer than all else that a fit does.
    table = draw.random((rows, len(card.columns))).round(2)
    table[draw.random(table.shape) < 0.15] = np.nan
    pull = 3.5 * np.nan_to_num(table[:, -2], nan=0.4) + 1.0 * np.nan_to_num(table[:, 0], nan=0.4) - 2.7
    grade = np.where(pull + draw.normal(size=rows) > 0, draw.integers(1, 7, rows), Grade.SHOWN)
    return Examples(
        table=table,
        grade=grade.astype(np.int64),
        propensity=np.array([seen_at(1 + row % lists) for row in range(rows)]),
        person=np.array([f"person-{row // lists:04d}" for row in range(rows)]),
        offer=np.array([f"offer-{draw.integers(40):02d}-{row % lists}" for row in range(rows)]),
        family=np.array([FAMILIES[row % 3] for row in range(rows)]),
        list=np.array([f"answer-{row // lists:04d}" for row in range(rows)]),
        record=unnoted(rows),
        units=unnoted(rows),
    )
