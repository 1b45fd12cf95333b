"""The law that needs no person: every finding names the field that it comes from."""

from typing import Any

import pytest

from services.matching.judging.facts import Facts
from services.matching.judging.judgement import Judgement
from services.matching.judging.judging import JudgedOrder
from services.matching.matcher.law.law import Law
from services.matching.matcher.law.rules import demands
from tests import builders as make
from tests.builders import TODAY, days
from tests.support.today import born

POLICIES = "0" * 32
LAW = Law.from_records(
    [
        make.a_ban("KHM"),
        make.a_policy("COST", "COST", {"items": ["TRAINING", "WORK_VISA"], "forbidden_payers": ["CANDIDATE"]}),
        make.a_policy(
            "MYS-MOU",
            "CORRIDOR",
            {
                "applies": {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": None, "schemes": None},
                "order": [
                    {"field": "wage", "op": "min", "value": {"amount": 1500, "currency": "MYR"}},
                    {"field": "channel", "op": "in", "value": ["ONE_CHANNEL_SYSTEM"]},
                    {"field": "hours_per_day", "op": "max", "value": 8},
                ],
                "person": {"all": [{"kind": "age", "min": 21}]},
            },
        ),
    ]
)


def judged(**changes: Any) -> Judgement:
    lawful = {"working_hours": {"per_day": 8}, **changes}
    return JudgedOrder(order := make.an_order(**lawful), demands(order, LAW.at(TODAY)), TODAY).judged(POLICIES)


def charged(item: str, payer: str) -> dict[str, Any]:
    return {"item": item, "payer": payer, "amount": {"amount": 12_000_000, "currency": "IDR"}}


def test_a_lawful_order_has_no_findings() -> None:
    assert (judged().outcome, judged().findings) == ("LAWFUL", ())


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"country": "KHM"}, "BAN", "/country"),
        ({"scheme": None}, "SCHEME", "/scheme"),
        ({"scheme": "MANDIRI"}, "HOUSEHOLD_ALONE", "/employer/type"),
        ({"visa_type": "VISIT"}, "VISA_TYPE", "/visa_type"),
        ({"employer": make.an_employer(partner_listed=True)}, "PARTNER", "/employer/partner"),
        ({"wage": {"amount": 1400, "currency": "MYR"}}, "WAGE_FLOOR", "/wage"),
        ({"channel": "DIRECT"}, "CORRIDOR_CHANNEL", "/channel"),
        ({"working_hours": {"per_day": 12}}, "WORKING_HOURS", "/working_hours"),
        ({"company": make.a_company(valid_until=days(-1))}, "COMPANY_LICENCE", "/company"),
        ({"company": None}, "COMPANY_LICENCE", "/company"),
        ({"sip2mi": None}, "SIP2MI", "/sip2mi"),
        ({"sip2mi": make.a_permit(valid_until=days(-1))}, "SIP2MI", "/sip2mi"),
    ],
)
def test_each_rule_names_its_field(changes: dict[str, Any], rule: str, field: str) -> None:
    judgement = judged(**changes)
    assert judgement.outcome == "UNLAWFUL"
    assert (rule, field) in [(one.rule, one.field) for one in judgement.findings]


def test_a_forbidden_fee_is_found_on_each_line_that_charges_it() -> None:
    costs = [charged("TRAINING", "COMPANY"), charged("TRAINING", "CANDIDATE"), charged("WORK_VISA", "CANDIDATE")]
    found = judged(costs=costs).findings
    assert [(one.rule, one.field) for one in found] == [("COST", "/costs/1"), ("COST", "/costs/2")]


@pytest.mark.parametrize(
    "changes",
    [
        {"verification": "UNVERIFIED"},
        {"status": "SUSPENDED"},
        {"opens_on": days(10)},
        {"closes_on": days(-1)},
        {"slots": {"quota": 3, "reserved": 0, "taken": 3}},
    ],
)
def test_what_people_decided_about_an_order_does_not_make_it_unlawful(changes: dict[str, Any]) -> None:
    assert judged(**changes).outcome == "LAWFUL"


