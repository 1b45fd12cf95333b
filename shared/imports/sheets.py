"""For import doors that take sheets: the items of a file, the file with its faults, and what stops it as a whole."""

from collections.abc import Callable, Sequence
from typing import Any

from shared.http.problems import MOST_FAULTS, Fault, say
from shared.imports.rows import SKIPPED, Judged
from shared.sheets import Column, Sheet, SheetRecord, annotate, read
from shared.sheets.records import record_of
from shared.sheets.telling import passed_over


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
            Judged(len(self) + at, row.number, SKIPPED, sheet=row.sheet, notes=(passed_over(row),))
            for at, row in enumerate(self.sheet.skipped)
        ]

    def annotated(self, faults: Sequence[Fault]) -> bytes:
        """The file with these faults beside its cells."""
        return annotate(self.sheet, faults)


def opener(columns: Sequence[Column]) -> Callable[[bytes], SheetItems]:
    """How a house's job opens its files."""
    return lambda content: SheetItems(read(content, columns, hurried=False), columns)


def unread_faults(head: dict[str, Any]) -> list[Fault]:
    """One fault for each column that nobody reads and whose sender has not said that it may be ignored."""
    return [_unread(one) for one in head.get("unread", ()) if not one["ignored"]]


def unsaid(head: dict[str, Any]) -> list[Fault]:
    """Warnings of what a file holds that its cells do not say: columns read although nobody sees them, values that
    come from another file, comments, and what is drawn over the cells."""
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
    borrowed = head.get("borrowed", 0)
    if borrowed:
        message = say(
            f"Isi {borrowed} rumus diambil dari berkas lain; yang dibaca adalah isi saat berkas ini terakhir disimpan.",
            f"{borrowed} formulas ask another file; what was read is what they gave when this file was last saved.",
        )
        fix = say(
            "Buka bersama berkas sumbernya dan simpan lagi, atau ganti rumusnya dengan isinya (Tempel Nilai).",
            "Open it together with the other file and save it, or replace the formulas by their values (Paste Values).",
        )
        found.append(Fault("/file", "values_of_another_file", message, fix, where="file"))
    drawn = head.get("drawings", 0)
    if drawn:
        message = say(
            f"Gambar, bagan dan kotak teks ({drawn}) tidak dibaca.",
            f"Pictures, charts and boxes of text ({drawn}) are not read.",
        )
        fix = say("Tulis di sel yang perlu dicatat.", "Write what is to be kept into a cell.")
        found.append(Fault("/file", "drawings_unread", message, fix, where="file"))
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
