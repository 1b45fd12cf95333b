"""Anybody who was offered a job and asks "is this real?": what our own records say about the company and the order.

The public check names findings, never people. It does not know the person who asks, so it cannot say "lawful for you";
that is the question of the matching house. Whether the offer is lawful by itself it has from matching's judgement, and
what our own records show at once stands beside it. Nothing but an offer that is checked, lawful, open and has a place
left is ever called real; a company's name alone says nothing about an offer.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.placement.model import company as companies
from services.placement.model import job_order as orders
from services.placement.model import policy as policies
from shared.codes.offers import LICENSED_SCHEMES, NOT_FOR_WORK

Document = Mapping[str, Any]

STOPS = (
    "COMPANY_UNKNOWN",
    "COMPANY_NOT_LICENSED",
    "COMPANY_HELD",
    "ORDER_UNKNOWN",
    "ORDER_OF_ANOTHER_COMPANY",
    "ORDER_REJECTED",
    "ORDER_CLOSED",
    "ORDER_SUSPENDED",
    "ORDER_UNLAWFUL",
    "PERMIT_MISSING",
    "PERMIT_NOT_VALID",
    "PARTNER_LISTED",
    "VISA_NOT_FOR_WORK",
    "DESTINATION_CLOSED",
)
"""Findings after which nobody should go on with the offer."""

WARNINGS = (
    "COMPANY_ALONE",
    "COMPANY_UNCLEAR",
    "COMPANY_NOT_NAMED",
    "ORDER_UNCLEAR",
    "ORDER_NOT_NAMED",
    "ORDER_UNVERIFIED",
    "ORDER_NOT_JUDGED",
    "ORDER_DOUBTFUL",
    "ORDER_NOT_OPEN_YET",
    "ORDER_FULL",
    "DESTINATION_DOUBTFUL",
)
"""Findings after which the person should ask at the service centre first."""


def verdict(findings: Iterable[str]) -> str:
    """``NOT_REAL`` when one finding stops, ``CAUTION`` when one warns, else ``REAL``."""
    found = set(findings)
    if found & set(STOPS):
        return "NOT_REAL"
    return "CAUTION" if found else "REAL"


SHORTEST_NAME = 4
"""Letters and digits. Fewer were compared with nothing, so that they accuse nobody of anything."""


def about_company(company: Document | None, day: str, *, typed: str | None = None, near: bool = False) -> list[str]:
    """What is wrong with a company that somebody named; ``None`` = no such company on record.

    ``typed``: how they named it. ``near``: there are some with a similar name, so that it may only be incomplete.
    """
    if company is None:
        if near:
            return ["COMPANY_UNCLEAR"]
        return ["COMPANY_NOT_NAMED" if _too_short(typed, companies.squeezed) else "COMPANY_UNKNOWN"]
    found = [] if companies.licensed_on(company, day) else ["COMPANY_NOT_LICENSED"]
    return [*found, "COMPANY_HELD"] if companies.is_held(company) else found


def _too_short(typed: str | None, key: Callable[[str], str]) -> bool:
    return typed is not None and len(key(typed)) < SHORTEST_NAME


def about_law(judgement: Document | None, *, current: bool) -> list[str]:
    """What the law says of the offer by itself; nothing where it is lawful."""
    if judgement is None or not current:
        return ["ORDER_NOT_JUDGED"]
    return {"UNLAWFUL": ["ORDER_UNLAWFUL"], "UNKNOWN": ["ORDER_DOUBTFUL"]}.get(judgement["outcome"], [])


def about_order(
    order: Document | None,
    day: str,
    *,
    left: int,
    bans: Iterable[Document],
    typed: str | None = None,
    near: bool = False,
) -> list[str]:
    """What is wrong with an order that somebody named, whoever it belongs to.

    Args:
        typed: how they named it.
        left: slots that nobody holds.
        bans: revisions of BAN policies that are law on ``day``.
        near: there are some with a similar code.
    """
    if order is None:
        if near:
            return ["ORDER_UNCLEAR"]
        return ["ORDER_NOT_NAMED" if _too_short(typed, companies.typed_key) else "ORDER_UNKNOWN"]
    found: list[str] = []
    if order["verification"] != "VERIFIED":
        found.append("ORDER_REJECTED" if order["verification"] == "REJECTED" else "ORDER_UNVERIFIED")
    if order["closed"] or order["status"] == "CLOSED" or day > order["closes_on"]:
        found.append("ORDER_CLOSED")
    elif day < order["opens_on"]:
        found.append("ORDER_NOT_OPEN_YET")
    if order["status"] == "SUSPENDED":
        found.append("ORDER_SUSPENDED")
    if order["sip2mi"] is None and order["scheme"] in (*LICENSED_SCHEMES, None):
        found.append("PERMIT_MISSING")
    elif not orders.permit_valid_on(order, day):
        found.append("PERMIT_NOT_VALID")
    if _partner_is_listed(order["employer"], day):
        found.append("PARTNER_LISTED")
    if order["visa_type"] in NOT_FOR_WORK:
        found.append("VISA_NOT_FOR_WORK")
    found += sorted({_closed(ban) for ban in bans if _bans(ban["content"], order)})
    return [*found, "ORDER_FULL"] if left <= 0 else found


def bans_on(all_bans: Iterable[Document], day: str) -> list[Document]:
    """The revisions of these BAN policies that are law on ``day``, as known now."""
    rows = (policies.holds_on(policy["revisions"], day) for policy in all_bans)
    return [row for row in rows if row is not None]


def _partner_is_listed(employer: Document, day: str) -> bool:
    """By the days of the listing, which the order carries; an older copy only says whether it is listed."""
    days = employer.get("partner_listing")
    if days is None:
        return bool(employer["partner_listed"])
    return bool(days["from"] <= day and (days["until"] is None or day <= days["until"]))


def _bans(content: Document, order: Document) -> bool:
    employer, occupations = content["employer_type"], content["isco08"]
    return (
        order["country"] in content["countries"]
        and employer in (None, order["employer"]["type"])
        and (occupations is None or order["isco08"].startswith(tuple(occupations)))
    )


def _closed(ban: Document) -> str:
    """A ban of low confidence warns and does not stop (settled conventions of the rules)."""
    return "DESTINATION_DOUBTFUL" if ban["confidence"] == "L" else "DESTINATION_CLOSED"
