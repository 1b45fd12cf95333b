"""For import doors: rows to typed values, each refusal with the address of its cell and what to type instead.

Three kinds of outcome a cell: fine, read with a note (what was understood is said back, so that a mistake is seen), or
refused. Nothing is ever guessed silently.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from shared.http.problems import Fault, Later, Text
from shared.sheets.cells import Cell, Column, Row, Sheet, split
from shared.sheets.outcomes import UnreadableCell
from shared.sheets.sorting import DOUBTFUL, SHIFTED, STRUCK
from shared.sheets.values import value_of


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """One row as data: ``values`` by column key (empty cells are left out), what is wrong, what was read with a
    note.
    """

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Cell]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = field(default=())
    sheet: str = ""

    @property
    def is_doubtful(self) -> bool:
        """May this be no data at all?"""
        return any(fault.code in (DOUBTFUL, SHIFTED, STRUCK) for fault in self.faults)

    def at(self, key: str, fault: Fault) -> Fault:
        """A fault found later (by a schema, a rule) moved to the cell of ``key``, or to the row's first cell."""
        cell = self.cells.get(key) or next(iter(self.cells.values()), None)
        address = cell.address if cell else None
        fix = without_quotes(fault.fix) if fault.fix else None
        return replace(fault, where="file", pointer=f"/rows/{self.number}/{key}", cell=address, fix=fix)

    def refused(self, faults: Sequence[Fault]) -> "SheetRecord":
        """The same record with more faults; each finds its cell by the first step of its pointer."""
        found = tuple(self.at(fault.pointer.split("/")[1] if "/" in fault.pointer else "", fault) for fault in faults)
        return replace(self, faults=self.faults + found)


def rows_apart(record: SheetRecord, among: Iterable[SheetRecord]) -> str:
    """How a message names this row among others: by its number, with its sheet where they stand in several."""
    several = len({one.sheet for one in among}) > 1
    return f"{record.number} ({record.sheet})" if several and record.sheet else str(record.number)


def without_quotes(fix: Text) -> Text:
    """What to type, without the quotation marks in which JSON has its texts: a cell has none."""
    if isinstance(fix, Later):
        return Later(lambda: _unquoted(fix))
    return _unquoted(fix)


def _unquoted(fix: Text) -> Text:
    return {"id": fix["id"].replace(" dalam tanda kutip", ""), "en": fix["en"].replace(" in quotes", "")}


def records(sheet: Sheet, columns: Sequence[Column]) -> Iterator[SheetRecord]:
    """Every row of the sheet, typed."""
    for row in sheet.rows:
        yield record_of(row, columns)


def record_of(row: Row, columns: Sequence[Column]) -> SheetRecord:
    """One row, typed."""
    columns = [row.page.titles[column.key] for column in columns if column.key in row.page.titles]
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    notes: list[Fault] = []
    cells = row.cells
    if row.doubt:
        first = next(cell for cell in cells.values() if not cell.is_empty)
        fault = _shifted(row, first) if row.doubt == SHIFTED else _doubtful(row, first, columns)
        return SheetRecord(row.number, {}, cells, (fault,), sheet=row.sheet)
    struck = _struck(row, cells)
    if struck and all(cell.is_empty or key in struck for key, cell in cells.items()):
        first = cells[struck[0]]
        fault = Fault(f"/rows/{row.number}", STRUCK, *_row_struck(row), where="file", cell=first.address)
        return SheetRecord(row.number, {}, cells, (fault,), sheet=row.sheet)
    if row.number - 1 in row.page.hidden:
        first = next((cell for cell in cells.values() if not cell.is_empty), next(iter(cells.values())))
        notes.append(_said(f"/rows/{row.number}", first, "row_hidden", _HIDDEN, None))
    for column in columns:
        cell = cells[column.key]
        pointer = f"/rows/{row.number}/{column.key}"
        if column.key in struck:
            faults.append(_said(pointer, cell, "cell_struck", *_CELL_STRUCK))
            continue
        try:
            value, note = value_of(cell, column)
        except UnreadableCell as error:
            faults.append(_said(pointer, cell, error.code, error.message, error.fix))
            continue
        if note is not None:
            notes.append(_said(pointer, cell, note.code, note.message, None))
        if value is not None:
            values[column.key] = value
        elif column.required:
            faults.append(_said(pointer, cell, "required", *left_empty(column)))
    return SheetRecord(row.number, values, cells, tuple(faults), tuple(notes), row.sheet)


