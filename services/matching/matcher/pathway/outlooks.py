"""What each course that a person could join leads to: for the ranking of courses, which asks what a course is worth.

`find` names three paths. Here every course is asked whether it stands on any short path at all, and to which orders.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.backward_search import FAR, MOST_STEPS, BackwardSearch, Ints
from services.matching.matcher.pathway.distances import UNKNOWN_KM
from services.matching.matcher.pathway.entrances import Entrance
from services.matching.matcher.pathway.path_batches import PathBatches
from services.matching.matcher.pathway.question import Question, SearchedWorld
from services.matching.matcher.pathway.search import Search
from services.matching.matcher.picked import NONE, NOWHERE, Picked

SIDE_BY_SIDE = 2
"""A course is looked for on paths of the fewest courses that reach an order, and on paths of two: so that a course
which gives half of the lesson hours counts beside one that gives all of them."""


class CourseOutlook(NamedTuple):
    """One course: its next batch, and the orders that lie behind it (none when it unlocks nothing).

    `steps`: courses on the shortest path through this one. `days`: from the day of the question until the first of its
    orders may be open. `distance_km`: from home to the next batch, 0 online, None when not known. A tuple, because
    every question makes one for each course.
    """

    batch: str
    distance_km: int | None
    orders: Picked[str] = NONE
    steps: int = 1
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Outlooks:
    """`courses`: by id, all that can be joined. `days`: by order id, days until a path or a birthday opens it; `rows`:
    the same orders as rows of the orders under the law of the question's day."""

    courses: Mapping[str, CourseOutlook] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    rows: Ints = field(default_factory=lambda: NOWHERE, compare=False)

    def also(self, rows: Sequence[int], days: Mapping[str, int]) -> "Outlooks":
        """With further orders that open after so many days: their rows, and their ids in the same order."""
        return Outlooks(self.courses, {**self.days, **days}, np.append(self.rows, np.array(rows, dtype=np.int64)))


class _Reached(NamedTuple):
    """An aim that can be reached: its orders (rows of `compiled`) with the first day (ordinal) of each, and the courses
    on the way.

    `courses`: place s the courses (by their number) on paths of s + 1 courses.
    """

    compiled: CompiledOrders
    orders: Ints
    days: Ints
    courses: Sequence[NDArray[np.int32]]


def outlooks(person: Person, world: SearchedWorld, day: date, *, known_on: date | datetime | None = None) -> Outlooks:
    """The outlook of every course with a batch that the person can join. Errors: none.

    Wishes do not count here: they are the ranking's business. An order counts as open once the gap to it is
    closed, which is exact but for certificates that run out on the way.
    """
    if not person.consented:
        return Outlooks()
    return outlooks_of(Question(person, world, day, known_on=known_on))


def opened_by_training(
    person: Person, world: SearchedWorld, day: date, *, known_on: date | datetime | None = None
) -> frozenset[str]:
    """The orders that a path of courses opens, or that a birthday opens: what is TRAINING in every answer."""
    return frozenset(outlooks(person, world, day, known_on=known_on).days)


def outlooks_of(question: Question) -> Outlooks:
    """The same for a question that other answers are drawn from too."""
    backward = Search.beyond_wishes(question).backward
    reached = list(_reached(question, backward))
    today = question.compiled_on(question.day)
    rows, places = _in_one_list(today, reached)
    orders = tuple([today.ids[row] for row in rows.tolist()])
    first = np.full(len(orders), FAR)
    for aim, at in zip(reached, places, strict=True):
        first[at] = np.minimum(first[at], aim.days)
    days = (first - question.day.toordinal()).tolist()
    courses = {
        course: _in_its_batch(question, course, look)
        for course, look in _outlooks(question, backward.anywhere, reached, orders, places)
    }
    return Outlooks(courses=courses, days=dict(zip(orders, days, strict=True)), rows=rows)


def _in_its_batch(question: Question, course_id: str, look: CourseOutlook) -> CourseOutlook:
    """The course in the first batch that the person may enter, where the next one is shut to them by its day."""
    catalogue, entrances = question.world.catalogue, question.entrances
    course, batch = catalogue.courses[course_id], catalogue.batches[look.batch]
    if batch.starts is None or entrances.on(course, batch.starts) is Entrance.OPEN:
        return look
    entered = entrances.first_of(course, question.batches_of(course_id))
    if entered is None or entered.id == look.batch or entered.ends is None:
        return look
    far = int(question.km[question.offers.row_of(entered.id)])
    ends = (entered.ends - question.day).days
    days = look.days if look.days is None else max(look.days, ends)
    return look._replace(batch=entered.id, distance_km=None if far >= UNKNOWN_KM else far, days=days)


