"""What the path search reads of a course, so that the same programme at ten providers is looked at once."""

from dataclasses import dataclass

from services.matching.matcher.facts.abilities import CourseCertificate, LanguageResult, TrainingHours
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.order_book.alternatives import Alternative, alternatives, fold
from services.matching.matcher.requirements.base import Requirement


@dataclass(frozen=True, slots=True, eq=False)
class Door:
    """What a programme asks of people who want in; `sets` None when the alternatives are too many to write out.

    The catalogue keeps one for each tree of prerequisites, so two doors are the same only if they are one object.
    """

    asked: Requirement
    sets: tuple[Alternative, ...] | None

    def always_asks(self, ask: Requirement) -> bool:
        """Is this ask in every alternative?"""
        return bool(self.sets) and all(ask in one for one in self.sets or ())

    @classmethod
    def of(cls, prerequisites: Requirement) -> "Door":
        asked = fold(prerequisites)
        sets = alternatives(asked)
        return cls(asked, None if sets is None else tuple(sets))


@dataclass(frozen=True, slots=True)
class Programme:
    """What a path reads of a course: courses that give the same and ask the same are one programme."""

    certificates: tuple[CourseCertificate, ...]
    languages: tuple[LanguageResult, ...]
    hours_for: tuple[TrainingHours, ...]
    door: Door

    @classmethod
    def of(cls, course: Course, door: Door) -> "Programme":
        return cls(course.certificates, course.languages, course.hours_for, door)
