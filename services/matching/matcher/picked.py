"""Some items of a list that many share: thousands of orders behind each of a hundred courses are places, not copies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
NOWHERE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Picked(Sequence[T], Generic[T]):
    """The items of `among` at the places `at`; equal to a tuple of the same items."""

    among: Sequence[T]
    at: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...

    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return Picked(self.among, self.at[place])
        return self.among[int(self.at[place])]

    def __iter__(self) -> Iterator[T]:
        return map(self.among.__getitem__, self.at.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Picked) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def of(self, among: Sequence[Any]) -> "Picked[Any]":
        """The same places in a list that runs beside this one."""
        return Picked(among, self.at)


NONE: Picked[Any] = Picked((), NOWHERE)
