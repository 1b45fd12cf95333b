"""What must never move an order in a list: change it, and see the same list with the same scores."""

from typing import Any

import pytest

from services.matching.matcher.facts.people import Person
from services.matching.matcher.ltr.fit import fit
from services.matching.matcher.ranking.features import courses, orders
from services.matching.matcher.ranking.model import PAST, Fitted
from services.matching.matcher.ranking.ranking import Ranking
from tests.builders import a_course, a_factory_order, a_person_payload, an_order
from tests.unit.matching.learning.some_examples import ORDER_CARD, some_examples

pytestmark = pytest.mark.slow  # it fits a model

PERSON = a_person_payload(
    skills=[{"code": "CARE_ELDERLY", "source": "HOME", "months": 30, "similarity": 1.0, "evidence": "skills/0"}],
    wishes={"isco08": ["9111"], "destinations": ["MYS"]},
)
ORDERS = [an_order(), a_factory_order(), an_order(isco08="5322", title_scheme="ELDERLY_CARETAKER")]


@pytest.fixture(scope="module")
def rankings() -> list[Ranking]:
    cold = Ranking.cold()
    return [cold, cold.taught(Fitted(fit(some_examples(60), ORDER_CARD, "orders"), None), "model-test")]


@pytest.mark.parametrize(
    "changes",
    [
        {"sex": "M"},
        {"sex": None},
        {"home_regency": "53.71"},
        {"home_regency": "53.02"},
        {"birth_date": "1985-01-01"},
        {
            "religion": "CATHOLIC",
            "photo": "data:image/png;base64,AAAA",
            "village": "Oenoni",
            "marital_status": "MARRIED",
        },
        {"requirements": {"MARITAL_STATUS_STATEMENT": {"status": "MET", "valid_until": None}}},
        {"requirements": {"FAMILY_CONSENT": {"status": "MISSING", "valid_until": None}}},
        {"records": [{"kind": "DEPORTATION", "country": "MYS", "until": None, "years": None}]},
        {"fitness": {"status": "FIT", "on": "2026-11-01", "conditions": []}},
    ],
    ids=lambda changes: "+".join(changes),
)
def test_it_moves_nothing(changes: dict[str, Any], rankings: list[Ranking]) -> None:
    one, other = Person.from_payload(PERSON), Person.from_payload({**PERSON, **changes})
    taught_courses = [a_course(), a_course(mode="ONLINE", isco08=["5322"])]
    for ranking in rankings:
        assert ranking.orders(one, ORDERS) == ranking.orders(other, ORDERS)
        assert ranking.courses(one, taught_courses) == ranking.courses(other, taught_courses)


def test_no_column_is_named_after_what_may_not_count() -> None:
    forbidden = {"sex", "religion", "photo", "village", "marital", "age", "regency", "island", "birth"}
    for column in (*orders.COLUMNS, *courses.COLUMNS, PAST):
        assert not forbidden & set(column.split("_")), column


def test_parts_sum_to_the_score_and_reasons_are_parts(rankings: list[Ranking]) -> None:
    person = Person.from_payload(PERSON)
    for ranking in rankings:
        for row in ranking.orders(person, ORDERS, crowding={ORDERS[0].id: 2}):
            assert sum(part.points for part in row.parts) == pytest.approx(row.score, abs=1e-9)
            points = [part.points for part in row.parts]
            assert all(min(abs(reason.weight - value) for value in points) < 1e-9 for reason in row.reasons)
            assert len(row.reasons) <= 3


def test_a_taught_ranking_names_its_model_and_a_calibrated_chance(rankings: list[Ranking]) -> None:
    cold, taught = rankings
    assert cold.fingerprint.startswith("card-") and taught.fingerprint == "model-test"
    assert taught.learned("orders") and not taught.learned("courses") and not cold.learned("orders")
    assert all(0 <= row.chance <= 1 for row in taught.orders(Person.from_payload(PERSON), ORDERS))
