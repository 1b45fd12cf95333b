"""What a course adds to a person's prospects, on numbers that can be worked out by hand."""

import numpy as np
import pytest

from services.matching.matcher.ranking.features import orders
from services.matching.matcher.ranking.gain import prospects
from tests.unit.matching.learning.some_examples import ORDER_CARD


def test_a_prospect_is_the_expected_worth_of_the_best_order_that_comes_true() -> None:
    worth, chance = np.array([[0.5, 0.8]]), np.array([[0.5, 0.25]])
    assert prospects(worth, chance) == pytest.approx([0.8 * 0.25 + 0.5 * 0.5 * 0.75])
    assert prospects(np.zeros((2, 0)), np.zeros((2, 0))).tolist() == [0.0, 0.0]
    assert prospects(np.array([[0.9, 0.4]]), np.array([[1.0, 0.5]])) == pytest.approx([0.9]), "a sure thing ends it"


def test_chances_with_other_skills_are_those_of_a_table_with_these_skills() -> None:
    draw = np.random.default_rng(3)
    table = draw.random((6, len(orders.COLUMNS)))
    table[2, 0] = np.nan
    skills = draw.random((4, 6))
    found = ORDER_CARD.chances(table, "skills", skills)
    for row in range(4):
        changed = table.copy()
        changed[:, 0] = np.where(np.isnan(table[:, 0]), np.nan, skills[row])
        assert found[row] == pytest.approx(ORDER_CARD.chance(changed))
    assert ORDER_CARD.chances(table, "wage", skills)[0] == pytest.approx(ORDER_CARD.chance(table)), "worth, not chance"
