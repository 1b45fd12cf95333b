"""The readable form: one ask, one person, one day. Whoever explains a verdict, or checks a prerequisite, calls this."""

from collections.abc import Callable
from datetime import date
from typing import Any

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts import (
    AllOf,
    AnyOf,
    Certificate,
    LanguageResult,
    NeedsAge,
    NeedsBirthDate,
    NeedsCertificate,
    NeedsCondition,
    NeedsEducation,
    NeedsExperience,
    NeedsHours,
    NeedsLanguage,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
    Person,
    PriorProgramme,
    Ranked,
    Record,
    Unreadable,
)
from shared.codes import education, languages

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN


def judge(ask: asks.Ask, person: Person, day: date) -> Status:
    """MET, NOT_MET or UNKNOWN on this day. Works for the raw leaves of course prerequisites as well."""
    return _JUDGES[type(ask)](ask, person, day)


def reach(ask: asks.Ask, person: Person, day: date) -> int:
    """2 = met; 1 = papers that the person can bring, or a birthday in time, may still make it met; 0 = they cannot.

    The same numbers are the first three `STATE_CODES`: the least reach of all APPLY demands is the state.
    """
    if isinstance(ask, AllOf):
        return min((reach(part, person, day) for part in ask.parts), default=2)
    if isinstance(ask, AnyOf):
        return max((reach(part, person, day) for part in ask.parts), default=0)
    status = judge(ask, person, day)
    if isinstance(ask, asks.Fixed | asks.Within | Unreadable):
        return 2 if status is MET else 0
    if status is NOT_MET and isinstance(ask, asks.Age):
        return 0 if grows_into(ask, person, day) is None else 1
    return int(status)


def hopeful(ask: asks.Ask, person: Person, day: date) -> bool:
    """Is this ask met, or could the person still clear it by a paper or a birthday in time?"""
    return reach(ask, person, day) > 0


def grows_into(ask: asks.Age, person: Person, day: date) -> date | None:
    """The birthday on which a person who is too young reaches the age, if it comes in time; else None."""
    if (
        person.birth_date is None
        or ask.min is None
        or ask.wait_until is None
        or age_on(person.birth_date, day) >= ask.min
    ):
        return None
    birthday = birthday_of(person.birth_date, ask.min)
    return birthday if birthday is not None and birthday <= ask.wait_until else None


def age_on(born: date, day: date) -> int:
    """Completed years; born on 29 February counts as 1 March. Negative before birth."""
    month, of_month = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    return day.year - born.year - ((day.month, day.day) < (month, of_month))


def birthday_of(born: date, age: int) -> date | None:
    """The day on which `age` years are completed; None beyond the calendar."""
    month, of_month = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    year = born.year + age
    return date(year, month, of_month) if date.min.year <= year <= date.max.year else None


def counting(ask: NeedsCertificate, certificate: Certificate, day: date) -> Status:
    """Does this one certificate answer the ask? Without an expiry on record nobody can say that it is still valid."""
    if certificate.kind != ask.certificate:
        return NOT_MET
    if ask.scheme is None or certificate.scheme == ask.scheme:
        fits = MET
    else:
        fits = UNKNOWN if certificate.scheme is None else NOT_MET
    begun = NOT_MET if certificate.valid_from is not None and day < certificate.valid_from else MET
    if certificate.valid_until is None:
        lasts = MET if ask.certificate == "LANGUAGE" else UNKNOWN
    else:
        lasts = MET if day <= certificate.valid_until else NOT_MET
    return min(fits, begun, lasts)


def answering(ask: NeedsLanguage, known: LanguageResult, day: date) -> Status:
    """Does this one test result answer the ask? Only the same test counts; without an expiry it does not expire."""
    if known.language != ask.language or known.test is None or (ask.test is not None and known.test != ask.test):
        return NOT_MET
    if known.valid_until is not None and known.valid_until < day:
        return NOT_MET
    if ask.test is None and ask.result is not None:
        return UNKNOWN
    enough = languages.meets(known.test, known.result, ask.result)
    if enough is None and known.result is not None and known.result == ask.result:
        return MET
    return UNKNOWN if enough is None else MET if enough else NOT_MET


