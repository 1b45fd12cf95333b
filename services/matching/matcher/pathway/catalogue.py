"""All courses and batches that matching has heard of, kept so that one change touches one row.

The search asks `offers(day)` for the batches that a person could still join. A batch is usable when it is open and has
a seat, begins after the day of the question, still takes registrations, and its course is approved, active, accredited
and run by an active provider on the first day. For the others the row keeps which single change would make them usable,
because the smallest change that would open a path is often one of these.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.pathway.batch_table import BatchTable, ChangeKind
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.pathway.teaching import Door, Programme, Teaching
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import leaves

T = TypeVar("T")

ROW = np.dtype(
    [
        ("starts", "i4"),
        ("ends", "i4"),
        ("closes", "i4"),
        ("programme", "i4"),
        ("course", "i4"),
        ("place", "i4"),
        ("cost", "i8"),
        ("boarding", "?"),
        ("change", "i1"),
    ]
)
"""One batch. Days are ordinals; the rest are places in the lists beside the table; cost in whole rupiah."""

USUAL_DAYS = 45
"""How long a batch of a programme takes of which no batch is known: about 30 days of six hours of class."""

UNKNOWN_COST = 500_000_000_000
"""Stands for a price that nobody knows: dearer than any known one, so that it never counts as cheap."""

DEAREST = UNKNOWN_COST - 1
"""Costs are kept within half a trillion rupiah so that sums of four fit the search's integers; no course costs that."""

UNKNOWN_PLACE = "?"
"""No regency's code, so that every way to it is unknown."""


NEVER = -1
"""In place of a change: cancelled, over, not approved, not accredited on its first day, no active provider."""


class Catalogue:
    """Courses, batches and distances. `put` and `drop` may come in any order; a batch without its course waits."""

    def __init__(self, distances: Distances, courses: Iterable[Course] = (), batches: Iterable[Batch] = ()) -> None:
        self.distances = distances
        self.courses: dict[str, Course] = {}
        self.batches: dict[str, Batch] = {}
        self.programmes: list[Programme] = []
        self.teaching = Teaching(self.programmes)
        self.dated: dict[Requirement, None] = {}
        """What programmes ask at their doors that depends on the calendar."""
        self.places: list[str | None] = []
        self.doors: dict[str, Door] = {}
        """By course id."""
        self._door_of: dict[Requirement, Door] = {}
        self._programme_at: dict[Programme, int] = {}
        self._place_at: dict[str | None, int] = {}
        self._course_at: dict[str, int] = {}
        self._batches_of: dict[str, set[str]] = {}
        self._rows: NDArray[np.void] = np.zeros(64, dtype=ROW)
        self._row_at: dict[str, int] = {}
        self._ids: list[str] = []
        self._views: dict[date, BatchTable] = {}
        for course in courses:
            self.put_course(course)
        for batch in batches:
            self.put_batch(batch)

    def put_course(self, course: Course) -> None:
        self.courses[course.id], self.doors[course.id] = course, self.door_of(course)
        for batch_id in self._batches_of.get(course.id, ()):
            self._write(self.batches[batch_id])

    def drop_course(self, course_id: str) -> None:
        if self.courses.pop(course_id, None):
            self.doors.pop(course_id)
            for batch_id in self._batches_of.get(course_id, ()):
                self._write(self.batches[batch_id])

    def put_batch(self, batch: Batch) -> None:
        self.drop_batch(batch.id)
        self.batches[batch.id] = batch
        self._batches_of.setdefault(batch.course_id, set()).add(batch.id)
        self._write(batch)

    def drop_batch(self, batch_id: str) -> None:
        batch = self.batches.pop(batch_id, None)
        if batch is not None:
            self._batches_of[batch.course_id].discard(batch_id)
            self._rows[self._row_at[batch_id]]["change"] = NEVER
            self._views.clear()

    def offers(self, day: date) -> BatchTable:
        """The batches that can be joined by somebody who asks on `day`, and those that one change would open."""
        view = self._views.get(day)
        if view is None:
            self._views.clear()  # one day is asked at a time; keeping more would keep old catalogues alive
            view = self._views[day] = BatchTable.on(day, self._rows[: len(self._ids)], self._ids)
        return view

    def number_of(self, course: Course) -> int:
        return self._course_at.setdefault(course.id, len(self._course_at))

    def place_of(self, regency: str | None) -> int:
        return _place_in(self.places, self._place_at, regency)

    def examples(self, day: date) -> dict[int, tuple[Course, int]]:
        """For each programme that could begin on `day`: a course that teaches it, and the days that a batch takes.

        The shortest batch ever planned counts, then the cheapest course.
        """
        best: dict[int, tuple[int, int, str]] = {}
        for course in self.courses.values():
            if teaches_on(course, day):
                batches = (self.batches[batch_id] for batch_id in self._batches_of.get(course.id, ()))
                known = ((b.ends - b.starts).days + 1 for b in batches if b.starts and b.ends and b.starts <= b.ends)
                example = (min(known, default=USUAL_DAYS), cost_of(course), course.id)
                programme = self.programme_of(course)
                best[programme] = min(example, best.get(programme, example))
        return {at: (self.courses[course_id], days) for at, (days, _, course_id) in best.items()}

    def _write(self, batch: Batch) -> None:
        """Bring the row of one batch up to date with the batch and its course."""
        at = self._row_at.get(batch.id)
        if at is None:
            at = self._row_at[batch.id] = len(self._ids)
            self._ids.append(batch.id)
            if at == len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros(len(self._rows), dtype=ROW)])
        row, course = self._rows[at], self.courses.get(batch.course_id)
        self._views.clear()
        change = opened_by(batch, course)
        row["change"] = NEVER if change is None else change
        if course is None or batch.starts is None or batch.ends is None:
            return
        row["starts"], row["ends"] = batch.starts.toordinal(), batch.ends.toordinal()
        row["closes"] = (batch.closes or batch.starts).toordinal()
        row["programme"] = self.programme_of(course)
        row["place"] = self.place_of(place_of(batch, course))
        row["course"] = self.number_of(course)
        row["cost"] = cost_of(course)
        row["boarding"] = bool(course.boarding)

    def programme_of(self, course: Course) -> int:
        """The place of what the course teaches, made when it is new."""
        return _place_in(self.programmes, self._programme_at, Programme.of(course, self.door_of(course)))

    def door_of(self, course: Course) -> Door:
        """What the course asks at its door: one object for each tree of prerequisites."""
        door = self._door_of.get(course.prerequisites)
        if door is None:
            door = self._door_of[course.prerequisites] = Door.of(course.prerequisites)
            self.dated.update((ask, None) for ask in leaves(door.asked) if isinstance(ask, NeedsAge))
        return door


