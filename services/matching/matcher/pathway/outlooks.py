"""What each course that a person could join leads to: for the ranking of courses, which asks what a course is worth.

`find` names three paths. Here every course is asked whether it stands on any path at all, and to which orders.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts import Person
from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.distances import UNKNOWN_KM
from services.matching.matcher.pathway.gaps import Gap
from services.matching.matcher.pathway.question import Question, World
from services.matching.matcher.pathway.reach import FAR, MOST_STEPS, Reach, steps_of
from services.matching.matcher.pathway.search import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
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

    courses: Mapping[str, Outlook] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Behind:
    orders: set[str] = field(default_factory=set)
    steps: int = MOST_STEPS
    ready: int = date.max.toordinal()


def outlooks(person: Person, world: World, day: date, *, known_on: date | datetime | None = None) -> Outlooks:
    """The outlook of every course with a batch that the person can join. Errors: none.

    Wishes do not count here: they are the ranking's business. An order counts as open once the rules of `reach.py` are
    closed, which is exact but for certificates that run out on the way.
    """
    if not person.consented:
        return Outlooks()
    question = Question(person, world, day, known_on=known_on)
    reach = Search.beyond_wishes(question).reach
    days: dict[str, int] = {}
    behind: dict[str, _Behind] = {}
    for aim in question.aims:
        ready = _ready(aim, reach)
        if not ready:
            continue
        for order, on in ready.items():
            days[order] = min(days.get(order, on), on)
        last = int(aim.last.max())
        for batch, steps in _on_the_way(reach, aim.gap, int(np.searchsorted(reach.days, last, "right"))):
            course = behind.setdefault(world.catalogue.batches[batch].course_id, _Behind())
            course.orders.update(ready)
            course.steps = min(course.steps, steps)
            course.ready = min(course.ready, *ready.values())
    today = day.toordinal()
    return Outlooks(
        courses={id: _outlook(next_, behind.get(id), today) for id, next_ in _next_batches(question).items()},
        days={order: on - today for order, on in days.items()},
    )


def _ready(aim: Aim, reach: Reach) -> dict[str, int]:
    """The orders of the aim that can be reached, and the first day (ordinal) on which they can."""
    reached = np.zeros(0, dtype=np.int64)
    if aim.gap:
        ending = reach.ending(aim.gap)
        if ending is not None:
            reached = reach.days[ending < FAR]
    if aim.birthday is not None and _closed_by_birthday(aim, reach):
        reached = np.union1d(reached, [aim.birthday])
    if not len(reached):
        return {}
    place = np.searchsorted(reached, aim.first)
    on = reached[np.minimum(place, len(reached) - 1)]
    open_ = (place < len(reached)) & (on <= aim.last)
    return {aim.book.ids[aim.orders[at]]: int(on[at]) for at in np.flatnonzero(open_).tolist()}


def _closed_by_birthday(aim: Aim, reach: Reach) -> bool:
    """Can the gap be closed in time to be waiting for the birthday?"""
    if not aim.gap:
        return True
    by = reach.by(aim.gap)
    if by is None or aim.birthday is None:
        return False
    return int(by[int(np.searchsorted(reach.days, aim.birthday))]) < FAR


def _on_the_way(reach: Reach, gap: Gap, before: int, steps: int = MOST_STEPS) -> Iterator[tuple[str, int]]:
    """(batch, courses of the shortest path with it) for every batch on some path that closes the gap before a day.

    `before`: the place in `reach.days` that the path must end before.
    """
    waiting = [(gap, before, steps, 0)]
    seen: set[tuple[Gap, int, int]] = set()
    while waiting:
        gap, before, steps, after = waiting.pop()
        if not gap or (gap, before, steps) in seen:
            continue
        seen.add((gap, before, steps))
        moves = reach.moves(gap, steps)
        if moves is None:
            continue
        fits = np.flatnonzero(reach.end[moves.rows] < before)
        for place in fits.tolist():
            yield str(reach.ids[moves.rows[place]]), after + steps_of(int(moves.codes[place]))
        for at, rest in enumerate(moves.rests):
            then = fits[moves.rest[fits] == at]
            if rest and len(then):
                waiting.append((rest, int(reach.before[moves.rows[then]].max()), steps - 1, after + 1))


def _next_batches(question: Question) -> dict[str, tuple[str, int | None]]:
    """Course id → its next batch that the person can join, and how far it is."""
    offers = question.offers
    rows: NDArray[np.intp] = np.flatnonzero(question.open)
    rows = rows[np.lexsort((offers.ids[rows].astype(str), offers.starts[rows]))]
    found: dict[str, tuple[str, int | None]] = {}
    for row in rows.tolist():
        batch = str(offers.ids[row])
        course = question.world.catalogue.batches[batch].course_id
        if course not in found:
            km = int(question.km[row])
            found[course] = (batch, None if km >= UNKNOWN_KM else km)
    return found


def _outlook(next_: tuple[str, int | None], behind: _Behind | None, today: int) -> Outlook:
    batch, km = next_
    if behind is None:
        return Outlook(batch=batch, distance_km=km)
    return Outlook(
        batch=batch,
        distance_km=km,
        orders=tuple(sorted(behind.orders)),
        steps=behind.steps,
        days=behind.ready - today,
    )
