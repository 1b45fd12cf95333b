"""On which days of a batch somebody was there. Days and random ids alone: why a day was missed is nobody's business."""

from collections.abc import Mapping
from datetime import date
from typing import Any

IN_CLASS = ("ENROLLED", "COMPLETED")
"""Whoever is enrolled is on the list; whoever was only referred or accepted has not begun."""


def may_be_recorded(batch: Mapping[str, Any], day: str, today: date) -> bool:
    """A day of the batch that has come."""
    return str(batch["starts"]) <= day <= min(str(batch["ends"]), today.isoformat())


def key(enrolment_id: str, day: str) -> str:
    """One row for a person and a day, however often it is recorded."""
    return f"{enrolment_id}/{day}"
