"""What somebody has learned: schooling, languages, certificates, lesson hours, work."""

from collections.abc import Iterable
from datetime import date

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.judge.answers import yes
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.abilities import Certificate, LanguageResult
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.trees import (
    NeedsCertificate,
    NeedsEducation,
    NeedsExperience,
    NeedsHours,
    NeedsLanguage,
    Ranked,
)
from shared.codes import education, languages

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN


def schooling(ask: NeedsEducation, person: Person, day: date) -> Status:
    """The highest certificate decides: its rung, and the school years that the rung stands for."""
    if person.education is None:
        return UNKNOWN
    rung = education.LADDER.get(person.education.level or "")
    needed = education.LADDER.get(ask.level or "")
    high = MET
    if ask.level is not None:
        high = UNKNOWN if rung is None or needed is None else yes(rung.rank >= needed.rank)
    long = MET
    if ask.years is not None:
        long = UNKNOWN if rung is None else yes(rung.years >= ask.years)
    fitting = MET
    if ask.fields:
        fitting = UNKNOWN if person.education.field is None else yes(person.education.field in ask.fields)
    return min(high, long, fitting)


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


def language(ask: NeedsLanguage, person: Person, day: date) -> Status:
    return _best((answering(ask, known, day) for known in person.languages), ask, person)


def ranked(ask: Ranked, person: Person, day: date) -> Status:
    """A valid score of the test, of any height: the ranking compares scores, and nobody passes or fails by one."""
    return _best((_scored(ask, known, day) for known in person.languages), ask, person)


def _scored(ask: Ranked, known: LanguageResult, day: date) -> Status:
    if ask.test is None or known.test != ask.test or (known.valid_until is not None and known.valid_until < day):
        return NOT_MET
    return MET if languages.meets(known.test, known.result, None) else UNKNOWN


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


def certificate(ask: NeedsCertificate, person: Person, day: date) -> Status:
    return _best((counting(ask, certificate, day) for certificate in person.certificates), ask, person)


def hours(ask: asks.Hours, person: Person, day: date) -> Status:
    """Hours of the same title add up; without a destination they count everywhere, for another they do not."""
    mine = [
        done.hours
        for done in person.training_hours
        if done.isco08 == ask.isco08
        and (None in (done.destination, ask.destination) or done.destination == ask.destination)
    ]
    return _enough(mine, ask.hours, asks.not_asked(ask, person))


def raw_hours(ask: NeedsHours, person: Person, day: date) -> Status:
    return UNKNOWN if ask.isco08 is None else hours(asks.Hours(ask.isco08, ask.hours), person, day)


def experience(ask: NeedsExperience, person: Person, day: date) -> Status:
    """Months of matching work add up; work whose code is a guess could count, and then somebody must look."""
    mine = [work for work in person.occupations if work.isco08.startswith(ask.isco08)]
    months = [work.months if work.similarity >= asks.SURE else None for work in mine]
    return _enough(months, ask.months, asks.not_asked(ask, person))


def _best(answers: Iterable[Status], ask: asks.Ask, person: Person) -> Status:
    """The best answer; without any, nothing was found, or nobody asked."""
    return max(answers, default=UNKNOWN if asks.not_asked(ask, person) else NOT_MET)


def _enough(parts: list[int | None], needed: int, open_: bool) -> Status:
    if sum(part for part in parts if part is not None) >= needed:
        return MET
    return UNKNOWN if open_ or None in parts else NOT_MET
