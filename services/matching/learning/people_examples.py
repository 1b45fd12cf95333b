"""Fitting asks here what people's records led to, for the table of what suits whom, and puts that table into rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.ltr.examples import LEAST_WEIGHT, MOST_WEIGHT, Examples, Grade, PersonExample
from services.matching.matcher.ltr.fit import LEAST_OUTCOMES
from services.matching.matcher.ranking.features.affinity import SkillAffinity

COLUMN = "suits"
Table = NDArray[np.float64]


def people_examples(parts: Iterable[Examples]) -> list[PersonExample]:
    """One per person of whom something came: the record when it was first shown, and the best grade by unit group."""
    grades: dict[str, dict[str, int]] = {}
    record: dict[str, tuple[str, ...]] = {}
    weight: dict[str, float] = {}
    for part in parts:
        for row in np.flatnonzero(part.grade > Grade.SHOWN):
            person, codes = str(part.person[row]), tuple(code for code, _ in part.record[row])
            if not codes or not part.units[row]:
                continue
            record.setdefault(person, codes)
            inverse = float(np.clip(1 / part.propensity[row], LEAST_WEIGHT, MOST_WEIGHT))
            weight[person] = max(inverse, weight.get(person, 0.0))
            mine = grades.setdefault(person, {})
            for unit in part.units[row]:
                mine[unit] = max(int(part.grade[row]), mine.get(unit, 0))
    return [PersonExample(person, record[person], mine, weight[person]) for person, mine in sorted(grades.items())]


def enough(found: Iterable[PersonExample]) -> bool:
    """Whether people's records can teach anything that the vocabulary does not: as many outcomes as a model needs."""
    return sum(max(one.grades.values()) >= Grade.ENROLLED for one in found) >= LEAST_OUTCOMES


def out_of_fold(
    examples: Mapping[str, Examples],
    columns: Mapping[str, tuple[str, ...]],
    fit: Callable[[list[PersonExample]], SkillAffinity],
) -> dict[str, Examples]:
    """The rows with what suits as it was learned from other people only, as it will be when it serves."""
    known = people_examples(examples.values())
    fold_of = {
        str(person): int(fold)
        for part in examples.values()
        for person, fold in zip(part.person, part.fold, strict=True)
    }
    tables: dict[str, Table] = {kind: part.table.copy() for kind, part in examples.items()}
    for number in sorted(set(fold_of.values())):
        suits = fit([one for one in known if fold_of[one.person] != number])
        for kind, part in examples.items():
            mine = np.flatnonzero(part.fold == number)
            _put(suits, part, mine, tables[kind], columns[kind].index(COLUMN))
    return {kind: replace(part, table=tables[kind]) for kind, part in examples.items()}


def suited(part: Examples, columns: tuple[str, ...], suits: SkillAffinity) -> Examples:
    """The rows with what suits as this table has it; rows whose record nobody noted keep what was noted then."""
    table = part.table.copy()
    _put(suits, part, np.arange(len(part)), table, columns.index(COLUMN))
    return replace(part, table=table)


def _put(suits: SkillAffinity, part: Examples, rows: NDArray[np.int64], table: Table, column: int) -> None:
    for row in rows:
        if part.record[row]:
            units = np.array([int(unit) for unit in part.units[row] if unit.isdigit()] or [-1], dtype=np.int64)
            values = suits.of([(code, level, None) for code, level in part.record[row]]).columns(units)
            table[row, column] = np.fmax.reduce(values, initial=np.nan)