def test_what_the_order_does_not_say_is_unknown() -> None:
    judgement = judged(wage={"amount": 400, "currency": "USD"})
    assert [(one.rule, one.status.name) for one in judgement.findings] == [("WAGE_FLOOR", "UNKNOWN")]
    assert judgement.outcome == "UNKNOWN"


def test_the_same_rules_stand_in_the_judgement_of_an_application_beside_those_of_the_person() -> None:
    offer = JudgedOrder(
        order := make.an_order(country="KHM", status="CLOSED", closes_on=days(-1)), demands(order, LAW.at(TODAY)), TODAY
    )
    judgement = offer.judged_for(make.a_person(birth_date=born(16)), make.an_id(), POLICIES)
    applying = {one.rule for one in judgement.findings if one.stage == "APPLY"}
    assert applying == {"BAN", "AGE_18"}, "a closing date ends nothing that has begun"
    papers = {one.rule for one in judgement.findings if one.stage != "APPLY"}
    assert "PASSPORT" in papers and "PLACEMENT_AGREEMENT" not in papers


@pytest.mark.parametrize("scheme", ["P2P", "G2G", "G2P", "UKPS", "MANDIRI"])
@pytest.mark.parametrize("status", ["OPEN", "SUSPENDED", "CLOSED"])
def test_nobody_goes_on_with_an_order_of_a_suspended_company_also_once_it_is_closed(scheme: str, status: str) -> None:
    def outcome(company_status: str, order_status: str) -> tuple[str, list[tuple[str, str]]]:
        company = make.a_company(status=company_status)
        order = make.an_order(
            scheme=scheme, status=order_status, company=company, employer=make.an_employer(type="COMPANY")
        )
        judged = JudgedOrder(order, demands(order, LAW.at(TODAY)), TODAY).judged_for(
            make.a_person(), make.an_id(), POLICIES
        )
        about = [one for one in judged.findings if one.rule in ("ORDER_STATUS", "COMPANY_LICENCE")]
        return judged.outcome, [(one.rule, one.status.name) for one in about]

    assert outcome("ACTIVE", "CLOSED")[1] == [], "closing ends nothing that has begun"
    judgement, found = outcome("SUSPENDED", status)
    assert judgement == "UNLAWFUL"
    assert len(found) == len(set(found)) > 0


def test_what_is_unknown_of_an_offer_is_another_question_once_its_terms_are_others() -> None:
    """A supervisor answered for a wage of 400 dollars, of which nobody knew the rate; 100 dollars are not that."""

    def seal(**changes: Any) -> str | None:
        terms = {"working_hours": {"per_day": 8}, "wage": {"amount": 400, "currency": "USD"}, **changes}
        order = make.an_order(id="0b7c8b0e-8a34-4d1b-9f0c-0d4b7a0a1c11", **terms)
        offer = JudgedOrder(order, demands(order, LAW.at(TODAY)), TODAY, Facts(b"k" * 32))
        (found,) = [one for one in offer.judged(POLICIES).findings if one.rule == "WAGE_FLOOR"]
        (again,) = [
            one
            for one in offer.judged_for(make.a_person(), make.an_id(), POLICIES).findings
            if one.rule == "WAGE_FLOOR"
        ]
        assert found.facts == again.facts is not None
        return found.facts

    assert seal() == seal(version=9, closes_on=days(40), verification="UNVERIFIED", status="SUSPENDED")
    assert seal() == seal(slots={"quota": 9, "reserved": 0, "taken": 1})
    assert seal() != seal(wage={"amount": 100, "currency": "USD"})
    assert seal() != seal(costs=[charged("TRAINING", "COMPANY")])
    assert seal() != seal(company=make.a_company(valid_until=days(9)))
