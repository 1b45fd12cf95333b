"""What each course that a person could join leads to: for the ranking of courses, which asks what a course is worth.

`find` names three paths. Here every course is asked whether it stands on any short path at all, and to which orders.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.backward_search import COST, FAR, MOST_STEPS, BackwardSearch, Ints
from services.matching.matcher.pathway.distances import UNKNOWN_KM
from services.matching.matcher.pathway.gaps import Gap
from services.matching.matcher.pathway.lower_bounds import LowerBound, LowerBounds
from services.matching.matcher.pathway.question import Question, SearchedWorld
from services.matching.matcher.pathway.search import Search

SIDE_BY_SIDE = 2
"""A course is looked for on paths of the fewest courses that reach an order, and on paths of two: so that a course
which gives half of the lesson hours counts beside one that gives all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOutlook:
    """One course: its next batch, and the orders that lie behind it (none when it unlocks nothing).

    `steps`: courses on the shortest path through this one. `days`: from the day of the question until the first of its
    orders may be open. `distance_km`: from home to the next batch, 0 online, None when not known.
    """

    batch: str
    distance_km: int | None
    orders: tuple[str, ...] = ()
    steps: int = 1
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Outlooks:
    """`courses`: by id, all that can be joined. `days`: by order id, days until a path or a birthday opens it."""

    courses: Mapping[str, CourseOutlook] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reached:
    """An aim that can be reached: its orders with the first day (ordinal) of each, and the courses on the way.

    `steps`: for each course by its number the courses of the shortest path with it, MOST_STEPS + 1 where none is.
    """

    orders: Mapping[str, int]
    steps: NDArray[np.int8]


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
    days: dict[str, int] = {}
    for aim in reached:
        for order, on in aim.orders.items():
            days[order] = min(days.get(order, on), on)
    today = question.day.toordinal()
    return Outlooks(courses=dict(_outlooks(question, reached)), days={order: on - today for order, on in days.items()})


def _reached(question: Question, backward: BackwardSearch) -> Iterator[_Reached]:
    bounds, courses = LowerBounds(backward), 1 + int(question.offers.course.max(initial=-1))
    for aim in question.aims:
        least = bounds.of(aim)
        if least is None:
            continue
        depth, orders = _fewest(aim, least, bounds, backward)
        if orders:
            depth = max(depth, SIDE_BY_SIDE) if aim.gap and backward.deeper(aim.gap) else depth
            steps = np.full(courses, MOST_STEPS + 1, dtype=np.int8)
            _walk(backward, aim.gap, int(np.searchsorted(backward.days, aim.latest, "right")), depth, 0, steps)
            yield _Reached(orders, steps)


def _fewest(aim: Aim, least: LowerBound, bounds: LowerBounds, backward: BackwardSearch) -> tuple[int, dict[str, int]]:
    """The fewest courses that reach any order of the aim, and all orders that paths reach; none when it cannot be.

    An order that opens late may ask for more courses than the first one does: it is looked for as deep as it takes.
    """
    fewest, found, latest = 0, dict[str, int](), aim.latest
    for depth in range(least.steps, MOST_STEPS + 1):
        if depth > least.steps and not (backward.deeper(aim.gap) and bounds.day_after(aim.gap, depth) <= latest):
            break
        orders = _ready(aim, backward, depth)
        found = {**orders, **found}
        fewest = fewest or (depth if orders else 0)
        left = [int(last) for row, last in zip(aim.orders, aim.last, strict=True) if aim.compiled.ids[row] not in found]
        if not left:
            break
        latest = max(left)
    return fewest, found


def _ready(aim: Aim, backward: BackwardSearch, depth: int) -> dict[str, int]:
    """The orders of the aim that paths of so many courses reach, and the first day (ordinal) on which they do."""
    reached: Ints = np.zeros(0, dtype=np.int64)
    ending = backward.ending(aim.gap, depth) if aim.gap else None
    if ending is not None:
        reached = backward.days[ending < FAR]
    if aim.birthday is not None and _closed_by(aim.gap, aim.birthday, backward, depth):
        reached = np.union1d(reached, [aim.birthday])
    if not len(reached):
        return {}
    place = np.searchsorted(reached, aim.first)
    on = reached[np.minimum(place, len(reached) - 1)]
    open_ = (place < len(reached)) & (on <= aim.last)
    return {aim.compiled.ids[aim.orders[at]]: int(on[at]) for at in np.flatnonzero(open_).tolist()}


def _closed_by(gap: Gap, birthday: int, backward: BackwardSearch, depth: int) -> bool:
    """Can the gap be closed in time to be waiting for the birthday?"""
    if not gap:
        return True
    by = backward.by(gap, depth)
    return by is not None and int(by[int(np.searchsorted(backward.days, birthday))]) < FAR


def _walk(backward: BackwardSearch, gap: Gap, before: int, steps: int, after: int, found: NDArray[np.int8]) -> None:
    """Note in `found` every course on some path of at most so many steps that closes the gap before `days[before]`.

    `after`: courses that come later on the path.
    """
    moves = backward.moves(gap, steps) if gap and steps else None
    if moves is None:
        return
    fits = np.flatnonzero(backward.end[moves.rows] < before)
    rows, taken = moves.rows[fits], moves.rest[fits]
    np.minimum.at(found, backward.course[rows], (after + (moves.codes[fits] & ((1 << COST) - 1))).astype(np.int8))
    for at, rest in enumerate(moves.rests):
        then = rows[taken == at]
        if rest and len(then):
            _walk(backward, rest, int(backward.before[then].max()), steps - 1, after + 1, found)


def _outlooks(question: Question, reached: list[_Reached]) -> Iterator[tuple[str, CourseOutlook]]:
    """Each course with what lies behind it. Courses that help with the same aims share one list of orders."""
    today = question.day.toordinal()
    steps = np.array([aim.steps for aim in reached])
    soonest = [min(aim.orders.values()) for aim in reached]
    behind: dict[bytes, tuple[str, ...]] = {}
    for number, course, batch, km, ends in _next_batches(question):
        helps = np.flatnonzero(steps[:, number] <= MOST_STEPS) if len(reached) else np.zeros(0, dtype=np.int64)
        if not len(helps):
            yield course, CourseOutlook(batch=batch, distance_km=km)
            continue
        key = helps.tobytes()
        if key not in behind:
            behind[key] = tuple(sorted({order for at in helps.tolist() for order in reached[at].orders}))
        yield (
            course,
            CourseOutlook(
                batch=batch,
                distance_km=km,
                orders=behind[key],
                steps=int(steps[helps, number].min()),
                # Another course may reach the same orders sooner; by this one nothing is reached before it ends.
                days=max(min(soonest[at] for at in helps.tolist()), ends) - today,
            ),
        )


def _next_batches(question: Question) -> Iterator[tuple[int, str, str, int | None, int]]:
    """(number of the course, its id, its next batch that the person can join, how far that is, first end of any)."""
    offers = question.offers
    best: dict[int, tuple[int, str, int]] = {}
    ends: dict[int, int] = {}
    for row in np.flatnonzero(question.open).tolist():
        number, candidate = int(offers.course[row]), (int(offers.starts[row]), str(offers.ids[row]), row)
        best[number] = min(candidate, best.get(number, candidate))
        ends[number] = min(int(offers.ends[row]), ends.get(number, FAR))
    for number, (_, batch, row) in best.items():
        km = int(question.km[row])
        course = question.world.catalogue.batches[batch].course_id
        yield number, course, batch, None if km >= UNKNOWN_KM else km, ends[number]
