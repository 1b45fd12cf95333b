"""The moratorium is a gate with an exit: who stands before it, and what opens it."""

from datetime import date
from typing import Any

import pytest

from services.matching.matcher.law.law import Law
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Group, State, Status
from tests.builders import (
    NARROW,
    WIDE,
    a_certificate,
    a_factory_order,
    a_gate,
    a_law,
    a_person,
    a_policy_of,
    a_revision,
    an_employer,
    an_order,
    days,
    hours_rule,
)
from tests.unit.matching.eligibility.asking import ask, blocking, outcome, state, status


def test_trained_people_from_ntt_pass_the_gate_as_trap_1_warns() -> None:
    """Trap 1: the moratorium is not "NTT + domestic work = forbidden"; training opens it."""
    assert state(a_person(home_regency="53.06")) is State.ELIGIBLE_NOW


def test_without_certificate_and_hours_the_gate_blocks_and_names_course_and_test_as_trap_13_asks() -> None:
    """Trap 13: a blocked match returns the missing steps, never an empty answer."""
    verdict = ask(a_person(certificates=[], training_hours=[]))
    assert verdict.state is State.NO_PATH
    assert blocking(verdict) == {"GATE", "TRAINING_HOURS"}
    gate = outcome(verdict, "GATE")
    assert gate.group is Group.LEARN
    assert gate.version == "NTT-GATE/1"
    assert gate.legal_basis.instrument == "Keputusan contoh"
    assert gate.next_action is not None and "kursus" not in gate.text.id
    assert {"certificate": "COMPETENCE", "scheme": "HOUSEKEEPER"} in gate.needed["any"][1]["all"]


def test_what_the_person_has_lies_beside_what_is_needed_part_by_part() -> None:
    gate = outcome(ask(a_person(home_regency="53.06", certificates=[], training_hours=[])), "GATE")
    assert gate.value == {"any": ["53.06", {"all": [[], 0]}]}
    assert [set(part) for part in gate.needed["any"]] == [{"home_regency_not"}, {"all"}]
    assert len(gate.needed["any"][1]["all"]) == len(gate.value["any"][1]["all"])


@pytest.mark.parametrize("home", ["33.10", "52.01", "5.30", "35.53"])
def test_people_from_elsewhere_do_not_meet_the_gate(home: str) -> None:
    assert status(ask(a_person(home_regency=home, certificates=[])), "GATE") is Status.MET


def test_an_unknown_home_leaves_the_gate_open_to_question_until_the_identity_card_is_shown() -> None:
    verdict = ask(a_person(home_regency=None, certificates=[]))
    assert status(verdict, "GATE") is Status.UNKNOWN
    assert verdict.state is State.ELIGIBLE_BY


def test_an_unknown_home_matters_to_nobody_who_holds_what_the_gate_asks() -> None:
    assert status(ask(a_person(home_regency=None)), "GATE") is Status.MET


def test_a_completion_paper_opens_no_gate_as_trap_7_warns() -> None:
    """Trap 7: having finished a course is not competence."""
    assert "GATE" in blocking(ask(a_person(certificates=[a_certificate(kind="COMPLETION")])))


def test_the_scheme_must_be_the_very_title_as_trap_7_warns() -> None:
    """Trap 7: a housekeeper is no caretaker, even with the same occupation group on the paper."""
    caretaker = a_person(certificates=[a_certificate("ELDERLY_CARETAKER", isco08="9111")])
    assert status(ask(caretaker), "GATE") is Status.NOT_MET


@pytest.mark.parametrize(
    ("until", "expected"), [(days(0), Status.MET), (days(-1), Status.NOT_MET), (None, Status.UNKNOWN)]
)
def test_the_certificate_must_show_an_end_that_has_not_passed_as_trap_7_warns(
    until: str | None, expected: Status
) -> None:
    """Trap 7: certificates expire; without an expiry on record nobody can say that they have not."""
    assert status(ask(a_person(certificates=[a_certificate(valid_until=until)])), "GATE") is expected


def test_a_certificate_without_an_end_is_a_paper_to_bring_and_never_a_yes() -> None:
    verdict = ask(a_person(certificates=[a_certificate(valid_until=None)]))
    assert verdict.state is State.ELIGIBLE_BY
    assert outcome(verdict, "GATE").group is Group.BRING


def test_a_certificate_that_begins_later_is_not_yet_held() -> None:
    assert "GATE" in blocking(ask(a_person(certificates=[a_certificate(valid_from=days(1))])))


def test_one_good_certificate_among_bad_ones_is_enough() -> None:
    several = [a_certificate(valid_until=days(-5)), a_certificate("FAMILY_COOK"), a_certificate(), a_certificate(None)]
    assert state(a_person(certificates=several)) is State.ELIGIBLE_NOW


def test_a_certificate_of_unknown_scheme_must_be_shown() -> None:
    assert status(ask(a_person(certificates=[a_certificate(None)])), "GATE") is Status.UNKNOWN


def test_the_gate_asks_for_the_hours_of_the_title_too() -> None:
    few = a_person(training_hours=[{"isco08": "9111", "destination": "MYS", "hours": 199}])
    assert blocking(ask(few)) == {"GATE", "TRAINING_HOURS"}


