"""The door of the path search: `find` gives the fastest, the nearest and the best paid lawful way for one person.

A `Search` answers one question over the batches that it may use, and tells what was found.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.rules.papers import PAPERS
from services.matching.matcher.order_book.compiled import INCOMPARABLE
from services.matching.matcher.pathway.aims import Aim, open_rows
from services.matching.matcher.pathway.best_first import BestFirst, Found
from services.matching.matcher.pathway.catalogue import UNKNOWN_COST
from services.matching.matcher.pathway.distances import UNKNOWN_KM
from services.matching.matcher.pathway.journeys import Rows
from services.matching.matcher.pathway.path import Path, Paths, Step, Wait
from services.matching.matcher.pathway.question import Among, Question, SearchedWorld
from services.matching.matcher.pathway.teaching import held_after
from services.matching.matcher.pathway.timeline import NEXT, later
from services.matching.matcher.requirements.age import age_on
from services.matching.matcher.requirements.paper import NeedsPaper
from services.matching.matcher.requirements.status import Stage, Status

Taken = tuple[tuple[Course, date, date], ...]
USUAL_DAYS = {paper.code: paper.usual_days for paper in PAPERS}
"""Courses with first and last day, in order."""


class Search:
    """One question over some of the offers. `ready_by`: the last day on which being ready still helps."""

    def __init__(self, question: Question, joinable: NDArray[np.bool_], ready_by: date = date.max) -> None:
        self.question, self._joinable, self._ready_by = question, joinable, ready_by
        limit = ready_by.toordinal()
        aims = question.aims
        if ready_by < date.max:
            aims = [aim._replace(last=np.minimum(aim.last, limit), latest=min(aim.latest, limit)) for aim in aims]
        self._aims = aims
        joinable = joinable & (question.offers.ends <= limit)
        waits = sorted({aim.birthday for aim in aims if aim.birthday is not None})
        self.backward = question.backward_from(joinable, waits)

    @cached_property
    def choice(self) -> BestFirst:
        return BestFirst(self._aims, self.backward, self.holds)

    @classmethod
    def within_wishes(cls, question: Question) -> "Search":
        """Only batches that the person can join today and wishes to."""
        wishes = question.person.wishes
        near = question.offers.within(question.km, wishes.max_distance_km, wishes.boarding_ok)
        days = wishes.ready_within_days
        return cls(
            question,
            question.open & near,
            date.max if days is None else later(question.day, days),
        )

    @classmethod
    def beyond_wishes(cls, question: Question) -> "Search":
        """All batches that the person can join today."""
        return cls(question, question.open)

    def paths(self) -> Paths:
        """The best path of each kind; all three are None where there is no path."""
        fastest = self.choice.fastest()
        if fastest is None:
            return Paths()
        best_paid = self.choice.best_paid()
        return Paths(
            fastest=self.told("FASTEST", fastest),
            nearest=self._at_home() or self._nearest(),
            best_paid=None if best_paid is None else self.told("BEST_PAID", best_paid),
        )

    def _nearest(self) -> Path | None:
        found = self.choice.nearest()
        return None if found is None else self.told("NEAREST", found)

    def _at_home(self) -> Path | None:
        """The nearest path if one needs no way at all: most people have one, and it is found among few batches."""
        aims = self.choice.aims_at_home()
        if not aims:
            return None
        home = Search(self.question, self._joinable & (self.question.km == 0), self._ready_by)
        home._aims = aims
        return home._nearest()

    def holds(self, aim: Aim, rows: Rows, ready_on: int) -> bool:
        """The rules have the last word: every door open on the way, the order lawful in the end, nothing needless."""
        day = date.fromordinal(ready_on)
        order = self.question.world.order_index.orders[aim.best_on(ready_on)]
        taken = self._taken(rows)
        if not (self._admitted(taken) and self._opens(taken, order, day)):
            return False
        if _waits(taken, day) and self._opens(taken, order, day - NEXT):
            return False
        shorter = (taken[:at] + taken[at + 1 :] for at in range(len(taken)))
        return not any(self._admitted(rest) and self._opens(rest, order, day) for rest in shorter)

    def _opens(self, taken: Taken, order: Order, day: date) -> bool:
        """May the person apply for the order on this day, having taken these courses?"""
        return self.question.opens(order, self._after(taken), day)

    def told(self, kind: str, found: Found) -> Path:
        """The path as people see it."""
        question, ready_on = self.question, date.fromordinal(found.ready_on)
        taken = self._taken(found.rows)
        person = self._after(taken)
        waits = _waits(taken, ready_on)
        aimed_at, without_on = found.aim.best_on(found.ready_on), ready_on - NEXT if waits else ready_on
        unlocks, wage = self._unlocks(aimed_at, found.rows, person, ready_on, without_on)
        best = question.world.order_index.orders[unlocks[0]]
        steps = tuple(self._step(row) for row in found.rows)
        far, dear = any(step.distance_km is None for step in steps), any(step.cost is None for step in steps)
        return Path(
            kind=kind,
            steps=steps,
            waits=(self._wait(ready_on),) if waits else (),
            ready_on=ready_on,
            can_leave_from=can_leave_from(person, question.compiled_on(ready_on).applied[best.id], ready_on),
            cost_to_candidate=None if dear else sum(step.cost or 0 for step in steps),
            distance_km=None if far else sum(step.distance_km or 0 for step in steps),
            unlocks=unlocks,
            wage=best.wage if wage > INCOMPARABLE else None,
            wage_idr=wage if wage >= 0 else None,
            beyond_wishes=self._broken_wishes(steps, taken, ready_on),
        )

    def _unlocks(
        self, aimed_at: str, rows: Rows, person: Person, ready_on: date, without_on: date
    ) -> tuple[tuple[str, ...], float]:
        """Orders asked for that are open after the path and not without it, best paid first; the best wage. `person`:
        after the path."""
        question = self.question
        compiled = question.compiled_on(ready_on)
        programmes = set(question.offers.programme[self.backward.offer[list(rows)]].tolist())
        reading = question.encoder.reading(compiled, question.timeline.interval_of(ready_on))
        taught = question.encoder.teaching.taught_by(programmes, compiled)
        lacking = (leaf for leaf in taught if reading.codes[leaf] == 1)
        met = [leaf for leaf in lacking if compiled.leaves[leaf].judge(person, ready_on) is Status.MET]
        opened = open_rows(compiled, reading.kinds_with(met), ready_on) & question.wanted(compiled)
        opened &= ~question.eligible_in(compiled, without_on)
        opened[compiled.rows_of((aimed_at,))] = True  # proven order by order, the others by their kind
        rows_open = np.flatnonzero(opened)
        wages = (-compiled.columns().wage[rows_open]).tolist()
        ids = sorted(zip(wages, (compiled.ids[row] for row in rows_open.tolist()), strict=True))
        best = -ids[0][0]
        return tuple(id_ for _, id_ in ids), best

    def _taken(self, rows: Rows) -> Taken:
        pairs = (self.question.supply.batch(str(self.backward.ids[row])) for row in rows)
        return tuple(
            (course, batch.starts, batch.ends)
            for course, batch in pairs
            if batch.starts is not None and batch.ends is not None
        )

    def _after(self, taken: Taken) -> Person:
        if not taken:
            return self.question.person
        # By the object: courses that do not exist have no id of their own.
        key = tuple([(id(course), ends) for course, _, ends in taken])
        found = self.question.afterwards.get(key)
        if found is None:
            found = held_after(self.question.person, ((course, ends) for course, _, ends in taken))
            self.question.afterwards[key] = found
        return found

    def _admitted(self, taken: Taken) -> bool:
        """Is everything that a course asks at its door in the person's hands on its first day?"""
        return all(
            self.question.meets(course.prerequisites, self._after(taken[:at]), starts)
            for at, (course, starts, _) in enumerate(taken)
        )

    def _step(self, row: int) -> Step:
        question = self.question
        course, batch = question.supply.batch(str(self.backward.ids[row]))
        offer = self.backward.offer[row]
        km, cost = int(question.km[offer]), int(question.offers.cost[offer])
        assert batch.starts is not None and batch.ends is not None
        return Step(
            course=course.id,
            batch=batch.id,
            starts=batch.starts,
            ends=batch.ends,
            closes=batch.closes,
            regency=batch.regency,
            distance_km=None if km >= UNKNOWN_KM else km,
            cost=None if cost >= UNKNOWN_COST else cost,
        )

    def _wait(self, until: date) -> Wait:
        born = self.question.person.birth_date
        return Wait(age=0 if born is None else age_on(born, until), until=until)

    def _broken_wishes(self, steps: tuple[Step, ...], taken: Taken, ready_on: date) -> tuple[str, ...]:
        wishes = self.question.person.wishes
        broken = []
        limit = wishes.max_distance_km
        if limit is not None and any(step.distance_km is None or step.distance_km > limit for step in steps):
            broken.append("MAX_DISTANCE")
        if wishes.boarding_ok is False and any(course.boarding for course, _, _ in taken):
            broken.append("BOARDING")
        days = wishes.ready_within_days
        if days is not None and ready_on > later(self.question.day, days):
            broken.append("READY_WITHIN")
        return tuple(broken)


