"""For import doors that take sheets: what a file says of itself, its items, and the file with its faults."""

from collections.abc import Callable, Sequence
from typing import Any

from shared.http.problems import MOST_FAULTS, Fault, Text, say
from shared.imports.rows import SKIPPED, Judged
from shared.sheets import Column, Sheet, SheetRecord, annotate, read
from shared.sheets.cells import folded, written
from shared.sheets.records import record_of

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


class SheetItems:
    """The rows of a sheet as items: each is read when it is asked for, so that a long file stays small."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self.sheet, self._columns = sheet, columns

    def __len__(self) -> int:
        return len(self.sheet.rows)

    def __getitem__(self, at: int) -> Any:
        return self.record(at)

    def record(self, at: int) -> SheetRecord:
        """One row, typed."""
        return record_of(self.sheet.rows[at], self._columns)

    def skipped(self) -> list[Judged]:
        """The rows that are no data, after all others."""
        return [
            Judged(len(self) + at, row.number, SKIPPED, sheet=row.sheet, notes=(_skipped(row.number, row.why),))
            for at, row in enumerate(self.sheet.skipped)
        ]

    def annotated(self, faults: Sequence[Fault]) -> bytes:
        """The file with these faults beside its cells."""
        return annotate(self.sheet, faults)


def opener(columns: Sequence[Column]) -> Callable[[bytes], SheetItems]:
    """How a house's job opens its files."""
    return lambda content: SheetItems(read(content, columns), columns)


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
                "heading": written(cell.value),
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
                "heading": one.heading[:200],
                "filled": one.filled,
                "fix": dict(one.fix) if one.fix else None,
                "nearest": {"field": one.nearest.key, "title": dict(one.nearest.title)} if one.nearest else None,
                "ignored": bool({folded(one.heading) or "-", one.cell.address.upper()} & let_go),
            }
            for one in sheet.unread
        ],
        "hidden": [
            {"cell": cell.address, "heading": written(cell.value)}
            for page in sheet.pages
            for key in page.headers
            for cell in page.unseen(key)
        ],
        "comments": sheet.comments,
        "skipped": [
            {
                "sheet": row.sheet,
                "row": row.number,
                "code": row.why,
                "message": dict(_skipped(row.number, row.why).message),
            }
            for row in sheet.skipped[:MOST_FAULTS]
        ],
    }


def unread_faults(head: dict[str, Any]) -> list[Fault]:
    """One fault for each column that nobody reads and whose sender has not said that it may be ignored."""
    return [_unread(one) for one in head.get("unread", ()) if not one["ignored"]]


def unsaid(head: dict[str, Any]) -> list[Fault]:
    """Warnings of what a file holds that its cells do not say: columns read although nobody sees them, and comments."""
    found = []
    for one in head.get("hidden", ()):
        message = say(
            f'Kolom "{one["heading"]}" ({one["cell"]}) tersembunyi di lembar kerja dan ikut dibaca.',
            f'The column "{one["heading"]}" ({one["cell"]}) is hidden in the sheet and was read all the same.',
        )
        fix = say(
            "Tampilkan kolomnya dan periksa isinya; hapus bila bukan untuk dikirim.",
            "Show the column and look through it; delete it if it is not to be sent.",
        )
        found.append(Fault("/file", "column_hidden", message, fix, where="file", cell=one["cell"]))
    count = head.get("comments", 0)
    if count:
        message = say(
            f"Komentar pada sel ({count}) tidak dibaca.",
            f"The comments at cells ({count}) are not read.",
        )
        fix = say("Tulis di sel yang perlu dicatat.", "Write what is to be kept into a cell.")
        found.append(Fault("/file", "comments_unread", message, fix, where="file"))
    return found[:MOST_FAULTS]


def _unread(one: dict[str, Any]) -> Fault:
    name = f'"{one["heading"]}"' if one["heading"] else one["cell"]
    near = one["nearest"]
    message = say(
        f"Kolom {name} ({one['cell']}) tidak dibaca; ada isi di {one['filled']} baris.",
        f"The column {name} ({one['cell']}) is not read; {one['filled']} rows have something in it.",
    )
    rename = say("Pastikan", "Confirm")
    if one.get("fix"):
        rename = say(f"{one['fix']['id']}, atau pastikan", f"{one['fix']['en']}, or confirm")
    elif near:
        title = near["title"]
        rename = say(f'Ubah judulnya menjadi "{title["id"]}", atau pastikan', f'Rename it "{title["en"]}", or confirm')
    fix = say(f"{rename['id']} bahwa kolom ini boleh diabaikan.", f"{rename['en']} that this column is to be ignored.")
    return Fault("/file", "column_unread", message, fix, where="file", cell=one["cell"])


def _skipped(number: int, why: str) -> Fault:
    text = _WHY[why]
    message = say(f"Baris {number} dilewati: {text['id']}.", f"Row {number} was passed over: {text['en']}.")
    return Fault(f"/rows/{number}", why, message, where="file")
