"""The order of courses by their doors: what somebody may not enter yet never stands before what opens it."""

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.gains import held_after
from services.matching.matcher.pathway.teaching import Door
from services.matching.matcher.ranking.values import Ranked, Reason
from services.matching.matcher.requirements.groups import AllOf, leaves
from services.matching.matcher.requirements.status import Status

Row = tuple[Course, Batch, Ranked]


def doors_first(person: Person, rows: Sequence[Row], shown: int, doors: Mapping[str, Door]) -> list[Row]:
    """The first `shown` rows in their order, each course with a closed door right behind the first one that opens it.

    `doors`: by course id (`Catalogue.doors`).

    A course whose door no single one in the list opens stands behind all others that lead anywhere; one whose door no
    course of this world opens in time (an age, a diploma) is left out: nobody could join it.
    """
    rows = [row for row in rows if not _shut(person, row)]
    place_of = {row[0].id: place for place, row in enumerate(rows)}
    entering = _Entering(person, doors)
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


def _shut(person: Person, row: Row) -> bool:
    """Does the door ask on the first day for something that is not met and that nobody can learn?"""
    course, batch, _ = row
    asked = course.prerequisites
    return batch.starts is not None and any(
        ask.judge(person, batch.starts) is Status.NOT_MET and not any(leaf.lesson() for leaf in leaves(ask))
        for ask in (asked.parts if isinstance(asked, AllOf) else (asked,))
    )


class _Entering:
    """Where one person may enter, as far as a course could change it. An unknown paper is asked for at the door."""

    def __init__(self, person: Person, doors: Mapping[str, Door]) -> None:
        self._person, self._doors = person, doors
        self._known: dict[tuple[Door, date], bool] = {}

    def may(self, row: Row) -> bool:
        course, batch, _ = row
        if batch.starts is None:
            return True
        key = (self._doors[course.id], batch.starts)
        if key not in self._known:
            self._known[key] = course.prerequisites.judge(self._person, batch.starts) is not Status.NOT_MET
        return self._known[key]


def _with_first(ranked: Ranked, opener: Course) -> Ranked:
    title = opener.title or Text("kursus lain", "another course")
    text = Text(f"Ikuti dulu: {title.id}.", f"Take this first: {title.en}.")
    others = [reason for reason in ranked.missing if reason.code != "MORE_COURSES"]
    return replace(ranked, missing=(Reason("ANOTHER_COURSE_FIRST", text, 0.0), *others))
