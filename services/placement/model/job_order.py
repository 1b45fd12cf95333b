"""Whoever publishes, checks or uses a job order: what it is today, how many slots it has, and why it may not be used.

A closing date closes by itself: ``opens_on`` and ``closes_on`` are read together with a day and no job writes
"closed" at midnight, so that an order asked for on another date answers for that date. ``status`` records only what
people decided (closed early, suspended).
"""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]

SCHEMES = ("G2G", "G2P", "P2P", "UKPS", "MANDIRI", "CREW")
CHANNELS = ("ONE_CHANNEL_SYSTEM", "DIRECT")
VISA_TYPES = ("WORK", "CALLING", "SSW", "SEAFARER", "VISIT", "TOURIST", "UMRAH")
EMPLOYER_TYPES = ("HOUSEHOLD", "COMPANY")
STATUSES = ("OPEN", "CLOSED", "SUSPENDED")
VERIFICATIONS = ("UNVERIFIED", "VERIFIED", "REJECTED")
PAYERS = ("EMPLOYER", "COMPANY", "STATE", "CANDIDATE")
COST_ITEMS = (
    "OUTBOUND_TICKET",
    "RETURN_TICKET",
    "WORK_VISA",
    "CONTRACT_LEGALISATION",
    "TRAINING",
    "COMPETENCE_CERTIFICATE",
    "COMPANY_SERVICE_FEE",
    "PASSPORT_REPLACEMENT",
    "POLICE_RECORD",
    "SOCIAL_SECURITY",
    "DOMESTIC_MEDICAL",
    "EXTRA_MEDICAL",
    "LOCAL_TRANSPORT",
    "LODGING",
)
REJECT_REASONS = ("NO_PERMIT", "PERMIT_DIFFERS", "PARTNER_UNKNOWN", "EMPLOYER_UNKNOWN", "TERMS_UNLAWFUL", "OTHER")
CLOSE_REASONS = ("FILLED", "EMPLOYER_WITHDREW", "PERMIT_ENDED", "OTHER")

NEEDS_COMPANY = ("P2P", "CREW")
"""Schemes in which a licensed company recruits, with a permit (SIP2MI) for the order."""

WORDING = (
    "title", "description", "country", "scheme", "channel", "visa_type", "isco08", "kbji", "title_scheme", "employer",
    "company_id", "wage", "term_months", "working_hours", "costs", "sip2mi", "slots", "requirements", "skills",
    "opens_on", "closes_on", "departure_by",
)  # fmt: skip
"""What a reviewer looked at when verifying. A change of any of it sends the order back to be verified."""


def status(order: Document) -> str:
    """What people decided about the order: closing is final and beats a suspension."""
    if order["closed"]:
        return "CLOSED"
    company = order["company"]
    held = order["concerns"] or (company is not None and (company["held"] or company["status"] != "ACTIVE"))
    return "SUSPENDED" if held else "OPEN"


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


def permit_valid_on(order: Document, day: str) -> bool:
    """Whether the recruitment permit (SIP2MI) covers ``day``. True where the scheme needs none and none is named."""
    permit = order["sip2mi"]
    if permit is None:
        return order["scheme"] not in NEEDS_COMPANY
    return bool(permit["valid_from"] <= day <= permit["valid_until"])


def reworded(before: Document, after: Document) -> bool:
    """Whether anything that a reviewer looked at has changed."""
    return any(before[name] != after[name] for name in WORDING)


def with_status(order: Document) -> dict[str, Any]:
    """The order with its ``status`` as it follows from the rest."""
    return {**order, "status": status(order)}
