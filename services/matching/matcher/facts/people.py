"""A person as the matcher may know them: codes, dates and numbers, never a name, a village or a diagnosis."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from services.matching.matcher.facts.abilities import (
    Certificate,
    Education,
    LanguageResult,
    Occupation,
    PriorProgramme,
    Skill,
    TrainingHours,
)
from services.matching.matcher.facts.reading import End, Money, Name, Number, Payload, fact, mapping, text


@dataclass(frozen=True, slots=True)
class Record:
    """An entry ban, deportation, sentence or earlier stay; `until` None means no end is known."""

    kind: str | None
    country: str | None
    until: date | None
    years: float | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the body by code, as met or not met."""

    code: str
    met: bool


@dataclass(frozen=True, slots=True)
class Fitness:
    """FIT | UNFIT | TEMP_UNFIT | UNTESTED, and conditions that only an order's own rules read."""

    status: str | None = None
    conditions: tuple[Condition, ...] = ()

    def condition(self, code: str) -> bool | None:
        """True met, False not met, None not on record. Two contradicting records count as not met."""
        answers = {condition.met for condition in self.conditions if condition.code == code}
        return None if not answers else answers == {True}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper on record: MET | MISSING | UNCHECKED | EXPIRED."""

    code: str
    status: str | None
    valid_until: End


@dataclass(frozen=True, slots=True)
class Period:
    """Days the person said they are free, both inclusive; `until` None means without end."""

    from_: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asks for. Occupations by ISCO-08, countries by ISO 3166-1 alpha-3, the wage a month."""

    isco08: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    min_wage: Money | None = None
    ready_within_days: int | None = None
    max_distance_km: float | None = None
    boarding_ok: bool | None = None
    available: tuple[Period, ...] = ()


def _papers(payload: object) -> tuple[Paper, ...]:
    """By code on the wire."""
    return tuple(fact(Paper, mapping(paper), code=code) for code, paper in sorted(mapping(payload).items()))


LISTS = ("languages", "certificates", "training_hours", "occupations", "prior_programmes", "records")
"""Lists of a person that rules read: null on the wire means that nobody asked."""


@dataclass(frozen=True, slots=True)
class Person:
    """Payload: `registry.candidates.v1`. Without consent GIVEN every field below `consent` is empty.

    `holds`: job orders with a slot reserved for this person; the reader joins them from `placement.applications.v1`.
    `unasked`: names of the lists that are null on the wire: nobody asked, so nothing is known. An empty list that is
    not named here was asked for, and there is none.
    """

    id: Name
    version: Number = 0
    consent: str = "NONE"
    birth_date: date | None = None
    sex: str | None = None
    home_regency: str | None = None
    education: Education | None = None
    skills: tuple[Skill, ...] = ()
    occupations: tuple[Occupation, ...] = ()
    languages: tuple[LanguageResult, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    training_hours: tuple[TrainingHours, ...] = ()
    prior_programmes: tuple[PriorProgramme, ...] = ()
    records: tuple[Record, ...] = ()
    fitness: Fitness = field(default_factory=Fitness)
    requirements: Annotated[tuple[Paper, ...], _papers] = ()
    wishes: Wishes = field(default_factory=Wishes)
    holds: tuple[str, ...] = ()
    unasked: frozenset[str] = frozenset()

    @property
    def consented(self) -> bool:
        return self.consent == "GIVEN"

    def requirement(self, code: str) -> Paper | None:
        return next((paper for paper in self.requirements if paper.code == code), None)

    def with_holds(self, order_ids: Iterable[str]) -> "Person":
        return replace(self, holds=tuple(sorted(order_ids)))

    @classmethod
    def from_document(cls, document: Payload) -> "Person":
        """As this house keeps it: the payload, its id under `_id`."""
        return cls.from_payload({**document, "id": document["_id"]})

    @classmethod
    def from_payload(cls, payload: Payload) -> "Person":
        consent = text(payload.get("consent")) or "NONE"
        if consent != "GIVEN":
            payload = {name: payload.get(name) for name in ("id", "version")}
            return fact(cls, payload, consent=consent, holds=(), unasked=frozenset())
        unasked = frozenset(name for name in LISTS if payload.get(name) is None)
        return fact(cls, payload, consent=consent, holds=(), unasked=unasked)
