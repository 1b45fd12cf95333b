"""A link that asks one thing: are there still so many free seats in this batch? Signed, and good for two weeks.

It names the batch and its last day and no person. What is signed begins with what it is for, so that neither a letter
nor anything else that this house signs is ever taken for one.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

GOOD_FOR = timedelta(days=14)

_PURPOSE = "seats"


def code(batch_id: str) -> str:
    """What a slip of this batch is signed under."""
    return f"{_PURPOSE} {batch_id}"


def last_day(batch: Mapping[str, Any], today: date) -> str:
    """Last day of a link made today, inclusive: two weeks, and never after the batch begins."""
    return min((today + GOOD_FOR).isoformat(), str(batch["starts"]))
