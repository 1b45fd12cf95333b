"""For import doors: faults in the order in which a person mends them.

Cell by cell from the top; a mistake made in a whole column is said once instead of a hundred times.
"""

from collections.abc import Sequence
from dataclasses import replace

from shared.http.problems import Fault
from shared.sheets.cells import letters, split

SAME_MEANS_COLUMN = 16
"""More equal mistakes than this in one column are one mistake of the column."""


def collapsed(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Sorted by cell (Z before AA), equal mistakes of a column said once with their count."""
    groups: dict[tuple[str, int, str], list[Fault]] = {}
    for fault in faults:
        sheet = (fault.cell or "").rpartition("!")[0]
        groups.setdefault((sheet, split(fault.cell or "")[1], fault.code), []).append(fault)
    kept: list[Fault] = []
    for (sheet, column, _code), group in groups.items():
        if column and len(group) > SAME_MEANS_COLUMN:
            kept.append(_of_column(f"{sheet}!{letters(column)}" if sheet else letters(column), group))
        else:
            kept.extend(group)
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(sheet for sheet, _, _ in groups))}
    return tuple(
        sorted(kept, key=lambda fault: (sheets[(fault.cell or "").rpartition("!")[0]], *split(fault.cell or "")))
    )


def _of_column(column: str, group: Sequence[Fault]) -> Fault:
    """One fault for many. What was typed differs from row to row, so the first one serves as the example."""
    first = min(group, key=lambda fault: split(fault.cell or ""))
    return replace(
        first,
        cell=column,
        pointer="/rows/-/" + first.pointer.rsplit("/", 1)[-1],
        message={
            "id": f"Kolom {column}, {len(group)} baris, misalnya {lowered(first.message['id'])}",
            "en": f"Column {column}, {len(group)} rows, for example {lowered(first.message['en'])}",
        },
    )


def lowered(text: str) -> str:
    """A sentence as it goes on behind a colon; an abbreviation at its beginning (``JP``, ``NIK``) stays one."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
