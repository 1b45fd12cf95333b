"""What people may apply for, as one small number for each order: a place in `STATE_CODES`.

One person or everybody: both read the same compiled orders and the same `reach`, so they cannot differ from what
`check` says in words. An order that is hidden from everybody is NO_PATH: nobody can go there.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.rules.person import STATUTORY_AGE
from services.matching.matcher.order_book.compiled import NOBODY, CompiledOrders
from services.matching.matcher.requirements.age import NeedsAge, birthdays_ahead, patient
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf, leaves
from services.matching.matcher.requirements.status import STATE_CODES, State, Status
from services.matching.matcher.verdicts.check import under_age

States = NDArray[np.int8]

BLOCK = 8192
"""People evaluated at a time: the answers to a few hundred requirements then stay in the processor's cache."""

NO_PATH, ELIGIBLE_NOW = STATE_CODES.index(State.NO_PATH), STATE_CODES.index(State.ELIGIBLE_NOW)
TRAINING, CONSENT_NEEDED = STATE_CODES.index(State.TRAINING), STATE_CODES.index(State.CONSENT_NEEDED)


def reaches(person: Person, compiled: CompiledOrders, day: date) -> States:
    """How far the person is with each leaf of the compiled orders, as `Requirement.reach` says it, were there time for
    every birthday."""
    return np.fromiter([leaf.reach(person, day) for leaf in compiled.patient], np.int8, len(compiled.patient))


def state_codes(person: Person, compiled: CompiledOrders, day: date, codes: States | None = None) -> States:
    """The state of every row of the compiled orders for one person, an int8 each. `codes`: their `reaches`, for whoever
    has them. Errors: none."""
    rows = compiled.columns()
    if not person.consented:
        return np.full(len(rows.kind), CONSENT_NEEDED, dtype=np.int8)
    if under_age(person, day):
        return np.full(len(rows.kind), TRAINING, dtype=np.int8)
    codes = reaches(person, compiled, day) if codes is None else codes
    ahead = birthdays_ahead(compiled.ages, person, day)
    # A birthday helps only with orders that are still open on it: so the kinds are read once for each birthday.
    birthdays = sorted({birthday.toordinal() for birthday in ahead.values()})
    kinds = []
    for turned in (0, *birthdays):
        soon = codes.copy()
        for age, birthday in ahead.items():
            if birthday.toordinal() > turned:
                soon[compiled.ages[age]] = Status.NOT_MET
        kinds.append(np.append(compiled.kind_codes(soon), np.int8(NO_PATH)))  # the last: that of NOBODY
    helped = np.searchsorted(np.array(birthdays, dtype=np.int64), rows.until, side="right")
    states: States = np.stack(kinds)[helped, rows.kind]
    return np.where(rows.open_on(day), states, np.int8(NO_PATH))


def states(people: Facets, compiled: CompiledOrders, day: date) -> States:
    """The state of every row of the compiled orders for everybody: (rows, rows of `people`), one byte a pair.

    Use `blocks` for more people than memory holds.
    """
    found = np.empty((len(compiled.ids), people.size), dtype=np.int8)
    for first, block in blocks(people, compiled, day):
        found[:, first : first + block.shape[1]] = block
    return found


def blocks(people: Facets, compiled: CompiledOrders, day: date) -> Iterator[tuple[int, States]]:
    """The same array in blocks of people: (first row, states). Each block is overwritten by the next."""
    program = _Program(compiled, day)
    people.answer(program.leaves(), day)
    young, silent = under_age_rows(people, day), ~consented_rows(people)
    found = np.empty((len(compiled.ids), min(BLOCK, people.size)), dtype=np.int8)
    birthdays = {age: people.birthdays(age) for age in program.ages}
    for first in range(0, people.size, BLOCK):
        last = min(first + BLOCK, people.size)
        block = found[:, : last - first]
        program.fill(block, people, birthdays, first, last)
        block[:, np.flatnonzero(young[first:last])] = TRAINING
        block[:, np.flatnonzero(silent[first:last])] = CONSENT_NEEDED
        yield first, block


def under_age_rows(people: Facets, day: date) -> NDArray[np.bool_]:
    """For each row: known to be under 18 on the day."""
    found: NDArray[np.bool_] = people.reach(NeedsAge(min=STATUTORY_AGE), day) == 0
    return found


def consented_rows(people: Facets) -> NDArray[np.bool_]:
    """For each row: consent to matching is given."""
    facts, number = people.numbered("consent")
    return np.array([fact == "GIVEN" for fact in facts], dtype=np.bool_)[number] if facts else np.zeros(0, np.bool_)


