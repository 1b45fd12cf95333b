"""For the import door: what one row says of a course and of a batch, put together with what is on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.training.schemas.sheet.columns import FIELDS, Field
from services.training.schemas.sheet.entries import PARTS, Unreadable, leaf_key, prerequisite
from shared.http.problems import Fault, say
from shared.sheets import ERASE, Replacing, SheetRecord
from shared.sheets.entries import entry_of
from shared.sheets.merging import itself, merged_list, parts_key
from shared.sheets.outcomes import Erase

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """Values by column key, of the course and of the batch, as the row says them."""

    code: str | None
    course: Mapping[str, Any]
    batch: Mapping[str, Any]


def said(record: SheetRecord) -> tuple[Said, list[Fault]]:
    """What a row says, and the entries in it that cannot be read."""
    course: Body = {}
    batch: Body = {}
    found: list[Fault] = []
    for field in FIELDS:
        if field.key not in record.values:
            continue
        value = record.values[field.key]
        if field.key in (*PARTS, "prerequisites") and isinstance(value, list):
            value, faults = _entries(record, field, value)
            found += faults
        (course if field.of_course else batch)[field.key] = value
    course.pop("code", None)
    for key, day in zip(("starts", "ends"), batch.pop("period", ()), strict=False):
        if batch.setdefault(key, day) != day:
            found.append(record.at("period", Fault("", "contradicts_cell", *_TWO_PERIODS)))
    return Said(record.values.get("code"), course, batch), found


def merged_said(rows: Sequence[Mapping[str, Any]]) -> Body:
    """What several rows say of one course together: a list grows, and any other value stands where it is said first."""
    merged: Body = {}
    for row in rows:
        for key, value in row.items():
            if isinstance(value, list) and isinstance(merged.get(key), list) and not isinstance(value, Replacing):
                merged[key] = type(merged[key])([*merged[key], *(one for one in value if one not in merged[key])])
            else:
                merged.setdefault(key, value)
    return merged


def course_of(values: Mapping[str, Any], before: Mapping[str, Any] | None) -> Body:
    """The members of a course that the values change, whole, for its schema. ``before``: the course on record."""
    known = before or {}
    body: Body = {}
    for key, value in values.items():
        member = _MEMBER[key]
        if key in _LISTS:
            merged = merged_list(_on_record(key, known), value, _LISTS[key])
            body[member] = ({"all": merged} if merged else None) if key == "prerequisites" else merged
        elif key == "cost":
            body[member] = None if isinstance(value, Erase) else {"amount": value, "currency": "IDR"}
        elif key not in _IN_PARTS:
            body[member] = None if isinstance(value, Erase) else value
    titles = {lang: values[key] for key, lang in (("title", "id"), ("title_en", "en")) if key in values}
    if titles:
        body["title"] = _title(titles, known.get("title"))
    certificate = {_PART[key]: values[key] for key in _PART if key in values}
    if certificate:
        body["certificate"] = _certificate(certificate, known.get("certificate"))
    return body


def _title(said: Body, before: Mapping[str, str] | None) -> Body:
    """Without an English title of its own a course is called the same in both languages."""
    old = before or {}
    own = old.get("en") if old.get("en") != old.get("id") else None
    indonesian = said.get("id", old.get("id"))
    english = said.get("en", own)
    return {"id": indonesian, "en": indonesian if english is None or english is ERASE else english}


def _certificate(said: Body, before: Mapping[str, Any] | None) -> Body | None:
    if said.get("kind") is ERASE:
        return None
    whole = {"scheme": None, "valid_months": None, **(before or {}), **said}
    return {part: None if value is ERASE else value for part, value in whole.items()}


def _on_record(key: str, course: Mapping[str, Any]) -> list[Any]:
    if key == "outcomes":
        return [entry["text"] for entry in course.get("outcomes") or ()]
    if key == "prerequisites":
        tree = course.get("prerequisites")
        if not tree:
            return []
        return list(tree["all"]) if set(tree) == {"all"} else [tree]
    return list(course.get(key) or ())


def _entries(record: SheetRecord, field: Field, value: list[str]) -> tuple[list[Any], list[Fault]]:
    read: list[Any] = Replacing() if isinstance(value, Replacing) else []
    found: list[Fault] = []
    if field.key in PARTS:
        read.extend(entry_of(record, field.column, PARTS[field.key], entry, found) for entry in value)
        return read, found
    try:
        read.extend(prerequisite(entry) for entry in value)
    except Unreadable:
        fault = Fault("", "prerequisite_unreadable", _UNREADABLE, _BAD_PREREQUISITE)
        return [], [record.at(field.key, fault)]
    return read, []


_LISTS: dict[str, Callable[[Any], Any]] = {
    "isco08": itself,
    "outcomes": itself,
    "skkni_units": itself,
    "destinations": itself,
    "languages": parts_key("language", "test"),
    "hours_for": parts_key("isco08", "destination"),
    "prerequisites": leaf_key,
}
_PART = {"certificate_kind": "kind", "certificate_scheme": "scheme", "certificate_months": "valid_months"}
_IN_PARTS = {"title", "title_en", *_PART}
_MEMBER = {field.key: field.pointer.split("/")[2] for field in FIELDS}

_TWO_PERIODS = (
    say("Tanggal di baris ini berbeda.", "The days of this row differ."),
    say("Samakan dengan kolom Mulai dan Selesai, atau kosongkan salah satu.",
        "Make them the same as in Starts and Ends, or leave one of them empty."),
)  # fmt: skip
_UNREADABLE = say("Prasyarat ini tidak dapat dibaca.", "This prerequisite cannot be read.")
_BAD_PREREQUISITE = say(
    "Misalnya: umur 18; pendidikan SMP; sertifikat | COMPETENCE | HOUSEKEEPER; bahasa | ja | JLPT | N5.",
    "For example: age | 18; education | SMP; certificate | COMPETENCE | HOUSEKEEPER; language | ja | JLPT | N5.",
)
