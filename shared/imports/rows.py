"""For import doors: one item of a file, what became of it, and in which words that is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared.http.problems import MOST_FAULTS, Fault, Text

NEW, CHANGED, SAME, BAD, SKIPPED = OUTCOMES = ("NEW", "CHANGED", "SAME", "BAD", "SKIPPED")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an item changes on record: its name, its title, what stood there, and what will."""

    field: str
    label: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Judged:
    """What would become of one item.

    ``at`` is its place in the file from 0, ``row`` the number that its sender sees. ``payload`` is what saving needs.
    ``claims`` are the keys by which it is recognised within the file: two items with one of them are compared.
    ``marks`` are keyed hashes by which everything kept of it is found when it must be forgotten. ``review`` says
    whether saving it needs somebody's review again; None where nobody reviews.
    """

    at: int
    row: int
    outcome: str
    sheet: str | None = None
    key: str | None = None
    target: str | None = None
    changes: tuple[Change, ...] = ()
    changed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    words: Text | None = None
    review: bool | None = None
    payload: Any = None
    claims: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def bad(self, faults: Sequence[Fault]) -> "Judged":
        """The same item as a bad one, with these faults besides those that it has."""
        # Some suggestions are worked out when they are looked at; here they are kept.
        found = (*self.faults, *map(_settled, faults))
        return replace(self, outcome=BAD, faults=found, payload=None, changes=(), changed=(), review=None)


def _settled(fault: Fault) -> Fault:
    return replace(fault, message=dict(fault.message), fix=dict(fault.fix) if fault.fix else None)


def remembered(judged: Judged, *, saved: bool) -> dict[str, Any]:
    """As the report keeps it. What stands under ``told`` may hold what somebody typed, and goes first."""
    return {
        "at": judged.at,
        "row": judged.row,
        "sheet": judged.sheet,
        "outcome": judged.outcome,
        "key": judged.key,
        "target": judged.target,
        "changed": list(judged.changed),
        "review_needed": judged.review,
        "faults": [kept(fault) for fault in judged.faults[:MOST_FAULTS]],
        "marks": list(judged.marks),
        "saved": saved,
        "told": {
            "changes": [
                {"field": one.field, "label": dict(one.label), "from": dict(one.before), "to": dict(one.after)}
                for one in judged.changes
            ],
            "warnings": [kept(warning) for warning in judged.warnings[:MOST_FAULTS]],
            "read_as": [kept(note) for note in judged.notes[:MOST_FAULTS]],
            "read": dict(judged.words) if judged.words else None,
        },
    }


def kept(fault: Fault) -> dict[str, Any]:
    """A fault as a report keeps it: both languages, the place, never what was typed."""
    return {
        "pointer": fault.pointer,
        "cell": fault.cell,
        "code": fault.code,
        "message": dict(fault.message),
        "fix": dict(fault.fix) if fault.fix else None,
    }
