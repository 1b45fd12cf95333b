"""Whoever moves seats or dates of a batch asks here whether that can be true."""

from collections.abc import Mapping
from datetime import date
from typing import Any

STATUSES = ("PLANNED", "OPEN", "FULL", "RUNNING", "DONE", "CANCELLED")
SET_BY_PEOPLE = ("PLANNED", "OPEN", "CANCELLED")  # FULL, RUNNING and DONE follow from seats and dates
MOST_SEATS = 500
"""16 is a funded package (domain fact), so a class of more hundreds is a slip of the finger."""
LESSON_MINUTES = 45
"""Of one JP (lesson hour), as courses count."""
MOST_HOURS_A_DAY = 10
"""Of class on every day, Sundays too. More than that is a slip in the hours or in the dates."""
PLANNED_BY_PEOPLE = ("starts", "ends", "closes", "regency", "place", "seats", "status")

Document = Mapping[str, Any]


def status_on(batch: Document, day: date) -> str:
    """What the batch is on `day`: dates and seats decide, except for what people set (PLANNED, CANCELLED)."""
    status: str = batch["status"]
    if status in ("PLANNED", "CANCELLED"):
        return status
    if day > date.fromisoformat(batch["ends"]):
        return "DONE"
    if day >= date.fromisoformat(batch["starts"]):
        return "RUNNING"
    return "FULL" if batch["taken"] >= batch["seats"] else "OPEN"


def takes_registrations(batch: Document, day: date) -> bool:
    """Whether a person may still be registered on `day`: open, a seat left, closing day (inclusive) not past.

    A batch that takes registrations up to its first day takes them on that day too.
    """
    closes, status = batch.get("closes"), status_on(batch, day)
    if status == "RUNNING" and closes == batch["starts"] == day.isoformat():
        return bool(batch["taken"] < batch["seats"])
    return status == "OPEN" and (closes is None or day <= date.fromisoformat(closes))


def days_of(batch: Document) -> int:
    """From the first day to the last, both inclusive."""
    return (date.fromisoformat(batch["ends"]) - date.fromisoformat(batch["starts"])).days + 1


def hours_fit(lesson_hours: int, batch: Document) -> bool:
    """Whether so many lessons can be taught between its days."""
    return lesson_hours * LESSON_MINUTES / 60 <= days_of(batch) * MOST_HOURS_A_DAY


def overlap(one: Document, other: Document) -> bool:
    """Whether two batches share a day; first and last day both count."""
    return bool(one["starts"] <= other["ends"] and other["starts"] <= one["ends"])


def overlap_by_more_than_a_day(one: Document, other: Document) -> bool:
    """Whether two batches share more than the last day of the one and the first of the other."""
    return bool(one["starts"] < other["ends"] and other["starts"] < one["ends"])
