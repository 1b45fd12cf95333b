"""For long lists of people: where numbers that were given, and moments of changes, are cut into spans."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from pymongo.collection import Collection

from services.registry.model import numbers
from shared import clock
from shared.documents.mongo import Document

NUMBERS = 100
"""Candidate numbers of the shortest span; of which one office has a share."""

DAYS, MINUTES, MINUTES_A_SPAN = 3_650, 1_440, 15
"""Of changes: quarters of an hour of the last day, and days before it."""

_GIVEN = "number-"


def given(counters: "Collection[Document]") -> dict[int, int]:
    """Year → the last serial that was given in it, the newest year first."""
    rows = [row for row in counters.find({}) if row["_id"].startswith(_GIVEN)]
    return {int(row["_id"].removeprefix(_GIVEN)): row["value"] for row in sorted(rows, key=_id, reverse=True)}


def cuts(counters: "Collection[Document]", order: str) -> Sequence[Any]:
    """Ascending; of numbers or of moments. What lies beyond them is one span more."""
    if order == "number":
        years = sorted(given(counters).items())
        return [numbers.number(year, serial) for year, last in years for serial in range(NUMBERS, last + 1, NUMBERS)]
    now = clock.now()
    days = [now - timedelta(days=number) for number in range(DAYS, 1, -1)]
    return [*days, *(now - timedelta(minutes=number) for number in range(MINUTES, -1, -MINUTES_A_SPAN))]


def _id(row: Document) -> str:
    return str(row["_id"])
