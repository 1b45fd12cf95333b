"""Whoever places through a foreign partner: does it stand on a list of problem partners (UU 18/2017 art. 10)?"""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]

LISTING_REASONS = (
    "UNPAID_WAGES",
    "VIOLENCE",
    "DOCUMENTS_KEPT",
    "ILLEGAL_FEES",
    "FALSE_CONTRACT",
    "TRAFFICKING",
    "NO_LICENCE",
    "OTHER",
)


def listing_days(partner: Document) -> dict[str, Any] | None:
    """``{from, until}`` of its listing, both inclusive: its orders carry them, so that any day can be asked."""
    listing = partner["listing"]
    return None if listing is None else {"from": listing["from"], "until": listing["until"]}


def listed_on(partner: Document, day: str) -> bool:
    """Whether a listing is in force on ``day``; first and last day both count."""
    listing = partner["listing"]
    return bool(
        listing is not None and listing["from"] <= day and (listing["until"] is None or day <= listing["until"])
    )
