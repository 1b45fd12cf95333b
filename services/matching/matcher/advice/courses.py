"""Which courses one person is shown: those that lead to what was asked for, in an order in which they can be taken.

What somebody may not enter yet never stands before what opens it (`doors_first`).
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from services.matching.matcher.advice.verdict import (
    wish_spoken,
)
from services.matching.matcher.advice.widening import Widened
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.outlooks import CourseOutlook
from services.matching.matcher.pathway.teaching import Door, held_after
from services.matching.matcher.pathway.timeline import StatusTimeline
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import CourseProspect, OrderProspect, Ranked, Reason
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, leaves
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.verdicts.outcomes import closed_for_all
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World
from shared.codes import texts

NEAR = 2
"""Work that was asked for, its neighbours, and what the person's papers widen it by."""
FAR = 9
"""Of a course that opens nothing."""


def courses_for(
    person: Person,
    world: World,
    ranking: Ranking,
    reach: Mapping[str, CourseOutlook],
    open_now: Sequence[Order],
    gaps: Mapping[str, OrderProspect],
    shown: int,
    crowding: Mapping[str, int],
    near: Mapping[str, int],
    asked: Verdict | None,
    wider: Mapping[str, Widened],
    timeline: StatusTimeline,
    reasons: bool = True,
) -> list[tuple[Course, Batch, Ranked]]:
    """The courses with a batch that the person can join: those that lead to what was asked for first, best first.

    With work that was asked for, a course that leads nowhere near it never stands first: those near it come before, and
    where there is none, none is listed. A course that the person may not enter yet stands behind what opens its door.

    `asked`: the verdict on what was asked for, where no path leads there. `timeline`: where the person stands on which
    days. `reasons`: False leaves them out.
    """
    joinable = [world.courses[course] for course in sorted(reach)]
    # Courses that help with the same aims share one list of orders, and all lists share what they pick from.
    lists = {id(found.orders): found.orders for found in reach.values()}
    every = max((picked.among for picked in lists.values()), key=len, default=())
    orders = tuple(map(world.orders.__getitem__, every))
    behind = {key: picked.of(orders) for key, picked in lists.items()}
    looks = {
        course: CourseProspect(
            orders=behind[id(found.orders)],
            steps=found.steps,
            days=found.days,
            distance_km=found.distance_km,
        )
        for course, found in reach.items()
    }
    ranked = ranking.courses(
        person, joinable, looks, open_orders=open_now, gaps=gaps, shown=shown if reasons else 0, crowding=crowding
    )
    distance = np.array([near.get(id, FAR) for id in every], dtype=np.int64)
    nearest = {key: int(distance[picked.at].min(initial=FAR)) for key, picked in lists.items()}
    far = {course: nearest[id(found.orders)] for course, found in reach.items()}
    for course, found in reach.items():
        if asked is None:
            break
        if helps(person, world.courses[course], world.batches[found.batch], asked):
            far[course] = 0
    if person.wishes.isco08:
        fitting = any(far[row.id] <= NEAR for row in ranked)
        ranked = sorted(ranked, key=lambda row: far[row.id]) if fitting else []
    elif wish_spoken(person):
        mine = {key for key, found in behind.items() if any((order.isco08 or "") in wider for order in found)}
        ranked = sorted(ranked, key=lambda row: (far[row.id], id(reach[row.id].orders) not in mine))
    rows = [(world.courses[row.id], world.batches[reach[row.id].batch], row) for row in ranked]
    return doors_first(person, rows, shown, world.catalogue.doors, timeline.interval_of)


def helps(person: Person, course: Course, batch: Batch, asked: Verdict) -> bool:
    """Does the course clear one of the rules that stand between the person and what was asked for?"""
    if batch.ends is None or closed_for_all(asked.outcomes):
        return False
    after = held_after(person, [(course, batch.ends)])
    return any(
        outcome.status is Status.NOT_MET and outcome.ask.judge(after, batch.ends) is Status.MET
        for outcome in asked.blocking
    )


def dated(ranked: Ranked, batch: Batch) -> Ranked:
    """The reason that the course is over soon, with the day from which it helps."""
    if batch.ends is None:
        return ranked
    alone = bool(ranked.unlocks) and not ranked.missing
    id_, en = (texts.day(batch.ends, lang) for lang in ("id", "en"))
    text = (
        Text(f"Cepat selesai: bisa melamar mulai {id_}.", f"Over soon: applying is possible from {en}.")
        if alone
        else Text(f"Cepat selesai: {id_}.", f"Over soon: {en}.")
    )
    reasons = tuple(replace(one, text=text) if one.code == "SOON" else one for one in ranked.reasons)
    return replace(ranked, reasons=reasons)


