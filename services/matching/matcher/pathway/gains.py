"""What a course leaves in a person's hands on its last day, and what is still to be brought before leaving."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from services.matching.matcher.facts.abilities import Certificate
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.rules.papers import PAPERS
from services.matching.matcher.requirements.paper import NeedsPaper
from services.matching.matcher.requirements.status import Stage, Status

CERTIFICATE_MONTHS = 36
"""Certificates are valid three years unless the course says otherwise: the usual term of LSP schemes (BNSP)."""


def held_after(person: Person, taken: Iterable[tuple[Course, date]]) -> Person:
    """The person with everything that these courses give, each held from its own last day on."""
    certificates, languages, hours = list(person.certificates), list(person.languages), list(person.training_hours)
    for course, ends in taken:
        certificates += certificates_of(course, ends)
        languages += course.languages
        hours += course.hours_for
    return replace(person, certificates=tuple(certificates), languages=tuple(languages), training_hours=tuple(hours))


def certificates_of(course: Course, ends: date) -> list[Certificate]:
    """The certificates of a batch that ends on this day, each with both its dates."""
    return [
        Certificate(
            kind=given.kind,
            scheme=given.scheme,
            isco08=course.isco08[0] if course.isco08 else None,
            valid_from=ends,
            valid_until=months_later(ends, CERTIFICATE_MONTHS if given.valid_months is None else given.valid_months),
        )
        for given in course.certificates
        if given.kind is not None
    ]


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the last one of a shorter month; the calendar's end for absurd terms."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


USUAL_DAYS = {paper.code: paper.usual_days for paper in PAPERS}


def can_leave_from(person: Person, applied: Iterable[AppliedRule], ready_on: date) -> date:
    """`ready_on` plus the slowest missing paper of the agreement, plus the slowest missing one of the departure.

    Papers of one stage are asked for side by side; a departure paper needs the agreement. A paper that is on record
    today but runs out before `ready_on` counts as missing. `applied`: the rules of the order. The times are usual
    practice, not law (`PaperKind`).
    """
    missing: dict[Stage, int] = {}
    for demand in applied:
        if demand.stage is Stage.APPLY or not isinstance(demand.ask, NeedsPaper):
            continue
        if demand.ask.judge(person, ready_on) is not Status.MET:
            missing[demand.stage] = max(missing.get(demand.stage, 0), USUAL_DAYS[demand.ask.code])
    agreed = later(ready_on, missing.get(Stage.AGREEMENT, 0))
    return later(agreed, missing.get(Stage.DEPARTURE, 0))


def later(day: date, days: int) -> date:
    """So many days later, but never beyond the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
