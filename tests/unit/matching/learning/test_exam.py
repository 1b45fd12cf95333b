"""Which model may take the place of another."""

from dataclasses import replace

import numpy as np
import pytest

from services.matching.learning.exam import (
    K_ANONYMITY,
    Exam,
    Slice,
    examine,
    objections,
    only_held_out,
    without_held_out,
)
from services.matching.matcher.fairness_slices import slices_of
from services.matching.matcher.ltr.examples import empty
from services.matching.matcher.ranking.ranking import Ranking
from tests.builders import TODAY, a_person
from tests.support.today import born
from tests.unit.matching.learning.some_examples import COURSE_CARD, some_examples

NO_COURSES = {"courses": empty(COURSE_CARD.columns)}


def an_exam(*scores: float, error: float = 0.01, women: float = 0.6, people: int = 40) -> Exam:
    lists = {f"orders/{number}": score for number, score in enumerate(scores or (0.6, 0.7, 0.5))}
    slices = {"sex": {"F": Slice(K_ANONYMITY, women)}}
    return Exam("model-1", people=people, scores=lists, error=error, gini=0.4, slices=slices)


def test_an_equal_may_take_the_place() -> None:
    assert objections(an_exam(), an_exam()) == []


def test_a_slice_that_falls_stops_a_promotion_even_when_the_mean_rises() -> None:
    [objection] = objections(an_exam(0.9, 0.9, 0.9, women=0.54), an_exam(women=0.6))
    assert "sex F" in objection and "0.600" in objection and "0.540" in objection


def test_a_model_that_does_not_know_its_chances_is_refused() -> None:
    [objection] = objections(an_exam(error=0.051), an_exam())
    assert "calibration" in objection


def test_a_clear_fall_of_the_mean_is_refused_and_noise_is_not() -> None:
    assert "standard error" in objections(an_exam(0.5, 0.6, 0.4), an_exam(0.6, 0.7, 0.5))[0]
    assert objections(an_exam(0.5, 0.8, 0.48), an_exam(0.6, 0.7, 0.5)) == []


def test_nobody_is_judged_on_a_handful_of_people() -> None:
    [objection] = objections(an_exam(people=K_ANONYMITY - 1), an_exam())
    assert "Only 9 people" in objection


def test_people_of_the_examination_and_people_learned_from_are_apart() -> None:
    examples = {"orders": some_examples(200)}
    examined, taught = only_held_out(examples)["orders"], without_held_out(examples)["orders"]
    assert not set(examined.person) & set(taught.person)
    assert len(examined) + len(taught) == len(examples["orders"]) and len(examined)


def test_an_examination_shows_no_group_below_ten() -> None:
    examples = {"orders": some_examples(60), **NO_COURSES}
    groups = {f"person-{number:04d}": {"sex": "F" if number < 50 else "M"} for number in range(60)}
    found = examine(Ranking.cold(), examples, groups)
    assert set(found.slices["sex"]) == {"F"}
    assert 0 < found.ndcg < 1 and 0 <= found.gini < 1
    assert found.as_facts()["calibration_error"] == 0, "a card claims no calibrated chance"


def test_a_better_order_scores_higher() -> None:
    examples = some_examples(80)
    best = replace(examples, table=np.repeat(examples.worth[:, None], examples.table.shape[1], axis=1))
    ranking = Ranking.cold()
    assert examine(ranking, {"orders": best, **NO_COURSES}, {}).ndcg == pytest.approx(1.0)
    assert examine(ranking, {"orders": examples, **NO_COURSES}, {}).ndcg < 0.95
    right, cards = (examine(ranking, {"orders": rows, **NO_COURSES}, {}).snips for rows in (best, examples))
    assert cards < right < 1


@pytest.mark.parametrize(
    ("changes", "group", "name"),
    [
        ({"home_regency": "53.06"}, "island", "Flores"),
        ({"home_regency": "53.12"}, "island", "Sumba"),
        ({"home_regency": "35.78"}, "island", "elsewhere"),
        ({"home_regency": None}, "island", "unknown"),
        ({"education": {"level": "SMK", "years": 12, "field": None}}, "education", "SMA"),
        ({"education": None}, "education", "unknown"),
        ({"birth_date": born(21)}, "age", "under 25"),
        ({"birth_date": "1990-01-01"}, "age", "35 and above"),
        ({"sex": None}, "sex", "unknown"),
    ],
)
def test_people_are_grouped_in_few_classes(changes: dict[str, object], group: str, name: str) -> None:
    assert slices_of(a_person(**changes), TODAY)[group] == name