def in_force(ask: NeedsNoRecord, record: Record, day: date) -> Status:
    """MET when this record counts against the person on the day."""
    if record.kind != ask.record or (record.until is not None and record.until < day):
        return NOT_MET
    if ask.country is None or record.country == ask.country:
        here = MET
    else:
        here = UNKNOWN if record.country is None else NOT_MET
    return min(here, _too_long(ask, record))


def _too_long(ask: NeedsNoRecord, record: Record) -> Status:
    """An earlier stay decides only by its length, where the order names one; that it was irregular never does."""
    if ask.years is None:
        return NOT_MET if ask.record == "STAY" else MET
    if record.years is None:
        return UNKNOWN
    return MET if record.years > ask.years else NOT_MET


def _all(ask: AllOf, person: Person, day: date) -> Status:
    return min((judge(part, person, day) for part in ask.parts), default=MET)


def _any(ask: AnyOf, person: Person, day: date) -> Status:
    return max((judge(part, person, day) for part in ask.parts), default=NOT_MET)


def _fixed(ask: asks.Fixed, person: Person, day: date) -> Status:
    return ask.status


def _within(ask: asks.Within, person: Person, day: date) -> Status:
    begun = ask.first is None or ask.first <= day
    return MET if begun and (ask.last is None or day <= ask.last) else NOT_MET


def _consent(ask: asks.Consent, person: Person, day: date) -> Status:
    return MET if person.consented else NOT_MET


def _age(ask: asks.Age | NeedsAge, person: Person, day: date) -> Status:
    if person.birth_date is None:
        return UNKNOWN
    age = age_on(person.birth_date, day)
    return MET if (ask.min is None or ask.min <= age) and (ask.max is None or age <= ask.max) else NOT_MET


def _birth_date(ask: NeedsBirthDate, person: Person, day: date) -> Status:
    born = person.birth_date
    if born is None:
        return UNKNOWN
    return MET if (ask.from_ is None or ask.from_ <= born) and (ask.until is None or born <= ask.until) else NOT_MET


def _sex(ask: NeedsSex, person: Person, day: date) -> Status:
    if person.sex not in ("F", "M"):
        return UNKNOWN
    return MET if person.sex == ask.sex else NOT_MET


def _education(ask: NeedsEducation, person: Person, day: date) -> Status:
    """The highest certificate decides: its rung, and the school years that the rung stands for."""
    if person.education is None:
        return UNKNOWN
    rung = education.LADDER.get(person.education.level or "")
    needed = education.LADDER.get(ask.level or "")
    high = MET
    if ask.level is not None:
        high = UNKNOWN if rung is None or needed is None else _yes(rung.rank >= needed.rank)
    long = MET
    if ask.years is not None:
        long = UNKNOWN if rung is None else _yes(rung.years >= ask.years)
    fitting = MET
    if ask.fields:
        fitting = UNKNOWN if person.education.field is None else _yes(person.education.field in ask.fields)
    return min(high, long, fitting)


def _language(ask: NeedsLanguage, person: Person, day: date) -> Status:
    return max((answering(ask, known, day) for known in person.languages), default=NOT_MET)


def _certificate(ask: NeedsCertificate, person: Person, day: date) -> Status:
    return max((counting(ask, certificate, day) for certificate in person.certificates), default=NOT_MET)


def _hours(ask: asks.Hours, person: Person, day: date) -> Status:
    """Hours of the same title add up; without a destination they count everywhere, for another they do not."""
    mine = [
        done.hours
        for done in person.training_hours
        if done.isco08 == ask.isco08
        and (None in (done.destination, ask.destination) or done.destination == ask.destination)
    ]
    return _enough(mine, ask.hours)


