"""For the door: how much a body holds, counted before anybody judges it.

Judging costs microseconds a value and a sentence costs more, so a body of one megabyte could keep a core busy for
seconds. What is counted here is refused in a few milliseconds, whatever it holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, validate

MOST_BYTES = 33 * 1024 * 1024
"""Of any request: the 32 megabytes of a file and the form around it. JSON stops at one (``bodies.py``)."""

MOST_VALUES = 10_000
"""Values of one JSON document. The largest honest one (a person with every list full) has two thousand."""

MOST_ENTRIES = 1_000
"""Entries of one list whose schema names no length of its own."""

LONGEST_NAME = 200
"""Characters of a member's name. Pointers repeat it, and a name is typed by hand at most once."""

# Matches to the end also where the last quote is missing, so that it never starts over: linear for every input.
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)


def holds_too_much(body: bytes, most: int = MOST_VALUES) -> bool:
    """Would these bytes, read as JSON, make more than ``most`` values?

    Every value but the first follows a comma or begins a list or an object; those inside of texts do not count.
    """
    if _marks(body, 0, len(body)) <= most:
        return False
    marks = end = 0
    for strings, text in enumerate(_STRING.finditer(body)):
        marks += _marks(body, end, text.start())
        if marks > most or strings > 2 * most:
            return True
        end = text.end()
    return marks + _marks(body, end, len(body)) > most


def _marks(body: bytes, start: int, end: int) -> int:
    return sum(body.count(mark, start, end) for mark in (b",", b"[", b"{"))


def overfull(node: Any, value: Any, pointer: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The lists and mappings that are longer than their schema takes, as ``(place, most)``: found without judging any
    of their entries.
    """
    if isinstance(node, fields.Nested):
        if node.many and isinstance(value, Sequence) and not isinstance(value, str):
            yield from _entries(node, node.schema, value, pointer)
            return
        node = node.schema
    if isinstance(node, Schema) and isinstance(value, Mapping):
        for name, known in node.load_fields.items():
            key = known.data_key or name
            if key in value:
                yield from overfull(known, value[key], (*pointer, key))
    elif isinstance(node, fields.List) and isinstance(value, list):
        yield from _entries(node, node.inner, value, pointer)
    elif isinstance(node, fields.Dict) and isinstance(value, Mapping) and len(value) > _most(node):
        yield pointer, _most(node)


def _entries(
    node: Any, inner: Any, value: Sequence[Any], pointer: tuple[Any, ...]
) -> Iterator[tuple[tuple[Any, ...], int]]:
    most = _most(node)
    if len(value) > most:
        yield pointer, most
        return
    for at, entry in enumerate(value):
        yield from overfull(inner, entry, (*pointer, at))


def _most(node: "fields.Field[Any]") -> int:
    lengths = [one for one in node.validators if isinstance(one, validate.Length)]
    bounds = [one.equal if one.equal is not None else one.max for one in lengths]
    return min((bound for bound in bounds if bound is not None), default=MOST_ENTRIES)
