"""What may never decide anything, and what nobody may be judged by."""

from dataclasses import fields
from typing import Any

import pytest

from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.status import State
from tests.builders import a_factory_order, a_person, a_person_payload, an_order
from tests.unit.matching.eligibility.asking import ask, demanding, state


def test_a_person_has_no_field_for_what_must_not_decide_as_traps_3_14_15_and_21_warn() -> None:
    """Traps 3, 14, 15, 21: no NIK, no hot-spot mark, no phone, no loan, no risk note reaches the law at all."""
    known = {field.name for field in fields(Person)}
    assert not known & {"nik", "phone", "village", "district", "hot_spot", "loan", "debt", "risk", "religion", "name"}


@pytest.mark.parametrize(
    "extra",
    [
        {"nik": "5304061003000001"},
        {"hot_spot": True},
        {"phone": "0811", "shared_phone": True},
        {"loan": {"amount": 9e6, "currency": "IDR"}},
        {"marital_status": "DIVORCED"},
        {"risk": ["R14", "R21", "R22"]},
    ],
)
def test_fields_that_slip_in_change_no_outcome_as_traps_3_14_15_16_and_28_warn(extra: dict[str, Any]) -> None:
    """Traps 3, 14, 15, 16, 28: NIK digits, hot-spot regency, shared phone, relatives, loans, marriage."""
    payload = a_person_payload()
    plain, marked = (Person.from_payload({**payload, **more}) for more in ({}, extra))
    assert ask(plain) == ask(marked)


@pytest.mark.parametrize("regency", ["53.21", "53.02", "53.71", "53.13"])
def test_all_regencies_of_the_province_are_judged_alike_as_trap_14_warns(regency: str) -> None:
    """Trap 14: a hot spot is for outreach only."""
    assert state(a_person(home_regency=regency)) is State.ELIGIBLE_NOW
    assert state(a_person(home_regency=regency, certificates=[])) is State.NO_PATH


@pytest.mark.parametrize("years", [None, 1, 4.5])
def test_an_earlier_irregular_stay_decides_nothing(years: float | None) -> None:
    stayed = a_person(records=[{"kind": "STAY", "country": "MYS", "until": None, "years": years}])
    order = an_order(requirements={"kind": "no_record", "record": "STAY", "country": "MYS"})
    assert state(stayed, order) is State.ELIGIBLE_NOW


def test_a_deportation_decides_only_where_the_order_asks_and_is_a_question_for_the_country_that_deported() -> None:
    deported = a_person(records=[{"kind": "DEPORTATION", "country": "MYS", "until": None, "years": None}])
    assert state(deported, a_factory_order(country="KOR")) is State.ELIGIBLE_NOW
    assert state(deported, a_factory_order(country="MYS")) is State.ELIGIBLE_BY
    asking = demanding({"kind": "no_record", "record": "DEPORTATION", "country": None})
    assert state(deported, asking) is State.NO_PATH


def test_sex_decides_only_where_destination_law_asks() -> None:
    assert state(a_person(sex="F")) is state(a_person(sex="M")) is state(a_person(sex=None)) is State.ELIGIBLE_NOW


def test_wishes_decide_nothing() -> None:
    picky = a_person(
        wishes={"isco08": ["2221"], "destinations": ["DEU"], "min_wage": {"amount": 1e9, "currency": "IDR"}}
    )
    assert state(picky) is State.ELIGIBLE_NOW
