"""What agreements with destinations ask of the order and of the person."""

from typing import Any

import pytest

from services.matching.matcher.requirements.status import State, Status
from tests.builders import a_corridor, a_law, a_person, a_rate, an_employer, an_order, days
from tests.unit.matching.eligibility.asking import ask, blocking, outcome, state, status

CHANNEL = {"field": "channel", "op": "in", "value": ["ONE_CHANNEL_SYSTEM"]}
WAGE = {"field": "wage", "op": "min", "value": {"amount": 1500, "currency": "MYR"}}
INCOME = {"field": "household_income", "op": "min", "value": {"amount": 7000, "currency": "MYR"}}
SIZE = {"field": "household_size", "op": "max", "value": 6}
TERM = {"field": "term_months", "op": "max", "value": 24}


@pytest.mark.parametrize(
    ("condition", "changes", "rule"),
    [
        (CHANNEL, {"channel": "DIRECT"}, "CORRIDOR_CHANNEL"),
        (CHANNEL, {"channel": None}, "CORRIDOR_CHANNEL"),
        (WAGE, {"wage": {"amount": 1499.99, "currency": "MYR"}}, "WAGE_FLOOR"),
        (WAGE, {"wage": None}, "WAGE_FLOOR"),
        (INCOME, {"employer": an_employer(household_income={"amount": 6999, "currency": "MYR"})}, "HOUSEHOLD_INCOME"),
        (SIZE, {"employer": an_employer(household_size=7)}, "HOUSEHOLD_SIZE"),
        (SIZE, {"employer": an_employer(household_size=None)}, "HOUSEHOLD_SIZE"),
        (TERM, {"term_months": 25}, "CONTRACT_TERM"),
    ],
)
def test_an_order_must_keep_every_condition_of_its_corridor(condition: Any, changes: dict[str, Any], rule: str) -> None:
    law = a_law(a_corridor(condition))
    assert state(order=an_order(), law=law) is State.ELIGIBLE_NOW
    verdict = ask(order=an_order(**changes), law=law)
    assert blocking(verdict) == {rule}
    assert verdict.state is State.NO_PATH
    assert outcome(verdict, rule).version == "MYS-DOMESTIC/1"


def test_bounds_include_their_own_value() -> None:
    exact = an_order(
        wage={"amount": 1500, "currency": "MYR"},
        term_months=24,
        employer=an_employer(household_size=6, household_income={"amount": 7000, "currency": "MYR"}),
    )
    assert state(order=exact, law=a_law(a_corridor(WAGE, INCOME, SIZE, TERM))) is State.ELIGIBLE_NOW


@pytest.mark.parametrize(
    "other", [{"countries": ["SGP"]}, {"employer_type": "COMPANY"}, {"isco08": ["5"]}, {"schemes": ["G2G"]}]
)
def test_a_corridor_speaks_only_of_the_orders_it_names(other: dict[str, Any]) -> None:
    law = a_law(a_corridor(CHANNEL, applies=other))
    assert not ask(order=an_order(channel="DIRECT"), law=law).of("CORRIDOR_CHANNEL")


def test_a_wage_in_another_currency_compares_by_the_rates_of_the_day() -> None:
    usd = an_order(wage={"amount": 400, "currency": "USD"})
    rates = (a_rate("USD", 16_000), a_rate("MYR", 3_700))
    assert status(ask(order=usd, law=a_law(a_corridor(WAGE), *rates)), "WAGE_FLOOR") is Status.MET
    weak = (a_rate("USD", 13_000), a_rate("MYR", 3_700))
    assert status(ask(order=usd, law=a_law(a_corridor(WAGE), *weak)), "WAGE_FLOOR") is Status.NOT_MET


@pytest.mark.parametrize("rates", [(), (a_rate("USD", 16_000),), (a_rate("MYR", 3_700),)])
def test_without_a_rate_for_both_currencies_the_wage_rule_is_unknown(rates: tuple[Any, ...]) -> None:
    usd = an_order(wage={"amount": 400, "currency": "USD"})
    verdict = ask(order=usd, law=a_law(a_corridor(WAGE), *rates))
    assert status(verdict, "WAGE_FLOOR") is Status.UNKNOWN
    assert verdict.state is State.NO_PATH


def test_a_rate_of_the_past_is_not_used_for_today() -> None:
    usd = an_order(wage={"amount": 400, "currency": "USD"})
    law = a_law(a_corridor(WAGE), a_rate("USD", 16_000, valid_until=days(-1)), a_rate("MYR", 3_700))
    assert status(ask(order=usd, law=law), "WAGE_FLOOR") is Status.UNKNOWN


def test_rupiah_needs_no_rate() -> None:
    floor = {"field": "wage", "op": "min", "value": {"amount": 5_000_000, "currency": "IDR"}}
    law = a_law(a_corridor(floor), a_rate("MYR", 3_700))
    assert status(ask(order=an_order(), law=law), "WAGE_FLOOR") is Status.MET


def test_a_corridor_may_ask_things_of_the_person() -> None:
    women = a_corridor(person={"all": [{"kind": "sex", "is": "F"}, {"kind": "education", "level": None, "years": 8}]})
    assert state(a_person(sex="F"), law=a_law(women)) is State.ELIGIBLE_NOW
    assert blocking(ask(a_person(sex="M"), law=a_law(women))) == {"SEX"}
    assert outcome(ask(a_person(sex="M"), law=a_law(women)), "SEX").version == "MYS-DOMESTIC/1"


def test_a_doubtful_corridor_warns_and_the_number_in_the_order_still_decides() -> None:
    doubtful = a_corridor(SIZE, person={"kind": "age", "min": 30, "max": None}, confidence="L")
    order = an_order(employer=an_employer(household_size=9), requirements={"kind": "age", "min": 18, "max": 45})
    verdict = ask(order=order, law=a_law(doubtful))
    assert verdict.state is State.ELIGIBLE_NOW
    assert {caution.code for caution in verdict.cautions} == {"DOUBTFUL_HOUSEHOLD_SIZE", "DOUBTFUL_AGE"}


def test_a_country_with_a_corridor_has_an_agreement_on_record() -> None:
    assert "NO_AGREEMENT" not in {caution.code for caution in ask(law=a_law(a_corridor(CHANNEL))).cautions}


def test_a_visa_is_called_by_its_name() -> None:
    law = a_law(a_corridor({"field": "visa_type", "op": "in", "value": ["CALLING", "WORK"]}))
    told = outcome(ask(a_person(), an_order(visa_type="SSW"), law), "CORRIDOR_VISA").text
    assert told.id == "Untuk Malaysia perlu visa jenis lain: calling visa, visa kerja."
    assert told.en == "Malaysia needs another kind of visa: calling visa, work visa."
