"""A letter of referral: until when it holds, and what everybody may read of it.

It follows its referral: when that ends, so does the letter, without anybody taking it back. Paper cannot follow, so it
also has a last day of its own: a week after the course begins, which is enough to travel and to register.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

GRACE = timedelta(days=7)
VALID, EXPIRED, REVOKED = "VALID", "EXPIRED", "REVOKED"
STATES = (VALID, EXPIRED, REVOKED)
REASONS = ("LOST", "WRONG_DATA", "OTHER", "REPLACED")
SET_BY_THE_HOUSE = ("REPLACED",)
"""Nobody types it: a new letter was issued for the same referral."""

LONGEST_DESTINATION = 40
"""Of what is signed: every letter makes the square code finer, and a telephone must still read it from paper."""


def valid_until(starts: str) -> str:
    """Last day, inclusive, of a letter to a batch that begins on this day."""
    return (date.fromisoformat(starts) + GRACE).isoformat()


def state_on(letter: Mapping[str, Any], enrolment: Mapping[str, Any] | None, today: date) -> str:
    """VALID, EXPIRED or REVOKED. ``enrolment``: the referral as it stands now, None or a stub when it is gone."""
    if letter["revoked"] or enrolment is None or enrolment.get("erased") or enrolment["state"] == "DROPPED":
        return REVOKED
    if enrolment["state"] == "COMPLETED" or today.isoformat() > letter["valid_until"]:
        return EXPIRED
    return VALID


def facts(letter: Mapping[str, Any]) -> list[str]:
    """What is signed: day of issue, last day, initials, office, destination, its regency. In this order, always."""
    name = letter["destination"]["name"]
    if len(name) > LONGEST_DESTINATION:
        name = name[: LONGEST_DESTINATION - 1].rstrip() + "…"
    return [
        letter["issued_on"],
        letter["valid_until"],
        letter["initials"],
        letter["office"] or "-",
        name,
        letter["destination"]["regency"] or "-",
    ]
