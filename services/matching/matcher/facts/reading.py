"""Tolerant readers for the fact classes: a value of the wrong type or shape reads as None, never as an error.

`fact(Order, payload)` reads every field of a fact class by its annotation, so that a new field is one line. Use these
only for payloads of other houses, which were checked at their owners' doors; never for visitors' input.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from types import NoneType
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin, get_type_hints

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

    @classmethod
    def both(cls, make: Callable[[str], str]) -> "Text":
        """What `make` says in "id" and in "en"."""
        return cls(make("id"), make("en"))

    @classmethod
    def joined(cls, *parts: "Text | None", by: str = " ") -> "Text":
        """The parts that there are, one behind the other."""
        said = [part for part in parts if part is not None]
        return cls.both(lambda lang: by.join(part.said(lang) for part in said))

    def filled(self, **words: "Text") -> "Text":
        """A template with its words."""
        return Text.both(lambda lang: self.said(lang).format(**{name: word.said(lang) for name, word in words.items()}))

    def said(self, lang: str) -> str:
        """In the language of an answer, "id" or "en"."""
        return self.en if lang == "en" else self.id


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


def each(build: Callable[[Payload], T | None], value: Any) -> tuple[T, ...]:
    """One value per readable object of a list."""
    built = (build(item) for item in items(value) if isinstance(item, Mapping))
    return tuple(one for one in built if one is not None)


def similarity(value: Any) -> float:
    """0..1 of a code that was found from words. One without a similarity was given as a code: nothing was guessed."""
    read = number(value)
    return 1.0 if read is None else read


Name = Annotated[str, lambda value: text(value) or ""]
Number = Annotated[int, lambda value: whole(value) or 0]
Yes = Annotated[bool, lambda value: value is True]
Count = Annotated[int | None, count]
End = Annotated[date | None, end]
Similarity = Annotated[float, similarity]
"""Annotations that name their reader; `Name` and `Number` are "" and 0 where nothing is written."""

_READERS: dict[Any, Callable[[Any], Any]] = {
    str: text,
    int: whole,
    float: number,
    bool: flag,
    date: day,
    datetime: instant,
    Money: Money.from_payload,
    Text: Text.from_payload,
    tuple[str, ...]: texts,
    Payload: mapping,
}
"""Annotation of a field → how it is read."""


def fact(cls: type[T], payload: Payload, **own: Any) -> T:
    """A fact class from its payload, each field by its annotation; `own`: values of fields that are read elsewhere.

    `from_` reads "from". Of a fact inside a fact, `X | None` is None where nothing is written, `X` is one of which
    nothing is known, and `tuple[X, ...]` holds those that have what they cannot do without: every field that may not be
    None. Errors: none for any payload; TypeError for an annotation that nobody can read, a mistake in the class.
    """
    return cls(**{name: read(payload.get(key)) for name, key, read in _plan(cast(Any, cls), *own)}, **own)


@cache
def _plan(cls: Hashable, *own: str) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    """(field, key of the payload, reader) of a fact class."""
    hints = {name: hint for name, hint in get_type_hints(cls, include_extras=True).items() if name not in own}
    return tuple((name, name.removesuffix("_"), _reader(hint)) for name, hint in hints.items())


def _reader(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) is Annotated:
        return cast(Callable[[Any], Any], get_args(hint)[1])
    kind: Any = next(
        (part for part in get_args(hint) if part is not NoneType), hint
    )  # X of `X | None`, `tuple[X, ...]`
    several = get_origin(hint) is tuple
    if hint in _READERS or (kind in _READERS and not several):
        return _READERS.get(hint) or _READERS[kind]
    if not is_dataclass(kind):
        raise TypeError(f"nobody can read {hint}: annotate it with its reader")
    build: Callable[[Payload], Any] = getattr(kind, "from_payload", partial(_inside, cast(Any, kind)))
    if several:
        return partial(each, build)
    return lambda value: build(source) if (source := mapping(value)) or kind is hint else None


def _inside(cls: Any, payload: Payload) -> Any:
    """None without a field that may not be None."""
    found = fact(cls, payload)
    return found if all(getattr(found, name) is not None for name in _needed(cls)) else None


@cache
def _needed(cls: Hashable) -> tuple[str, ...]:
    return tuple(name for name, hint in get_type_hints(cls).items() if hint in (str, bool, date))


def shown(value: Any) -> str | None:
    """The result of a test as people write it, a number or a word."""
    return (str(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None) or None


def same_gaps(source: Payload, **read: object) -> bool:
    """False when a bound was written but could not be read: half a range must not pass for a whole one."""
    return all((source.get(name) is None) == (value is None) for name, value in read.items())
