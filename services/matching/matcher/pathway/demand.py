"""Where people need training that does not come: the sums that the province may see, none of fewer than ten people."""

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.question import Question, SearchedWorld
from services.matching.matcher.pathway.search import Search
from services.matching.matcher.pathway.smallest_change import SmallestChange, smallest_change
from services.matching.matcher.pathway.teaching import counted
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.hours import NeedsHours
from shared.codes.anonymity import K_ANONYMITY


@dataclass(frozen=True, slots=True, order=True)
class TrainingDemand:
    """So many people of one regency lack one programme that would have to end in this month (`2027-01`)."""

    programme: str
    regency: str
    month: str
    count: int

    @property
    def id(self) -> str:
        """The same for the same programme, regency and month, whoever works it out and whenever."""
        return hashlib.sha256(f"{self.programme}|{self.regency}|{self.month}".encode()).hexdigest()[:32]

    def as_payload(self) -> dict[str, Any]:
        """Without a version: that is counted by who keeps the sums."""
        return {
            "id": self.id,
            "programme": self.programme,
            "regency": self.regency,
            "month": self.month,
            "count": self.count,
        }


def needs(
    people: Iterable[Person], world: SearchedWorld, day: date, *, known_on: date | datetime | None = None
) -> list[TrainingDemand]:
    """How many people without any path would get one by one more batch or seat, by programme, home regency and month.

    Counted is everybody whose smallest change (`smallest_change`) is one of training. People of whom all rules read the
    same are worked out once. Sums below K_ANONYMITY are left out.
    """
    known: dict[Hashable, SmallestChange | None] = {}
    sums: Counter[tuple[str, str, str]] = Counter()
    for person in people:
        if not person.consented or person.home_regency is None:
            continue
        question = Question(person, world, day, known_on=known_on)
        if question.today:
            continue
        alike = _alike(question)
        if alike not in known:
            found = Search.beyond_wishes(question).choice.fastest()
            known[alike] = smallest_change(person, world, day, known_on=known_on) if found is None else None
        miss = known[alike]
        if miss is not None and miss.programme is not None:
            sums[miss.programme, person.home_regency, miss.by.isoformat()[:7]] += 1
    return sorted(TrainingDemand(*key, count) for key, count in sums.items() if count >= K_ANONYMITY)


def _alike(question: Question) -> Hashable:
    """All about the person that decides whether a path exists, and which change would open one.

    Not the home: how far a batch is decides which path is nearest, never whether there is one.
    """
    timeline, person = question.timeline, question.person
    all_compiled = [question.compiled_on(first) for first in timeline.firsts]
    doors = {programme.door: None for programme in question.supply.programmes}
    asked = dict.fromkeys(leaf for door in doors for leaf in leaves(door.asked))
    answers = []
    for interval, compiled in enumerate(all_compiled):
        answers.append(bytes(timeline.status(leaf, interval) for leaf in compiled.leaves))
        answers.append(bytes(timeline.status(leaf, interval) for leaf in asked))
    titles = [
        leaf for compiled in {id(compiled): compiled for compiled in all_compiled}.values() for leaf in compiled.leaves
    ]
    hours = [counted(person.training_hours, leaf) for leaf in (*titles, *asked) if isinstance(leaf, NeedsHours)]
    grown = [
        timeline.grown_into(leaf, interval)
        for interval, compiled in enumerate(all_compiled)
        for leaf in map(compiled.leaves.__getitem__, compiled.dated)
    ]
    return (
        person.wishes.available,
        tuple(timeline.firsts),
        tuple(answers),
        tuple(hours),
        tuple(grown),
    )
