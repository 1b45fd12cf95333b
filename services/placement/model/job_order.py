"""Whoever publishes, checks or uses a job order: what it is today, how many slots it has, and why it may not be used.

A closing date closes by itself: ``opens_on`` and ``closes_on`` are read together with a day and no job writes
"closed" at midnight, so that an order asked for on another date answers for that date. ``status`` records only what
people decided (closed early, suspended).
"""

from collections.abc import Mapping
from typing import Any

from services.placement.model.company import typed_key
from shared.codes.offers import LICENSED_SCHEMES

Document = Mapping[str, Any]

REJECT_REASONS = ("NO_PERMIT", "PERMIT_DIFFERS", "PARTNER_UNKNOWN", "EMPLOYER_UNKNOWN", "TERMS_UNLAWFUL", "OTHER")
CLOSE_REASONS = ("FILLED", "EMPLOYER_WITHDREW", "PERMIT_ENDED", "OTHER")

WORDING = (
    "title", "description", "country", "scheme", "channel", "visa_type", "isco08", "kbji", "title_scheme", "employer",
    "company_id", "wage", "term_months", "working_hours", "costs", "sip2mi", "slots", "requirements", "skills",
    "opens_on", "closes_on", "departure_by",
)  # fmt: skip
"""What a reviewer looked at when verifying. A change of any of it sends the order back to be verified."""


def status(order: Document) -> str:
    """What people decided about the order, or the law. Closing is final (`closed`), and beats what holds only newcomers
    back; but a confirmed concern holds back whoever is under way too, so nobody closes an order out of it.
    """
    company = order["company"]
    if order["concerns"] or (company is not None and company["held"]):
        return "SUSPENDED"
    if order["closed"]:
        return "CLOSED"
    inactive = company is not None and company["status"] != "ACTIVE"
    return "SUSPENDED" if inactive or order.get("stopped_by_law") else "OPEN"


def is_open_on(order: Document, day: str) -> bool:
    """Whether a person may be booked on ``day``; the first and the closing day both count."""
    return bool(order["status"] == "OPEN" and order["opens_on"] <= day <= order["closes_on"])


def slots(order: Document) -> int:
    """The ceiling of the order: the permit's quota, or the slots it names, whichever is smaller.

    An order that names neither offers one place: it would not be an offer otherwise.
    """
    permit = order["sip2mi"]
    named = [order["slots"], permit["quota"] if permit else None]
    return min((number for number in named if number is not None), default=1)


def permit_key(order: Document) -> str | None:
    """The number of its permit without case, spaces and punctuation; None where it has none."""
    permit = order["sip2mi"]
    return typed_key(permit["number"]) if permit else None


def permit_valid_on(order: Document, day: str) -> bool:
    """Whether the recruitment permit (SIP2MI) covers ``day``. True where the scheme needs none and none is named."""
    permit = order["sip2mi"]
    if permit is None:
        return order["scheme"] not in LICENSED_SCHEMES
    return bool(permit["valid_from"] <= day <= permit["valid_until"])


def reworded(before: Document, after: Document) -> bool:
    """Whether anything that a reviewer looked at has changed."""
    return any(before[name] != after[name] for name in WORDING)


def with_status(order: Document) -> dict[str, Any]:
    """The order with its ``status`` as it follows from the rest."""
    return {**order, "status": status(order)}


def contradictions(order: Document) -> list[tuple[str, str]]:
    """Values that cannot both be true, as ``(pointer, code)``. Nothing here judges whether the order is lawful."""
    found: list[tuple[str, str]] = []
    if order["closes_on"] < order["opens_on"]:
        found.append(("/closes_on", "closes_before_opens"))
    if order["departure_by"] is not None and order["departure_by"] < order["opens_on"]:
        found.append(("/departure_by", "departs_before_opens"))
    if order["kbji"] is not None and order["kbji"][:4] != order["isco08"]:
        found.append(("/kbji", "kbji_of_another_occupation"))
    permit = order["sip2mi"]
    if permit is not None and permit["valid_until"] < permit["valid_from"]:
        found.append(("/sip2mi/valid_until", "until_before_from"))
    return [*found, *_employer(order["employer"]), *_costs(order["costs"]), *_hours(order["working_hours"] or {})]


def _employer(employer: Document) -> list[tuple[str, str]]:
    if employer["type"] == "HOUSEHOLD":
        return []
    written = [name for name in ("household_income", "household_size") if employer[name] is not None]
    return [(f"/employer/{name}", "only_for_households") for name in written]


def _costs(costs: list[Document]) -> list[tuple[str, str]]:
    pairs = [(cost["item"], cost["payer"]) for cost in costs]
    return [(f"/costs/{at}", "cost_twice") for at, pair in enumerate(pairs) if pair in pairs[:at]]


def _hours(hours: Document) -> list[tuple[str, str]]:
    day, week = hours.get("per_day"), hours.get("per_week")
    rest, weekly_rest = hours.get("rest_per_day"), hours.get("rest_per_week")
    found = []
    if day is not None and rest is not None and day + rest > 24:
        found.append(("/working_hours/rest_per_day", "hours_do_not_add_up"))
    if day is not None and week is not None and week > 7 * day:
        found.append(("/working_hours/per_week", "hours_do_not_add_up"))
    if week is not None and weekly_rest is not None and week + weekly_rest > 168:
        found.append(("/working_hours/rest_per_week", "hours_do_not_add_up"))
    return found