def _waits(taken: Taken, ready_on: date) -> bool:
    """Does the path become ready later than its last course ends?"""
    return not taken or taken[-1][2] < ready_on


def find(
    person: Person,
    world: SearchedWorld,
    day: date,
    *,
    known_on: date | datetime | None = None,
    among: Among | None = None,
) -> Paths:
    """The best path of each kind to orders that are closed to the person on `day`; empty when there is none.

    Wishes about distance, boarding and time are kept where any path keeps them; otherwise the paths say which they
    break. The days that the person is free are always kept. `known_on`: the law as it was known then. `among`: only
    orders for which it is true. Errors: none.
    """
    if not person.consented:
        return Paths()
    return paths_of(Question(person, world, day, known_on=known_on, among=among))


def different_paths(question: Question) -> Paths:
    """The best path of each kind, and where two kinds are one journey, the fastest other one instead: to other orders,
    or where there are none by other batches.

    A path keeps the kind of what it is best in; one that stands in for another says so by its text (`told`).
    """
    found = paths_of(question)
    kept: list[Path] = []
    for path in found.all():
        if all(path.journey != other.journey for other in kept):
            kept.append(path)
    missing = [path for path in found.all() if path not in kept]
    known = {id for path in kept for id in path.unlocks}
    for path in missing:
        other = fastest_of(question.but(known))
        if other is None or any(other.journey == one.journey for one in kept):
            taken = {batch for one in kept for batch in one.journey}
            other = fastest_of(question.without_batches(taken))
        if other is not None and all(other.journey != one.journey for one in kept):
            kept.append(replace(other, kind=path.kind, instead=True))
            known |= set(other.unlocks)
    by_kind = {path.kind: path for path in kept}
    return Paths(fastest=by_kind.get("FASTEST"), nearest=by_kind.get("NEAREST"), best_paid=by_kind.get("BEST_PAID"))


