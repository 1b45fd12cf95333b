"""The learned ranking turns scores into chances here, and chances into the three bands that people see."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

VERY_GOOD, GOOD = 1.5, 0.75
"""Times the usual outcome of what is shown: how much is usual differs between years, so no fixed chance would last."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising line through knots: `at` scores, `value` what came of them on average (0..1)."""

    at: Vector
    value: Vector
    usual: float

    def chance(self, score: Vector) -> Vector:
        """What comes of a score on average, 0..1; flat beyond the scores that were seen."""
        chance: Vector = np.interp(score, self.at, self.value)
        return chance

    @property
    def cuts(self) -> tuple[float, float]:
        """The least scores that are VERY_GOOD and GOOD; infinite when nothing has ever gone so well."""
        return self._reaching(VERY_GOOD * self.usual), self._reaching(GOOD * self.usual)

    def _reaching(self, value: float) -> float:
        found = np.flatnonzero(self.value >= value)
        return float(self.at[found[0]]) if len(found) else float("inf")
