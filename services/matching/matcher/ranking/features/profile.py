"""Both shelves need the person as arrays: skills by position, months of work by occupation, level by language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.abilities import LanguageResult
from services.matching.matcher.facts.people import Person
from services.matching.matcher.ranking.features.affinity import KnownSkill, SkillAffinity, Suited
from services.matching.matcher.ranking.features.skills import SkillMap
from shared.codes import languages
from shared.words import Words

FULL_MONTHS = 24
"""After two years a skill counts in full; what is learned later shows in the months of the occupation instead."""
NEW = 0.85
"""A skill without months, or just learned. Unpaid work at home counts exactly as paid work does."""
BY_OCCUPATION = 0.8
"""A skill that an earlier occupation teaches but that the person did not name."""


@dataclass(frozen=True, slots=True)
class Profile:
    """`levels[j]` 0..1: how far the person can do skill j, near skills included. `source[j]`: the evidence for it."""

    person: Person
    levels: NDArray[np.float64]
    source: tuple[str, ...]
    """Per row of `given`: pointer into the person's record."""
    given: NDArray[np.float64]
    """One row per named skill or occupation: its reach over all skills, so that a reason can find what decided."""
    work: tuple[tuple[str, float], ...]
    """(ISCO-08 unit group, months) of earlier work, similarity applied."""
    lived: tuple[tuple[str, float], ...]
    """The same with years of unpaid care, farm and sea work: whoever cared for a parent has done that work."""
    cefr: dict[str, int]
    """Language code -> 1 (A1) .. 6 (C2), the best result; a rough guess, good for the order of a list."""
    suited: Suited
    """The same record beside every kind of work, as the ranker learned it."""

    @classmethod
    def of(cls, person: Person, skills: SkillMap, words: Words, suits: SkillAffinity | None = None) -> "Profile":
        """`suits`: what was learned; what we ship when nothing was."""
        reach: list[NDArray[np.float64]] = []
        source: list[str] = []
        evidence = [*(skill.evidence for skill in person.skills), *(work.evidence for work in person.occupations)]
        for (codes, level), pointer in zip(reaching(person, words), evidence, strict=True):
            _add(reach, source, skills, codes, level, pointer)
        given = np.array(reach) if reach else np.zeros((0, len(skills)))
        return cls(
            person=person,
            levels=given.max(axis=0) if reach else np.zeros(len(skills)),
            source=tuple(source),
            given=given,
            work=paid(person),
            lived=lived_by(person, skills),
            cefr=_levels(person.languages),
            suited=(suits or SkillAffinity.shipped()).of(known_skills(person)),
        )

    def evidence(self, position: int) -> tuple[str, ...]:
        """Where in the record the person shows skill `position`; empty when nowhere."""
        if not len(self.given) or self.given[:, position].max() <= 0:
            return ()
        pointer = self.source[int(self.given[:, position].argmax())]
        return (pointer,) if pointer else ()


def papers_of(person: Person, skills: SkillMap) -> Profile:
    """A person of whom only papers, hours and months of work are asked: without skills, and so without their cost."""
    return Profile(
        person=person,
        levels=np.zeros(len(skills)),
        source=(),
        given=np.zeros((0, len(skills))),
        work=paid(person),
        lived=(),
        cefr=_levels(person.languages),
        suited=SkillAffinity.shipped().of(()),
    )


def reaching(person: Person, words: Words) -> list[tuple[Sequence[str], float]]:
    """(codes of skills, how far 0..1) of each named skill, then of each occupation with what it teaches."""
    named = [((skill.code,), skill.similarity * _practice(skill.months)) for skill in person.skills]
    done = [
        (words.taught_by(work.isco08), BY_OCCUPATION * work.similarity * _practice(work.months))
        for work in person.occupations
    ]
    return [*named, *done]


def lived_by(person: Person, skills: SkillMap) -> tuple[tuple[str, float], ...]:
    """Months by unit group. Practice told beside paid work of the same group is the same months, not more of them."""
    months: dict[str, float] = {}
    for isco08, count in paid(person):
        months[isco08] = months.get(isco08, 0.0) + count
    for skill in person.skills:
        for isco08 in skills.lived_in(skill.code):
            months[isco08] = max(months.get(isco08, 0.0), (skill.months or 0) * skill.similarity)
    return tuple(months.items())


def paid(person: Person) -> tuple[tuple[str, float], ...]:
    """(ISCO-08 unit group, months) of earlier work, similarity applied."""
    return tuple((work.isco08, (work.months or 0) * work.similarity) for work in person.occupations)


def known_skills(person: Person) -> list[KnownSkill]:
    """Everything that a person named or did, as codes with how far they can do it."""
    told = [(skill.code, skill.similarity * _practice(skill.months), skill.evidence) for skill in person.skills]
    done = [(work.isco08, work.similarity * _practice(work.months), work.evidence) for work in person.occupations]
    return [*told, *done]


def cefr_rank(result: LanguageResult) -> int | None:
    """1 (A1) .. 6 (C2) of a result, or of the level that a course or requirement states; None when nobody can say."""
    level = result.cefr or (languages.rough_cefr(result.test, result.result) if result.test else None)
    return languages.CEFR.index(level) + 1 if level in languages.CEFR else None


def _levels(results: Iterable[LanguageResult]) -> dict[str, int]:
    best: dict[str, int] = {}
    for result in results:
        rank = cefr_rank(result)
        if result.language and rank is not None:
            best[result.language] = max(rank, best.get(result.language, 0))
    return best


def _practice(months: int | None) -> float:
    return NEW + (1 - NEW) * min(months or 0, FULL_MONTHS) / FULL_MONTHS


def _add(
    reach: list[NDArray[np.float64]],
    source: list[str],
    skills: SkillMap,
    codes: Iterable[str],
    level: float,
    evidence: str | None,
) -> None:
    positions = [position for position in map(skills.position, codes) if position is not None]
    if positions:
        reach.append(level * skills.near[positions].max(axis=0))
        source.append(evidence or "")
