"""What an ask needs and what a person has for it, as plain JSON values: beside the sentences, and for machines."""

from datetime import date
from typing import Any

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.judge.ages import age_on
from services.matching.matcher.eligibility.judge.circumstances import EXPELLED
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.trees import (
    AllOf,
    AnyOf,
    NeedsBirthDate,
    NeedsCertificate,
    NeedsCondition,
    NeedsEducation,
    NeedsExperience,
    NeedsLanguage,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
    Ranked,
)


def had(ask: asks.Ask, person: Person, day: date) -> Any:
    """What the person has for this ask, as a plain value (JSON); None when nothing is on record.

    Part by part in the form of `wanted`, so that a reader can lay one beside the other. None also where nobody asked,
    unlike an empty list or zero.
    """
    if asks.not_asked(ask, person):
        return None
    match ask:
        case AllOf():
            return {"all": [had(part, person, day) for part in ask.parts if not isinstance(part, asks.Fixed)]}
        case AnyOf():
            return {"any": [had(part, person, day) for part in ask.parts if not isinstance(part, asks.Fixed)]}
        case asks.Age():
            return None if person.birth_date is None else age_on(person.birth_date, day)
        case NeedsBirthDate():
            return None if person.birth_date is None else person.birth_date.isoformat()
        case NeedsSex():
            return person.sex
        case NeedsEducation():
            return person.education and {"level": person.education.level, "field": person.education.field}
        case NeedsLanguage():
            return [
                {"test": known.test, "result": known.result, "valid_until": _iso(known.valid_until)}
                for known in person.languages
                if known.language == ask.language
            ]
        case NeedsCertificate():
            return [
                {"scheme": paper.scheme, "valid_until": _iso(paper.valid_until)}
                for paper in person.certificates
                if paper.kind == ask.certificate
            ]
        case asks.Hours():
            return sum(
                done.hours or 0
                for done in person.training_hours
                if done.isco08 == ask.isco08 and done.destination in (None, ask.destination)
            )
        case NeedsExperience():
            return sum(work.months or 0 for work in person.occupations if work.isco08.startswith(ask.isco08))
        case NeedsCondition() | asks.NotRefused():
            return person.fitness.condition(ask.code)
        case Ranked():
            return [
                {"test": known.test, "result": known.result, "valid_until": _iso(known.valid_until)}
                for known in person.languages
                if known.test == ask.test
            ]
        case NeedsNoRecord():
            return [{"country": it.country, "until": _iso(it.until)} for it in person.records if it.kind == ask.record]
        case asks.NoBan():
            return [
                {"kind": it.kind, "country": it.country, "until": _iso(it.until)}
                for it in person.records
                if it.kind in ("ENTRY_BAN", *EXPELLED) and it.country in (None, ask.country)
            ]
        case NeedsProgramme():
            return [
                {"field": it.field, "finished": it.finished}
                for it in person.prior_programmes
                if it.kind == ask.programme
            ]
        case asks.HomeOutside():
            return person.home_regency
        case asks.NotUnfit():
            return person.fitness.status
        case asks.Consent():
            return person.consent
        case asks.Paper():
            record = person.requirement(ask.code)
            return record and {"status": record.status, "valid_until": _iso(record.valid_until)}
        case _:
            return None


def wanted(ask: asks.Ask) -> Any:
    """What is needed, as a plain value (JSON)."""
    match ask:
        case AllOf():
            return {"all": [wanted(part) for part in ask.parts if not isinstance(part, asks.Fixed)]}
        case AnyOf():
            return {"any": [wanted(part) for part in ask.parts if not isinstance(part, asks.Fixed)]}
        case asks.Age():
            return {"min": ask.min, "max": ask.max}
        case NeedsBirthDate():
            return {"from": _iso(ask.from_), "until": _iso(ask.until)}
        case NeedsSex():
            return ask.sex
        case NeedsEducation():
            return {"level": ask.level, "years": ask.years, "fields": list(ask.fields) or None}
        case NeedsLanguage():
            return {"language": ask.language, "test": ask.test, "result": ask.result}
        case NeedsCertificate():
            return {"certificate": ask.certificate, "scheme": ask.scheme}
        case asks.Hours():
            return {"isco08": ask.isco08, "destination": ask.destination, "hours": ask.hours}
        case NeedsExperience():
            return {"isco08": ask.isco08, "months": ask.months}
        case NeedsCondition() | asks.NotRefused():
            return ask.code
        case NeedsNoRecord():
            return {"no_record": ask.record, "country": ask.country}
        case asks.NoBan():
            return {"no_record": "ENTRY_BAN", "country": ask.country}
        case NeedsProgramme():
            return {"programme": ask.programme, "field": ask.field}
        case Ranked():
            return {"test": ask.test, "note": ask.note}
        case asks.HomeOutside():
            return {"home_regency_not": ask.prefix}
        case asks.Paper():
            return "MET"
        case asks.Consent():
            return "GIVEN"
        case asks.NotUnfit():
            return "NOT_UNFIT"
        case _:
            return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
