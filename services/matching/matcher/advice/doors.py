"""The order of courses by their doors: what somebody may not enter yet never stands before what opens it."""

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


def doors_first(person: Person, rows: Sequence[Row]) -> list[Row]:
    """The rows in their order, each course with a closed door right behind the first one that opens it.

    A course whose door no single one in the list opens stands behind all others that lead anywhere.
    """
    open_ = [row for row in rows if _enters(person, row)]
    closed = [row for row in rows if not _enters(person, row)]
    listed = list(open_)
    after: dict[str, Person] = {}

    def opens(first: Row, then: Row) -> bool:
        course, batch, _ = first
        if batch.ends is None:
            return False
        if course.id not in after:
            after[course.id] = held_after(person, [(course, batch.ends)])
        return _enters(after[course.id], then)

    for row in closed:
        opener = next((one for one in listed if opens(one, row)), None)
        if opener is not None:
            place = max(listed.index(opener) + 1, _fair_place(rows, listed, row))
            listed.insert(place, (row[0], row[1], _with_first(row[2], opener[0])))
        else:
            listed.insert(_behind(listed, row), row)
    return listed


def _behind(listed: Sequence[Row], row: Row) -> int:
    """The last place among those that lead somewhere, or the very last for a course that leads nowhere."""
    leading = [at for at, one in enumerate(listed, start=1) if one[2].unlocks]
    return max(leading, default=0) if row[2].unlocks else len(listed)


def _fair_place(rows: Sequence[Row], listed: Sequence[Row], row: Row) -> int:
    """The place that its score gives it among those that are listed."""
    ids = [one[0].id for one in rows]
    mine = ids.index(row[0].id)
    return sum(ids.index(one[0].id) < mine for one in listed)


def _enters(person: Person, row: Row) -> bool:
    """May the person enter, as far as a course could change it? An unknown paper is asked for at the door."""
    course, batch, _ = row
    return batch.starts is None or judge(course.prerequisites, person, batch.starts) is not Status.NOT_MET


def _with_first(ranked: Ranked, opener: Course) -> Ranked:
    title = opener.title or Text("kursus lain", "another course")
    text = Text(f"Ikuti dulu: {title.id}.", f"Take this first: {title.en}.")
    others = [reason for reason in ranked.missing if reason.code != "MORE_COURSES"]
    return replace(ranked, missing=(Reason("ANOTHER_COURSE_FIRST", text, 0.0), *others))
