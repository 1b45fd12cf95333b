"""The verdict as a whole: consent, gaps in the data, groups, cautions, what stands on the wire."""

import json
from typing import Any

import pytest

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.rules import demands
from services.matching.matcher.requirements.status import Group, Stage, State, Status
from services.matching.matcher.verdicts.check import check
from tests.builders import (
    TODAY,
    a_ban,
    a_certificate,
    a_factory_order,
    a_gate,
    a_law,
    a_person,
    a_result,
    an_order,
    days,
    hours_rule,
)
from tests.support.today import born
from tests.unit.matching.eligibility.asking import ask, blocking, demanding, state


@pytest.mark.parametrize("consent", ["WITHDRAWN", "NONE", None, "MAYBE"])
def test_without_consent_nothing_is_computed_for_no_date(consent: str | None) -> None:
    verdict = ask(a_person(consent=consent))
    assert verdict.state is State.CONSENT_NEEDED
    assert [one.rule for one in verdict.outcomes] == ["CONSENT"]
    assert (verdict.by, verdict.cautions, verdict.hidden, verdict.law) == (None, (), None, ())


def test_a_payload_without_consent_leaves_nothing_of_the_person_behind() -> None:
    assert a_person(consent="WITHDRAWN", id="x", version=7) == Person(id="x", version=7, consent="WITHDRAWN")


def test_somebody_of_whom_nearly_nothing_is_known_gets_a_right_verdict() -> None:
    nobody = Person.from_payload({"id": "x", "consent": "GIVEN"})
    verdict = ask(nobody, demanding({"kind": "education", "level": "SMP"}, {"kind": "sex", "is": "F"}))
    assert verdict.state is State.ELIGIBLE_BY
    assert blocking(verdict) == {"AGE_18", "EDUCATION", "SEX"}
    assert {one.group for one in verdict.blocking} == {Group.BRING}
    gated = ask(nobody, an_order())
    assert gated.state is State.ELIGIBLE_BY, "nobody asked for certificates either"
    assert blocking(gated) == {"AGE_18", "GATE", "TRAINING_HOURS"}


def test_an_empty_order_is_refused_by_rule_and_not_by_error() -> None:
    verdict = ask(order=Order.from_payload({"id": "x"}))
    assert verdict.state is State.NO_PATH
    assert {"SCHEME", "BAN"} <= blocking(ask(order=Order.from_payload({"id": "x"}), law=a_law(a_ban("SAU"))))
    assert "SCHEME" in blocking(verdict)


def test_a_draft_is_tried_as_if_it_were_published_and_says_so() -> None:
    draft = an_order(verification=None, status=None, closes_on=None, opens_on=None)
    verdict = ask(order=draft)
    assert verdict.state is State.ELIGIBLE_NOW
    assert "DRAFT" in {caution.code for caution in verdict.cautions}
    assert ask(order=an_order(verification=None, status=None, closes_on=days(-1))).state is State.NO_PATH


def test_an_order_that_is_half_published_is_no_draft() -> None:
    assert blocking(ask(order=an_order(verification=None))) == {"ORDER_VERIFIED"}
    assert blocking(ask(order=an_order(status=None))) == {"ORDER_STATUS"}
    assert blocking(ask(order=an_order(verification="VERIFIED", closes_on=None))) == {"ORDER_CLOSES"}


def test_eligible_now_means_that_every_apply_rule_is_met() -> None:
    verdict = ask()
    assert verdict.eligible
    assert all(one.status is Status.MET for one in verdict.outcomes if one.stage is Stage.APPLY)
    assert verdict.steps == tuple(one for one in verdict.outcomes if one.stage is not Stage.APPLY)


