"""Everything that the answer about one person is made of, before it is put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.matching.matcher.advice.blocked import Blocked
from services.matching.matcher.advice.standing import Standing
from services.matching.matcher.advice.verdict import Summary
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.pathway.miss import Miss
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.ranking.values import Ranked
from services.matching.matcher.verdicts.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Goal:
    """What the person asked for and may not have today: the order that is nearest to open, and the way to it.

    `miss`: where there is no way, the one change that would make one.
    """

    order: Order
    verdict: Verdict
    paths: Paths
    miss: Miss | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that an answer is made of, before it is put into one language."""

    person: Person
    summary: Summary
    standing: Standing | None
    target: tuple[Order, Verdict] | None
    goal: Goal | None
    paths: Paths
    miss: Miss | None
    courses: Sequence[tuple[Course, Batch, Ranked]]
    placements: Sequence[tuple[Order, Verdict, Ranked]]
    blocked: Sequence[Blocked]
    law: LawOnDay | None
    lang: str
    quotes: Mapping[str, str]
    crowding: Mapping[str, int]

    @property
    def law_verified_on(self) -> date | None:
        return self.law.verified_on if self.law else None