Row = tuple[Course, Batch, Ranked]


def doors_first(
    person: Person,
    rows: Sequence[Row],
    shown: int,
    doors: Mapping[str, Door],
    alike: Callable[[date], object] = lambda day: day,
) -> list[Row]:
    """The first `shown` rows in their order, each course with a closed door right behind the first one that opens it.

    `doors`: by course id (`Catalogue.doors`). `alike`: the same for days on which the person has the same answers.

    A course whose door no single one in the list opens stands behind all others that lead anywhere; one whose door no
    course of this world opens in time (an age, a diploma) is left out: nobody could join it.
    """
    entering = _Entering(person, doors, alike)
    rows = [row for row in rows if not entering.never(row)]
    place_of = {row[0].id: place for place, row in enumerate(rows)}
    closed = {row[0].id for row in rows if not entering.may(row)}
    open_ = [row for row in rows if row[0].id not in closed]
    after: dict[str, _Entering] = {}

    def opens(first: Row, then: Row) -> bool:
        course, batch, _ = first
        if batch.ends is None:
            return False
        if course.id not in after:
            after[course.id] = _Entering(held_after(person, [(course, batch.ends)]), doors)
        return after[course.id].may(then)

    listed, places = list(open_), [place_of[row[0].id] for row in open_]
    leading = max((at for at, row in enumerate(listed, start=1) if row[2].unlocks), default=0)
    for row in rows:
        if row[0].id not in closed:
            continue
        # What lands behind the last line that is shown moves nothing before it.
        opener = next((at for at, one in enumerate(listed[:shown]) if opens(one, row)), None)
        fair = bisect_left(places, place_of[row[0].id])
        behind = leading if row[2].unlocks else len(listed)
        if opener is not None:
            at, row = max(opener + 1, fair), (row[0], row[1], _with_first(row[2], listed[opener][0]))
        elif behind < shown and not any(opens(one, row) for one in listed[shown:]):
            at = behind
        else:
            continue
        listed.insert(at, row)
        insort(places, place_of[row[0].id])
        leading = max(leading + (at < leading), (at + 1) if row[2].unlocks else 0)
    return listed[:shown]


class _Entering:
    """Where one person may enter, as far as a course could change it. An unknown paper is asked for at the door."""

    def __init__(
        self, person: Person, doors: Mapping[str, Door], alike: Callable[[date], object] = lambda day: day
    ) -> None:
        self._person, self._doors, self._alike = person, doors, alike
        self._known: dict[tuple[Door, object], bool] = {}
        self._never: dict[tuple[Door, object], bool] = {}

    def may(self, row: Row) -> bool:
        return self._asked_once(self._known, row, self._admitted, True)

    def never(self, row: Row) -> bool:
        """Does the door ask on the first day for something that is not met and that nobody can learn?"""
        return self._asked_once(self._never, row, self._shut, False)

    def _asked_once(
        self,
        known: dict[tuple[Door, object], bool],
        row: Row,
        asks: Callable[[Requirement, date], bool],
        undated: bool,
    ) -> bool:
        course, batch, _ = row
        if batch.starts is None:
            return undated
        key = self._doors[course.id], self._alike(batch.starts)
        if key not in known:
            known[key] = asks(course.prerequisites, batch.starts)
        return known[key]

    def _admitted(self, asked: Requirement, starts: date) -> bool:
        return asked.judge(self._person, starts) is not Status.NOT_MET

    def _shut(self, asked: Requirement, starts: date) -> bool:
        return any(
            ask.judge(self._person, starts) is Status.NOT_MET and not any(leaf.lesson() for leaf in leaves(ask))
            for ask in (asked.parts if isinstance(asked, AllOf) else (asked,))
        )


def _with_first(ranked: Ranked, opener: Course) -> Ranked:
    title = opener.title or Text("kursus lain", "another course")
    text = Text(f"Ikuti dulu: {title.id}.", f"Take this first: {title.en}.")
    others = [reason for reason in ranked.missing if reason.code != "MORE_COURSES"]
    return replace(ranked, missing=(Reason("ANOTHER_COURSE_FIRST", text, 0.0), *others))
