"""What people could be given, and how many places there are: the question that an allocation answers, in arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

UNIT = 1_000_000
"""One certain placement of full worth. Values are whole millionths, so that sums are exact and ties are real."""
NONE = -1


@dataclass(frozen=True, slots=True)
class Options:
    """One row an option, in parallel arrays of one length.

    `person`, `order`, `batch`: positions in the caller's lists; NONE (-1) for an option that takes no slot or no seat.
    `value`: chance x worth in millionths of a placement, at least 0.
    """

    person: Ints
    order: Ints
    batch: Ints
    value: Ints

    @classmethod
    def of(
        cls,
        person: Sequence[int] | Ints,
        order: Sequence[int] | Ints,
        batch: Sequence[int] | Ints,
        chance: Sequence[float] | Floats,
        worth: Sequence[float] | Floats,
    ) -> "Options":
        """From chances and worths of 0..1. Errors: ValueError when one of them is none, or lengths differ."""
        value = np.asarray(chance, dtype=float) * np.asarray(worth, dtype=float)
        people, orders, batches = (np.asarray(column, dtype=np.int64) for column in (person, order, batch))
        if len({len(value), len(people), len(orders), len(batches)}) != 1:
            raise ValueError("options: the columns have different lengths")
        if not ((value >= 0) & (value <= 1)).all():
            raise ValueError("options: chance x worth lies outside 0..1")
        return cls(people, orders, batches, np.rint(value * UNIT).astype(np.int64))

    def __len__(self) -> int:
        return len(self.value)

    def only(self, rows: Mask | Ints) -> "Options":
        return Options(self.person[rows], self.order[rows], self.batch[rows], self.value[rows])


@dataclass(frozen=True, slots=True)
class Capacity:
    """`people`: how many are asked for. `slots`: left of each order. `seats`: left of each batch. None is negative.

    `permits`: slots left of each permit that several orders share; `permit_of`: for each order its permit, or NONE;
    empty where none is shared.
    """

    people: int
    slots: Ints
    seats: Ints
    permits: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    permit_of: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def rows(self, options: Options) -> tuple[csr_array, Floats]:
        """(constraints x options, right side): one option a person, slots of orders, seats of batches, then permits."""
        at, first = np.arange(len(options)), 0
        row, column = [], []
        for takes, size in (
            (options.person, self.people),
            (options.order, len(self.slots)),
            (options.batch, len(self.seats)),
            (self.permits_of(options.order), len(self.permits)),
        ):
            some = takes != NONE
            row.append(first + takes[some])
            column.append(at[some])
            first += size
        places = np.concatenate(row), np.concatenate(column)
        right = np.concatenate([np.ones(self.people), self.slots, self.seats, self.permits]).astype(float)
        return csr_array((np.ones(len(places[0])), places), shape=(first, len(options))), right

    def permits_of(self, orders: Ints) -> Ints:
        """The shared permit of each of these orders, or NONE."""
        if not len(self.permit_of):
            return np.full(len(orders), NONE, dtype=np.int64)
        return np.where(orders == NONE, NONE, self.permit_of[orders])
