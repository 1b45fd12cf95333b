"""For the columns with entries: the parts of each, and prerequisites as people write them and as text again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shared.codes import education
from shared.sheets.entries import SPOKEN, EntryPart, read_part
from shared.sheets.outcomes import UnreadableCell

Body = dict[str, Any]


class Unreadable(Exception):
    """The entry says nothing that its column knows."""


PARTS: Mapping[str, tuple[EntryPart, ...]] = {
    "languages": SPOKEN,
    "hours_for": (
        EntryPart("isco08", "jabatan", "occupation"), EntryPart("hours", "JP", "whole", unit="lessons"),
        EntryPart("destination", "negara", "country"),
    ),
}  # fmt: skip
"""The parts of an entry in the order of the cell; those at the end may be left out."""


_AGE = re.compile(
    r"(?:min(?:imal)?\.? +)?(?:umur|usia|age)(?: +min(?:imal)?\.?)?\s*\|?\s*(?P<min>[0-9]{1,3})"
    r"(?:\s*(?:-|–|s\.?/?d\.?|sampai)\s*(?P<max>[0-9]{1,3}))?\s*(?:tahun|thn|th)?\.?",
    re.IGNORECASE,
)
_SCHOOLING = re.compile(
    r"(?:pendidikan|education|ijazah|lulusan|tamatan)?(?: +min(?:imal)?\.?)?\s*\|?\s*(?P<level>[A-Z0-9/ -]+?)",
    re.IGNORECASE,
)
_LEAST = re.compile(r"^(min(imal)?|paling rendah|sekurang-kurangnya)\.?\s+", re.IGNORECASE)


def prerequisite(entry: str) -> Body:
    """One prerequisite as a leaf of the tree of conditions, as ``umur | 18`` or as people write it (``minimal SMP``).

    Raises Unreadable for what says nothing that we know.
    """
    word, *rest = _parts(entry)
    age = _AGE.fullmatch(entry.strip())
    if age is not None:
        leaf = {"kind": "age", "min": int(age["min"])}
        return {**leaf, "max": int(age["max"])} if age["max"] else leaf
    schooling = _SCHOOLING.fullmatch(_LEAST.sub("", entry.strip()))
    level = _level(schooling["level"]) if schooling else None
    if level is not None:
        return {"kind": "education", "level": level}
    match word.lower(), rest:
        case (("pendidikan" | "education" | "ijazah"), [level]):
            return {"kind": "education", "level": level.upper()}
        case (("sertifikat" | "certificate"), [kind, *scheme]):
            return {"kind": "certificate", "certificate": kind.upper(), "scheme": scheme[0].upper() if scheme else None}
        case (("bahasa" | "language"), [spoken, test, result]):
            return {
                "kind": "language",
                **{
                    part.name: _of_language(part, typed)
                    for part, typed in zip(SPOKEN, (spoken, test, result), strict=False)
                },
            }
        case (("jam" | "hours"), [isco08, needed]) if needed.isdecimal():
            return {"kind": "hours", "isco08": isco08, "hours": int(needed)}
    raise Unreadable


def _of_language(part: EntryPart, typed: str) -> str:
    """A part as the column of languages reads it; what it does not know stays, and is refused by its schema."""
    try:
        found = read_part(part, typed)
    except UnreadableCell:
        found = None
    return found if isinstance(found, str) else typed


def _level(typed: str) -> str | None:
    """The certificate of schooling that a text names; one that asks for none is no prerequisite."""
    word = " ".join(typed.upper().split())
    found = word if word in education.LADDER else education.ALIASES.get(word)
    return found if found != "NONE" else None


def prerequisite_text(leaf: Mapping[str, Any]) -> str | None:
    """The entry that reads as this leaf; None for a leaf that says more than an entry can."""
    told = {name: value for name, value in leaf.items() if value is not None}
    text: str | None = None
    match told.get("kind"):
        case "age":
            low, high = told.get("min"), told.get("max")
            text = None if low is None else _joined(["umur", low if high is None else f"{low}-{high}"])
        case "education":
            text = _joined(["pendidikan", told.get("level")])
        case "certificate":
            text = _joined(["sertifikat", told.get("certificate"), told.get("scheme")])
        case "language":
            text = _joined(["bahasa", told.get("language"), told.get("test"), told.get("result")])
        case "hours":
            text = _joined(["jam", told.get("isco08"), told.get("hours")])
    try:
        again = prerequisite(text) if text else None
    except Unreadable:
        return None
    same = again is not None and {name: value for name, value in again.items() if value is not None} == told
    return text if same else None


def leaf_key(leaf: Mapping[str, Any]) -> Any:
    """Of two leaves with the same key, the later one stands."""
    kind = leaf.get("kind")
    if kind == "language":
        return kind, leaf.get("language"), leaf.get("test")
    if kind in ("certificate", "hours"):
        return kind, leaf.get("certificate"), leaf.get("scheme"), leaf.get("isco08")
    return (kind,) if kind in ("age", "education") else (kind, str(leaf))


def _parts(entry: str) -> list[str]:
    return [part.strip() for part in entry.split("|")]


def _joined(parts: Any) -> str:
    texts: Sequence[str] = ["" if part is None else str(part) for part in parts]
    return " | ".join(texts).rstrip(" |")
