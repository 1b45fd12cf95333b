"""Tolerant readers for the fact classes: a value of the wrong type or shape reads as None, never as an error.

Use these only for payloads of other houses, which were checked at their owners' doors; never for visitors' input.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

Payload = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people, Indonesian first."""

    id: str
    en: str

    @classmethod
    def from_payload(cls, payload: Any) -> "Text | None":
        source = mapping(payload)
        indonesian, english = text(source.get("id")), text(source.get("en"))
        if indonesian is None and english is None:
            return None
        return cls(id=indonesian or english or "", en=english or indonesian or "")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217); amounts of two currencies never compare without a dated rate."""

    amount: float
    currency: str

    @classmethod
    def from_payload(cls, payload: Any) -> "Money | None":
        source = mapping(payload)
        amount, currency = number(source.get("amount")), text(source.get("currency"))
        return None if amount is None or currency is None else cls(amount=amount, currency=currency)


def mapping(value: Any) -> Payload:
    return value if isinstance(value, Mapping) else {}


def items(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else ()


def text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def whole(value: Any) -> int | None:
    read = number(value)
    return None if read is None or read != int(read) else int(read)


def count(value: Any) -> int | None:
    """A whole number from zero up."""
    read = whole(value)
    return None if read is None or read < 0 else read


def day(value: Any) -> date | None:
    """An ISO date; 30 February and other impossible days read as None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def end(value: Any) -> date | None:
    """The last day of something. One that was written but cannot be read lies in the past: it is not "no end"."""
    return None if value is None else day(value) or date.min


def instant(value: Any) -> datetime | None:
    """An RFC 3339 time with its zone; a time without one reads as None because its day would be a guess."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, datetime) and value.tzinfo is not None else None


def texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in items(value) if isinstance(item, str) and item)


def each(build: Callable[[Payload], T], value: Any) -> tuple[T, ...]:
    """One value per readable object of a list."""
    return tuple(build(item) for item in items(value) if isinstance(item, Mapping))


def shown(value: Any) -> str | None:
    """The result of a test as people write it, a number or a word."""
    return (str(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None) or None


def same_gaps(source: Payload, **read: object) -> bool:
    """False when a bound was written but could not be read: half a range must not pass for a whole one."""
    return all((source.get(name) is None) == (value is None) for name, value in read.items())
