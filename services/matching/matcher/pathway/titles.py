"""Lesson hours of one title and destination, as far as courses give them: what they can add up to."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

FAR = 1 << 61
"""No way, in steps, days and codes alike. Twice this still fits 64 bits."""


@dataclass(frozen=True, slots=True)
class Title:
    """`measure`: what all amounts are multiples of. `most`: place k, the most hours that k different courses give."""

    measure: int
    most: tuple[int, ...]

    @classmethod
    def of(cls, taught: Iterable[tuple[int, NDArray[np.int32]]], steps: int) -> "Title":
        """`taught`: hours, and the numbers of the courses that give them."""
        amounts: list[int] = []
        most: list[int] = []
        seen: set[int] = set()
        for amount, courses in sorted(taught, key=lambda one: -one[0]):
            amounts.append(amount)
            if len(most) < steps:
                new = set(courses.tolist()) - seen
                seen |= new
                most += [amount] * min(len(new), steps - len(most))
        most += [0] * (steps - len(most))
        return cls(max(1, gcd(*amounts)), tuple(sum(most[:k]) for k in range(steps + 1)))

    def steps_for(self, amount: int) -> int:
        """The fewest different courses that give so many hours; FAR when even the most do not."""
        steps = bisect_left(self.most, amount)
        return steps if steps < len(self.most) else FAR

    def rounded(self, amount: int) -> int:
        """The next multiple of the measure: asking for that many hours asks the same."""
        return -(-amount // self.measure) * self.measure