def _in_one_list(today: CompiledOrders, reached: Sequence[_Reached]) -> tuple[Ints, list[Ints]]:
    """All orders that are reached (rows, in the order of their ids), and the places there of the orders of each aim."""
    rows = [aim.orders if aim.compiled is today else _rows_in(today, aim) for aim in reached]
    known = np.zeros(len(today.ids), dtype=bool)
    for mine in rows:
        known[mine] = True
    every = np.flatnonzero(known)
    every = every[np.argsort(today.by_id()[every])]
    place = np.zeros(len(today.ids), dtype=np.int64)
    place[every] = np.arange(len(every))
    return every, [place[mine] for mine in rows]


def _rows_in(today: CompiledOrders, aim: _Reached) -> Ints:
    """The orders of an aim under another day's law, as rows of today's."""
    return np.array(today.rows_of(aim.compiled.ids[row] for row in aim.orders.tolist()), dtype=np.int64)


def _reached(question: Question, backward: BackwardSearch) -> Iterator[_Reached]:
    ways = backward.anywhere.beside(PathBatches)
    for aim in question.aims:
        depth, found, days = _fewest(aim, ways)
        if len(found):
            depth = max(depth, SIDE_BY_SIDE) if aim.gap and backward.deeper(aim.gap) else depth
            before = int(np.searchsorted(backward.days, aim.latest, "right"))
            yield _Reached(aim.compiled, found, days, ways.courses(aim.gap, before, depth) if aim.gap else ())


def _fewest(aim: Aim, ways: PathBatches) -> tuple[int, Ints, Ints]:
    """The fewest courses that reach any order of the aim, and all orders (rows) that paths reach, with their days.

    An order that opens late may ask for more courses than the first one does: it is looked for as deep as it takes.
    """
    fewest, on, latest = 0, None, aim.latest
    least = ways.bounds.of(aim)
    for depth in range(least.steps if least else FAR, MOST_STEPS + 1):
        if least and depth > least.steps and not ways.may_end_by(latest, aim.gap, depth):
            break
        reached = ways.days_towards(aim, depth)
        if len(reached) > 1:  # the last one is FAR
            day = reached[reached.searchsorted(aim.first)]
            day[day > aim.last] = FAR
            on = day if on is None else np.where(on == FAR, day, on)
            left = on == FAR
            fewest = fewest or (0 if left.all() else depth)
            if not left.any():
                return fewest, aim.orders, on
            latest = int(aim.last[left].max())
    if on is None:
        return 0, NOWHERE, NOWHERE
    found = on < FAR
    return fewest, aim.orders[found], on[found]


def _outlooks(
    question: Question,
    anywhere: BackwardSearch,
    reached: Sequence[_Reached],
    orders: tuple[str, ...],
    places: Sequence[Ints],
) -> Iterator[tuple[str, CourseOutlook]]:
    """Each course with what lies behind it. Courses that help with the same aims share one list of orders."""
    today = question.day.toordinal()
    steps = np.full((len(reached), 1 + int(question.offers.course.max(initial=-1))), MOST_STEPS + 1, dtype=np.int8)
    of_aim = np.zeros((len(reached), len(orders)), dtype=bool)
    for at, aim in enumerate(reached):
        of_aim[at, places[at]] = True
        for count in range(len(aim.courses), 0, -1):
            steps[at, aim.courses[count - 1]] = count
    helping, fewest = np.ascontiguousarray((steps <= MOST_STEPS).T), steps.min(axis=0, initial=MOST_STEPS + 1).tolist()
    soonest = np.array([aim.days.min() for aim in reached], dtype=np.int64)
    bits = np.packbits(of_aim, axis=1)
    behind: dict[bytes, tuple[Picked[str], int]] = {}
    next_batches, batches = anywhere.beside(PathBatches).next_batches, question.world.catalogue.batches
    distances = question.km[[row for _, _, row, _ in next_batches]].tolist() if next_batches else []
    for (number, batch, _, ends), far in zip(next_batches, distances, strict=True):
        course = batches[batch].course_id
        km = None if far >= UNKNOWN_KM else far
        if fewest[number] > MOST_STEPS:
            yield course, CourseOutlook(batch=batch, distance_km=km)
            continue
        helps = helping[number]
        key = helps.tobytes()
        if key not in behind:
            any_of_them = np.bitwise_or.reduce(bits[helps], axis=0)
            mine = np.flatnonzero(np.unpackbits(any_of_them, count=len(orders)))
            behind[key] = Picked(orders, mine), int(soonest[helps].min())
        orders_behind, first = behind[key]
        yield (
            course,
            CourseOutlook(
                batch=batch,
                distance_km=km,
                orders=orders_behind,
                steps=fewest[number],
                # Another course may reach the same orders sooner; by this one nothing is reached before it ends.
                days=max(first, ends) - today,
            ),
        )
