"""Two rankings sit the same examination here: the lists of people from whom no model ever learned.

Each list is put in order again by the ranking and judged by what came of it. A promotion needs a pass, so the bounds
stand in a file of their own, where whoever wants to move them must say why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.ltr.bounds import MOST_ERROR, MOST_FALL
from services.matching.matcher.ltr.examples import Examples, held_out
from services.matching.matcher.ltr.metrics import TOP, calibration_error, gini, ndcg, snips, standard_error
from services.matching.matcher.ranking.ranking import Ranking
from shared.codes.anonymity import K_ANONYMITY

FRONT = 3
"""Lines of a list whose exposure is counted: what a person remembers from a talk at a counter."""

Groups = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Slice:
    """nDCG@10 of the people of one group."""

    people: int
    ndcg: float


@dataclass(frozen=True, slots=True)
class Exam:
    """`scores`: nDCG of every list of which something came. `error`, `gini` and `snips` are over all lists."""

    fingerprint: str
    people: int
    scores: Mapping[str, float]
    error: float
    gini: float
    slices: Mapping[str, Mapping[str, Slice]]
    snips: float = 0.0

    @property
    def ndcg(self) -> float:
        return float(np.mean(list(self.scores.values()))) if self.scores else 0.0

    def as_facts(self) -> dict[str, object]:
        """For the record of a fit and for people to read."""
        shown = {
            group: {name: {"people": part.people, "ndcg": round(part.ndcg, 4)} for name, part in parts.items()}
            for group, parts in self.slices.items()
        }
        return {
            "lists": len(self.scores),
            "people": self.people,
            "ndcg": round(self.ndcg, 4),
            "snips": round(self.snips, 4),
            "calibration_error": round(self.error, 4),
            "exposure_gini": round(self.gini, 4),
            "slices": shown,
        }


def only_held_out(examples: Mapping[str, Examples]) -> dict[str, Examples]:
    """The rows of the people who are kept for examinations."""
    return {kind: part.only(_kept(part)) for kind, part in examples.items()}


def without_held_out(examples: Mapping[str, Examples]) -> dict[str, Examples]:
    """The rows that may be learned from."""
    return {kind: part.only(~_kept(part)) for kind, part in examples.items()}


def examine(ranking: Ranking, examples: Mapping[str, Examples], groups: Groups) -> Exam:
    """`examples`: orders and courses of the people to be examined on; `groups`: person → name of a group → which."""
    scores: dict[str, float] = {}
    of_person: dict[str, list[float]] = {}
    front: dict[str, int] = {}
    errors = [0.0]
    rank, worth, propensity = [], [], []
    for kind, part in examples.items():
        score, chance = ranking.replay(kind, part.table, part.family.tolist())
        if ranking.learned(kind):
            errors.append(calibration_error(chance, part.worth, part.weight))
        for name, rows in _lists(part):
            best = sorted(rows, key=lambda row: (-score[row], part.offer[row]))
            rank += [best.index(row) + 1 for row in rows]
            worth += part.worth[rows].tolist()
            propensity += part.propensity[rows].tolist()
            for row in rows:
                front.setdefault(str(part.offer[row]), 0)
            for row in best[:FRONT]:
                front[str(part.offer[row])] += 1
            grades = {str(part.offer[row]): int(part.grade[row]) for row in rows}
            if any(grades.values()):
                value = ndcg([str(part.offer[row]) for row in best[:TOP]], grades)
                scores[f"{kind}/{name}"] = value
                of_person.setdefault(str(part.person[rows[0]]), []).append(value)
    return Exam(
        fingerprint=ranking.fingerprint,
        people=len(of_person),
        scores=scores,
        error=max(errors),
        gini=gini(list(front.values())),
        slices=_slices(of_person, groups),
        snips=snips(np.array(rank, dtype=float), np.array(worth), np.array(propensity)),
    )


def objections(new: Exam, old: Exam) -> list[str]:
    """Why `new` may not take the place of `old`, in sentences; empty when it may. Both sat the same examination."""
    if new.people < K_ANONYMITY:
        return [
            f"Only {new.people} people with an outcome are kept for examination; {K_ANONYMITY} are needed to judge."
        ]
    found = []
    falls = [new.scores[name] - old.scores[name] for name in sorted(new.scores)]
    if np.mean(falls) < -standard_error(falls):
        found.append(f"nDCG@10 falls from {old.ndcg:.3f} to {new.ndcg:.3f}, more than one standard error.")
    if new.error > MOST_ERROR:
        found.append(f"The calibration error is {new.error:.3f}, above {MOST_ERROR}.")
    for group, parts in new.slices.items():
        for name, part in parts.items():
            before = old.slices[group][name].ndcg
            if part.ndcg < before - MOST_FALL:
                fall = f"from {before:.3f} to {part.ndcg:.3f}, more than {MOST_FALL}"
                found.append(f"{group} {name}: nDCG@10 falls {fall}.")
    return found


def _kept(part: Examples) -> NDArray[np.bool_]:
    return np.array([held_out(person) for person in part.person], dtype=bool)


def _lists(part: Examples) -> Iterator[tuple[str, list[int]]]:
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(part.list.tolist()):
        rows.setdefault(name, []).append(row)
    yield from sorted(rows.items())


def _slices(of_person: Mapping[str, list[float]], groups: Groups) -> dict[str, dict[str, Slice]]:
    values: dict[str, dict[str, list[float]]] = {}
    for person, scores in sorted(of_person.items()):
        for group, name in groups.get(person, {}).items():
            values.setdefault(group, {}).setdefault(name, []).append(float(np.mean(scores)))
    slices: dict[str, dict[str, Slice]] = {}
    for group, parts in sorted(values.items()):
        many = {name: means for name, means in sorted(parts.items()) if len(means) >= K_ANONYMITY}
        slices[group] = {name: Slice(len(means), float(np.mean(means))) for name, means in many.items()}
    return slices
