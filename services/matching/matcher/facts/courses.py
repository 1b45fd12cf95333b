"""A training programme, its provider and its dated batches."""

from dataclasses import dataclass, field
from datetime import date

from services.matching.matcher.facts import abilities
from services.matching.matcher.facts.abilities import CourseCertificate, LanguageResult, TrainingHours
from services.matching.matcher.facts.reading import (
    Money,
    Payload,
    Text,
    count,
    day,
    each,
    flag,
    mapping,
    number,
    text,
    texts,
    whole,
)
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf
from services.matching.matcher.requirements.kinds import parse_tree


@dataclass(frozen=True, slots=True)
class Provider:
    """BLK | BLKK | LPK; `last_verified_on` tells how stale the entry is."""

    id: str | None = None
    name: str | None = None
    kind: str | None = None
    active: bool | None = None
    licence_from: date | None = None
    licence_until: date | None = None
    last_verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class SkillTaught:
    """One skill that the course teaches."""

    code: str
    similarity: float


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

    id: str
    version: int = 0
    code: str | None = None
    provider: Provider = field(default_factory=Provider)
    title: Text | None = None
    isco08: tuple[str, ...] = ()
    outcomes: tuple[SkillTaught, ...] = ()
    skkni_units: tuple[str, ...] = ()
    kkni_level: int | None = None
    certificates: tuple[CourseCertificate, ...] = ()
    languages: tuple[LanguageResult, ...] = ()
    lesson_hours: int | None = None
    hours_for: tuple[TrainingHours, ...] = ()
    mode: str | None = None
    boarding: bool | None = None
    cost_to_trainee: Money | None = None
    funding: str | None = None
    destinations: tuple[str, ...] = ()
    prerequisites: Requirement = AllOf(())
    review: str | None = None
    accreditation: Accreditation | None = None
    status: str | None = None

    @property
    def certificate(self) -> CourseCertificate | None:
        """The first of them: what the course is known for."""
        return self.certificates[0] if self.certificates else None

    @classmethod
    def from_payload(cls, payload: Payload) -> "Course":
        get = payload.get
        return cls(
            id=text(get("id")) or "",
            version=whole(get("version")) or 0,
            code=text(get("code")),
            provider=_provider(mapping(get("provider"))),
            title=Text.from_payload(get("title")),
            isco08=texts(get("isco08")),
            outcomes=tuple(outcome for outcome in each(_outcome, get("outcomes")) if outcome.code),
            skkni_units=texts(get("skkni_units")),
            kkni_level=whole(get("kkni_level")),
            certificates=_certificates(get("certificates"), get("certificate")),
            languages=each(abilities.language, get("languages")),
            lesson_hours=count(get("lesson_hours")),
            hours_for=each(abilities.hours, get("hours_for")),
            mode=text(get("mode")),
            boarding=flag(get("boarding")),
            cost_to_trainee=Money.from_payload(get("cost_to_trainee")),
            funding=text(get("funding")),
            destinations=texts(get("destinations")),
            prerequisites=parse_tree(get("prerequisites")),
            review=text(get("review")),
            accreditation=_accreditation(mapping(get("accreditation"))),
            status=text(get("status")),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Payload: `training.batches.v1`. `closes` is the last day to register; `regency` None means online."""

    id: str
    version: int = 0
    course_id: str = ""
    number: str | None = None
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
        get = payload.get
        number_ = get("number")
        return cls(
            id=text(get("id")) or "",
            version=whole(get("version")) or 0,
            course_id=text(get("course_id")) or "",
            number=None if number_ is None else str(number_),
            starts=day(get("starts")),
            ends=day(get("ends")),
            closes=day(get("closes")),
            regency=text(get("regency")),
            place=text(get("place")),
            seats=whole(get("seats")),
            taken=whole(get("taken")),
            status=text(get("status")),
        )


def _provider(source: Payload) -> Provider:
    return Provider(
        id=text(source.get("id")),
        name=text(source.get("name")),
        kind=text(source.get("kind")),
        active=flag(source.get("active")),
        licence_from=day(source.get("licence_from")),
        licence_until=day(source.get("licence_until")),
        last_verified_on=day(source.get("last_verified_on")),
    )


def _outcome(source: Payload) -> SkillTaught:
    similarity = number(source.get("similarity"))
    return SkillTaught(text(source.get("code")) or "", 1.0 if similarity is None else similarity)


def _certificates(several: object, one: object) -> tuple[CourseCertificate, ...]:
    """All that a message names. `certificate` is the first of `certificates`; where it is not, it alone is believed."""
    first = _certificate(mapping(one))
    found = tuple(certificate for certificate in each(_certificate, several) if certificate is not None)
    if found and found[0] == first:
        return found
    return () if first is None else (first,)


def _certificate(source: Payload) -> CourseCertificate | None:
    if not source:
        return None
    return CourseCertificate(text(source.get("kind")), text(source.get("scheme")), count(source.get("valid_months")))


def _accreditation(source: Payload) -> Accreditation | None:
    return Accreditation(day(source.get("from")), day(source.get("until"))) if source else None
