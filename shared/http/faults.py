"""For schemas and the door in front of them: turn what marshmallow complains about into faults a person can act on.

A field of ours raises :func:`refuse`, which carries code, both languages and what to type instead. Messages of
marshmallow's own fields and validators are recognised by their wording (the library is pinned, and a test walks every
message it can produce).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from marshmallow import Schema, ValidationError, fields
from rapidfuzz import fuzz, process, utils

from shared.http.problems import MOST_FAULTS, Fault, Later, Text, say
from shared.http.wordings import wording_of


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one value, not yet knowing where the value stands."""

    code: str
    message: Text
    fix: Text | None = None


def refuse(code: str, message: Text, fix: Text | None = None) -> ValidationError:
    """The error to raise from a field or a ``@validates`` method of a schema."""
    return ValidationError([Complaint(code, message, fix)])


LIKE = 75.0
"""Likeness (0 to 100) of two spellings from which one is suggested: about one letter in four may differ. Below it a
suggestion misleads more people than it helps (``female`` is not ``L``)."""


_SHORT, _LIKE_IF_SHORT = 5, 81.0
"""Of so few letters another one makes another word: ``TOEFL`` is no slip of ``TOCFL``, nor ``code`` of ``mode``."""


def nearest(typed: object, choices: Sequence[str], like: float = LIKE) -> str | None:
    """The one of ``choices`` that somebody who typed this probably meant; None when nothing is near enough to help."""
    if not isinstance(typed, str) or not typed.strip() or len(typed) > 200:
        return None
    found = process.extractOne(typed, choices, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=like)
    if found and len(plain := utils.default_process(typed)) <= _SHORT and found[1] < _LIKE_IF_SHORT:
        # Two letters in each other's place are a slip; another letter makes another word.
        return found[0] if sorted(plain) == sorted(utils.default_process(found[0])) else None
    return found[0] if found else None


def did_you_mean(typed: object, choices: Sequence[str]) -> Text | None:
    """The nearest of ``choices`` as a sentence, or None."""
    near = nearest(typed, choices)
    return say(f"Maksudnya {near}?", f"Did you mean {near}?") if near else None


def one_of(choices: Sequence[str], typed: object) -> Text:
    """What to type instead: the nearest choice, or the choices themselves; looked for when somebody reads it."""
    return Later(lambda: _one_of(choices, typed))


def _one_of(choices: Sequence[str], typed: object) -> Text:
    listed = ", ".join(choices[:20]) + (", …" if len(choices) > 20 else "")
    near = did_you_mean(typed, choices)
    return near or {"id": f"Pilih salah satu: {listed}.", "en": f"Choose one of: {listed}."}


def faults(messages: Any, *, schema: Schema | None, data: Any, where: str = "body") -> list[Fault]:
    """Marshmallow's nested messages as a flat list with JSON pointers, in the order of the schema: as many as are shown
    (``counted`` says how many there are).
    """
    return list(islice(_walk(messages, node=schema, value=data, pointer="", where=where), MOST_FAULTS))


def counted(messages: Any) -> int:
    """How many faults marshmallow's nested messages hold."""
    if isinstance(messages, Mapping):
        return sum(counted(inner) for inner in messages.values())
    if isinstance(messages, list | tuple):
        return sum(counted(inner) if isinstance(inner, Mapping) else 1 for inner in messages)
    return 1


def escape(part: object) -> str:
    """One reference token of a JSON pointer (RFC 6901)."""
    return str(part).replace("~", "~0").replace("/", "~1")


def _walk(messages: Any, *, node: Any, value: Any, pointer: str, where: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            if key == "_schema":
                yield from _walk(inner, node=node, value=value, pointer=pointer, where=where)
                continue
            below = _child(node, key)
            if isinstance(node, fields.Dict) and isinstance(inner, Mapping) and inner.keys() <= {"key", "value"}:
                for part, complaint in inner.items():
                    inside = node.value_field if part == "value" else None
                    shown = _value(value, key) if part == "value" else key
                    yield from _walk(
                        complaint, node=inside, value=shown, pointer=f"{pointer}/{escape(key)}", where=where
                    )
                continue
            yield from _walk(
                inner, node=below, value=_value(value, key), pointer=f"{pointer}/{escape(key)}", where=where
            )
        return
    for message in messages if isinstance(messages, list | tuple) else [messages]:
        if isinstance(message, Mapping):
            yield from _walk(message, node=node, value=value, pointer=pointer, where=where)
            continue
        complaint = message if isinstance(message, Complaint) else _translated(str(message), node, value, pointer)
        yield Fault(pointer, complaint.code, complaint.message, complaint.fix, where)


def _child(node: Any, key: Any) -> Any:
    """The field or schema that describes ``key`` below ``node``; for an unknown key the schema whose keys are known."""
    if isinstance(node, fields.Nested):
        node = node.schema
        if isinstance(key, int):
            return node
    if isinstance(node, Schema):
        if isinstance(key, int):
            return node
        for name, known in node.fields.items():
            if (known.data_key or name) == key:
                return known
        return _Unknown([known.data_key or name for name, known in node.load_fields.items()], str(key))
    if isinstance(node, fields.List):
        return node.inner
    return None


def _value(value: Any, key: Any) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return None


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A key that the schema does not have, with the keys that it has."""

    names: list[str]
    typed: str


def _translated(message: str, node: Any, value: Any, pointer: str) -> Complaint:
    name = pointer.rsplit("/", 1)[-1] or "…"
    if message == "Unknown field.":
        known = node if isinstance(node, _Unknown) else _Unknown([], name)
        return Complaint(
            "unknown_field",
            {"id": f'Tidak ada isian bernama "{known.typed[:80]}" di sini.', "en": f'No "{known.typed[:80]}" here.'},
            one_of(known.names, known.typed) if known.names else {"id": "Hapus isian ini.", "en": "Remove it."},
        )
    row, words = wording_of(message)
    if row is None:
        return Complaint("wrong_value", {"id": "Isian ini tidak dapat dipakai.", "en": message})
    if row.code == "unknown_code":
        fix: Text | None = one_of([choice.strip() for choice in words["choices"].split(",")], value)
    else:
        fix = row.fix(name=name, **words)
    return Complaint(row.code, row.message(name=name, **words), fix)