def test_rules_stand_in_the_order_in_which_a_person_can_act() -> None:
    person = a_person(certificates=[], education=None, birth_date=born(21, days=-52))
    order = an_order(
        requirements={"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "education", "level": "SD"}]},
        verification="UNVERIFIED",
    )
    outcomes = ask(person, order).outcomes
    groups = list(dict.fromkeys(one.group for one in outcomes))
    assert groups == [Group.WAIT, Group.OTHERS, Group.LEARN, Group.BRING, Group.AGREEMENT, Group.DEPARTURE, Group.DONE]
    assert outcomes[0].rule == "AGE"


def test_age_stands_before_bans_before_an_unlawful_offer_before_what_can_be_learned_before_papers() -> None:
    person = a_person(certificates=[], education=None, birth_date=born(20, days=30))
    order = an_order(
        requirements={"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "education", "level": "SD"}]},
        company=None,
        verification="UNVERIFIED",
    )
    outcomes = ask(person, order, law=a_law(a_gate(), a_ban("MYS"))).blocking
    rules = [one.rule for one in outcomes]
    assert rules == ["AGE", "BAN", "COMPANY_LICENCE", "GATE", "ORDER_VERIFIED", "EDUCATION"]
    told = {one.rule: one.next_action.id for one in outcomes if one.next_action}
    assert told["GATE"] == "Pilih dulu lowongan yang terbuka.", "nobody is sent to a course for a closed order"
    assert told["ORDER_VERIFIED"] == "Jangan lanjutkan: lowongan ini tidak resmi."


def test_every_step_says_who_acts_and_what_to_do() -> None:
    for one in ask(a_person(certificates=[], training_hours=[]), an_order(verification="UNVERIFIED")).steps:
        assert one.who and one.next_action and one.next_action.id and one.next_action.en


def test_the_verdict_names_the_law_it_used_and_its_age() -> None:
    verdict = ask(law=a_law(a_gate(verified_on=days(-23)), hours_rule(verified_on=days(-54))))
    assert verdict.law == ("HOURS-MYS-9111/1", "NTT-GATE/1")
    assert verdict.law_verified_on is not None and verdict.law_verified_on.isoformat() == days(-54)


def test_an_outcome_carries_value_needed_basis_and_version() -> None:
    order = an_order(code="MYS-7", version=4, requirements={"kind": "age", "min": 30, "max": 45, "ref": "Butir 3"})
    (age,) = ask(order=order).of("AGE")
    assert (age.value, age.needed, age.version) == (26, {"min": 30, "max": 45}, "MYS-7/4")
    assert age.legal_basis.instrument == "Butir 3"


@pytest.mark.parametrize(("until", "warned"), [(days(400), True), (days(995), False), (days(720), True)])
def test_a_certificate_that_ends_within_the_contract_is_a_warned_step_and_no_block(until: str, warned: bool) -> None:
    verdict = ask(a_person(certificates=[a_certificate(valid_until=until)]), an_order(term_months=24))
    assert verdict.state is State.ELIGIBLE_NOW
    assert ("ENDS_WITHIN_CONTRACT" in {caution.code for caution in verdict.cautions}) is warned


def test_the_longest_of_several_certificates_is_the_one_that_ends() -> None:
    two = [a_certificate(valid_until=days(10)), a_certificate(valid_until=days(900))]
    assert not ask(a_person(certificates=two)).cautions[1:]


def test_a_passport_and_a_language_result_are_warned_of_as_well() -> None:
    person = a_person(
        languages=[a_result(valid_until=days(30))],
        requirements={"PASSPORT": {"status": "MET", "valid_until": days(60)}},
    )
    order = demanding({"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"})
    texts = [caution.text.en for caution in ask(person, order).cautions if caution.code == "ENDS_WITHIN_CONTRACT"]
    assert len(texts) == 2 and any("passport" in text for text in texts)


def test_the_contract_is_counted_from_the_planned_departure() -> None:
    late = an_order(term_months=24, departure_by=days(300))
    certificate = a_certificate(valid_until=days(995))
    assert "ENDS_WITHIN_CONTRACT" in {
        caution.code for caution in ask(a_person(certificates=[certificate]), late).cautions
    }


def test_a_law_that_cannot_be_read_is_warned_of_on_every_verdict() -> None:
    verdict = ask(law=a_law(a_gate({"home_regency_prefix": None}), hours_rule()))
    assert "LAW_UNREADABLE" in {caution.code for caution in verdict.cautions}


def test_everything_is_plain_json_on_the_wire() -> None:
    order = an_order(requirements={"any": [{"kind": "sex", "is": "F"}, {"kind": "hours", "hours": 10}]})
    verdict = ask(order=order, law=a_law(a_ban("MYS", confidence="L"), a_gate()))
    shown: list[Any] = [one.as_payload() for one in verdict.outcomes]
    shown += [one.as_payload() for one in verdict.cautions]
    assert json.loads(json.dumps(shown)) == shown


def test_a_caller_who_has_the_demands_gets_the_same_verdict() -> None:
    person, order, law = a_person(certificates=[]), an_order(), a_law().at(TODAY)
    assert check(person, order, law, TODAY, demands(order, law)) == check(person, order, law, TODAY)


def test_two_orders_that_differ_only_in_their_id_are_judged_alike() -> None:
    assert [state(order=a_factory_order(id=name)) for name in ("a", "b")] == [State.ELIGIBLE_NOW] * 2