def test_without_an_hours_row_the_gate_asks_for_no_hours() -> None:
    assert state(a_person(training_hours=[]), law=a_law(a_gate())) is State.ELIGIBLE_NOW


def test_hours_of_low_confidence_neither_block_nor_hold_the_gate_shut() -> None:
    verdict = ask(a_person(training_hours=[]), law=a_law(a_gate(), hours_rule(600, confidence="L")))
    assert verdict.state is State.ELIGIBLE_NOW
    assert "DOUBTFUL_TRAINING_HOURS" in {caution.code for caution in verdict.cautions}


def test_a_company_as_employer_is_no_matter_of_the_gate() -> None:
    assert not ask(a_person(certificates=[]), a_factory_order()).of("GATE")


def test_an_order_that_hides_its_kind_of_employer_leaves_the_gate_unknown() -> None:
    hidden = an_order(employer=an_employer(type=None))
    verdict = ask(a_person(certificates=[]), hidden)
    assert status(verdict, "GATE") is Status.UNKNOWN
    assert verdict.state is State.NO_PATH


def test_an_order_without_a_title_scheme_fits_no_certificate_for_sure() -> None:
    unnamed = an_order(title_scheme=None)
    assert status(ask(order=unnamed), "GATE") is Status.UNKNOWN
    assert status(ask(a_person(certificates=[]), unnamed), "GATE") is Status.NOT_MET
    assert state(order=unnamed) is State.NO_PATH


@pytest.mark.parametrize(
    ("isco08", "wide", "narrow"), [("9111", True, True), ("5152", True, True), ("5322", True, False)]
)
def test_wide_and_narrow_readings_are_the_content_of_the_policy(isco08: str, wide: bool, narrow: bool) -> None:
    order = an_order(isco08=isco08)
    untrained = a_person(certificates=[], training_hours=[])
    assert ("GATE" in blocking(ask(untrained, order, a_law(a_gate(WIDE))))) is wide
    assert ("GATE" in blocking(ask(untrained, order, a_law(a_gate(NARROW))))) is narrow


def test_the_gate_has_a_history() -> None:
    """From 14 November 2018 by its first instrument, from 2 July 2025 in its second version; before, there was none."""
    law = Law.from_records(
        [
            a_policy_of(
                "NTT-GATE",
                "GATE",
                [
                    a_revision(WIDE, number=1, valid_from="2018-11-14", valid_until="2025-07-01"),
                    a_revision(WIDE, number=2, valid_from="2025-07-02"),
                ],
            )
        ]
    )
    always: dict[str, Any] = {
        "opens_on": "2018-01-01",
        "closes_on": days(100),
        "company": None,
        "sip2mi": None,
        "scheme": "G2G",
    }
    untrained = a_person(certificates=[], training_hours=[], birth_date="1990-01-01")

    def versions(day: date) -> set[str]:
        return {one.version for one in ask(untrained, an_order(**always), law, day).blocking}

    assert versions(date(2018, 11, 13)) == set()
    assert versions(date(2018, 11, 14)) == {"NTT-GATE/1"}
    assert versions(date(2025, 7, 1)) == {"NTT-GATE/1"}
    assert versions(date(2025, 7, 2)) == {"NTT-GATE/2"}


def test_the_gate_keeps_what_it_lacks_in_a_form_that_a_search_can_use() -> None:
    """Whoever looks for a path reads the asks, not the words."""
    gate = outcome(ask(a_person(certificates=[])), "GATE")
    assert "HOUSEKEEPER" in repr(gate.ask)
    assert NeedsCertificate(certificate="COMPETENCE", scheme="HOUSEKEEPER") in list(leaves(gate.ask))


@pytest.mark.parametrize(
    ("person", "order"),
    [
        ({"birth_date": days(-60 * 366)}, {"requirements": {"kind": "age", "max": 45}}),
        ({"sex": "M"}, {"requirements": {"kind": "sex", "is": "F"}}),
        (
            {"records": [{"kind": "DEPORTATION", "country": "MYS", "until": None}]},
            {"requirements": {"kind": "no_record", "record": "DEPORTATION", "country": None}},
        ),
    ],
    ids=["too old", "another sex", "deported"],
)
def test_nobody_is_sent_to_a_course_for_an_order_that_is_never_theirs(
    person: dict[str, Any], order: dict[str, Any]
) -> None:
    verdict = ask(a_person(certificates=[], training_hours=[], **person), an_order(**order))
    assert verdict.state is State.NO_PATH and "GATE" in blocking(verdict)
    assert not [one.rule for one in verdict.outcomes if one.group is Group.LEARN]
    gate = outcome(verdict, "GATE")
    assert (gate.group, gate.status) == (Group.OTHERS, Status.NOT_MET)
    assert gate.next_action is not None and gate.next_action.en == "Choose another job order."


def test_whoever_is_unfit_for_now_still_hears_what_to_learn() -> None:
    person = a_person(certificates=[], training_hours=[], fitness={"status": "TEMP_UNFIT", "conditions": []})
    assert outcome(ask(person), "GATE").group is Group.LEARN
