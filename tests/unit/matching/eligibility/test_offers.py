"""What must be true of the offer itself, its company and its permit."""

from datetime import timedelta
from typing import Any

import pytest

from services.matching.matcher.requirements.status import State, Status
from tests.builders import TODAY, a_company, a_factory_order, a_permit, a_person, an_employer, an_order, days
from tests.unit.matching.eligibility.asking import ask, blocking, outcome, state, status


@pytest.mark.parametrize("scheme", [None, "TITP", "SSW", "MAGIC"])
def test_an_offer_without_a_lawful_scheme_is_refused_as_trap_10_warns(scheme: str | None) -> None:
    """Trap 10: a traineeship (TITP) is no placement."""
    assert "SCHEME" in blocking(ask(order=a_factory_order(scheme=scheme)))


@pytest.mark.parametrize("scheme", ["G2G", "G2P", "UKPS", "MANDIRI"])
def test_these_schemes_need_no_company_and_no_permit(scheme: str) -> None:
    assert state(order=a_factory_order(scheme=scheme)) is State.ELIGIBLE_NOW


@pytest.mark.parametrize("scheme", ["P2P", "CREW"])
def test_these_schemes_need_a_licensed_company_and_a_permit(scheme: str) -> None:
    alone = a_factory_order(scheme=scheme, company=None, sip2mi=None)
    assert blocking(ask(order=alone)) == {"COMPANY_LICENCE", "SIP2MI", "SLOTS"}
    assert state(order=a_factory_order(scheme=scheme, company=a_company(), sip2mi=a_permit())) is State.ELIGIBLE_NOW


def test_a_household_is_never_reached_alone() -> None:
    alone: dict[str, Any] = {"scheme": "MANDIRI", "company": None, "sip2mi": None}
    assert blocking(ask(order=an_order(**alone))) == {"HOUSEHOLD_ALONE"}
    assert state(order=a_factory_order(scheme="MANDIRI")) is State.ELIGIBLE_NOW
    unsaid = a_factory_order(scheme="MANDIRI", employer=an_employer(type=None))
    assert status(ask(order=unsaid), "HOUSEHOLD_ALONE") is Status.UNKNOWN


@pytest.mark.parametrize(
    ("visa", "fits"),
    [
        ("WORK", True),
        ("CALLING", True),
        ("SSW", True),
        ("SEAFARER", True),
        ("VISIT", False),
        ("TOURIST", False),
        ("UMRAH", False),
    ],
)
def test_nobody_works_on_a_visit(visa: str, fits: bool) -> None:
    assert (status(ask(order=an_order(visa_type=visa)), "VISA_TYPE") is Status.MET) is fits


def test_an_order_that_names_no_visa_yet_is_warned_of() -> None:
    verdict = ask(order=an_order(visa_type=None))
    assert verdict.state is State.ELIGIBLE_NOW
    assert "VISA_NOT_NAMED" in {caution.code for caution in verdict.cautions}


def test_a_partner_on_the_problem_list_blocks() -> None:
    assert blocking(ask(order=an_order(employer=an_employer(partner_listed=True)))) == {"PARTNER"}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"verification": "UNVERIFIED"}, "ORDER_VERIFIED"),
        ({"verification": "REJECTED"}, "ORDER_VERIFIED"),
        ({"status": "CLOSED"}, "ORDER_STATUS"),
        ({"status": "SUSPENDED"}, "ORDER_STATUS"),
        ({"opens_on": days(1)}, "ORDER_OPENS"),
        ({"closes_on": days(-1)}, "ORDER_CLOSES"),
        ({"closes_on": None}, "ORDER_CLOSES"),
        ({"company": a_company(status="SUSPENDED")}, "COMPANY_LICENCE"),
        ({"company": a_company(status="REVOKED")}, "COMPANY_LICENCE"),
        ({"company": a_company(valid_until=days(-1))}, "COMPANY_LICENCE"),
        ({"company": a_company(valid_from=days(1))}, "COMPANY_LICENCE"),
        ({"company": a_company(status=None)}, "COMPANY_LICENCE"),
        ({"company": a_company(valid_from=None)}, "COMPANY_LICENCE"),
        ({"sip2mi": a_permit(valid_from=None)}, "SIP2MI"),
        ({"sip2mi": a_permit(valid_until=None)}, "SIP2MI"),
        ({"sip2mi": a_permit(valid_until=days(-1))}, "SIP2MI"),
        ({"sip2mi": a_permit(valid_from=days(1))}, "SIP2MI"),
        ({"sip2mi": a_permit(quota=0)}, "SLOTS"),
        ({"sip2mi": a_permit(quota=None)}, "SLOTS"),
    ],
)
def test_one_thing_wrong_with_the_offer_blocks_by_its_own_rule(changes: dict[str, Any], rule: str) -> None:
    verdict = ask(order=an_order(**changes))
    assert blocking(verdict) == {rule}
    assert verdict.state is State.NO_PATH


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_on": days(0)},
        {"closes_on": days(0)},
        {"company": a_company(valid_from=days(0))},
        {"company": a_company(valid_until=days(0))},
        {"company": a_company(valid_until=None)},
        {"company": a_company(sip3mi=None)},
        {"sip2mi": a_permit(number=None)},
        {"sip2mi": a_permit(valid_from=days(0))},
        {"sip2mi": a_permit(valid_until=days(0))},
    ],
)
def test_first_and_last_days_count(changes: dict[str, Any]) -> None:
    assert state(order=an_order(**changes)) is State.ELIGIBLE_NOW


