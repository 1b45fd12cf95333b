"""What programmes ask and give, which of them teach towards an ask (answered once for all people), and what a course
leaves in a person's hands on its last day.
"""

from calendar import monthrange
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.abilities import Certificate, CourseCertificate, LanguageResult, TrainingHours
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.clauses import Alternative, alternatives, fold
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.language import NeedsLanguage
from services.matching.matcher.requirements.status import Status

K = TypeVar("K")
Taught = dict[int, list[int]]
"""Place of a programme -> leaves of compiled orders."""


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


SOME_DAY = date(2000, 1, 3)
"""Programmes are judged on an arbitrary day on which their certificate has just been given."""


class Teaching:
    """The programmes of a catalogue by what they teach. Programmes added later are looked at when next asked.

    `base`: another teaching whose programmes come first; its answers are shared and not worked out again.
    """

    def __init__(self, programmes: Sequence[Programme], base: "Teaching | None" = None) -> None:
        self._programmes, self._base = programmes, base
        self._leaves: WeakKeyDictionary[CompiledOrders, tuple[int, NDArray[np.bool_], Taught]] = WeakKeyDictionary()
        self._known: dict[Hashable, tuple[dict[int, int], int]] = {}
        self._asks: dict[Requirement, int] = {} if base is None else base._asks
        self._titles: dict[tuple[str | None, str | None], int] = {} if base is None else base._titles
        self._lock: Lock = Lock() if base is None else base._lock

    @property
    def programmes(self) -> int:
        """How many programmes there are; they only ever become more."""
        return len(self._programmes) + (0 if self._base is None else self._base.programmes)

    def number_of(self, ask: Requirement) -> int:
        """The number of what can be learned, the same for everybody: so what people lack alike are equal gaps, and
        searched once. Hours have numbers of their own, one for a title and destination, however many are asked."""
        if isinstance(ask, NeedsHours):
            return self._numbered(self._titles, _title(ask))
        return self._numbered(self._asks, ask)

    def towards(self, ask: Requirement) -> Mapping[int, int]:
        """Place of the programme -> lesson hours that it adds (for `Hours`) or 1 (for what one course settles)."""
        if not ask.LEARNABLE or (isinstance(ask, NeedsHours) and ask.isco08 is None):
            return {}
        # how many hours are asked changes nothing here
        key = _title(ask) if isinstance(ask, NeedsHours) else ask
        found, seen = self._known.get(key, ({}, 0))
        if seen < len(self._programmes):
            found = {**found, **self._among(ask, seen)}
            self._known[key] = (found, len(self._programmes))
        return found if self._base is None else {**self._base.towards(ask), **found}

    def teaches(self, compiled: CompiledOrders) -> NDArray[np.bool_]:
        """For each leaf of compiled orders: does some programme teach it? Remembered while both live."""
        return self._looked_at(compiled)[0]

    def taught_by(self, programmes: Iterable[int], compiled: CompiledOrders) -> list[int]:
        """The leaves of compiled orders that any of these programmes teaches towards, in order."""
        taught = self._looked_at(compiled)[1]
        return sorted({leaf for programme in programmes for leaf in taught.get(programme, ())})

    def _looked_at(self, compiled: CompiledOrders) -> tuple[NDArray[np.bool_], Taught]:
        programmes, known, taught = self._leaves.get(compiled, (0, np.zeros(0, dtype=bool), {}))
        if len(known) != len(compiled.leaves) or programmes != self.programmes:
            towards = list(map(self.towards, compiled.leaves))
            known, taught = np.array(list(map(bool, towards))), {}
            for leaf, found in enumerate(towards):
                for programme in found:
                    taught.setdefault(programme, []).append(leaf)
            self._leaves[compiled] = (self.programmes, known, taught)
        return known, taught

    def _numbered(self, numbers: dict[K, int], key: K) -> int:
        if key not in numbers:
            with self._lock:
                numbers.setdefault(key, len(numbers))
        return numbers[key]

    def _among(self, ask: Requirement, start: int) -> dict[int, int]:
        found = {}
        first = self.programmes - len(self._programmes)
        for at in range(start, len(self._programmes)):
            programme = self._programmes[at]
            gain = counted(programme.hours_for, ask) if isinstance(ask, NeedsHours) else int(_settles(ask, programme))
            if gain > 0:
                found[first + at] = gain
        return found


def _title(ask: NeedsHours) -> tuple[str | None, str | None]:
    return ask.isco08, ask.destination


def counted(hours: Iterable[TrainingHours], ask: NeedsHours) -> int:
    """Hours of the same title; without a destination they count everywhere, for another destination they do not."""
    everywhere = ask.destination is None
    return sum(
        part.hours or 0
        for part in hours
        if part.isco08 == ask.isco08 and (everywhere or part.destination in (None, ask.destination))
    )


def _settles(ask: Requirement, programme: Programme) -> bool:
    """Would somebody with nothing else meet the ask after this course? The rules themselves say so."""
    held = tuple(Certificate(given.kind, given.scheme, None, SOME_DAY, SOME_DAY) for given in programme.certificates)
    graduate = Person(id="", consent="GIVEN", certificates=held, languages=programme.languages)
    return ask.judge(graduate, SOME_DAY) is Status.MET


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


RENEWED_FROM = 180
"""Days: a certificate that runs out so soon after a class is worth earning again."""


def adds_nothing(course: Course, person: Person, ends: date) -> bool:
    """Does the person hold all that this course gives by its last day? A certificate whose end is not on record is
    looked for in the drawer, and not earned again."""
    given = course.certificates or course.languages or course.hours_for
    return bool(
        given
        and all(_is_held(one, person, ends + timedelta(days=RENEWED_FROM)) for one in course.certificates)
        and all(one.judge(person, ends) is Status.MET for one in _lessons(course))
    )


def _is_held(given: CourseCertificate, person: Person, until: date) -> bool:
    mine = (one for one in person.certificates if one.kind == given.kind and one.scheme == given.scheme is not None)
    return any(one.valid_until is None or one.valid_until >= until for one in mine)


def _lessons(course: Course) -> Iterator[Requirement]:
    for one in course.languages:
        yield NeedsLanguage(one.language or "", one.test, one.result)
    for hours in course.hours_for:
        yield NeedsHours(hours.isco08, hours.hours or 0, hours.destination)


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
