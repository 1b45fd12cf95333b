"""For ``reading``: what is wrong with the header of a sheet, and what its writer is to change."""

import re
from collections.abc import Sequence

from shared.http.problems import Fault, Invalid, Text
from shared.sheets.cells import Cell, Column, address, folded
from shared.sheets.headings import LIKE, likeness

SCALED = re.compile(
    r"\b(?:dalam|dlm\.?|satuan|in)(?:\s*:\s*|\s+)(?:(?:satuan|rp\.?|idr|rupiah)\s+)*\(?"
    r"(?:ribu(?:an)?|rb|juta(?:an)?|jt|thousands?|millions?)\b"
    r"|\b(?:ribu|juta)an\s+(?:rupiah|rp)\b|\b(?:rp|idr)\.?\s*[.,']?000\b"
    r"|\((?:(?:rp|idr)\.?\s*)?[x*]\s*(?:(?:rp|idr)\.?\s*)?1[.,]?000",
    re.IGNORECASE,
)
"""A remark above or below a table that its money is not told in full."""


def without_columns(faults: Sequence[Fault]) -> Invalid:
    """The refusal of a file whose header cannot be right."""
    return Invalid(
        {
            "id": "Judul kolom tidak cocok dengan templat. Unduh templat terbaru bila perlu.",
            "en": "The column titles do not fit the template. Download the newest template if needed.",
        },
        code="template_mismatch",
        errors=faults,
    )


def twice(cell: str, column: Column) -> Fault:
    """Two headings that mean one column."""
    return _fault(
        cell,
        "column_twice",
        f'Kolom "{column.title["id"]}" ada dua kali.',
        f'The column "{column.title["en"]}" is there twice.',
        {"id": "Hapus salah satunya.", "en": "Delete one of them."},
    )


def scaled(title: Cell, said: Cell) -> Fault:
    """A column of money under a remark that all money is told in thousands or millions."""
    return _fault(
        title.address,
        "amounts_scaled",
        f'Di {said.address} tertulis "{str(said.value).strip()[:80]}", jadi jumlah di kolom ini tidak penuh.',
        f'{said.address} says "{str(said.value).strip()[:80]}", so the amounts of this column are not whole.',
        {
            "id": "Ketik jumlah penuh dalam rupiah, lalu hapus keterangan itu.",
            "en": "Type whole rupiah and delete that remark.",
        },
    )


def another_header(row: int, sheet: str) -> Fault:
    """A second table whose columns stand in another order than those of the first."""
    where = f" di lembar {sheet}" if sheet else ""
    return _fault(
        address(row, 1),
        "another_header",
        f"Di baris {row}{where} mulai tabel lain dengan urutan kolom lain.",
        f"Another table with another order of columns begins in row {row}{f' of {sheet}' if sheet else ''}.",
        {
            "id": "Pindahkan tabel itu ke lembar lain, atau samakan urutan kolomnya.",
            "en": "Move that table to a sheet of its own, or bring its columns into the same order.",
        },
    )


def missing(column: Column, spare: Sequence[str], sheet: str) -> Fault:
    """A needed column that is not there; the nearest heading that nobody reads is named."""
    alike = [(max(likeness(folded(label), name) for name in column.names()), label) for label in spare]
    near = next((label for likeness, label in sorted(alike, reverse=True) if likeness >= LIKE), None)
    fix: Text = (
        {"id": f'Ubah judul "{near}" menjadi "{column.title["id"]}".', "en": f'Rename "{near}" to "{column.key}".'}
        if near
        else {"id": f'Tambahkan kolom "{column.title["id"]}".', "en": f'Add a column "{column.key}".'}
    )
    return _fault(
        "",
        "column_missing",
        f'Kolom "{column.title["id"]}" tidak ada{f" di lembar {sheet}" if sheet else ""}.',
        f'The column "{column.title["en"]}" is missing{f" in the sheet {sheet}" if sheet else ""}.',
        fix,
    )


def _fault(cell: str, code: str, indonesian: str, english: str, fix: Text) -> Fault:
    return Fault("/file", code, {"id": indonesian, "en": english}, fix, where="file", cell=cell or None)
