"""Lesson hours of one title and destination, as far as courses give them: what they can add up to."""

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
        best: dict[int, int] = {}
        for amount, courses in taught:
            for course in set(courses.tolist()):
                best[course] = max(best.get(course, 0), amount)
        ordered = sorted(best.values(), reverse=True)[:steps]
        return cls(max(1, gcd(*best.values())), tuple(sum(ordered[:k]) for k in range(steps + 1)))

    def steps_for(self, amount: int) -> int:
        """The fewest different courses that give so many hours; FAR when even the most do not."""
        return next((steps for steps, most in enumerate(self.most) if most >= amount), FAR)

    def rounded(self, amount: int) -> int:
        """The next multiple of the measure: asking for that many hours asks the same."""
        return -(-amount // self.measure) * self.measure
