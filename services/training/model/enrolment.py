"""Whoever moves a person through a batch asks here which step may follow which.

A referral is an enrolment in APPLIED that holds a seat for 72 hours. "Not yet competent" is the official negative
result, not "failed": it can be followed by COMPETENT after a second test.
"""

from datetime import timedelta

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
    "COMPLETED": (),
    "DROPPED": (),
}


def may_follow(before: str, after: str) -> bool:
    """Whether an enrolment in `before` may go to `after`."""
    return after in FOLLOWS[before]
