"""Health: what is on record blocks, what nobody has examined does not."""

from typing import Any

import pytest

from services.matching.matcher.requirements.status import Stage, State, Status
from tests.builders import a_corridor, a_factory_order, a_law, a_person
from tests.unit.matching.eligibility.asking import ask, blocking, demanding, outcome, state

SEES_COLOURS = {"kind": "condition", "code": "COLOUR_VISION"}


def with_conditions(*conditions: tuple[str, bool]) -> Any:
    return a_person(
        fitness={"status": "UNTESTED", "conditions": [{"code": code, "met": met} for code, met in conditions]}
    )


@pytest.mark.parametrize(
    ("fitness", "expected"),
    [
        ("FIT", State.ELIGIBLE_NOW),
        ("UNTESTED", State.ELIGIBLE_NOW),
        (None, State.ELIGIBLE_NOW),
        ("UNFIT", State.NO_PATH),
        ("TEMP_UNFIT", State.NO_PATH),
    ],
)
def test_a_recorded_unfit_blocks_and_an_examination_still_to_come_does_not(
    fitness: str | None, expected: State
) -> None:
    person = a_person(fitness={"status": fitness, "on": None, "conditions": []})
    assert state(person, a_factory_order()) is expected


def test_a_demanded_condition_on_record_as_failed_blocks_the_application() -> None:
    verdict = ask(with_conditions(("COLOUR_VISION", False)), demanding(SEES_COLOURS))
    assert verdict.state is State.NO_PATH
    assert blocking(verdict) == {"HEALTH_CONDITION"}


def test_an_unknown_condition_is_examined_before_the_agreement_and_blocks_nobody_today() -> None:
    verdict = ask(with_conditions(), demanding(SEES_COLOURS))
    assert verdict.state is State.ELIGIBLE_NOW
    assert [(one.stage, one.status) for one in verdict.of("HEALTH_CONDITION")] == [(Stage.AGREEMENT, Status.UNKNOWN)]


def test_a_met_condition_is_done_for_both_stages() -> None:
    verdict = ask(with_conditions(("COLOUR_VISION", True)), demanding(SEES_COLOURS))
    assert [one.status for one in verdict.of("HEALTH_CONDITION")] == [Status.MET, Status.MET]


def test_two_records_that_contradict_each_other_count_as_failed() -> None:
    both = with_conditions(("COLOUR_VISION", True), ("COLOUR_VISION", False))
    assert state(both, demanding(SEES_COLOURS)) is State.NO_PATH


def test_a_failed_condition_that_nobody_demands_decides_nothing() -> None:
    assert state(with_conditions(("COLOUR_VISION", False)), a_factory_order()) is State.ELIGIBLE_NOW


def test_a_corridor_may_demand_a_condition_and_it_is_listed_once_for_the_check() -> None:
    corridor = a_corridor(person=SEES_COLOURS, applies={"countries": ["KOR"], "employer_type": None})
    verdict = ask(with_conditions(), demanding(SEES_COLOURS), a_law(corridor))
    assert len([one for one in verdict.of("HEALTH_CONDITION") if one.stage is Stage.AGREEMENT]) == 1
    assert state(with_conditions(("COLOUR_VISION", False)), a_factory_order(), a_law(corridor)) is State.NO_PATH


def test_one_of_two_conditions_is_enough_where_the_order_says_so() -> None:
    either = {"any": [SEES_COLOURS, {"kind": "condition", "code": "NO_TB"}]}
    assert state(with_conditions(("COLOUR_VISION", False)), demanding(either)) is State.ELIGIBLE_NOW
    assert state(with_conditions(("COLOUR_VISION", False), ("NO_TB", False)), demanding(either)) is State.NO_PATH


def test_no_outcome_names_a_diagnosis() -> None:
    found = outcome(ask(a_person(fitness={"status": "TEMP_UNFIT", "conditions": []})), "FITNESS")
    assert found.value == "TEMP_UNFIT"


def test_unfit_for_now_is_another_sentence_than_unfit() -> None:
    def said(status: str) -> tuple[str, str]:
        found = outcome(ask(a_person(fitness={"status": status, "conditions": []})), "FITNESS")
        assert found.next_action is not None
        return found.text.en, found.next_action.en

    (for_now, treatment), (unfit, clinic) = said("TEMP_UNFIT"), said("UNFIT")
    assert "for now" in for_now and "treatment first" in treatment
    assert "for now" not in unfit and "Ask the designated clinic" in clinic
