"""Both shelves ask this how well everything that a person has done suits a kind of work, named skills or not.

The table is what the ranker learned (`ranker/suiting.py`): how much each skill, and each kind of earlier work, speaks
for each unit group of ISCO-08. It is looked up here and never computed, so serving needs no learning library.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
KnownSkill = tuple[str, float, str | None]
"""(code of a skill or of earlier work, how far 0..1, pointer into the record)"""

SHIPPED = Path(__file__).with_name("suits.npz")
"""Learned from our own vocabulary alone: what every house starts with, and what it falls back to."""


@dataclass(frozen=True)
class SkillAffinity:
    """`share[start[r]:start[r + 1]]` is how much `codes[r]` speaks for the groups `unit[...]`, positions in `units`.

    Shares are 0..1; those of one code sum to at most 1, so a skill of many trades speaks little for each of them."""

    codes: tuple[str, ...]
    units: tuple[str, ...]
    start: NDArray[np.int64]
    unit: NDArray[np.int64]
    share: Vector
    words: str
    """Digest of the vocabulary that it was learned from."""

    @classmethod
    @cache
    def shipped(cls) -> "SkillAffinity":
        return read(SHIPPED)

    def of(self, skills: Sequence[KnownSkill]) -> "Suited":
        """A record as its codes, beside all unit groups; codes outside the vocabulary say nothing."""
        known = [(self._rows.get(code), level, pointer) for code, level, pointer in skills]
        return Suited(self, tuple((row, level, pointer) for row, level, pointer in known if row is not None))

    def row(self, row: int) -> tuple[NDArray[np.int64], Vector]:
        """What one code speaks for: positions of unit groups, and shares."""
        part = slice(self.start[row], self.start[row + 1])
        return self.unit[part], self.share[part]

    def beside(self, places: NDArray[np.int64]) -> tuple[Vector, dict[str, int]]:
        """(codes x places: how much each code speaks for the groups at some `places`, code → its row)."""
        shares = np.zeros((len(self.codes), len(self.units) + 1))
        for code in range(len(self.codes)):
            units, share = self.row(code)
            shares[code, units] = share
        return shares[:, places], self._rows

    def places(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions of unit groups, given as numbers; one past the end for a group outside the vocabulary."""
        at = np.minimum(np.searchsorted(self._numbers, units), len(self.units) - 1)
        return np.where(self._numbers[at] == units, self._order[at], len(self.units))

    @cached_property
    def digest(self) -> str:
        """Of the table as it is kept, the same on any machine."""
        names = "\0".join((*self.codes, *self.units)).encode()
        numbers = (self.start, self.unit, np.round(self.share * 1000))
        return hashlib.sha256(names + b"".join(part.astype("<i8").tobytes() for part in numbers)).hexdigest()[:16]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {code: row for row, code in enumerate(self.codes)}

    @cached_property
    def _order(self) -> NDArray[np.int64]:
        return np.argsort([int(unit) for unit in self.units], kind="stable")

    @cached_property
    def _numbers(self) -> NDArray[np.int64]:
        return np.array([int(unit) for unit in self.units], dtype=np.int64)[self._order]


@dataclass(frozen=True)
class Suited:
    """One record beside all unit groups."""

    suits: SkillAffinity
    known: tuple[tuple[int, float, str | None], ...]

    @cached_property
    def values(self) -> Vector:
        """0..1 by unit group: that at least one of the codes belongs to such work, each a witness of its own.

        So a further skill, or more of one, never lowers any value. The last one, of no group at all, is not known."""
        none = np.ones(len(self.suits.units) + 1)
        for row, level, _ in self.known:
            units, share = self.suits.row(row)
            none[units] *= 1 - level * share
        none[-1] = np.nan
        return 1 - none

    def columns(self, units: NDArray[np.int64]) -> Vector:
        """The value of every unit group; NaN for one outside the vocabulary.

        An empty record speaks for nothing (0, not NaN): else the first skill that is named would lower all other work.
        """
        return self.values[self.suits.places(units)]

    def witnesses(self, unit: str) -> list[tuple[str, str | None]]:
        """(code, pointer) of what speaks for this work, the strongest first."""
        place = self.suits.places(np.array([int(unit)]))[0]
        found = []
        for row, level, pointer in self.known:
            units, share = self.suits.row(row)
            weight = level * float(share[units == place].sum())
            if weight > 0:
                found.append((weight, self.suits.codes[row], pointer))
        return [(code, pointer) for _, code, pointer in sorted(found, key=lambda one: (-one[0], one[1]))]


def read(path: Path) -> SkillAffinity:
    """A table as `write` left it; nothing but arrays is ever read."""
    with np.load(path, allow_pickle=False) as stored:
        return SkillAffinity(
            codes=tuple(stored["codes"].tolist()),
            units=tuple(stored["units"].tolist()),
            start=stored["start"],
            unit=stored["unit"].astype(np.int64),
            share=stored["share"].astype(float) / 1000,
            words=str(stored["words"]),
        )


def write(suits: SkillAffinity, path: Path) -> None:
    """Shares are kept to three digits, which is more than they are worth."""
    np.savez_compressed(
        path,
        codes=np.array(suits.codes),
        units=np.array(suits.units),
        start=suits.start,
        unit=suits.unit.astype(np.int16),
        share=np.round(suits.share * 1000).astype(np.int16),
        words=np.array(suits.words),
    )
