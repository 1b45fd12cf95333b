"""Requirement trees (orders, prerequisites of courses, person part of corridors) as values, for whoever judges them.

A tree is `{"all": [...]} | {"any": [...]} | leaf`. `parse_tree` never raises: what it cannot read becomes `Unreadable`,
which no rule ever counts as met. Owners refuse such trees at their doors; this is the second lock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.matching.matcher.facts import reading

DEEPEST = 32
"""Owners refuse trees deeper than 8; below this the parser stops reading instead of exhausting the stack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    ref: str | None = field(default=None, compare=False)
    """Where the requirement is written (shown beside the sentence); two leaves that ask the same are equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsAge(_Leaf):
    """Completed years on the day asked, both ends inclusive."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsBirthDate(_Leaf):
    """Born within a window, both ends inclusive; beside an age range the window alone decides."""

    from_: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsSex(_Leaf):
    """Only where destination law demands it."""

    sex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsEducation(_Leaf):
    """A rung of the ladder and/or its school years; the highest certificate counts."""

    level: str | None = None
    years: int | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsLanguage(_Leaf):
    """A result of exactly this test or better; tests are never converted into one another."""

    language: str
    test: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsCertificate(_Leaf):
    """`certificate` is the kind (COMPETENCE, SKILL_TEST ...); `scheme` None means any scheme of that kind."""

    certificate: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsHours(_Leaf):
    """Lesson hours of one title; `isco08` None means the order's own title."""

    hours: int
    isco08: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsExperience(_Leaf):
    """Months of work in occupations that start with this ISCO-08 prefix, added up."""

    isco08: str
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsCondition(_Leaf):
    """A health condition by code, recorded as met or not met; never a diagnosis."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsNoRecord(_Leaf):
    """No record of this kind in force; `country` None means anywhere. `years` counts only longer stays."""

    record: str
    country: str | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsProgramme(_Leaf):
    """An earlier programme finished (an ex-trainee of the same field), where the order accepts it."""

    programme: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked(_Leaf):
    """A test that ranks people instead of passing them (EPS): information, never a pass mark."""

    test: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable(_Leaf):
    """A part that this version does not understand: never met, never failed."""

    kind: str = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold. The parts are trees; the rule engine also groups its own asks with it."""

    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is enough."""

    parts: tuple[Any, ...]


Leaf = (
    NeedsAge
    | NeedsBirthDate
    | NeedsSex
    | NeedsEducation
    | NeedsLanguage
    | NeedsCertificate
    | NeedsHours
    | NeedsExperience
    | NeedsCondition
    | NeedsNoRecord
    | NeedsProgramme
    | Ranked
    | Unreadable
)
Tree = AllOf | AnyOf | Leaf


def parse_tree(payload: Any, depth: int = 0) -> Tree:
    """Read a tree; None and `{}` ask nothing. Errors: none, see `Unreadable`."""
    if payload is None or payload == {}:
        return AllOf(())
    source = reading.mapping(payload)
    if depth > DEEPEST or not source:
        return Unreadable(kind="tree")
    for word, node in (("all", AllOf), ("any", AnyOf)):
        if word in source:
            branches = source[word]
            if not isinstance(branches, list | tuple) or (word == "any" and not branches):
                return Unreadable(kind=word)
            return node(tuple(parse_tree(branch, depth + 1) for branch in branches))
    kind = reading.text(source.get("kind")) or ""
    return _leaf(kind, source, reading.text(source.get("ref"))) or Unreadable(kind=kind)


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Every leaf from left to right, alternatives included."""
    if isinstance(tree, AllOf | AnyOf):
        for part in tree.parts:
            yield from leaves(part)
    else:
        yield tree


def _leaf(kind: str, source: reading.Payload, ref: str | None) -> Leaf | None:
    """One leaf, or None when its kind is unknown or a value it cannot do without is missing."""
    text, whole, day = reading.text, reading.whole, reading.day
    get = source.get
    if kind == "age":
        low, high = whole(get("min")), whole(get("max"))
        readable = (low, high) != (None, None) and _same_gaps(source, min=low, max=high)
        return NeedsAge(min=low, max=high, ref=ref) if readable else None
    if kind == "birth_date":
        first, last = day(get("from")), day(get("until"))
        readable = (first, last) != (None, None) and _same_gaps(source, **{"from": first, "until": last})
        return NeedsBirthDate(from_=first, until=last, ref=ref) if readable else None
    if kind == "sex":
        sex = text(get("is"))
        return NeedsSex(sex=sex, ref=ref) if sex in ("F", "M") else None
    if kind == "education":
        level, years, fields = text(get("level")), whole(get("years")), reading.texts(get("fields"))
        readable = _same_gaps(source, level=level, years=years) and (level, years, fields) != (None, None, ())
        return NeedsEducation(level=level, years=years, fields=fields, ref=ref) if readable else None
    if kind == "language" and (language := text(get("language"))):
        result = get("result")
        shown = str(result) if isinstance(result, int | float | str) and not isinstance(result, bool) else None
        return NeedsLanguage(language=language, test=text(get("test")), result=shown, ref=ref)
    if kind == "certificate" and (certificate := text(get("certificate"))):
        return NeedsCertificate(certificate=certificate, scheme=text(get("scheme")), ref=ref)
    if kind == "hours" and (hours := whole(get("hours"))) is not None:
        return NeedsHours(hours=hours, isco08=text(get("isco08")), ref=ref)
    if kind == "experience" and (isco08 := text(get("isco08"))) and (months := whole(get("months"))) is not None:
        return NeedsExperience(isco08=isco08, months=months, ref=ref)
    if kind == "condition" and (code := text(get("code"))):
        return NeedsCondition(code=code, ref=ref)
    if kind == "no_record" and (record := text(get("record"))):
        return NeedsNoRecord(record=record, country=text(get("country")), years=whole(get("years")), ref=ref)
    if kind == "prior_programme" and (programme := text(get("programme"))):
        return NeedsProgramme(programme=programme, field=text(get("field")), ref=ref)
    if kind == "ranked":
        return Ranked(test=text(get("test")), note=text(get("note")), ref=ref)
    return None


def _same_gaps(source: reading.Payload, **read: object) -> bool:
    """False when a bound was written but could not be read: half a range must not pass for a whole one."""
    return all((source.get(name) is None) == (value is None) for name, value in read.items())
