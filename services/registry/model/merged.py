"""Two records of one person become one: what is known of either is known then, and what both say stays as the record
that is kept says it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from services.registry.model.candidate import DECLARED, LISTS, NO_WISHES

Document = dict[str, Any]

ALSO = "merged"
"""Field of the record that is kept: ids of those merged into it (``shared.documents.replaced`` reads it too)."""

MARKS = "marks"
"""Field of a record: keyed hashes under which its person was known before, by another name, birthday or home or in a
record that was merged. What waits elsewhere under one of them goes with the person."""


def marks(*records: Mapping[str, Any]) -> list[str]:
    """All hashes under which the person of these records is or was known."""
    found = (one for record in records for one in (record.get("person_hash"), *record.get(MARKS, ())) if one)
    return list(dict.fromkeys(found))


def merged(kept: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Document, list[str]]:
    """``kept`` with what only ``other`` knows, and the names of the fields that this changed.

    Lists are joined (None: nobody asked). Of a paper on both the one checked later counts, of one day the one that
    keeps the person from going on: no paper is there because two records became one. Consents are
    rows of their own time, so together they say what the person allowed last. The NIK is the caller's.
    """
    new: Document = dict(kept)
    for name in DECLARED:
        if name in LISTS:
            new[name] = joined(kept.get(name), other.get(name))
        elif name == "wishes":
            new[name] = _filled(kept["wishes"], other["wishes"], NO_WISHES)
        elif kept.get(name) is None:
            new[name] = other.get(name)
    new["requirements"] = {**other["requirements"], **kept["requirements"]}
    for code in kept["requirements"].keys() & other["requirements"].keys():
        one, two = kept["requirements"][code], other["requirements"][code]
        new["requirements"][code] = max(one, two, key=_says_last)
    new["consents"] = sorted(
        joined(kept["consents"], other["consents"]) or [], key=lambda row: (row["given_at"], row["purpose"])
    )
    new["credits"] = {**other["credits"], **kept["credits"]}
    new[ALSO] = [*kept.get(ALSO, ()), *other.get(ALSO, ()), other["_id"]]
    new[MARKS] = marks(kept, other)
    return new, [name for name in new if name not in (ALSO, MARKS) and new[name] != kept.get(name)]


def specific(kept: Mapping[str, Any], other: Mapping[str, Any]) -> Document:
    """The same of health, records and loans; of two fitness records the later one, and where their days do not tell
    which that is, the one that keeps the person from working: nobody is fit because two records became one."""
    new = {name: joined(kept[name], other[name]) for name in ("records", "loans", "conditions") if name in kept}
    one, two = kept.get("fitness"), other.get("fitness")
    examined = [row for row in (one, two) if isinstance(row, Mapping) and row.get("status") != "UNTESTED"]
    dated = len({row.get("on") for row in examined}) > 1 and all(row.get("on") for row in examined)
    return {
        **{name: value for name, value in kept.items() if name != "_id"},
        **new,
        "fitness": max(examined, key=(lambda row: str(row["on"])) if dated else _hindrance, default=one),
    }


def _says_last(paper: Mapping[str, Any]) -> tuple[str, bool, bool]:
    """Of two records of a paper the greater one counts."""
    status = paper["status"]
    return paper.get("checked_on") or "", status in ("MISSING", "EXPIRED"), status == "UNCHECKED"


def _hindrance(fitness: Mapping[str, Any]) -> int:
    return ("FIT", "TEMP_UNFIT", "UNFIT").index(fitness["status"])


def joined(one: Iterable[Any] | None, other: Iterable[Any] | None) -> list[Any] | None:
    """All entries of both, each once."""
    if one is None and other is None:
        return None
    found: list[Any] = []
    for entry in (*(one or ()), *(other or ())):
        if entry not in found:
            found.append(entry)
    return found


def _filled(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None, nothing: Mapping[str, Any]) -> Document:
    first, second = one or nothing, other or nothing
    return {
        name: joined(first[name], second[name])
        if isinstance(first[name], list) and isinstance(second[name], list)
        else second[name]
        if first[name] in (None, nothing.get(name))
        else first[name]
        for name in first
    }