def _raw_hours(ask: NeedsHours, person: Person, day: date) -> Status:
    return UNKNOWN if ask.isco08 is None else _hours(asks.Hours(ask.isco08, ask.hours), person, day)


def _experience(ask: NeedsExperience, person: Person, day: date) -> Status:
    """Months of matching work add up; work whose code is a guess could count, and then somebody must look."""
    mine = [work for work in person.occupations if work.isco08.startswith(ask.isco08)]
    return _enough([work.months if work.similarity >= asks.SURE else None for work in mine], ask.months)


def _enough(parts: list[int | None], needed: int) -> Status:
    if sum(part for part in parts if part is not None) >= needed:
        return MET
    return UNKNOWN if None in parts else NOT_MET


def _condition(ask: NeedsCondition, person: Person, day: date) -> Status:
    met = person.fitness.condition(ask.code)
    return UNKNOWN if met is None else _yes(met)


def _not_refused(ask: asks.NotRefused, person: Person, day: date) -> Status:
    return _yes(person.fitness.condition(ask.code) is not False)


def _no_record(ask: NeedsNoRecord, person: Person, day: date) -> Status:
    worst = max((in_force(ask, record, day) for record in person.records), default=NOT_MET)
    return Status(MET - worst)


def _programme(ask: NeedsProgramme, person: Person, day: date) -> Status:
    return max((_finished(ask, programme) for programme in person.prior_programmes), default=NOT_MET)


def _finished(ask: NeedsProgramme, programme: PriorProgramme) -> Status:
    if programme.kind != ask.programme:
        return NOT_MET
    if ask.field is None or programme.field == ask.field:
        same = MET
    else:
        same = UNKNOWN if programme.field is None else NOT_MET
    done = UNKNOWN if programme.finished is None else _yes(programme.finished)
    return min(same, done)


def _home_outside(ask: asks.HomeOutside, person: Person, day: date) -> Status:
    if person.home_regency is None:
        return UNKNOWN
    return _yes(not person.home_regency.startswith(ask.prefix))


def _not_unfit(ask: asks.NotUnfit, person: Person, day: date) -> Status:
    return _yes(person.fitness.status not in ("UNFIT", "TEMP_UNFIT"))


def _paper(ask: asks.Paper, person: Person, day: date) -> Status:
    """UNCHECKED and never recorded are unknown; missing, expired on record or expired by its date are not met."""
    record = person.requirement(ask.code)
    if record is None:
        return UNKNOWN
    if record.valid_until is not None and record.valid_until < day:
        return NOT_MET
    return {"MET": MET, "MISSING": NOT_MET, "EXPIRED": NOT_MET}.get(record.status or "", UNKNOWN)


def _holds_slot(ask: asks.HoldsSlot, person: Person, day: date) -> Status:
    return _yes(ask.order_id in person.holds)


def _ranked(ask: Ranked, person: Person, day: date) -> Status:
    return MET


def _unreadable(ask: Unreadable, person: Person, day: date) -> Status:
    return UNKNOWN


def _yes(holds: bool) -> Status:
    return MET if holds else NOT_MET


_JUDGES: dict[type, Callable[[Any, Person, date], Status]] = {
    AllOf: _all,
    AnyOf: _any,
    NeedsAge: _age,
    NeedsBirthDate: _birth_date,
    NeedsSex: _sex,
    NeedsEducation: _education,
    NeedsLanguage: _language,
    NeedsCertificate: _certificate,
    NeedsHours: _raw_hours,
    NeedsExperience: _experience,
    NeedsCondition: _condition,
    NeedsNoRecord: _no_record,
    NeedsProgramme: _programme,
    Ranked: _ranked,
    Unreadable: _unreadable,
    asks.Fixed: _fixed,
    asks.Within: _within,
    asks.Consent: _consent,
    asks.Age: _age,
    asks.HomeOutside: _home_outside,
    asks.Hours: _hours,
    asks.NotUnfit: _not_unfit,
    asks.NotRefused: _not_refused,
    asks.Paper: _paper,
    asks.HoldsSlot: _holds_slot,
}