def opened_by(batch: Batch, course: Course | None) -> ChangeKind | None:
    """The change after which people can join the batch, dates aside; NONE when they can already, None when never."""
    if course is None or batch.starts is None or batch.ends is None or batch.ends < batch.starts:
        return None
    if not teaches_on(course, batch.starts):
        return None
    if batch.status == "PLANNED":
        return ChangeKind.OPENED if batch.seats_left > 0 else None
    if batch.status == "FULL" or (batch.status == "OPEN" and batch.seats_left <= 0):
        return ChangeKind.SEAT
    return ChangeKind.NONE if batch.status == "OPEN" else None


def teaches_on(course: Course, first_day: date) -> bool:
    """May a batch of this course begin on this day: reviewed, active, accredited, its provider active and licensed."""
    provider = course.provider
    return (
        course.status == "ACTIVE"
        and course.review == "APPROVED"
        and course.accreditation is not None
        and course.accreditation.holds_on(first_day)
        and provider.active is True
        and (provider.licence_from is None or provider.licence_from <= first_day)
        and (provider.licence_until is None or first_day <= provider.licence_until)
    )


def may_begin_until(course: Course) -> date:
    """The last first day for which the accreditation and the provider's licence reach."""
    accredited = None if course.accreditation is None else course.accreditation.until
    return min(accredited or date.max, course.provider.licence_until or date.max)


def cost_of(course: Course) -> int:
    """Whole rupiah that the trainee pays; UNKNOWN_COST without a price on record, which is never free."""
    cost = course.cost_to_trainee
    return UNKNOWN_COST if cost is None else int(min(max(round(cost.amount), 0), DEAREST))


def place_of(batch: Batch, course: Course) -> str | None:
    """Where the batch is held: None online, UNKNOWN_PLACE when nobody said where a course that is held somewhere is."""
    return batch.regency if batch.regency is not None or course.mode == "ONLINE" else UNKNOWN_PLACE


def _place_in(things: list[T], at: dict[T, int], thing: T) -> int:
    """The place of a thing in a list that only grows."""
    place = at.setdefault(thing, len(things))
    if place == len(things):
        things.append(thing)
    return place


INVENTED = "new"
"""First part of the id of a batch that does not exist: `new:<rank>:<programme>:<first day as an ordinal>`. Ties break
by ids, so of classes that serve alike the one of the lesser rank is named."""


@dataclass(frozen=True, slots=True)
class Supply:
    """The catalogue on one day, and perhaps batches that do not exist (`hypothetical.py`).

    `invented`: for each programme of such batches the course that they would be of, and how many days they take.
    """

    catalogue: Catalogue
    offers: BatchTable
    programmes: Sequence[Programme]
    teaching: Teaching
    invented: Mapping[int, tuple[Course, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, day: date) -> "Supply":
        return cls(catalogue, catalogue.offers(day), catalogue.programmes, catalogue.teaching)

    def batch(self, batch_id: str) -> tuple[Course, Batch]:
        """A batch among the offers, with its course. Errors: KeyError for any other id."""
        batch = self.catalogue.batches.get(batch_id)
        if batch is not None:
            return self.catalogue.courses[batch.course_id], batch
        _, _, programme, first = batch_id.split(":")
        course, days = self.invented[int(programme)]
        starts = date.fromordinal(int(first))
        return course, Batch(id=batch_id, course_id=course.id, starts=starts, ends=starts + timedelta(days=days - 1))
