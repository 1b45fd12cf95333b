"""What a rule asks of a person, an order or a day, as small values that both forms of the engine can evaluate.

A rule is built from these by a function in `rules/`; the readable form judges them one by one (`judge.py`), the
vectorised form turns each into a column (`columns.py`). The leaves of requirement trees (`facts.trees`) are asks too.
Equal asks are equal values, so that a thousand orders which ask the same are answered once.
"""

from dataclasses import dataclass, field
from datetime import date

from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.trees import (
    AllOf,
    AnyOf,
    Leaf,
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
    Ranked,
    Tree,
    Unreadable,
)

SURE = 0.8
"""An occupation code found from a person's words with less similarity is a guess, and a guess proves no experience."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Known from the order and the law alone."""

    status: Status


@dataclass(frozen=True, slots=True)
class Within:
    """The day asked lies between two days, both inclusive; None means open at that end."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Consent:
    """The person agreed that their data are used for matching."""


@dataclass(frozen=True, slots=True)
class Age:
    """Completed years. `wait_until`: the last day on which reaching `min` would still help; None = no waiting."""

    min: int | None = None
    max: int | None = None
    wait_until: date | None = None
    ref: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HomeOutside:
    """The home regency does not lie under this prefix; where the person stays now does not matter."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Lesson hours of one title that count for one destination (None: all count)."""

    isco08: str
    hours: int
    destination: str | None = None
    ref: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Outside:
    """The day asked does not lie between two days, both inclusive: on each of those the partner is listed."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class NoBan:
    """No ban on entering this country is on record, as far as anybody was asked.

    A deportation or overstay there of which no ban is known leaves it open.
    """

    country: str


@dataclass(frozen=True, slots=True)
class NotUnfit:
    """No medical result on record says unfit; a person not yet examined passes."""


@dataclass(frozen=True, slots=True)
class NotRefused:
    """A health condition is not on record as failed; unknown health passes."""

    code: str
    ref: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """A requirement record is met and not expired on the day."""

    code: str


@dataclass(frozen=True, slots=True)
class HoldsSlot:
    """A slot of this order is already reserved for the person."""

    order_id: str


Ask = (
    AllOf
    | AnyOf
    | Leaf
    | Fixed
    | Within
    | Consent
    | Age
    | HomeOutside
    | Hours
    | Outside
    | NoBan
    | NotUnfit
    | NotRefused
    | Paper
    | HoldsSlot
)


GROUPS = (AllOf, AnyOf)
CLEARED_BY_OTHERS = (Fixed, Within, Outside, Unreadable)
"""Asks that no paper of the person and no birthday can change."""

CHANGING = (Age, NeedsAge, NeedsCertificate, NeedsLanguage, NeedsNoRecord, NoBan, Outside, Paper, Ranked, Within)
"""The only asks whose answer depends on the day."""

FACETS: dict[type, str] = {
    NeedsAge: "birth_date",
    NeedsBirthDate: "birth_date",
    NeedsSex: "sex",
    NeedsEducation: "education",
    NeedsLanguage: "languages",
    NeedsCertificate: "certificates",
    NeedsHours: "training_hours",
    NeedsExperience: "occupations",
    NeedsCondition: "fitness",
    NeedsNoRecord: "records",
    NeedsProgramme: "prior_programmes",
    NoBan: "records",
    Ranked: "languages",
    Consent: "consent",
    Age: "birth_date",
    HomeOutside: "home_regency",
    Hours: "training_hours",
    NotUnfit: "fitness",
    NotRefused: "fitness",
    Paper: "requirements",
    HoldsSlot: "holds",
}
"""The one field of a person that an ask reads; asks that are missing here read nothing of the person.

Where nobody asked for a list (`Person.unasked`), nothing can be said about the ask that reads it."""


def not_asked(ask: "Ask", person: Person) -> bool:
    """Is the answer open because nobody asked the person?"""
    return FACETS.get(type(ask), "") in person.unasked


def of_order(tree: Tree, order: Order, wait_until: date | None) -> Ask:
    """A requirement tree as this order means it.

    Hours without a title mean the order's title and count for its country; a birthday in time is a lawful wait; beside
    a birth window an age range says nothing more; a health condition blocks only when it is on record as failed.
    Groups inside groups of the same kind become one.
    """
    if isinstance(tree, AllOf):
        parts = flatten(tree)
        if any(isinstance(part, NeedsBirthDate) for part in parts):
            parts = tuple(part for part in parts if not isinstance(part, NeedsAge))
        return AllOf(tuple(of_order(part, order, wait_until) for part in parts))
    if isinstance(tree, AnyOf):
        return AnyOf(tuple(of_order(part, order, wait_until) for part in flatten(tree)))
    if isinstance(tree, NeedsAge):
        return Age(tree.min, tree.max, wait_until, tree.ref)
    if isinstance(tree, NeedsHours):
        title = tree.isco08 or order.isco08
        if title is None or order.country is None:
            return Unreadable(kind="hours", ref=tree.ref)
        return Hours(title, tree.hours, order.country, tree.ref)
    if isinstance(tree, NeedsCondition):
        return NotRefused(tree.code, tree.ref)
    return tree


def flatten(tree: AllOf | AnyOf) -> tuple[Tree, ...]:
    """The parts of a group, with the parts of groups of the same kind in their place."""
    parts: list[Tree] = []
    for part in tree.parts:
        if type(part) is type(tree):
            parts += flatten(part)
        else:
            parts.append(part)
    return tuple(parts)


def refs(ask: Ask) -> tuple[str, ...]:
    """Where this ask is written, as its leaves say, each place once."""
    if isinstance(ask, AllOf | AnyOf):
        return tuple(dict.fromkeys(ref for part in ask.parts for ref in refs(part)))
    ref = getattr(ask, "ref", None)
    return () if ref is None else (ref,)
