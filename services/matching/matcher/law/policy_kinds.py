"""What each kind of policy says, read from its `content`: for the rules, which never look into raw content.

A new law of a known kind is a data row. A new kind is a class here and one small function in `rules/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Money, Payload, fact, items, mapping, number, text, texts, whole
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.kinds import parse_tree
from services.matching.matcher.requirements.status import Status


@dataclass(frozen=True, slots=True)
class Scope:
    """Which orders a row speaks about. An empty part means "any"; occupations match by ISCO-08 prefix."""

    countries: tuple[str, ...] = ()
    employer_type: str | None = None
    isco08: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()

    def covers(self, order: Order) -> Status:
        """MET it does, NOT_MET it does not, UNKNOWN the order does not say enough.

        Of an order without a scheme no row that names schemes speaks: the rule about schemes refuses it anyway, and
        should not do so by asking a household for the rest hours of seamen.
        """
        country = _within(order.country, self.countries)
        if country is Status.NOT_MET:  # most rows speak of other countries
            return country
        return min(
            country,
            _within(order.employer.type, (self.employer_type,) if self.employer_type else ()),
            _starts(order.isco08, self.isco08),
            _within(order.scheme or "", self.schemes),
        )


@dataclass(frozen=True, slots=True)
class Gate:
    """People whose home lies under the prefix need the competence certificate of the title, and its hours."""

    home_prefix: str
    scope: Scope
    reading: str | None


@dataclass(frozen=True, slots=True)
class Ban:
    """A destination or job that is closed."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class OrderCondition:
    """One thing a corridor asks of the order itself: `op` is in | min | max."""

    field: str
    op: str
    values: tuple[str, ...] = ()
    bound: float | None = None
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class Corridor:
    """What an agreement between two countries asks, of the order and of the person."""

    scope: Scope
    order: tuple[OrderCondition, ...]
    person: Requirement


@dataclass(frozen=True, slots=True)
class CostRule:
    """Items that these payers may not be charged."""

    items: frozenset[str]
    scope: Scope
    forbidden_payers: frozenset[str]


@dataclass(frozen=True, slots=True)
class AgeFloor:
    """Can only raise the statutory 18."""

    scope: Scope
    min_age: int


@dataclass(frozen=True, slots=True)
class HoursRule:
    """Lesson hours for one title, in one country or everywhere; binds everybody."""

    scope: Scope
    hours: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Rupiah for one unit of a currency."""

    currency: str
    idr: float


Content = Gate | Ban | Corridor | CostRule | AgeFloor | HoursRule | Rate

CONDITION_FIELDS = {
    "scheme": "in",
    "channel": "in",
    "visa_type": "in",
    "wage": "money",
    "household_income": "money",
    "household_size": "number",
    "hours_per_day": "number",
    "hours_per_week": "number",
    "rest_per_day": "number",
    "rest_per_week": "number",
    "term_months": "number",
}


def read_content(kind: str | None, content: Payload) -> Content | None:
    """None when the kind is unknown or the content lacks what it cannot do without."""
    reader = READERS.get(kind or "")
    return reader(content) if reader else None


def _gate(content: Payload) -> Gate | None:
    prefix, employer = text(content.get("home_regency_prefix")), text(content.get("employer_type"))
    if prefix is None or employer is None:
        return None
    return Gate(
        prefix, Scope(employer_type=employer, isco08=texts(content.get("isco08"))), text(content.get("reading"))
    )


def _ban(content: Payload) -> Ban | None:
    scope = fact(Scope, content)
    return Ban(scope) if scope.countries else None


def _corridor(content: Payload) -> Corridor | None:
    conditions = tuple(_condition(item) for item in items(content.get("order")))
    if any(condition is None for condition in conditions):
        return None
    return Corridor(
        scope=fact(Scope, mapping(content.get("applies"))),
        order=tuple(condition for condition in conditions if condition is not None),
        person=parse_tree(content.get("person")),
    )


def _condition(payload: Any) -> OrderCondition | None:
    source = mapping(payload)
    name, op, value = text(source.get("field")), text(source.get("op")), source.get("value")
    kind = CONDITION_FIELDS.get(name or "")
    if name is None or op is None or kind is None:
        return None
    if kind == "in" and op == "in":
        allowed = texts(value)
        return OrderCondition(name, op, values=allowed) if allowed else None
    if kind == "money" and op in ("min", "max"):
        money = Money.from_payload(value)
        return OrderCondition(name, op, money=money) if money else None
    if kind == "number" and op in ("min", "max"):
        bound = number(value)
        return None if bound is None else OrderCondition(name, op, bound=bound)
    return None


def _cost(content: Payload) -> CostRule | None:
    charged, payers = frozenset(texts(content.get("items"))), frozenset(texts(content.get("forbidden_payers")))
    return CostRule(charged, fact(Scope, content), payers) if charged and payers else None


def _age_floor(content: Payload) -> AgeFloor | None:
    age = whole(content.get("min_age"))
    return None if age is None else AgeFloor(fact(Scope, mapping(content.get("applies"))), age)


def _hours(content: Payload) -> HoursRule | None:
    title, hours, country = text(content.get("isco08")), whole(content.get("hours")), text(content.get("country"))
    if title is None or hours is None:
        return None
    return HoursRule(Scope(countries=(country,) if country else (), isco08=(title,)), hours)


def _rate(content: Payload) -> Rate | None:
    currency, idr = text(content.get("currency")), number(content.get("idr"))
    return Rate(currency, idr) if currency and idr and idr > 0 else None


def _within(value: str | None, allowed: tuple[str | None, ...]) -> Status:
    if not allowed:
        return Status.MET
    if value is None:
        return Status.UNKNOWN
    return Status.MET if value in allowed else Status.NOT_MET


def _starts(value: str | None, prefixes: tuple[str, ...]) -> Status:
    if not prefixes:
        return Status.MET
    if value is None:
        return Status.UNKNOWN
    return Status.MET if value.startswith(prefixes) else Status.NOT_MET


READERS: Mapping[str, Callable[[Payload], Content | None]] = {
    "GATE": _gate,
    "BAN": _ban,
    "CORRIDOR": _corridor,
    "COST": _cost,
    "AGE_FLOOR": _age_floor,
    "HOURS": _hours,
    "RATE": _rate,
}
"""One for each kind of `shared/codes/policies.py`."""
