"""What a person can do and has to show for it: schooling, skills, work, languages, certificates, hours, programmes."""

from dataclasses import dataclass
from datetime import date

from services.matching.matcher.facts.reading import Payload, count, day, end, flag, mapping, number, shown, text, whole


@dataclass(frozen=True, slots=True)
class Education:
    """The highest certificate; `years` as stated, which alone never raise it."""

    level: str | None
    years: int | None
    field: str | None


@dataclass(frozen=True, slots=True)
class Skill:
    code: str
    source: str | None
    months: int | None
    similarity: float
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Occupation:
    """Earlier work; `similarity` below 1 means that the code was found from the person's words."""

    isco08: str
    months: int | None
    country: str | None
    similarity: float
    evidence: str | None


@dataclass(frozen=True, slots=True)
class LanguageResult:
    """One test result; `valid_until` None means that it does not expire."""

    language: str | None
    test: str | None
    result: str | None
    cefr: str | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """`valid_until` None means that the expiry is not on record, so nobody can say whether it is still valid."""

    kind: str | None
    scheme: str | None
    isco08: str | None
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CourseCertificate:
    kind: str | None
    scheme: str | None
    valid_months: int | None


@dataclass(frozen=True, slots=True)
class TrainingHours:
    """Lesson hours of one title; without a destination they count everywhere."""

    isco08: str | None
    destination: str | None
    hours: int | None


@dataclass(frozen=True, slots=True)
class PriorProgramme:
    kind: str | None
    field: str | None
    finished: bool | None


def education(payload: object) -> Education | None:
    source = mapping(payload)
    if not source:
        return None
    return Education(text(source.get("level")), whole(source.get("years")), text(source.get("field")))


def skill(source: Payload) -> Skill:
    return Skill(
        code=text(source.get("code")) or "",
        source=text(source.get("source")),
        months=count(source.get("months")),
        similarity=_similarity(source),
        evidence=text(source.get("evidence")),
    )


def occupation(source: Payload) -> Occupation:
    return Occupation(
        isco08=text(source.get("isco08")) or "",
        months=count(source.get("months")),
        country=text(source.get("country")),
        similarity=_similarity(source),
        evidence=text(source.get("evidence")),
    )


def _similarity(source: Payload) -> float:
    """A code without a similarity was given as a code, so nothing was guessed."""
    read = number(source.get("similarity"))
    return 1.0 if read is None else read


def language(source: Payload) -> LanguageResult:
    """A bare CEFR level is a result of the "test" CEFR: that is how orders ask for a level, whoever states it."""
    result, test, cefr = shown(source.get("result")), text(source.get("test")), text(source.get("cefr"))
    if cefr is not None and result is None and test in (None, "CEFR"):
        test, result = "CEFR", cefr
    return LanguageResult(
        language=text(source.get("language")),
        test=test,
        result=result,
        cefr=cefr,
        valid_until=end(source.get("valid_until")),
    )


def certificate(source: Payload) -> Certificate:
    return Certificate(
        kind=text(source.get("kind")),
        scheme=text(source.get("scheme")),
        isco08=text(source.get("isco08")),
        valid_from=day(source.get("valid_from")),
        valid_until=day(source.get("valid_until")),
    )


def hours(source: Payload) -> TrainingHours:
    return TrainingHours(text(source.get("isco08")), text(source.get("destination")), count(source.get("hours")))


def programme(source: Payload) -> PriorProgramme:
    return PriorProgramme(text(source.get("kind")), text(source.get("field")), flag(source.get("finished")))
