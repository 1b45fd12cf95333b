"""Whoever changes what an order or a company is: one line builds one, and each rule is tried at its edges."""

from typing import Any

import pytest

from services.placement.model import application, company, job_order, partner, quota

TODAY = "2026-11-24"


def an_order(**changes: Any) -> dict[str, Any]:
    return {
        "isco08": "9111",
        "kbji": "9111.01",
        "scheme": "P2P",
        "employer": {"type": "HOUSEHOLD", "household_income": None, "household_size": 4},
        "company": None,
        "sip2mi": {"number": "S", "valid_from": "2026-01-01", "valid_until": "2026-12-31", "quota": 3},
        "slots": None,
        "costs": [],
        "working_hours": None,
        "opens_on": "2026-11-01",
        "closes_on": "2026-11-30",
        "departure_by": None,
        "status": "OPEN",
        "closed": False,
        "concerns": [],
        **changes,
    }


def a_company(**changes: Any) -> dict[str, Any]:
    licence = {"sip3mi": "S", "status": "ACTIVE", "valid_from": "2025-01-01", "valid_until": "2026-11-24"}
    return {"_id": "c", "version": 4, **licence, "snapshot_on": TODAY, "concerns": [], **changes}


def test_an_order_is_open_on_its_first_and_on_its_closing_day() -> None:
    days = ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01")
    assert [job_order.is_open_on(an_order(), day) for day in days] == [False, True, True, False]


def test_a_suspended_order_is_open_on_no_day() -> None:
    assert not job_order.is_open_on(an_order(status="SUSPENDED"), TODAY)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "OPEN"),
        ({"company": {"status": "ACTIVE", "held": False}}, "OPEN"),
        ({"company": {"status": "SUSPENDED", "held": False}}, "SUSPENDED"),
        ({"company": {"status": "REVOKED", "held": False}}, "SUSPENDED"),
        ({"company": {"status": "ACTIVE", "held": True}}, "SUSPENDED"),
        ({"concerns": ["k"]}, "SUSPENDED"),
        ({"closed": True, "concerns": ["k"]}, "SUSPENDED"),  # nobody closes an order out of a concern
        ({"closed": True, "stopped_by_law": True}, "CLOSED"),  # the law is asked for everybody under way by itself
    ],
)
def test_the_status_follows_from_what_people_decided(changes: dict[str, Any], status: str) -> None:
    assert job_order.status(an_order(**changes)) == status


@pytest.mark.parametrize(("slots", "quota_of_permit", "ceiling"), [(None, 3, 3), (2, 3, 2), (9, 3, 3), (0, 3, 0)])
def test_the_smaller_of_permit_and_named_slots_is_the_ceiling(slots: Any, quota_of_permit: int, ceiling: int) -> None:
    permit = {**an_order()["sip2mi"], "quota": quota_of_permit}
    assert job_order.slots(an_order(slots=slots, sip2mi=permit)) == ceiling


def test_an_order_without_permit_offers_the_slots_it_names_or_one() -> None:
    assert job_order.slots(an_order(sip2mi=None, slots=4000)) == 4000
    assert job_order.slots(an_order(sip2mi=None)) == 1


@pytest.mark.parametrize(
    ("scheme", "needs"), [("P2P", True), ("CREW", True), ("G2G", False), ("MANDIRI", False), (None, False)]
)
def test_only_recruiting_companies_need_a_permit(scheme: str | None, needs: bool) -> None:
    assert job_order.permit_valid_on(an_order(scheme=scheme, sip2mi=None), TODAY) is not needs


def test_a_permit_counts_on_its_last_day_and_not_on_the_next() -> None:
    days = ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    assert [job_order.permit_valid_on(an_order(), day) for day in days] == [False, True, True, False]


def test_hours_that_fill_a_day_exactly_are_no_contradiction() -> None:
    full = {"per_day": 14, "per_week": 72, "rest_per_day": 10, "rest_per_week": 77}
    assert job_order.contradictions(an_order(working_hours=full)) == []


def test_a_licence_counts_on_its_last_day_and_not_when_stopped() -> None:
    assert company.licensed_on(a_company(), TODAY)
    assert not company.licensed_on(a_company(), "2026-11-25")
    assert not company.licensed_on(a_company(), "2024-12-31")
    assert not company.licensed_on(a_company(status="SUSPENDED"), TODAY)
    assert company.licensed_on(a_company(valid_until=None), "2099-01-01")


@pytest.mark.parametrize("typed", ["PT. Maju-Jaya", "pt maju jaya", "Maju  Jaya, PT", "P.T. MAJU JAYA"])
def test_a_company_is_found_by_its_name_as_people_type_it(typed: str) -> None:
    assert company.name_key(typed) == company.name_key("PT Maju Jaya") == "maju jaya"


@pytest.mark.parametrize(
    ("listing", "listed"),
    [
        (None, False),
        ({"from": TODAY, "until": TODAY}, True),
        ({"from": "2026-11-25", "until": None}, False),
        ({"from": "2026-01-01", "until": "2026-11-23"}, False),
        ({"from": "2026-01-01", "until": None}, True),
    ],
)
def test_a_partner_is_listed_from_its_first_to_its_last_day(listing: Any, listed: bool) -> None:
    assert partner.listed_on({"listing": listing}, TODAY) is listed


def test_slots_move_from_free_to_reserved_to_taken_and_back() -> None:
    slots: dict[str, Any] = {"quota": 2, "reserved": 0, "taken": 0}
    held = quota.reserved(slots)
    signed = quota.taken(held)
    assert [quota.left(one) for one in (slots, held, signed)] == [2, 1, 1]
    assert quota.released(signed, from_="TAKEN") == quota.released(held, from_="HELD") == slots


def test_every_application_ends_and_no_end_goes_on() -> None:
    ends = {state for state in application.STATES if not application.NEXT[state]}
    assert ends == {"DEPARTED", "WITHDRAWN", "REJECTED"}
    assert all(after in application.STATES for nexts in application.NEXT.values() for after in nexts)


def test_a_company_reports_only_what_is_not_signed_before_an_officer() -> None:
    assert {"SELECTED", "REJECTED"} == application.COMPANY_MAY