def test_reserved_slots_are_gone_before_they_are_taken_as_trap_9_warns() -> None:
    """Trap 9: slots are reserved before the agreement, not counted after it."""
    free = {"quota": 20, "reserved": 12, "taken": 7}
    full = {"quota": 20, "reserved": 13, "taken": 7}
    assert state(order=an_order(slots=free)) is State.ELIGIBLE_NOW
    assert blocking(ask(order=an_order(slots=full))) == {"SLOTS"}
    assert outcome(ask(order=an_order(slots=free)), "SLOTS").value == 1


def test_whoever_holds_a_slot_is_not_told_that_the_order_is_full() -> None:
    order = an_order(slots={"quota": 1, "reserved": 1, "taken": 0})
    assert state(a_person().with_holds([order.id]), order) is State.ELIGIBLE_NOW
    assert state(a_person().with_holds(["another"]), order) is State.NO_PATH


def test_a_government_order_may_be_full_too() -> None:
    full = a_factory_order(slots={"quota": 2, "reserved": 0, "taken": 2})
    assert blocking(ask(order=full)) == {"SLOTS"}
    assert not ask(order=a_factory_order()).of("SLOTS")


@pytest.mark.parametrize("changes", [{"status": "SUSPENDED"}, {"company": a_company(status="SUSPENDED")}])
def test_a_suspended_order_or_company_is_hidden_with_its_reason(changes: dict[str, Any]) -> None:
    hidden = ask(order=an_order(**changes)).hidden
    assert hidden is not None and hidden.reason == "SUSPENDED"


@pytest.mark.parametrize(
    "changes", [{"status": "CLOSED"}, {"company": a_company(status="REVOKED")}, {"visa_type": "VISIT"}]
)
def test_other_blocked_orders_stay_in_sight_with_the_way_out_as_trap_13_asks(changes: dict[str, Any]) -> None:
    """Trap 13: blocked is not hidden."""
    verdict = ask(order=an_order(**changes))
    assert verdict.hidden is None
    assert all(one.next_action is not None and one.who for one in verdict.blocking)


def test_the_day_asked_decides_whether_the_order_is_open() -> None:
    order = an_order(opens_on=days(7), closes_on=days(37))
    asked = [state(a_person(), order, day=TODAY + timedelta(days=ahead)) for ahead in (0, 7, 37, 38)]
    assert asked == [State.NO_PATH, State.ELIGIBLE_NOW, State.ELIGIBLE_NOW, State.NO_PATH]


@pytest.mark.parametrize(
    ("changes", "rule", "said", "done"),
    [
        ({"verification": "REJECTED"}, "ORDER_VERIFIED", "checked and turned down", "Choose another lawful"),
        ({"verification": "UNVERIFIED"}, "ORDER_VERIFIED", "not passed the check", "Wait for the check"),
        ({"sip2mi": a_permit(valid_from=days(30))}, "SIP2MI", "valid only from", "Before that day do not apply"),
        ({"company": a_company(valid_from=days(20))}, "COMPANY_LICENCE", "valid only from", "Before that day"),
        (
            {"company": a_company(valid_from=days(20), status="REVOKED")},
            "COMPANY_LICENCE",
            "no valid licence",
            "Do not go on",
        ),
    ],
)
def test_what_is_turned_down_is_not_waited_for_and_what_is_to_come_is_no_fraud(
    changes: dict[str, Any], rule: str, said: str, done: str
) -> None:
    found = outcome(ask(order=an_order(**changes)), rule)
    assert found.next_action is not None
    assert said in found.text.en and done in found.next_action.en, (found.text.en, found.next_action.en)


def test_a_limit_of_the_order_is_no_law_of_the_country() -> None:
    order = an_order(requirements={"kind": "sex", "is": "F"})
    text = outcome(ask(a_person(sex="M"), order), "SEX").text
    assert text.en == "This work is only for women." and "Malaysia" not in text.id
