"""Both shelves ask this how near two skills are: caring for an elderly person helps to care for a sick one."""

from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from shared.words import Words
from shared.words.spelling import stems

Vector = NDArray[np.float64]

CORE = 2
"""The first skills of an occupation in the vocabulary are what its days are made of."""
WITHIN_AREA, ACROSS_AREAS = 0.7, 0.45
"""The most that another skill can stand in for the one asked: never fully, and less from another line of work."""
KIN = yaml.safe_load(Path(__file__).with_name("kin.yaml").read_text(encoding="utf-8"))
"""What names do not show: who picked coffee can harvest, who cooked for feasts can cook for a family."""
IGNORED = 0.2
"""Below this likeness two skills have nothing to do with each other; small talk between all pairs would add up."""


class SkillMap:
    """Codes of the vocabulary as positions, and `near[i, j]`: how far skill i stands in for skill j (1 if i is j).

    A code outside the vocabulary has no position and counts for nothing: houses send only codes that the vocabulary
    gave them."""

    def __init__(self, words: Words) -> None:
        skills = words.vocabulary.skills
        self.codes = tuple(skills)
        self._positions = {code: index for index, code in enumerate(self.codes)}
        bags = [[stem for name in entry.names for stem in set(stems(name))] for entry in skills.values()]
        areas = np.array([entry.area for entry in skills.values()])
        cosine = _cosines(bags)
        same = areas[:, None] == areas[None, :]
        near = np.where(same, np.minimum(cosine, WITHIN_AREA), np.minimum(cosine, ACROSS_AREAS))
        near[near < IGNORED] = 0.0
        for code, others in KIN.items():
            for other, degree in others.items():
                if code in self._positions and other in self._positions:
                    cell = self._positions[code], self._positions[other]
                    near[cell] = max(near[cell], degree)
        np.fill_diagonal(near, 1.0)
        self.near: Vector = near
        self._lived_in = _lived_in(words)

    @classmethod
    @cache
    def default(cls) -> "SkillMap":
        return cls(Words.default())

    def __len__(self) -> int:
        return len(self.codes)

    def lived_in(self, code: str) -> tuple[str, ...]:
        """Unit groups of ISCO-08 whose daily work skill `code` is: years of it count there, paid or not."""
        return self._lived_in.get(code, ())

    def position(self, code: str) -> int | None:
        return self._positions.get(code)


def _lived_in(words: Words) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for isco08, entry in words.vocabulary.occupations.items():
        for code in entry.skills[:CORE]:
            found[code] = (*found.get(code, ()), isco08)
    return found


def _cosines(bags: list[list[str]]) -> Vector:
    """TF-IDF cosines of bags of stems; plain numpy because two hundred bags need no library."""
    terms = {term: index for index, term in enumerate(sorted({stem for bag in bags for stem in bag}))}
    counts = np.zeros((len(bags), len(terms)))
    for row, bag in enumerate(bags):
        for stem in bag:
            counts[row, terms[stem]] += 1
    weights = np.log1p(counts) * np.log(len(bags) / np.count_nonzero(counts, axis=0))
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12)
    cosines: Vector = weights @ weights.T
    return cosines