def any_path(question: Question) -> bool:
    """Whether `paths_of` finds one."""
    kinds = (Search.within_wishes, Search.beyond_wishes)
    return any(search(question).choice.fastest() is not None for search in kinds)


def fastest_of(question: Question) -> Path | None:
    """The fastest of `paths_of` alone."""
    for kind in (Search.within_wishes, Search.beyond_wishes):
        search = kind(question)
        found = search.choice.fastest()
        if found is not None:
            return search.told("FASTEST", found)
    return None


def paths_of(question: Question) -> Paths:
    """The same for a question that other answers are drawn from too."""
    return Search.within_wishes(question).paths() or Search.beyond_wishes(question).paths()


def can_leave_from(person: Person, applied: Iterable[AppliedRule], ready_on: date) -> date:
    """`ready_on` plus the slowest missing paper of the agreement, plus the slowest missing one of the departure.

    Papers of one stage are asked for side by side; a departure paper needs the agreement. A paper that is on record
    today but runs out before `ready_on` counts as missing. `applied`: the rules of the order. The times are usual
    practice, not law (`PaperKind`).
    """
    missing: dict[Stage, int] = {}
    for rule in applied:
        if rule.stage is Stage.APPLY or not isinstance(rule.ask, NeedsPaper):
            continue
        if rule.ask.judge(person, ready_on) is not Status.MET:
            missing[rule.stage] = max(missing.get(rule.stage, 0), USUAL_DAYS[rule.ask.code])
    agreed = later(ready_on, missing.get(Stage.AGREEMENT, 0))
    return later(agreed, missing.get(Stage.DEPARTURE, 0))
