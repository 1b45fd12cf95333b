"""For long lists of people: where numbers that were given, and moments of changes, are cut into spans."""

from collections.abc import Sequence
from typing import Any

from pymongo.collection import Collection

from services.registry.model import numbers
from shared import clock
from shared.documents.mongo import Document

NUMBERS = 100
"""Candidate numbers of the shortest span; of which one office has a share."""

SAMPLE = 200
"""People whose last change cuts the moments of changes, so that each span holds about as many: a sheet changes tens of
thousands within one quarter of an hour."""

FRESH_SECONDS = 5.0
"""In which an import changes some fifteen hundred people: a span like the others."""

_GIVEN = "number-"


def given(counters: "Collection[Document]") -> dict[int, int]:
    """Year → the last serial that was given in it, the newest year first."""
    rows = [row for row in counters.find({}) if row["_id"].startswith(_GIVEN)]
    return {int(row["_id"].removeprefix(_GIVEN)): row["value"] for row in sorted(rows, key=_id, reverse=True)}


def cuts(counters: "Collection[Document]", people: "Collection[Document]", order: str) -> Sequence[Any]:
    """Ascending; of numbers or of moments, of which there is always one: a cursor is held against it. What lies beyond
    them is one span more."""
    years = sorted(given(counters).items())
    if order == "number":
        return _numbers(years, NUMBERS)
    sample = _numbers(years, max(NUMBERS, sum(last for _, last in years) // SAMPLE))
    changed = people.find({"alive": True, "number": {"$in": sample}}, {"_id": 0, "updated_at": 1}) if sample else ()
    return sorted({clock.now(), *(row["updated_at"] for row in changed)})


class Remembered:
    """The cuts of one process: moments of changes are asked for again only after a few seconds.

    They are hints, beyond which nothing is lost: whoever was changed since stands in the span after the last of them.
    """

    def __init__(self, counters: "Collection[Document]", people: "Collection[Document]") -> None:
        self._counters, self._people = counters, people
        self._moments: tuple[float, Sequence[Any]] = (0.0, ())

    def __call__(self, order: str) -> Sequence[Any]:
        """As :func:`cuts`."""
        if order == "number":
            return cuts(self._counters, self._people, order)
        until, moments = self._moments
        if until <= clock.monotonic():
            moments = cuts(self._counters, self._people, order)
            self._moments = (clock.monotonic() + FRESH_SECONDS, moments)
        return moments


def _numbers(years: Sequence[tuple[int, int]], step: int) -> list[str]:
    return [numbers.number(year, serial) for year, last in years for serial in range(step, last + 1, step)]


def _id(row: Document) -> str:
    return str(row["_id"])