def _struck(row: Row, cells: Mapping[str, Cell]) -> list[str]:
    """The columns whose cell is struck through, in the order of the sheet."""
    if not row.page.struck:
        return []
    places = {key: split(cell.address) for key, cell in cells.items() if not cell.is_empty}
    return [key for key, (line, place) in places.items() if (line - 1, place - 1) in row.page.struck]


def _row_struck(row: Row) -> tuple[Text, Text]:
    return (
        {
            "id": f"Baris {row.number} dicoret, jadi mungkin sudah dibatalkan.",
            "en": f"Row {row.number} is struck through, so it may have been cancelled.",
        },
        {
            "id": "Hapus baris ini bila batal, atau hilangkan coretannya bila masih berlaku.",
            "en": "Delete this row if it is cancelled, or take the strikethrough away if it still holds.",
        },
    )


_CELL_STRUCK: tuple[Text, Text] = (
    {"id": "isi sel ini dicoret, seluruhnya atau sebagian.", "en": "all or a part of this is struck through."},
    {
        "id": "Hapus yang dicoret, atau hilangkan coretannya bila masih berlaku.",
        "en": "Delete what is struck through, or take the strikethrough away if it still holds.",
    },
)


def _said(pointer: str, cell: Cell, code: str, message: Text, fix: Text | None) -> Fault:
    named = {"id": f"Sel {cell.address}: {message['id']}", "en": f"Cell {cell.address}: {message['en']}"}
    return Fault(pointer, code, named, fix, where="file", cell=cell.address)


def _shifted(row: Row, first: Cell) -> Fault:
    return Fault(
        f"/rows/{row.number}",
        SHIFTED,
        {
            "id": f"Baris {row.number} punya lebih banyak isian daripada judul kolom; isinya bergeser.",
            "en": f"Row {row.number} has more cells than there are headings, so what stands in it has moved.",
        },
        {
            "id": 'Tulis isian yang memuat pemisah kolom dalam tanda kutip ("…"), atau beri judul kolom terakhir.',
            "en": 'Put a cell with the separator in it in quotation marks ("…"), or give the last column a heading.',
        },
        where="file",
        cell=first.address,
    )


def _doubtful(row: Row, first: Cell, columns: Sequence[Column]) -> Fault:
    needed = [column for column in columns if column.required] or list(columns[:1])
    names = {lang: ", ".join(column.title[lang] for column in needed) for lang in ("id", "en")}
    return Fault(
        f"/rows/{row.number}",
        str(row.doubt),
        {
            "id": f"Baris {row.number} mungkin bukan data: isinya terlalu sedikit.",
            "en": f"Row {row.number} may be no data: too little stands in it.",
        },
        {
            "id": f"Hapus baris ini, atau isi {names['id']} dan kolom lainnya.",
            "en": f"Delete this row, or fill in {names['en']} and the other columns.",
        },
        where="file",
        cell=first.address,
    )


_HIDDEN: Text = {
    "id": "baris ini tersembunyi di lembar kerja dan ikut dibaca.",
    "en": "this row is hidden in the sheet and was read all the same.",
}


def left_empty(column: Column, *, there: bool = True) -> tuple[Text, Text]:
    """What is said of a column that must be filled: message, and what to type. ``there``: the sheet has the column."""
    title, example = column.title, column.example or next(iter(column.choices), "")
    message = {"id": f"{title['id']} masih kosong.", "en": f"{title['en']} is empty."}
    if not there:
        message = {"id": f"Kolom {title['id']} tidak ada.", "en": f"There is no column {title['en']}."}
        shown = (f", misalnya {example}", f", for example {example}") if example else ("", "")
        return message, {
            "id": f'Buat kolom "{title["id"]}" dan isi{shown[0]}.',
            "en": f'Make a column "{title["en"]}" and fill it in{shown[1]}.',
        }
    if column.many and column.help:
        return message, column.help
    if example:
        return message, {"id": f"Isi, misalnya {example}.", "en": f"Fill it in, for example {example}."}
    return message, {"id": "Isi sel ini.", "en": "Fill in this cell."}


def part_left_empty(column: Column, part: Text) -> tuple[Text, Text | None]:
    """The same of one part of an entry, such as the source of a skill."""
    return {
        "id": f"Di {column.title['id']}, bagian {part['id']} masih kosong.",
        "en": f"In {column.title['en']}, the part {part['en']} is empty.",
    }, column.help
