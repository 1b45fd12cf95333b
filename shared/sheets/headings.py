"""For ``reading``: which row names the columns, and which column each heading means.

Offices write headings in many ways: under a title block, over two rows, with the unit in brackets. A heading is read
when it is one of the names of a column, whatever its case and marks; a name that is only like one is never read, it is
said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from shared.files.limits import HEADER_WITHIN
from shared.http.problems import Fault, Invalid, Text
from shared.sheets.cells import Column, Grid, Value, folded

UNITS: dict[str, str] = {
    "rp": "rupiah", "idr": "rupiah", "rupiah": "rupiah",
    "orang": "people", "org": "people", "peserta": "people", "kursi": "people",
    "jp": "lessons", "jpl": "lessons", "jam pelajaran": "lessons",
    "bulan": "months", "bln": "months", "hari": "days", "hr": "days",
    "tahun": "years", "thn": "years", "th": "years", "km": "km", "kilometer": "km",
    "usd": "dollars", "dollar": "dollars", "jam": "hours", "minggu": "weeks", "rb": "thousands", "ribu": "thousands",
    "juta": "millions", "jt": "millions", "persen": "percent",
}  # fmt: skip
"""Words for what is counted, in headings and in cells."""

_REMARKS = {
    "l p", "p l", "lk pr", "dd mm yyyy", "tgl bln thn", "hari bulan tahun", "tanggal bulan tahun", "sesuai ktp",
    "diisi", "wajib diisi", "pilih", "lihat daftar", "jika ada", "bila ada", "kode", "nama", "ya tidak",
}  # fmt: skip
"""What stands in brackets behind a heading without changing what it means."""

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_NUMBERING = frozenset({"no", "nomor", "no urut", "nomor urut", "nr", "nourut", ""})
MENDING = ("Perbaikan", "To mend")
"""Headings of the column of messages in a file that went back to its sender."""

LIKE = 72
"""Likeness (0 to 100) from which the nearest column is named: below it the hint would mislead."""


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of one header, from 0: ``labels`` by column index, the best reading of each."""

    first: int
    last: int
    labels: Mapping[int, tuple[str, ...]]


class Headings:
    """The names of a house's columns."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self._by_name: dict[str, Column] = {}
        for column in columns:
            for name in column.names():
                self._by_name.setdefault(name, column)

    def meant(self, labels: Sequence[str]) -> Column | None:
        """The column that a heading names; None when it names none. ``labels`` are readings of it, the best first."""
        for label in labels:
            found = self._named(label)
            if found is not None:
                return found
        return None

    def nearest(self, labels: Sequence[str]) -> Column | None:
        """A column whose name is much like the heading, to be named to its writer and never to be read."""
        for label in labels:
            found = process.extractOne(folded(label), self._by_name.keys(), scorer=fuzz.WRatio, score_cutoff=LIKE)
            if found is not None:
                return self._by_name[found[0]]
        return None

    def _named(self, label: str) -> Column | None:
        whole = folded(label)
        column = self._by_name.get(whole)
        if column is not None or not whole:
            return column
        remarks = [folded(inside) for inside in _BRACKETS.findall(label)]
        short, unit = _without_unit(folded(_BRACKETS.sub(" ", label)))
        column = self._by_name.get(short) or self._by_name.get(re.sub(r"^[0-9]+ ", "", short))
        units = {UNITS[remark] for remark in remarks if remark in UNITS} | ({unit} if unit else set())
        strange = [remark for remark in remarks if remark and remark not in UNITS and remark not in _REMARKS]
        if column is None or strange or not units <= {column.unit}:
            return None
        return column


def _without_unit(name: str) -> tuple[str, str]:
    """A heading without the unit at its end, and the unit: ``biaya rp`` → ``biaya``, ``rupiah``."""
    words = name.split(" ")
    if len(words) > 1 and words[-1] in UNITS and UNITS[words[-1]] != "people":
        return " ".join(words[:-1]), UNITS[words[-1]]
    return name, ""


def is_numbering(label: str) -> bool:
    """Is this the heading of a column that only counts the rows?"""
    return folded(label) in _NUMBERING


def header_of(grid: Grid, headings: Headings) -> tuple[int, Header | None]:
    """How many columns the best header row names, and that header; the first of equals."""
    best: tuple[int, Header | None] = (0, None)
    rows = grid.values[:HEADER_WITHIN]
    for index, row in enumerate(rows):
        one = {place: (text,) for place, text in _texts(row).items()}
        hits = _hits(one, headings)
        if hits > best[0]:
            best = hits, Header(index, index, one)
        two = _double(row, rows[index + 1]) if index + 1 < len(rows) else None
        if two is not None and (hits := _hits(two, headings)) > best[0]:
            lower = {place: (text,) for place, text in _texts(rows[index + 1]).items()}
            if hits > _hits(lower, headings):
                best = hits, Header(index, index + 1, two)
    return best


def _hits(labels: Mapping[int, tuple[str, ...]], headings: Headings) -> int:
    found = (headings.meant(one) for one in labels.values())
    return len({column.key for column in found if column is not None})


def _texts(row: Sequence[Value]) -> dict[int, str]:
    found = {place: value.strip() for place, value in enumerate(row) if isinstance(value, str) and value.strip()}
    return {place: text for place, text in found.items() if len(text) <= 120}


def _double(above: Sequence[Value], below: Sequence[Value]) -> dict[int, tuple[str, ...]] | None:
    """The labels of a header over two rows: groups above (``Tanggal``), parts below (``Mulai``, ``Selesai``)."""
    upper, lower = _texts(above), _texts(below)
    if not upper or not lower or any(value is not None and not isinstance(value, str) for value in below):
        return None
    labels: dict[int, tuple[str, ...]] = {}
    group = ""
    for place in range(max([*upper, *lower]) + 1):
        own, part = upper.get(place), lower.get(place)
        if own is not None:
            group = own
        if part is None:
            if own is not None:
                labels[place] = (own,)
            continue
        labels[place] = tuple(dict.fromkeys((f"{own or group} {part}".strip(), part)))
    return labels


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


def missing(column: Column, spare: Sequence[str], sheet: str) -> Fault:
    """A needed column that is not there; the nearest heading that nobody reads is named."""
    found = process.extractOne(column.title["id"], spare, scorer=fuzz.WRatio, score_cutoff=LIKE) if spare else None
    near = found[0] if found else None
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
