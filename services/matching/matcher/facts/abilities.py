"""What a person can do and has to show for it: schooling, skills, work, languages, certificates, hours, programmes."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from services.matching.matcher.facts.reading import Count, End, Payload, Similarity, fact, shown, text
from shared.codes import study

StudyField = Annotated[str | None, lambda value: study.one(text(value))]


@dataclass(frozen=True, slots=True)
class Education:
    """The highest certificate; `years` as stated, which alone never raise it."""

    level: str | None
    years: int | None
    field: StudyField


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill by its code. `months`: practised so long; `evidence`: pointer to the person's own words (`skills/2`)."""

    code: str
    source: str | None
    months: Count
    similarity: Similarity
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Occupation:
    """Earlier work; `similarity` below 1 means that the code was found from the person's words."""

    isco08: str
    months: Count
    country: str | None
    similarity: Similarity
    evidence: str | None


@dataclass(frozen=True, slots=True)
class LanguageResult:
    """One test result; `valid_until` None means that it does not expire."""

    language: str | None
    test: str | None
    result: str | None
    cefr: str | None
    valid_until: End

    @classmethod
    def from_payload(cls, payload: Payload) -> "LanguageResult":
        """A bare CEFR level is a result of the "test" CEFR: that is how orders ask for a level, whoever states it."""
        result, test, cefr = (shown(payload.get("result")), *(text(payload.get(name)) for name in ("test", "cefr")))
        if cefr is not None and result is None and test in (None, "CEFR"):
            test, result = "CEFR", cefr
        return fact(cls, payload, test=test, result=result)


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
    """A certificate that a course gives; `valid_months` from its last day; None: three years."""

    kind: str | None
    scheme: str | None
    valid_months: Count


@dataclass(frozen=True, slots=True)
class TrainingHours:
    """Lesson hours of one title; without a destination they count everywhere."""

    isco08: str | None
    destination: str | None
    hours: Count


@dataclass(frozen=True, slots=True)
class PriorProgramme:
    """An earlier programme abroad; `finished` None: nobody said."""

    kind: str | None
    field: StudyField
    finished: bool | None
