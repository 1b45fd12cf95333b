"""A person as the matcher may know them: codes, dates and numbers, never a name, a village or a diagnosis."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from services.matching.matcher.facts import abilities
from services.matching.matcher.facts.abilities import (
    Certificate,
    Education,
    LanguageResult,
    Occupation,
    PriorProgramme,
    Skill,
    TrainingHours,
)
from services.matching.matcher.facts.reading import (
    Money,
    Payload,
    day,
    each,
    end,
    flag,
    items,
    mapping,
    number,
    text,
    texts,
    whole,
)


@dataclass(frozen=True, slots=True)
class Record:
    """An entry ban, deportation, sentence or earlier stay; `until` None means no end is known."""

    kind: str | None
    country: str | None
    until: date | None
    years: float | None


@dataclass(frozen=True, slots=True)
class Condition:
    code: str
    met: bool


@dataclass(frozen=True, slots=True)
class Fitness:
    """FIT | UNFIT | TEMP_UNFIT | UNTESTED, and conditions that only an order's own rules read."""

    status: str | None = None
    on: date | None = None
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
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Period:
    """Days the person said they are free, both inclusive; `until` None means without end."""

    from_: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Wishes:
    isco08: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    min_wage: Money | None = None
    ready_within_days: int | None = None
    max_distance_km: float | None = None
    boarding_ok: bool | None = None
    available: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """Where the person stays now. It decides nothing: the gate asks for the home, and never for the stay."""

    country: str | None
    regency: str | None
    until: date | None


LISTS = ("languages", "certificates", "training_hours", "occupations", "prior_programmes", "records")
"""Lists of a person that rules read: null on the wire means that nobody asked."""


@dataclass(frozen=True, slots=True)
class Person:
    """Payload: `registry.candidates.v1`. Without consent GIVEN every field below `consent` is empty.

    `holds`: job orders with a slot reserved for this person; the reader joins them from `placement.applications.v1`.
    `unasked`: names of the lists that are null on the wire: nobody asked, so nothing is known. An empty list that is
    not named here was asked for, and there is none.
    """

    id: str
    version: int = 0
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
    requirements: tuple[Paper, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    present_stay: Stay | None = None
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
    def from_payload(cls, payload: Payload) -> "Person":
        get = payload.get
        id_, version, consent = text(get("id")) or "", whole(get("version")) or 0, text(get("consent")) or "NONE"
        if consent != "GIVEN":
            return cls(id=id_, version=version, consent=consent)
        return cls(
            id=id_,
            version=version,
            consent=consent,
            birth_date=day(get("birth_date")),
            sex=text(get("sex")),
            home_regency=text(get("home_regency")),
            education=abilities.education(get("education")),
            skills=tuple(skill for skill in each(abilities.skill, get("skills")) if skill.code),
            occupations=tuple(work for work in each(abilities.occupation, get("occupations")) if work.isco08),
            languages=each(abilities.language, get("languages")),
            certificates=each(abilities.certificate, get("certificates")),
            training_hours=each(abilities.hours, get("training_hours")),
            prior_programmes=each(abilities.programme, get("prior_programmes")),
            records=each(_record, get("records")),
            fitness=_fitness(mapping(get("fitness"))),
            requirements=_requirements(mapping(get("requirements"))),
            wishes=_wishes(mapping(get("wishes"))),
            present_stay=_stay(mapping(get("present_stay"))),
            unasked=frozenset(name for name in LISTS if get(name) is None),
        )


def _stay(source: Payload) -> Stay | None:
    if not source:
        return None
    return Stay(text(source.get("country")), text(source.get("regency")), day(source.get("until")))


def _record(source: Payload) -> Record:
    return Record(
        kind=text(source.get("kind")),
        country=text(source.get("country")),
        until=day(source.get("until")),
        years=number(source.get("years")),
    )


def _fitness(source: Payload) -> Fitness:
    conditions = [
        Condition(code=item["code"], met=item["met"])
        for item in items(source.get("conditions"))
        if text(mapping(item).get("code")) and flag(mapping(item).get("met")) is not None
    ]
    return Fitness(text(source.get("status")), day(source.get("on")), tuple(conditions))


def _requirements(source: Payload) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            code=code,
            status=text(mapping(paper).get("status")),
            valid_until=end(mapping(paper).get("valid_until")),
        )
        for code, paper in sorted(source.items())
    )


def _wishes(source: Payload) -> Wishes:
    periods = []
    for item in items(source.get("available")):
        first = day(mapping(item).get("from"))
        if first is not None:
            periods.append(Period(first, day(mapping(item).get("until"))))
    return Wishes(
        isco08=texts(source.get("isco08")),
        destinations=texts(source.get("destinations")),
        min_wage=Money.from_payload(source.get("min_wage")),
        ready_within_days=whole(source.get("ready_within_days")),
        max_distance_km=number(source.get("max_distance_km")),
        boarding_ok=flag(source.get("boarding_ok")),
        available=tuple(periods),
    )
