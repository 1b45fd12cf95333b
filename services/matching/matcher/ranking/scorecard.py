"""The ranking uses this before outcomes exist, and as the prior afterwards: points set by hand in a versioned file."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

CARDS = Path(__file__).parent / "scorecards"
_SPREAD = 0.11
"""Steepness of the chance over the share of chance points: from 0.4 to 0.6 of them the chance goes from 29 to 71 %."""


@dataclass(frozen=True, slots=True)
class Card:
    """A sum of straight lines, one per column. `start` is the score of a pair of which nothing is known."""

    version: str
    columns: tuple[str, ...]
    points: NDArray[np.float64]
    average: NDArray[np.float64]
    reward: NDArray[np.float64]
    is_worth: NDArray[np.bool_]
    very_good: float
    good: float
    digest: str

    @classmethod
    @cache
    def named(cls, name: str, columns: tuple[str, ...]) -> "Card":
        """The card `<name>.yaml` beside this file. Raises ValueError when its columns are not exactly `columns`,
        or its points do not sum to 100."""
        text = (CARDS / f"{name}.yaml").read_bytes()
        source = yaml.safe_load(text)
        rows = source["columns"]
        if set(rows) != set(columns):
            raise ValueError(f"card {name}: columns differ from the shelf's: {sorted(set(rows) ^ set(columns))}")
        if sum(row["points"] for row in rows.values()) != 100:
            raise ValueError(f"card {name}: the points do not sum to 100")
        pick = {key: [rows[column][key] for column in columns] for key in ("points", "average", "reward", "of")}
        return cls(
            version=source["version"],
            columns=columns,
            points=np.array(pick["points"], dtype=float),
            average=np.array(pick["average"], dtype=float),
            reward=np.array(pick["reward"], dtype=float),
            is_worth=np.array([of == "worth" for of in pick["of"]]),
            very_good=float(source["bands"]["very_good"]),
            good=float(source["bands"]["good"]),
            digest=hashlib.sha256(text).hexdigest()[:16],
        )

    @property
    def start(self) -> float:
        return float(self.points @ self.average)

    def parts(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points per cell of a table of columns; 0 where a value is not known."""
        return np.where(np.isnan(table), 0.0, self.points * (table - self.average))

    def worth(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """0..1 per row: the share of the worth points; what is not known counts as average."""
        return self._share(table, self.is_worth)

    def chance(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """0..1 per row: a prior belief, until calibrated on outcomes."""
        chance: NDArray[np.float64] = 1 / (1 + np.exp((0.5 - self._share(table, ~self.is_worth)) / _SPREAD))
        return chance

    def chances(self, table: NDArray[np.float64], column: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """`chance` of every row with each row of `values` in place of one column; what is not known stays so."""
        at, points = self.columns.index(column), self.points[~self.is_worth].sum()
        step = 0.0 if self.is_worth[at] else self.points[at] / max(points, 1e-9)
        more = np.where(np.isnan(table[:, at]), 0.0, step * (values - table[:, at]))
        share = self._share(table, ~self.is_worth) + more
        chances: NDArray[np.float64] = 1 / (1 + np.exp((0.5 - share) / _SPREAD))
        return chances

    def band_cuts(self) -> tuple[float, float]:
        return self.very_good, self.good

    def _share(self, table: NDArray[np.float64], which: NDArray[np.bool_]) -> NDArray[np.float64]:
        # Row by row and in the order of the columns, so that a row has the same share whatever stands beside it.
        known = np.where(np.isnan(table), self.average, table) * np.where(which, self.points, 0.0)
        share: NDArray[np.float64] = known.sum(axis=1) / max(self.points[which].sum(), 1e-9)
        return share
