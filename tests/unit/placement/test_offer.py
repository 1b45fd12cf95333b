"""Whoever changes the public check: each finding once, and the verdict that it leads to."""

from typing import Any

import pytest

from services.placement.model import offer
from services.placement.schemas.sentences import FINDINGS, NOT_NAMED, ONLY, UNCLEAR, VERDICTS, what_to_do
from tests.unit.placement.test_order_and_company import TODAY, a_company, an_order


def good(**changes: Any) -> dict[str, Any]:
    order = an_order(verification="VERIFIED", visa_type="CALLING", country="MYS")
    order["employer"] = {**order["employer"], "partner_listed": False}
    return {**order, **changes}


def found(order: dict[str, Any] | None, *, left: int = 1, bans: Any = ()) -> list[str]:
    return offer.about_order(order, TODAY, left=left, bans=bans)


def a_ban(**changes: Any) -> dict[str, Any]:
    content = {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": None, **changes.pop("content", {})}
    return {"confidence": "M", "content": content, **changes}


def test_a_good_offer_has_no_finding_and_is_real() -> None:
    assert found(good()) == []
    assert offer.verdict([]) == "REAL"


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"verification": "UNVERIFIED"}, "ORDER_UNVERIFIED"),
        ({"verification": "REJECTED"}, "ORDER_REJECTED"),
        ({"closes_on": "2026-11-23"}, "ORDER_CLOSED"),
        ({"status": "CLOSED"}, "ORDER_CLOSED"),
        ({"opens_on": "2026-11-25"}, "ORDER_NOT_OPEN_YET"),
        ({"status": "SUSPENDED"}, "ORDER_SUSPENDED"),
        ({"sip2mi": None}, "PERMIT_MISSING"),
        ({"sip2mi": None, "scheme": None}, "PERMIT_MISSING"),
        ({"sip2mi": {"valid_from": "2025-01-01", "valid_until": "2025-12-31"}}, "PERMIT_NOT_VALID"),
        ({"employer": {"type": "HOUSEHOLD", "partner_listed": True}}, "PARTNER_LISTED"),
        ({"visa_type": "VISIT"}, "VISA_NOT_FOR_WORK"),
        ({"visa_type": "UMRAH"}, "VISA_NOT_FOR_WORK"),
        ({"visa_type": "CALLING_LATER"}, "VISA_NOT_FOR_WORK"),
    ],
)
def test_each_fault_of_an_order_is_found_alone(changes: dict[str, Any], finding: str) -> None:
    assert found(good(**changes)) == [finding]


@pytest.mark.parametrize(
    ("first", "last", "stops"),
    [
        (TODAY, None, True),
        ("2026-01-01", TODAY, True),
        ("2026-11-25", None, False),
        ("2026-01-01", "2026-11-23", False),
    ],
)
@pytest.mark.parametrize("copied", [True, False])
def test_a_partner_counts_on_the_days_of_its_listing_whatever_the_copy_says(
    first: str, last: str | None, stops: bool, copied: bool
) -> None:
    listing = {"from": first, "until": last}
    employer = {"type": "HOUSEHOLD", "partner_listed": copied, "partner_listing": listing}
    assert found(good(employer=employer)) == (["PARTNER_LISTED"] if stops else [])


def test_a_government_order_needs_no_permit() -> None:
    assert found(good(scheme="G2G", sip2mi=None)) == []


def test_a_full_order_warns() -> None:
    assert found(good(), left=0) == ["ORDER_FULL"]
    assert offer.verdict(["ORDER_FULL"]) == "CAUTION"


@pytest.mark.parametrize(
    ("ban", "findings"),
    [
        (a_ban(), ["DESTINATION_CLOSED"]),
        (a_ban(confidence="L"), ["DESTINATION_DOUBTFUL"]),
        (a_ban(content={"employer_type": "COMPANY"}), []),
        (a_ban(content={"employer_type": None, "isco08": ["91"]}), ["DESTINATION_CLOSED"]),
        (a_ban(content={"isco08": ["53"]}), []),
        (a_ban(content={"countries": ["SAU"]}), []),
    ],
)
def test_a_ban_closes_what_it_names_and_nothing_else(ban: dict[str, Any], findings: list[str]) -> None:
    assert found(good(), bans=[ban]) == findings


def test_a_ban_counts_only_on_its_days() -> None:
    row = {"status": "APPROVED", "action": "SET", "valid_from": "2026-11-25", "valid_until": None, "known_until": None}
    policy = {"revisions": [{**row, **a_ban()}]}
    assert offer.bans_on([policy], TODAY) == []
    assert len(offer.bans_on([policy], "2026-11-25")) == 1


def test_what_is_known_of_a_company_is_said() -> None:
    assert offer.about_company(None, TODAY) == ["COMPANY_UNKNOWN"]
    assert offer.about_company(a_company(), TODAY) == []
    assert offer.about_company(a_company(status="REVOKED"), TODAY) == ["COMPANY_NOT_LICENSED"]
    assert offer.about_company(a_company(concerns=["k"]), TODAY) == ["COMPANY_HELD"]


def test_every_finding_leads_to_a_verdict_and_has_its_sentence() -> None:
    assert {*offer.STOPS, *offer.WARNINGS} == set(FINDINGS)
    assert {offer.verdict([finding]) for finding in offer.STOPS} == {"NOT_REAL"}
    assert {offer.verdict([finding]) for finding in offer.WARNINGS} == {"CAUTION"}
    assert set(VERDICTS) == {"REAL", "CAUTION", "NOT_REAL"}


@pytest.mark.parametrize("text", [*VERDICTS.values(), *ONLY.values(), UNCLEAR, NOT_NAMED])
def test_every_answer_says_what_to_do_never_to_pay_and_to_keep_ones_own_papers(text: dict[str, str]) -> None:
    said, told = text["id"].casefold(), text["en"].casefold()
    assert "jangan bayar" in said and "pegang sendiri ktp, ijazah, dan paspor" in said
    assert "pay" in told and "keep your identity card, diploma and passport yourself" in told
    assert any(step in said for step in ("ltsa", "periksa lagi", "sebutkan"))


@pytest.mark.parametrize(
    ("typed", "company", "order"),
    [
        ("PT", "COMPANY_NOT_NAMED", "ORDER_NOT_NAMED"),
        ("-", "COMPANY_NOT_NAMED", "ORDER_NOT_NAMED"),
        ("Uji", "COMPANY_NOT_NAMED", "ORDER_NOT_NAMED"),
        ("PT Uji", "COMPANY_NOT_NAMED", "ORDER_UNKNOWN"),
        ("Ujian", "COMPANY_UNKNOWN", "ORDER_UNKNOWN"),
    ],
)
def test_what_is_too_short_to_be_looked_for_accuses_nobody(typed: str, company: str, order: str) -> None:
    assert offer.about_company(None, TODAY, typed=typed) == [company]
    assert offer.about_order(None, TODAY, left=0, bans=(), typed=typed) == [order]
    assert offer.about_company(None, TODAY, typed=typed, near=True) == ["COMPANY_UNCLEAR"]
    assert what_to_do("CAUTION", ["COMPANY_NOT_NAMED"]) == NOT_NAMED


def test_a_closed_order_is_told_as_closed_whether_or_not_it_was_full() -> None:
    assert what_to_do("NOT_REAL", ["ORDER_CLOSED", "ORDER_FULL"]) == ONLY["ORDER_CLOSED"]
    assert what_to_do("NOT_REAL", ["ORDER_CLOSED", "ORDER_UNLAWFUL"]) == VERDICTS["NOT_REAL"]
