"""Which batch of a course somebody may enter: its door is judged on the first day of each, and not only of the next.

A birthday, a certificate that begins or runs out and the end of an entry ban lie between two batches of one course.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from enum import IntEnum

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.teaching import Door, held_after
from services.matching.matcher.pathway.timeline import paper_days
from services.matching.matcher.requirements.groups import AllOf, leaves
from services.matching.matcher.requirements.status import Status


class Entrance(IntEnum):
    """On one day: nobody can learn what is asked and missing; a course teaches it; or nothing known is missing."""

    SHUT = 0
    TO_LEARN = 1
    OPEN = 2


class Entrances:
    """Where one person may enter. What is not known is asked for at the door, so it shuts nobody out here.

    `alike`: the same for days on which the person has the same answers.
    """

    def __init__(
        self, person: Person, catalogue: Catalogue, alike: Callable[[date], Hashable] = lambda day: day
    ) -> None:
        self._person, self._catalogue, self._alike = person, catalogue, alike
        self._known: dict[tuple[Door, Hashable], Entrance] = {}

    def after(self, course: Course, ends: date) -> "Entrances":
        """The same of the person with what a course gives on its last day."""
        person = held_after(self._person, [(course, ends)])
        turns = sorted(set(paper_days(person)))
        return Entrances(person, self._catalogue, lambda day: (self._alike(day), bisect_right(turns, day)))

    def on(self, course: Course, day: date) -> Entrance:
        """How the course's door stands on a first day."""
        key = (self._catalogue.doors[course.id], self._alike(day))
        if key not in self._known:
            self._known[key] = self._judged(course, day)
        return self._known[key]

    def first_open(self, course: Course, batches: Sequence[Batch]) -> Batch | None:
        """The first of these batches (by their first days) that is open to the person; None when none is."""
        return self._first(course, batches, Entrance.OPEN)

    def first_of(self, course: Course, batches: Sequence[Batch]) -> Batch | None:
        """The same, else the first that is open once they have learned what is asked; None when every one is shut."""
        return self.first_open(course, batches) or self._first(course, batches, Entrance.TO_LEARN)

    def _first(self, course: Course, batches: Sequence[Batch], wanted: Entrance) -> Batch | None:
        dated = ((batch, batch.starts) for batch in batches if batch.starts is not None)
        return next((batch for batch, starts in dated if self.on(course, starts) is wanted), None)

    def _judged(self, course: Course, day: date) -> Entrance:
        asked = course.prerequisites
        if asked.judge(self._person, day) is not Status.NOT_MET:
            return Entrance.OPEN
        parts = asked.parts if isinstance(asked, AllOf) else (asked,)
        missing = [ask for ask in parts if ask.judge(self._person, day) is Status.NOT_MET]
        taught = all(any(leaf.lesson() for leaf in leaves(ask)) for ask in missing)
        return Entrance.TO_LEARN if taught else Entrance.SHUT
