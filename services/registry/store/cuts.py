"""For long lists of people: where numbers that were given, and moments of changes, are cut into spans."""

import math
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

REMEMBERED_SECONDS = 5.0
"""How long moments serve: whoever walks a list asks for the next page within that. Old ones lose nothing: the span of
what changed since is longer."""

_GIVEN = "number-"


def given(counters: "Collection[Document]") -> dict[int, int]:
    """Year → the last serial that was given in it, the newest year first."""
    rows = [row for row in counters.find({}) if row["_id"].startswith(_GIVEN)]
    return {int(row["_id"].removeprefix(_GIVEN)): row["value"] for row in sorted(rows, key=_id, reverse=True)}


class Cuts:
    """Of the people of one database, for all threads of a process."""

    def __init__(self, counters: "Collection[Document]", people: "Collection[Document]") -> None:
        self._counters, self._people = counters, people
        self._moments: tuple[float, Sequence[Any]] = (-math.inf, ())

    def of(self, order: str) -> Sequence[Any]:
        """Ascending; of numbers or of moments, of which there is always one: a cursor is held against it. What lies
        beyond them is one span more."""
        if order == "number":
            return _numbers(sorted(given(self._counters).items()), NUMBERS)
        asked_at, found = self._moments
        if clock.monotonic() - asked_at >= REMEMBERED_SECONDS:
            found = self._changes()
            self._moments = clock.monotonic(), found
        return found

    def _changes(self) -> Sequence[Any]:
        years = sorted(given(self._counters).items())
        sample = _numbers(years, max(NUMBERS, sum(last for _, last in years) // SAMPLE))
        asked = {"alive": True, "number": {"$in": sample}}
        changed = self._people.find(asked, {"_id": 0, "updated_at": 1}) if sample else ()
        return sorted({clock.now(), *(row["updated_at"] for row in changed)})


def _numbers(years: Sequence[tuple[int, int]], step: int) -> list[str]:
    return [numbers.number(year, serial) for year, last in years for serial in range(step, last + 1, step)]


def _id(row: Document) -> str:
    return str(row["_id"])
