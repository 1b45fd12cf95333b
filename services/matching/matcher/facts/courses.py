"""A training programme, its provider and its dated batches."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from services.matching.matcher.facts.abilities import CourseCertificate, LanguageResult, TrainingHours
from services.matching.matcher.facts.reading import (
    Count,
    Money,
    Name,
    Number,
    Payload,
    Similarity,
    Text,
    fact,
    items,
    mapping,
)
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf
from services.matching.matcher.requirements.kinds import parse_tree


@dataclass(frozen=True, slots=True)
class Provider:
    """Who trains, as of the course's own event; the licence holds from and until, both inclusive."""

    name: str | None = None
    active: bool | None = None
    licence_from: date | None = None
    licence_until: date | None = None


@dataclass(frozen=True, slots=True)
class SkillTaught:
    """One skill that the course teaches."""

    code: str
    similarity: Similarity


@dataclass(frozen=True, slots=True)
class Accreditation:
    """Per programme, both days inclusive; `until` None means no end on record."""

    from_: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.from_ is not None and self.from_ <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Course:
    """Payload: `training.courses.v1`."""

    id: Name
    version: Number = 0
    code: str | None = None
    provider: Provider = field(default_factory=Provider)
    title: Text | None = None
    isco08: tuple[str, ...] = ()
    outcomes: tuple[SkillTaught, ...] = ()
    certificates: tuple[CourseCertificate, ...] = ()
    languages: tuple[LanguageResult, ...] = ()
    lesson_hours: Count = None
    hours_for: tuple[TrainingHours, ...] = ()
    mode: str | None = None
    boarding: bool | None = None
    cost_to_trainee: Money | None = None
    destinations: tuple[str, ...] = ()
    prerequisites: Annotated[Requirement, parse_tree] = AllOf(())
    review: str | None = None
    accreditation: Accreditation | None = None
    status: str | None = None

    @property
    def certificate(self) -> CourseCertificate | None:
        """The first of them: what the course is known for."""
        return self.certificates[0] if self.certificates else None

    @classmethod
    def from_payload(cls, payload: Payload) -> "Course":
        return fact(cls, payload, certificates=_certificates(payload.get("certificates"), payload.get("certificate")))


@dataclass(frozen=True, slots=True)
class Batch:
    """Payload: `training.batches.v1`. `closes` is the last day to register; `regency` None means online."""

    id: Name
    version: Number = 0
    course_id: Name = ""
    starts: date | None = None
    ends: date | None = None
    closes: date | None = None
    regency: str | None = None
    place: str | None = None
    seats: int | None = None
    taken: int | None = None
    status: str | None = None

    @property
    def seats_left(self) -> int:
        return (self.seats or 0) - (self.taken or 0)

    @classmethod
    def from_payload(cls, payload: Payload) -> "Batch":
        return fact(cls, payload)


def _certificates(several: object, one: object) -> tuple[CourseCertificate, ...]:
    """All that a message names. `certificate` is the first of `certificates`; where it is not, it alone is believed."""
    found = tuple(fact(CourseCertificate, source) for source in map(mapping, items(several)) if source)
    first = (fact(CourseCertificate, source),) if (source := mapping(one)) else ()
    return found if found[:1] == first else first
