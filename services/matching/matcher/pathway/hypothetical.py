"""Batches that do not exist: so that the search itself can tell which one more batch would open a path."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.abilities import TrainingHours
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.pathway.batch_groups import lasts
from services.matching.matcher.pathway.batch_table import BatchTable, ChangeKind, joined
from services.matching.matcher.pathway.catalogue import INVENTED, USUAL_DAYS, Supply, cost_of, may_begin_until
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.teaching import Programme, Teaching, counted
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.hours import NeedsHours
from shared.codes import languages


def with_new_batches(question: Question) -> Supply:
    """The question's supply, and for every programme a batch in the person's home regency whenever one could begin.

    What a rule asks and nobody teaches becomes a programme of its own.
    """
    catalogue, day = question.world.catalogue, question.day + timedelta(days=1)
    examples = catalogue.examples(day)
    made = [_course_for(ask, question) for ask in dict.fromkeys(_untaught(question, examples.keys()))]
    first = len(catalogue.programmes)
    programmes = [Programme.of(course, catalogue.door_of(course)) for course in made]
    examples.update({first + at: (course, USUAL_DAYS) for at, course in enumerate(made)})
    return Supply(
        catalogue,
        _joined(question, examples),
        [*catalogue.programmes, *programmes],
        Teaching(programmes, catalogue.teaching),
        examples,
    )


class _Calendar:
    """When a new batch could begin, so that no better day is left out.

    Whatever plan holds a new batch still works when that batch is moved forward until it meets something: today, the
    end of a batch before it, the first day on which the person is free, or a day on which the law, an order or a
    birthday turns, which it may not begin before, or not end before. Only a certificate that runs out soon may have to
    come late instead: just before the batch that needs it.
    """

    def __init__(self, question: Question) -> None:
        offers, self._day = question.offers, question.day.toordinal()
        all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, question.timeline.firsts)}
        turns = [turn.toordinal() for turn in (*question.timeline.firsts, *question.world.law.turning_days())]
        opening = [compiled.columns().first[compiled.columns().kind >= 0] for compiled in all_compiled.values()]
        free = [first for first, _ in joined(question.person.wishes.available)]
        after = (offers.ends[question.open] + 1).astype(np.int64)
        self._begins = np.unique(np.append(after, [self._day + 1, *turns, *free])).astype(np.int64)
        self._turns = np.unique(np.concatenate([np.array(turns, dtype=np.int64), *opening]))
        self._starts = np.unique(offers.starts[question.open]).astype(np.int64)
        self._last = int(offers.ends.max(initial=self._day))

    def begins(self, course: Course, days: int) -> NDArray[np.int64]:
        """The first days of a batch of the course that takes so many days."""
        parts = [self._begins, self._turns - days + 1]
        if not lasts(course.certificates, self._last - self._day):
            parts.append(self._starts - days)
        found = np.unique(np.concatenate(parts))
        return found[(found > self._day) & (found <= may_begin_until(course).toordinal())]


def _untaught(question: Question, taught: Iterable[int]) -> Iterator[Requirement]:
    """Everything learnable that some order or door asks and no course that could begin now teaches.

    A course that asks at its own door for what it teaches (the second rung of a ladder) does not teach it to beginners.
    """
    teaching, known, programmes = question.supply.teaching, set(taught), question.supply.programmes
    all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, question.timeline.firsts)}
    asked = [leaf for compiled in all_compiled.values() for leaf in compiled.leaves]
    asked += [leaf for programme in question.supply.programmes for leaf in leaves(programme.door.asked)]
    for ask in asked:
        if ask.LEARNABLE:
            teachers = known.intersection(teaching.towards(ask))
            if all(programmes[at].door.always_asks(ask) for at in teachers):
                yield ask


def _course_for(ask: Requirement, question: Question) -> Course:
    """A course that gives just what is asked; of lesson hours what the person still lacks.

    A course for a certificate gives the lesson hours of its title too, as such courses do: the gate asks for both.
    """
    given = {**ask.lesson()}
    if isinstance(ask, NeedsHours):
        given["hours_for"] = (TrainingHours(ask.isco08, ask.destination, _lacking(ask, question)),)
    if isinstance(ask, NeedsCertificate):
        given["hours_for"] = tuple(_hours_with(ask, question))
    return replace(Course(id=""), **given)


def _hours_with(ask: NeedsCertificate, question: Question) -> Iterator[TrainingHours]:
    """For each title of orders that ask for this scheme, and each destination: the most hours still lacking."""
    if ask.certificate != "COMPETENCE" or ask.scheme is None:
        return
    titles = {order.isco08 for order in question.world.order_index.orders.values() if order.title_scheme == ask.scheme}
    all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, question.timeline.firsts)}
    most: dict[tuple[str | None, str | None], int] = {}
    for leaf in (leaf for compiled in all_compiled.values() for leaf in compiled.leaves):
        if isinstance(leaf, NeedsHours) and leaf.isco08 in titles:
            at = (leaf.isco08, leaf.destination)
            most[at] = max(most.get(at, 0), _lacking(leaf, question))
    yield from (
        TrainingHours(title, destination, hours) for (title, destination), hours in sorted(most.items(), key=str)
    )


def _lacking(ask: NeedsHours, question: Question) -> int:
    return max(0, ask.hours - counted(question.person.training_hours, ask))


def _height(course: Course) -> float:
    """How high the tests are for which it teaches: of classes that serve alike the lower is named, and nobody is told
    to learn more than the order asks."""
    return sum(languages.height(known.test, known.result) for known in course.languages)


def _joined(question: Question, examples: dict[int, tuple[Course, int]]) -> BatchTable:
    """The question's offers and the invented ones, by last day."""
    catalogue, offers, calendar = question.world.catalogue, question.offers, _Calendar(question)
    examples = dict(sorted(examples.items(), key=lambda example: _height(example[1][0])))
    begins = {at: calendar.begins(course, days) for at, (course, days) in examples.items()}
    counts = [len(firsts) for firsts in begins.values()]
    starts = np.concatenate([np.zeros(0, dtype=np.int64), *begins.values()]).astype(np.int32)
    days = np.repeat([days for _, days in examples.values()], counts)
    courses = [course for course, _ in examples.values()]
    numbers = [catalogue.number_of(course) if course.id else -1 - at for at, course in enumerate(courses)]
    home = catalogue.place_of(question.person.home_regency)
    new = BatchTable(
        day=offers.day,
        starts=starts,
        ends=(starts + days - 1).astype(np.int32),
        programme=np.repeat(np.fromiter(examples, dtype=np.int32), counts),
        course=np.repeat(np.array(numbers, dtype=np.int32), counts),
        place=np.full(len(starts), home, dtype=np.int32),
        cost=np.repeat(np.array([cost_of(course) for course in courses], dtype=np.int64), counts),
        boarding=np.zeros(len(starts), dtype=bool),
        change=np.full(len(starts), ChangeKind.NEW_BATCH, dtype=np.int8),
        ids=np.array(
            [f"{INVENTED}:{rank:06}:{at}:{first}" for rank, at in enumerate(begins) for first in begins[at].tolist()],
            dtype=object,
        ),
        days=offers.days,
    )
    order = np.argsort(np.concatenate([offers.ends, new.ends]), kind="stable")
    rows = {
        field.name: np.concatenate([getattr(offers, field.name), getattr(new, field.name)])[order]
        for field in fields(BatchTable)
        if field.init and field.name not in ("day", "days")
    }
    return BatchTable(day=offers.day, days=np.unique(rows["ends"]).astype(np.int64), **rows)
