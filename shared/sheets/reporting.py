"""For import doors: what became of a file, in the order in which a person mends it.

First the sum (good, good with notes, refused), then cell by cell from the top; a mistake made in a whole column is said
once instead of a hundred times.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared.http.problems import MOST_FAULTS, Fault, say
from shared.sheets.cells import Cell, Sheet, letters, split, written
from shared.sheets.records import Record

SAME_MEANS_COLUMN = 16
"""More equal mistakes than this in one column are one mistake of the column."""


@dataclass(frozen=True, slots=True)
class Report:
    """The sum of an import and its messages, faults and notes collapsed and sorted."""

    rows: int
    good: int
    noted: int
    refused: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    def render(self, lang: str) -> dict[str, Any]:
        """As JSON: ``{summary: {rows, good, noted, refused}, errors:

        [...], notes: [...]}``, each list cut at a hundred.
        """
        shown: dict[str, Any] = {
            "summary": {"rows": self.rows, "good": self.good, "noted": self.noted, "refused": self.refused},
            "errors": [fault.render(lang) for fault in self.faults[:MOST_FAULTS]],
            "notes": [note.render(lang) for note in self.notes[:MOST_FAULTS]],
        }
        if len(self.faults) > MOST_FAULTS:
            shown["more_errors"] = len(self.faults) - MOST_FAULTS
        return shown


def report(read: Iterable[Record], sheet: Sheet | None = None) -> Report:
    """Sum up all records of a file. ``good`` rows have no fault; those of them with a note are ``noted`` too.

    With the ``sheet`` the notes also name the columns that nobody reads.
    """
    rows = good = noted = 0
    faults: list[Fault] = []
    notes = [_unread(cell) for cell in sheet.unknown] if sheet else []
    for record in read:
        rows += 1
        faults.extend(record.faults)
        if not record.faults:
            good += 1
            noted += bool(record.notes)
            notes.extend(record.notes)
    return Report(rows, good, noted, rows - good, collapsed(faults), collapsed(notes))


def _unread(cell: Cell) -> Fault:
    title = written(cell.value)[:60]
    message = say(
        f'Kolom "{title}" tidak dikenal, dilewati.', f'The column "{title}" is not known and was passed over.'
    )
    return Fault("/file", "column_unknown", message, where="file", cell=cell.address)


def collapsed(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Sorted by cell (Z before AA), equal mistakes of a column said once with their count."""
    groups: dict[tuple[int, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((split(fault.cell or "")[1], fault.code), []).append(fault)
    kept: list[Fault] = []
    for (column, _code), group in groups.items():
        if column and len(group) > SAME_MEANS_COLUMN:
            kept.append(_of_column(letters(column), group))
        else:
            kept.extend(group)
    return tuple(sorted(kept, key=lambda fault: split(fault.cell or "")))


def _of_column(column: str, group: Sequence[Fault]) -> Fault:
    """One fault for many. What was typed differs from row to row, so the first one serves as the example."""
    first = min(group, key=lambda fault: split(fault.cell or ""))
    return replace(
        first,
        cell=column,
        pointer="/rows/-/" + first.pointer.rsplit("/", 1)[-1],
        message={
            "id": f"Kolom {column}, {len(group)} baris, misalnya {_lowered(first.message['id'])}",
            "en": f"Column {column}, {len(group)} rows, for example {_lowered(first.message['en'])}",
        },
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
