"""Everybody as facets, for questions about the whole registry: what rules read of people, each distinct fact once.

A hundred thousand people have a few hundred home regencies, schoolings and papers between them. So a requirement is
judged once for each distinct fact of the facet that it reads, by the same `judge` that speaks to one person, and the
answers are gathered by number. Only of birth dates and earlier work have people nearly as many facts as there are
people: those requirements say beside their `judge` what it says of many facts at once (`Requirement.reach_of`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.age import birthday_of
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.kinds import FACETS

Bytes = NDArray[np.int8]
Fact = tuple[Any, bool]
"""What a person has, and whether nobody asked."""

_NO_ANSWERS: Bytes = np.zeros(0, dtype=np.int8)
ANSWERS_KEPT = 5_000
"""Requirements with a day whose answers are remembered, some hundred bytes to some ten thousand each."""

SPARE = 10_000
"""Facts that nobody has any more which are carried along before everybody is read anew."""

ANYBODY = Person(id="", consent="GIVEN")
"""Somebody of whom nothing is known."""

NO_DAY = 0
"""Stands for a birthday that is not known or beyond the calendar."""


class _Facet:
    """One facet: its distinct facts, and the number of each row's fact."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.facts: list[Fact] = []
        self.column: NDArray[np.int32] = np.zeros(64, dtype=np.int32)
        self._at: dict[Fact, int] = {}

    def put(self, row: int, person: Person) -> None:
        # A list that nobody asked for is another fact than an empty one.
        fact = getattr(person, self.name), self.name in person.unasked
        at = self._at.get(fact)
        if at is None:
            at = self._at[fact] = len(self.facts)
            self.facts.append(fact)
        if row >= len(self.column):
            self.column = np.concatenate([self.column, np.zeros_like(self.column)])
        self.column[row] = at

    def judged(self, asks: Sequence[Requirement], day: date, first: int) -> list[Bytes]:
        """For each of `asks` one answer for each fact from place `first` on."""
        facts, found = self.facts[first:], dict[Requirement, Bytes]()
        laid_out = {kind: kind.laid_out(facts) for kind in {type(ask) for ask in asks}}
        for ask in asks:
            if (columns := laid_out[type(ask)]) is not None:
                found[ask] = ask.reach_of(columns, day)
        alone = [ask for ask in asks if ask not in found]
        answers = np.empty((len(alone), len(facts)), dtype=np.int8)
        # To make somebody who has a fact costs as much as ten answers: one for all of them, not one for each.
        for at, person in enumerate(self._people(facts) if alone else ()):
            answers[:, at] = [ask.reach(person, day) for ask in alone]
        found.update(zip(alone, answers, strict=True))
        return [found[ask] for ask in asks]

    def _people(self, facts: Sequence[Fact]) -> Iterator[Person]:
        """Somebody who has each fact and nothing else, made for the moment: kept, they would be most of the memory."""
        for value, unasked in facts:
            yield replace(ANYBODY, **{self.name: value}, unasked=frozenset({self.name} if unasked else ()))

    def forget_unused(self, size: int) -> None:
        """Number anew the facts that somebody still has."""
        used, column = np.unique(self.column[:size], return_inverse=True)
        self.column = column.astype(np.int32)
        self.facts = [self.facts[at] for at in used.tolist()]
        self._at = {fact: at for at, fact in enumerate(self.facts)}


