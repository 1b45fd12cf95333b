"""What the learned ranking is taught: one row per person and offer that was shown, as it looked when it was shown."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
FOLDS = 5
LEAST_WEIGHT, MOST_WEIGHT = 0.1, 10.0
"""Bounds of an inverse propensity: one lucky find at the end of a list must not outvote a hundred others."""


class Grade(IntEnum):
    """What came of showing it, in order of worth."""

    SHOWN = 0
    DECIDED = 1
    ENROLLED = 2
    COMPLETED = 3
    CERTIFIED = 4
    APPLIED = 5
    PLACED = 6


WORTH = np.array([0.0, 0.1, 0.25, 0.45, 0.6, 0.75, 1.0])
"""Of each grade. Small outcomes are frequent and teach what the rare large one, placement, cannot yet."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows side by side, of one kind of offer. `table` has the columns of that kind's card, NaN = was not known.

    `list` names the answer that showed the row, `propensity` is `seen_at` its rank. `record` is what the person could
    do by then, as (code, how far) pairs, and `units` the unit groups of the offer; empty where nobody noted them."""

    table: Vector
    grade: NDArray[np.int64]
    propensity: Vector
    person: NDArray[np.str_]
    offer: NDArray[np.str_]
    family: NDArray[np.str_]
    list: NDArray[np.str_]
    record: NDArray[np.object_]
    units: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.grade)

    @property
    def worth(self) -> Vector:
        """0..1: what came of each row, as one number that can be averaged."""
        worth: Vector = WORTH[self.grade]
        return worth

    @property
    def weight(self) -> Vector:
        """Something came of it: it was looked at, and stands for all that would have been, had they been looked at.

        Nothing came of it: it counts once, since it may just not have been seen."""
        inverse = np.clip(1 / self.propensity, LEAST_WEIGHT, MOST_WEIGHT)
        weight: Vector = np.where(self.grade > Grade.SHOWN, inverse, 1.0)
        return weight

    @property
    def outcomes(self) -> int:
        """Rows of which something came in the world, not only on paper."""
        return int((self.grade >= Grade.ENROLLED).sum())

    @property
    def fold(self) -> NDArray[np.int64]:
        """By person and by nothing else, so that nobody stands on both sides of a fold."""
        found = {person: fold_of(person) for person in np.unique(self.person)}
        return np.array([found[person] for person in self.person], dtype=np.int64)

    def only(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> "Examples":
        """Some of the rows, or all in another order."""
        return Examples(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class PersonExample:
    """One person's record when they were shown something, and the grade of what came of it by unit group.

    `weight`: how much it stands for, the inverse of the chance that the line was looked at."""

    person: str
    codes: tuple[str, ...]
    grades: Mapping[str, int]
    weight: float = 1.0


def fold_of(person: str, salt: str = "fold", folds: int = FOLDS) -> int:
    """The same for ever, whoever else is registered."""
    return int.from_bytes(hashlib.sha256(f"{salt}/{person}".encode()).digest()[:4], "big") % folds


def held_out(person: str) -> bool:
    """Every fifth person teaches no model, so that all models can be compared on them."""
    return fold_of(person, salt="examination") == 0


def empty(columns: Sequence[str]) -> Examples:
    """No rows."""
    text = np.zeros(0, dtype=np.str_)
    none = unnoted(0)
    return Examples(
        np.zeros((0, len(columns))), np.zeros(0, dtype=np.int64), np.zeros(0), text, text, text, text, none, none
    )


def unnoted(rows: int) -> NDArray[np.object_]:
    """`record` or `units` of rows of which nobody noted them."""
    return objects([()] * rows)


def objects(values: Sequence[tuple[object, ...]]) -> NDArray[np.object_]:
    """One tuple a row, which numpy would else make a table of."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
