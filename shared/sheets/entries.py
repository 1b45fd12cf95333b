"""For columns of entries: ``merawat nenek | rumah | 36`` as a mapping, each part by its kind, and as text again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from shared.codes import languages
from shared.http.problems import Fault, Text, say
from shared.sheets.cells import Cell, Column, Kind, Unit, folded
from shared.sheets.outcomes import UnreadableCell
from shared.sheets.records import SheetRecord
from shared.sheets.spellings import folded_choices
from shared.sheets.values import value_of

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class EntryPart:
    """One part of an entry: its name in the data and in Indonesian, its kind, and what people call its codes."""

    name: str
    title: str
    kind: Kind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    unit: Unit = ""


def spoken(codes: Sequence[str], **names: str) -> dict[str, str]:
    """Choices of a part: what people say (an underscore for a blank), then the codes themselves."""
    return {**{name.replace("_", " "): code for name, code in names.items()}, **{code: code for code in codes}}


LANGUAGES = {
    **{name: code for code, names in languages.LANGUAGES.items() for name in names},
    **{f"bahasa {names[0]}": code for code, names in languages.LANGUAGES.items()},
    **{code: code for code in languages.LANGUAGES},
    "Chinese": "zh", "Cina": "zh", "Tiongkok": "zh", "bahasa Cina": "zh", "Kantonis": "yue",
}  # fmt: skip
SPOKEN = (
    EntryPart("language", "bahasa", "code", LANGUAGES),
    EntryPart("test", "ujian", "code", spoken(list(languages.TESTS))),
    EntryPart("result", "hasil", "result"),
    EntryPart("cefr", "CEFR", "result"),
)
"""The parts of a language, whoever speaks or teaches it."""


def order_of(parts: Sequence[EntryPart]) -> Text:
    """In which order the parts of an entry stand, for the help of its column."""
    return say(f"Urutan: {' | '.join(p.title for p in parts)}.", f"In this order: {' | '.join(p.name for p in parts)}.")


def entry_of(record: SheetRecord, column: Column, parts: Sequence[EntryPart], text: str, found: list[Fault]) -> Body:
    """One entry of a cell; what cannot be read of it goes to ``found``, at its cell."""
    read: Body = {}
    typed = [part.strip() for part in _apart(text, parts)]
    if len(typed) > len(parts):
        found.append(record.at(column.key, Fault("", "too_many_parts", _TOO_MANY, order_of(parts))))
    for part, written in zip(parts, typed, strict=False):
        if not written:
            continue
        try:
            read[part.name] = read_part(part, written)
        except UnreadableCell as error:
            found.append(record.at(column.key, _of_part(error, part, record.cells[column.key].address, parts)))
    return {name: value for name, value in read.items() if value is not None}


def _of_part(error: UnreadableCell, part: EntryPart, address: str, parts: Sequence[EntryPart]) -> Fault:
    """What is wrong with one part of an entry, by its name; the order of the parts says which one that is."""
    message = say(
        f"Sel {address}, bagian {part.title}: {error.message['id']}",
        f"Cell {address}, part {part.name}: {error.message['en']}",
    )
    order, fix = order_of(parts), error.fix or say("", "")
    return Fault("", error.code, message, {lang: f"{fix[lang]} {order[lang]}".strip() for lang in ("id", "en")})


_LEVEL = re.compile(r"(?P<language>[A-Za-z ]+?)\s+(?P<level>N[1-5]|[ABC][12])", re.IGNORECASE)


def _apart(text: str, parts: Sequence[EntryPart]) -> list[str]:
    """The parts of an entry. ``Jepang N5`` names its test by its result; ``Jepang A2`` might be one of two tests."""
    spoken_level = _LEVEL.fullmatch(text.strip()) if parts[:1] == SPOKEN[:1] else None
    if spoken_level is not None:
        named, level = spoken_level["language"], spoken_level["level"].upper()
        in_japanese = folded_choices(LANGUAGES).get(folded(named)) == "ja"
        if in_japanese == level.startswith("N"):
            return [named, "JLPT" if in_japanese else "CEFR", level]
    return text.split("|")


# A sheet says "rumah", "WRITTEN" and "36" in every row; what is read depends on nothing but the words.
@lru_cache(maxsize=8192)
def read_part(part: EntryPart, written: str) -> Any:
    """The value of one part. Raises UnreadableCell."""
    column = Column(part.name, say(part.title, part.name), part.kind, choices=part.choices, unit=part.unit)
    return value_of(Cell("", written), column)[0]


def text_of(parts: Sequence[EntryPart], kept: Mapping[str, Any]) -> str:
    """A kept entry as its cell would say it."""
    texts = ["" if kept.get(part.name) is None else str(kept[part.name]) for part in parts]
    return " | ".join(texts).rstrip(" |")


def is_sayable(parts: Sequence[EntryPart], kept: Mapping[str, Any]) -> bool:
    """Would a cell with this entry be read as the entry again? Not where a part holds the mark between parts."""
    if kept.get(parts[0].name) is None:
        return False
    for part in parts:
        value = kept.get(part.name)
        if value is None:
            continue
        text = str(value)
        if "|" in text or "\n" in text:
            return False
        try:
            if read_part(part, text) != value:
                return False
        except UnreadableCell:
            return False
    return True


_TOO_MANY = say("Ada bagian yang berlebih di antara tanda |.", "There are too many parts between the | marks.")
