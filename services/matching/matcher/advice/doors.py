"""The order of courses by their doors: what somebody may not enter yet never stands before what opens it."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import replace

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.gains import held_after
from services.matching.matcher.ranking.values import Ranked, Reason
from services.matching.matcher.requirements.base import judge
from services.matching.matcher.requirements.status import Status

Row = tuple[Course, Batch, Ranked]


def doors_first(person: Person, rows: Sequence[Row], shown: int) -> list[Row]:
    """The first `shown` rows in their order, each course with a closed door right behind the first one that opens it.

    A course whose door no single one in the list opens stands behind all others that lead anywhere.
    """
    place_of = {row[0].id: place for place, row in enumerate(rows)}
    open_ = [row for row in rows if _enters(person, row)]
    after: dict[str, Person] = {}

    def opens(first: Row, then: Row) -> bool:
        course, batch, _ = first
        if batch.ends is None:
            return False
        if course.id not in after:
            after[course.id] = held_after(person, [(course, batch.ends)])
        return _enters(after[course.id], then)

    listed, places = list(open_), [place_of[row[0].id] for row in open_]
    leading = max((at for at, row in enumerate(listed, start=1) if row[2].unlocks), default=0)
    for row in rows:
        if _enters(person, row):
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


def _enters(person: Person, row: Row) -> bool:
    """May the person enter, as far as a course could change it? An unknown paper is asked for at the door."""
    course, batch, _ = row
    return batch.starts is None or judge(course.prerequisites, person, batch.starts) is not Status.NOT_MET


def _with_first(ranked: Ranked, opener: Course) -> Ranked:
    title = opener.title or Text("kursus lain", "another course")
    text = Text(f"Ikuti dulu: {title.id}.", f"Take this first: {title.en}.")
    others = [reason for reason in ranked.missing if reason.code != "MORE_COURSES"]
    return replace(ranked, missing=(Reason("ANOTHER_COURSE_FIRST", text, 0.0), *others))
