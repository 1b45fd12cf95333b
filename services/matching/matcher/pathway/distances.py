"""How far a training place is from home: read by the path search and by the ranking of courses.

The table holds road or ferry kilometres between regency centres; deploy/data/README.md tells how it was made.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

UNKNOWN_KM = 10_000
"""Stands for a distance that the table does not hold: farther than any known way (the longest is under 3,000 km), so
that a place on the map always counts as nearer than one that nobody can measure."""


class Distances:
    """Kilometres between two regencies by Kemendagri code, both directions alike."""

    def __init__(self, km: Mapping[tuple[str, str], int]) -> None:
        self._km = {**km, **{(b, a): value for (a, b), value in km.items()}}

    @classmethod
    def read(cls, path: Path | str) -> "Distances":
        """Read `from,to,km` lines. Errors: OSError; ValueError naming a line that is not two codes and a number."""
        km: dict[tuple[str, str], int] = {}
        with open(path, encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                try:
                    km[line["from"], line["to"]] = int(line["km"])
                except (KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"{path}: a line is not `from,to,km`: {line}") from error
        return cls(km)

    def km(self, home: str | None, place: str | None) -> int | None:
        """0 for an online batch (`place` None); None when the home or the way is not known."""
        if place is None:
            return 0
        if home is None:
            return None
        return 0 if home == place else self._km.get((home, place))

    def row(self, home: str | None, places: Iterable[str | None]) -> NDArray[np.int64]:
        """Kilometres from one home to many places, UNKNOWN_KM where not known."""
        each = (self.km(home, place) for place in places)
        return np.array([UNKNOWN_KM if km is None else km for km in each], dtype=np.int64)
