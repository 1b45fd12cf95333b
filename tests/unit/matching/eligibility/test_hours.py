"""Lesson hours: which ones count, for whom."""

from typing import Any

import pytest

from services.matching.matcher.requirements.status import State, Status
from tests.builders import a_factory_order, a_law, a_person, an_order, hours_rule
from tests.unit.matching.eligibility.asking import ask, blocking, demanding, outcome, state, status


def hours(number: int | None, destination: str | None = "MYS", isco08: str | None = "9111") -> dict[str, Any]:
    return {"isco08": isco08, "destination": destination, "hours": number}


LAW = a_law(hours_rule(200))


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([hours(200)], Status.MET),
        ([hours(199)], Status.NOT_MET),
        ([hours(120), hours(80)], Status.MET),
        ([hours(120), hours(80, None)], Status.MET),
        ([hours(120), hours(80, "HKG")], Status.NOT_MET),
        ([hours(200, isco08="5322")], Status.NOT_MET),
        ([hours(100), hours(None)], Status.UNKNOWN),
        ([hours(200), hours(None)], Status.MET),
        ([hours(None, "HKG")], Status.NOT_MET),
        ([], Status.NOT_MET),
    ],
)
def test_hours_of_the_same_title_add_up_and_those_for_another_country_do_not(
    done: list[dict[str, Any]], expected: Status
) -> None:
    assert status(ask(a_person(training_hours=done), law=LAW), "TRAINING_HOURS") is expected


def test_an_hours_row_binds_everybody_whom_it_names_from_ntt_or_not() -> None:
    outsider = a_person(home_regency="33.10", training_hours=[])
    assert blocking(ask(outsider, law=LAW)) == {"TRAINING_HOURS"}


def test_an_hours_row_for_every_country_counts_hours_for_the_order_s_country() -> None:
    law = a_law(hours_rule(200, country=None))
    assert state(a_person(training_hours=[hours(200, "MYS")]), law=law) is State.ELIGIBLE_NOW
    assert state(a_person(training_hours=[hours(200, "HKG")]), law=law) is State.NO_PATH


def test_a_row_for_another_title_or_country_asks_nothing() -> None:
    assert not ask(law=a_law(hours_rule(600, "HKG"), hours_rule(600, "MYS", "5322"))).of("TRAINING_HOURS")


def test_hours_asked_by_the_order_always_decide_and_mean_its_own_title() -> None:
    order = an_order(requirements={"kind": "hours", "isco08": None, "hours": 250})
    asked = outcome(ask(a_person(), order, a_law(hours_rule(confidence="L"))), "TRAINING_HOURS")
    assert (asked.status, asked.value, asked.needed["isco08"]) == (Status.NOT_MET, 200, "9111")


def test_hours_of_another_title_may_be_asked_by_name() -> None:
    order = demanding({"kind": "hours", "isco08": "9111", "hours": 200}, country="MYS")
    assert state(a_person(), order, a_law(hours_rule(10, "SGP"))) is State.ELIGIBLE_NOW


def test_hours_cannot_be_asked_of_an_order_without_title_or_country() -> None:
    untitled = a_factory_order(isco08=None, requirements={"kind": "hours", "isco08": None, "hours": 10})
    assert state(a_person(), untitled) is State.NO_PATH
