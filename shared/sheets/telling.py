"""For import doors: what a file says of itself, for the top of its report, without holding up whoever serves."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from shared.http.problems import MOST_FAULTS, Fault, Invalid, Text, say
from shared.sheets.cells import Column, Sheet, Skipped, folded, written
from shared.sheets.grids import as_book, book_from, lines_of
from shared.sheets.reading import sheet_of
from shared.sheets.refusing import refused

_WHY: dict[str, Text] = {
    "row_total": say("jumlah atau rata-rata", "a total or an average"),
    "row_signature": say("tanda tangan", "a signature"),
    "row_numbering": say("nomor kolom", "numbers of the columns"),
    "row_title": say("judul bagian", "the title of a section"),
    "row_note": say("catatan", "a note"),
    "row_header_again": say("judul kolom diulang", "the headings once more"),
    "row_number_only": say("hanya nomor urut", "a row number only"),
    "row_unread_only": say("hanya kolom yang tidak dibaca", "only columns that nobody reads"),
}


LONGEST_SHOWN = 200
"""Characters of a heading in the report."""

MOST_UNREAD = 1_000
"""Columns that nobody reads, all sheets together: each is told, and its sender confirms each. Five full sheets."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many rows of data a file has, and what it says of itself."""

    rows: int
    head: dict[str, Any]


def told(content: bytes, columns: Sequence[Column], ignore: Sequence[str]) -> Told:
    """Read a file whose sender waits. ``ignore``: headings that its sender lets go.

    A large one is looked through by the child that reads it: a hundred thousand rows take seconds.

    Raises:
        FileRefused, Invalid, TooMany: as ``reading.read`` does.
    """
    lines = lines_of(content, work=partial(looked_through, tuple(columns), tuple(ignore)))
    done = lines.head.get("done")
    if done is None:
        return _told(sheet_of(as_book(lines), columns), ignore)
    if "refused" in done:
        errors = [Fault(**one) for one in done["refused"].pop("errors")]
        raise Invalid(errors=errors, **done["refused"])
    return Told(done["rows"], done["head"])


def read_at_once(content: bytes, columns: Sequence[Column]) -> Sheet | None:
    """A sheet that is judged while its sender waits; None for one that is too large for that.

    Raises as ``reading.read`` does.
    """
    lines = lines_of(content, work=_too_large)
    return None if "done" in lines.head else sheet_of(as_book(lines), columns)


def _too_large(lines: Iterator[Any]) -> bool:
    return True


def looked_through(columns: Sequence[Column], ignore: Sequence[str], lines: Iterator[Any]) -> dict[str, Any]:
    """In the child: :class:`Told` of these lines as JSON, or the refusal of the file."""
    try:
        return asdict(_told(sheet_of(book_from(next(lines), lines), columns), ignore))
    except Invalid as refusal:
        errors = refusal.errors[:MOST_FAULTS]
        said = {"detail": _plain(refusal.detail), "code": refusal.code, "title": _plain(refusal.title)}
        return {
            "refused": {
                **said,
                "more_errors": len(refusal.errors) - len(errors),
                "errors": [{**_fields(one), "message": _plain(one.message), "fix": _plain(one.fix)} for one in errors],
            }
        }


def _fields(fault: Fault) -> dict[str, Any]:
    return {"pointer": fault.pointer, "code": fault.code, "where": fault.where, "cell": fault.cell}


def _plain(text: Text | None) -> dict[str, str] | None:
    return None if text is None else dict(text)


def _told(sheet: Sheet, ignore: Sequence[str]) -> Told:
    if len(sheet.unread) > MOST_UNREAD:
        raise refused("file_holds_too_much")
    return Told(len(sheet.rows), head_of(sheet, ignore))


def head_of(sheet: Sheet, ignore: Sequence[str]) -> dict[str, Any]:
    """What the file says of itself, for the top of the report. ``ignore``: headings that its sender lets go."""
    let_go = {name for one in ignore for name in (folded(one), one.strip().upper())}
    titles = {key: column for page in sheet.pages for key, column in page.titles.items()}
    return {
        "sheets": [
            {
                "name": page.name,
                "read": True,
                "rows": sum(row.page is page for row in sheet.rows),
                "header_row": page.last_header,
                "why": None,
            }
            for page in sheet.pages
        ]
        + [
            {"name": other.name, "read": False, "rows": other.rows, "header_row": None, "why": other.why}
            for other in sheet.others
        ],
        "columns": [
            {
                "cell": cell.address,
                "heading": written(cell.value)[:LONGEST_SHOWN],
                "field": key,
                "title": dict(titles[key].title),
                "hidden": bool(page.unseen(key)),
            }
            for page in sheet.pages
            for key, cell in page.headers.items()
        ],
        "unread": [
            {
                "sheet": one.sheet,
                "cell": one.cell.address,
                "heading": one.heading[:LONGEST_SHOWN],
                "filled": one.filled,
                "fix": dict(one.fix) if one.fix else None,
                "nearest": {"field": one.nearest.key, "title": dict(one.nearest.title)} if one.nearest else None,
                "ignored": bool({folded(one.heading) or "-", one.cell.address.upper()} & let_go),
            }
            for one in sheet.unread
        ],
        "hidden": [
            {"cell": cell.address, "heading": written(cell.value)[:LONGEST_SHOWN]}
            for page in sheet.pages
            for key in page.headers
            for cell in page.unseen(key)
        ],
        "comments": sheet.comments,
        "drawings": sheet.drawings,
        "borrowed": sum(grid.borrowed for grid in sheet.grids),
        "skipped": [
            {
                "sheet": row.sheet,
                "row": row.number,
                "code": row.why,
                "message": dict(passed_over(row).message),
            }
            for row in sheet.skipped[:MOST_FAULTS]
        ],
    }


def passed_over(row: Skipped) -> Fault:
    """What is said of a row that is no data."""
    text = _WHY[row.why]
    message = say(f"Baris {row.number} dilewati: {text['id']}.", f"Row {row.number} was passed over: {text['en']}.")
    return Fault(f"/rows/{row.number}", row.why, message, where="file")
