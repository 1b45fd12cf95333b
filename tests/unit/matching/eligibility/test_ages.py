"""How old must somebody be, and what happens on the birthday itself?"""

from datetime import date

import pytest

from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.age import age_on
from services.matching.matcher.requirements.status import State, Status
from shared.codes import texts
from tests.builders import a_factory_order, a_law, a_person, an_age_floor, an_order, days
from tests.support.today import birthday, born
from tests.unit.matching.eligibility.asking import ask, blocking, demanding, outcome, state, status


def turning(person: Person, years: int) -> date:
    """The day on which the person completes so many years."""
    assert person.birth_date is not None
    return date.fromisoformat(birthday(person.birth_date.isoformat(), years))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2000, 3, 10), date(2026, 3, 9), 25),
        (date(2000, 3, 10), date(2026, 3, 10), 26),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 19),
        (date(2004, 2, 29), date(2024, 3, 1), 20),
        (date(2004, 2, 28), date(2024, 2, 28), 20),
    ],
)
def test_ages_are_completed_years_and_a_leap_day_birthday_is_the_first_of_march(
    birth: date, day: date, age: int
) -> None:
    assert age_on(birth, day) == age


def test_the_law_asks_for_18_and_nothing_more_as_trap_2_warns() -> None:
    """Trap 2: the 21 of the old law is a condition of single orders, never the law."""
    nineteen = a_person(birth_date=born(19, days=327))
    assert state(nineteen, an_order()) is State.ELIGIBLE_NOW
    assert "AGE" in blocking(ask(nineteen, an_order(requirements={"kind": "age", "min": 21, "max": 45})))


def test_on_the_eighteenth_birthday_a_person_may_apply_and_the_day_before_only_train() -> None:
    eighteen = a_person(birth_date=born(18))
    assert state(eighteen, a_factory_order()) is State.ELIGIBLE_NOW
    assert state(a_person(birth_date=born(18, days=-1)), a_factory_order()) is State.TRAINING


def test_a_child_is_told_when_it_turns_18_and_that_training_is_open() -> None:
    sixteen = a_person(birth_date=born(16, days=202))
    verdict = ask(sixteen, a_factory_order())
    assert (verdict.state, verdict.by) == (State.TRAINING, turning(sixteen, 18))
    assert "18" in outcome(verdict, "AGE_18").text.en


def test_a_child_is_never_eligible_by_a_birthday_even_when_the_order_stays_open() -> None:
    almost = a_person(birth_date=born(18, days=-1))
    assert state(almost, a_factory_order(closes_on=days(900))) is State.TRAINING


def test_an_unknown_birth_date_is_a_missing_paper_and_not_a_child() -> None:
    verdict = ask(a_person(birth_date=None), a_factory_order())
    assert verdict.state is State.ELIGIBLE_BY
    assert status(verdict, "AGE_18") is Status.UNKNOWN
    assert outcome(verdict, "AGE_18").who == "PERSON"


def test_a_birth_date_that_cannot_be_is_unknown() -> None:
    assert status(ask(a_person(birth_date="2000-02-30")), "AGE_18") is Status.UNKNOWN


@pytest.mark.parametrize(("age", "days", "fits"), [(45, 0, True), (46, -1, True), (46, 0, False)])
def test_the_greatest_age_counts_until_the_day_before_the_next_birthday(age: int, days: int, fits: bool) -> None:
    order = an_order(requirements={"kind": "age", "min": 21, "max": 45})
    assert (state(a_person(birth_date=born(age, days=days)), order) is State.ELIGIBLE_NOW) is fits


def test_too_young_for_the_order_may_wait_for_the_birthday_with_its_date() -> None:
    twenty = a_person(birth_date=born(21, days=-52))
    verdict = ask(twenty, an_order(requirements={"kind": "age", "min": 21, "max": None}, closes_on=days(180)))
    assert (verdict.state, verdict.by) == (State.ELIGIBLE_BY, turning(twenty, 21))
    assert outcome(verdict, "AGE").by == turning(twenty, 21)
    told = outcome(verdict, "AGE").next_action or outcome(verdict, "AGE").text
    assert texts.day(turning(twenty, 21), "id") in told.id


