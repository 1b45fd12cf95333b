"""Whoever moves a person through a batch asks here which step may follow which.

A referral is an enrolment in APPLIED that holds a seat for 72 hours. "Not yet competent" is the official negative
result, not "failed": it can be followed by COMPETENT after a second test. A completion that was entered by mistake is
taken back by DROPPED: what it gave is gone, and no step leads from there.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

STATES = ("APPLIED", "SELECTED", "ENROLLED", "COMPLETED", "DROPPED")
RESULTS = ("COMPETENT", "NOT_YET_COMPETENT")
DROP_REASONS = (
    "LAPSED",
    "DECLINED_BY_PROVIDER",
    "WITHDRAWN_BY_PERSON",
    "NO_SHOW",
    "BATCH_CANCELLED",
    "NOT_ADMITTED",
    "DUPLICATE",
    "NOT_POSSIBLE",
    "OTHER",
)
SET_BY_THE_HOUSE = ("LAPSED", "NOT_ADMITTED", "DUPLICATE", "NOT_POSSIBLE")
"""Reasons that nobody types: nobody answered in time; the prerequisites cannot be met by the first day; the same person
was in the batch under another id; a decision asked for a seat that could not be given."""

UNDER_WAY = ("APPLIED", "SELECTED", "ENROLLED")
"""From the referral on, the further along the later; the result is still to come."""

HOLDS_A_SEAT = ("APPLIED", "SELECTED", "ENROLLED", "COMPLETED")

# Long enough for a small provider to answer over a weekend, short enough that a seat is not lost for a season.
SEAT_HOLD = timedelta(hours=72)

FOLLOWS: dict[str, tuple[str, ...]] = {
    "APPLIED": ("SELECTED", "ENROLLED", "DROPPED"),
    "SELECTED": ("ENROLLED", "DROPPED"),
    "ENROLLED": ("COMPLETED", "DROPPED"),
    "COMPLETED": ("DROPPED",),
    "DROPPED": (),
}


def may_follow(before: str, after: str) -> bool:
    """Whether an enrolment in `before` may go to `after`."""
    return after in FOLLOWS[before]


def certified_until(enrolment: Mapping[str, Any]) -> str | None:
    """The last day that its certificates were said to have; None where the course's own term counts."""
    if "certificate_until" not in enrolment and enrolment["result"] == "COMPETENT":
        # From before this was kept: one day for all of them is the day that was said, or the same as if.
        days = {one["valid_until"] for one in (enrolment["gives"] or {}).get("certificates", ())}
        return days.pop() if len(days) == 1 else None
    until: str | None = enrolment.get("certificate_until")
    return until


def further(one: Mapping[str, Any], than: Mapping[str, Any]) -> bool:
    """Whether one of two seats of one person in one batch is further along: completed, and passed, beats under way."""

    def way(enrolment: Mapping[str, Any]) -> tuple[int, bool]:
        return HOLDS_A_SEAT.index(enrolment["state"]), enrolment["result"] == "COMPETENT"

    return way(one) > way(than)