class _Program:
    """The kinds of the orders that are open on a day, ready to be evaluated for a block of people.

    Parts that several kinds share are one node and evaluated once a block.
    """

    def __init__(self, compiled: CompiledOrders, day: date) -> None:
        self._day = day
        rows = compiled.columns()
        self._open = rows.open_on(day) & (rows.kind != NOBODY)
        self._kind, self._until = rows.kind, rows.until
        self._nodes: list[Requirement] = []
        self._parts: list[tuple[int, ...]] = []
        self._at: dict[Requirement, int] = {}
        self._asked = compiled.kinds
        self._root = {kind: self._node(compiled.kinds[kind]) for kind in set(rows.kind[self._open].tolist())}
        self._must = {kind: self._ages(compiled.kinds[kind]) for kind in self._root}
        """For each kind the ages that it asks of everybody, and whether it asks others in alternatives."""
        self.ages = {age for leaf in self._nodes if (age := _age(leaf))}

    def fill(
        self, block: States, people: Facets, birthdays: dict[int, NDArray[np.int32]], first: int, last: int
    ) -> None:
        """Write the states of all rows for the people in rows `first` to `last`, consent and childhood left out."""
        answers: list[States] = []
        for at in range(len(self._nodes)):
            answers.append(self._combined(at, answers) if self._parts[at] else self._answer(at, people, first, last))
        late = _Late({age: turned[first:last] for age, turned in birthdays.items()}, self._day)
        for row, (kind, is_open) in enumerate(zip(self._kind.tolist(), self._open.tolist(), strict=True)):
            states = block[row]
            if not is_open:
                states[:] = NO_PATH
                continue
            ages, nested = self._must[kind]
            until = int(self._until[row])
            states[:] = self._hurried(self._asked[kind], answers, late, until) if nested else answers[self._root[kind]]
            for age in ages:
                states[late.than(age, until)] = NO_PATH

    def leaves(self) -> list[Requirement]:
        """What is asked of the people."""
        return [patient(ask) for ask in self._nodes if not isinstance(ask, AllOf | AnyOf)]

    def _node(self, ask: Requirement) -> int:
        """The place of a requirement or group among the nodes, after all its parts."""
        at = self._at.get(ask)
        if at is None:
            parts = tuple(self._node(part) for part in ask.parts) if isinstance(ask, AllOf | AnyOf) else ()
            at = self._at[ask] = len(self._nodes)
            self._nodes.append(ask)
            self._parts.append(parts)
        return at

    def _answer(self, at: int, people: Facets, first: int, last: int) -> States:
        ask = self._nodes[at]
        if isinstance(ask, AllOf | AnyOf):  # a group without parts
            return np.full(last - first, Status.MET if isinstance(ask, AllOf) else Status.NOT_MET, dtype=np.int8)
        return people.reach(patient(ask), self._day, first, last)

    def _combined(self, at: int, answers: list[States]) -> States:
        combine = np.minimum if isinstance(self._nodes[at], AllOf) else np.maximum
        one, *others = self._parts[at]
        found = answers[one].copy()
        for other in others:
            combine(found, answers[other], out=found)
        return found

    def _hurried(self, ask: Requirement, answers: list[States], late: "_Late", until: int) -> States:
        """A kind with ages in its alternatives: a birthday that comes too late for the order counts as never."""
        found: States
        if isinstance(ask, AllOf | AnyOf) and ask.parts:
            parts = [self._hurried(part, answers, late, until) for part in ask.parts]
            found = (np.minimum if isinstance(ask, AllOf) else np.maximum).reduce(parts)
            return found
        found = answers[self._at[ask]]
        age = _age(ask)
        if age:
            found = found.copy()
            found[late.than(age, until)] = Status.NOT_MET
        return found

    @staticmethod
    def _ages(asked: Requirement) -> tuple[tuple[int, ...], bool]:
        musts = asked.parts if isinstance(asked, AllOf) else (asked,)
        nested = any(_age(leaf) for part in musts if isinstance(part, AllOf | AnyOf) for leaf in leaves(part))
        return tuple({age for part in musts if (age := _age(part))}), nested


def _age(ask: Requirement) -> int | None:
    """The age above the statutory one that a requirement makes people wait for; children are set apart anyway."""
    return ask.min if isinstance(ask, NeedsAge) and ask.min is not None and ask.min > STATUTORY_AGE else None


class _Late:
    """The people of a block who are too young on the day, by the birthday that they wait for."""

    def __init__(self, birthdays: dict[int, NDArray[np.int32]], day: date) -> None:
        self._young = {}
        for age, turned in birthdays.items():
            young = np.flatnonzero(turned > day.toordinal())
            young = young[np.argsort(turned[young])]
            self._young[age] = turned[young], young

    def than(self, age: int, last: int) -> NDArray[np.intp]:
        """The people who turn so old only after the day `last` (ordinal)."""
        turned, young = self._young[age]
        return young[np.searchsorted(turned, last, side="right") :]