class Facets:
    """Many people. `rows[id]` is a person's row; `size` counts rows, also those of removed people.

    >>> people = Facets(persons)
    >>> people.reach(NeedsEducation(level="SMP"), day)       # one small number a row, as `Requirement.reach`
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.rows: dict[str, int] = {}
        self.size = 0
        self._facets = {name: _Facet(name) for name in FACETS}
        self._free: list[int] = []
        self._answers: dict[tuple[Requirement, date], Bytes] = {}
        self.upsert(*people)

    def __len__(self) -> int:
        return len(self.rows)

    def upsert(self, *people: Person) -> None:
        """New or changed people; each is one row."""
        for person in people:
            row = self.rows.get(person.id)
            if row is None:
                row = self._free.pop() if self._free else self.size
                self.rows[person.id] = row
                self.size = max(self.size, row + 1)
            self._write(row, person)
        if max(len(facet.facts) for facet in self._facets.values()) > 2 * self.size + SPARE:
            self._answers.clear()
            for facet in self._facets.values():
                facet.forget_unused(self.size)

    def remove(self, person_id: str) -> None:
        """The row stays, without consent and not alive, until another person takes it."""
        row = self.rows.pop(person_id, None)
        if row is not None:
            self._write(row, Person(id=""))
            self._free.append(row)

    def _write(self, row: int, person: Person) -> None:
        for facet in self._facets.values():
            facet.put(row, person)

    def alive(self) -> NDArray[np.bool_]:
        """One truth a row: somebody stands in it."""
        alive = np.zeros(self.size, dtype=np.bool_)
        alive[list(self.rows.values())] = True
        return alive

    def numbered(self, name: str) -> tuple[list[object], NDArray[np.int32]]:
        """The distinct facts of a facet, and for each row the number of its fact."""
        facet = self._facets[name]
        return [value for value, _ in facet.facts], facet.column[: self.size]

    def only(self, rows: NDArray[np.int64]) -> "Facets":
        """Some rows as people of their own, numbered from 0; facts and answers are shared: nothing is judged again."""
        some = Facets()
        some.size = len(rows)
        for name, facet in self._facets.items():
            mine = some._facets[name]
            mine.facts, mine.column = facet.facts, facet.column[rows]
        some._answers = self._answers
        return some

    def answer(self, asks: Iterable[Requirement], day: date) -> None:
        """Judge each distinct fact once by all these requirements, so that `reach` of them only gathers."""
        asked = [ask for ask in dict.fromkeys(asks) if ask.FACET is not None][:ANSWERS_KEPT]
        if len(self._answers) + sum((ask, day) not in self._answers for ask in asked) > ANSWERS_KEPT:
            self._answers.clear()
        missing: dict[tuple[str, int], list[Requirement]] = {}
        # Read once: another thread, which has some of the same people, may answer the same meanwhile.
        before = {ask: self._answers.get((ask, day), _NO_ANSWERS) for ask in asked}
        for ask in asked:
            missing.setdefault((ask.FACET or "", len(before[ask])), []).append(ask)
        for (name, known), alike in missing.items():
            for ask, fresh in zip(alike, self._facets[name].judged(alike, day, known), strict=True):
                self._answers[ask, day] = np.concatenate([before[ask], fresh])

    def reach(self, ask: Requirement, day: date, first: int = 0, last: int | None = None) -> Bytes:
        """`Requirement.reach` of one requirement that is no group, for the people in some rows."""
        name = ask.FACET
        end = self.size if last is None else min(last, self.size)
        if name is None:  # the day and the order alone decide
            return np.full(end - first, ask.reach(ANYBODY, day), dtype=np.int8)
        facet = self._facets[name]
        return self._answered(ask, day, facet)[facet.column[first:end]]

    def birthdays(self, age: int) -> NDArray[np.int32]:
        """For each row the ordinal of the day on which this age is completed; NO_DAY where nobody knows."""
        facet = self._facets["birth_date"]
        days = (born and birthday_of(born, age) for born, _ in facet.facts)
        turned = np.fromiter((day.toordinal() if day else NO_DAY for day in days), np.int32, len(facet.facts))
        return turned[facet.column[: self.size]]

    def _answered(self, ask: Requirement, day: date, facet: _Facet) -> Bytes:
        """One answer for each distinct fact; facts that came since are judged now, the others never again."""
        key = (ask, day)
        known = self._answers.get(key)
        if known is None or len(known) < len(facet.facts):
            if len(self._answers) >= ANSWERS_KEPT:
                self._answers.clear()
            (answers,) = facet.judged([ask], day, 0 if known is None else len(known))
            known = self._answers[key] = answers if known is None else np.concatenate([known, answers])
        return known
