"""What a course leaves in a person's hands on its last day: for the search, and for checking what it found."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from services.matching.matcher.facts.abilities import Certificate
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.people import Person

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