def test_a_birthday_after_the_order_closes_is_no_help() -> None:
    twenty = a_person(birth_date=born(21, days=-52))
    demanded, that_day = {"kind": "age", "min": 21, "max": None}, turning(twenty, 21)
    assert state(twenty, an_order(requirements=demanded, closes_on=days(-1, that_day))) is State.NO_PATH
    assert state(twenty, an_order(requirements=demanded, closes_on=days(0, that_day))) is State.ELIGIBLE_BY


def test_somebody_too_old_waits_for_nothing() -> None:
    verdict = ask(a_person(birth_date=born(56)), an_order(requirements={"kind": "age", "min": 21, "max": 45}))
    assert (verdict.state, verdict.by) == (State.NO_PATH, None)


def test_an_age_floor_raises_18_and_never_lowers_it() -> None:
    nineteen = a_person(birth_date=born(19, days=327))
    assert "AGE_FLOOR" in blocking(ask(nineteen, an_order(), a_law(an_age_floor(21))))
    assert state(nineteen, an_order(), a_law(an_age_floor(16))) is State.ELIGIBLE_NOW
    assert state(a_person(birth_date=born(16)), an_order(), a_law(an_age_floor(16))) is State.TRAINING


def test_an_age_floor_of_another_country_or_of_low_confidence_blocks_nobody() -> None:
    nineteen = a_person(birth_date=born(19, days=327))
    assert state(nineteen, an_order(), a_law(an_age_floor(21, "SGP"))) is State.ELIGIBLE_NOW
    doubtful = ask(nineteen, an_order(), a_law(an_age_floor(21, confidence="L")))
    assert doubtful.state is State.ELIGIBLE_NOW
    assert "DOUBTFUL_AGE_FLOOR" in {caution.code for caution in doubtful.cautions}


OLDEST, YOUNGEST = date.fromisoformat(born(41, days=174)), date.fromisoformat(born(19, days=173))
WINDOW = {"kind": "birth_date", "from": OLDEST.isoformat(), "until": YOUNGEST.isoformat()}


@pytest.mark.parametrize(
    ("birth", "fits"),
    [(days(-1, OLDEST), False), (days(0, OLDEST), True), (days(0, YOUNGEST), True), (days(1, YOUNGEST), False)],
)
def test_a_birth_window_includes_both_its_days(birth: str, fits: bool) -> None:
    assert (state(a_person(birth_date=birth), demanding(WINDOW)) is State.ELIGIBLE_NOW) is fits


def test_beside_a_birth_window_the_age_range_says_nothing() -> None:
    """Korea gives both; somebody of 41 who was born within the window is in, and the range is not even listed."""
    verdict = ask(a_person(birth_date=WINDOW["from"]), demanding({"kind": "age", "min": 18, "max": 39}, WINDOW))
    assert verdict.state is State.ELIGIBLE_NOW
    assert not verdict.of("AGE")


def test_the_window_also_silences_a_range_in_a_nested_group_of_the_same_kind() -> None:
    nested = {"all": [{"all": [{"kind": "age", "min": 18, "max": 39}]}, WINDOW]}
    assert state(a_person(birth_date=WINDOW["from"]), demanding(nested)) is State.ELIGIBLE_NOW


def test_a_birth_window_does_not_replace_the_statutory_18() -> None:
    child = a_person(birth_date=born(16))
    late = {"kind": "birth_date", "from": WINDOW["from"], "until": born(14)}
    assert state(child, demanding(late)) is State.TRAINING


def test_no_waiting_helps_against_a_birth_window() -> None:
    assert state(a_person(birth_date=days(1, YOUNGEST)), demanding(WINDOW, closes_on=days(900))) is State.NO_PATH
