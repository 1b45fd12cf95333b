"""For ``records``: one cell to one value, by the kind of its column.

A spreadsheet has already thrown away what it did not understand: a NIK became a rounded number, ``8/12`` became a
date in one country's order. So every kind says what it takes, what it takes with a note, and what it refuses.

A refusal names the cell and never quotes it: reports are kept, and in a sheet of people a cell may name somebody.
"""

import re
from collections.abc import Callable
from typing import Any

from shared.codes import countries, regencies
from shared.http.faults import one_of
from shared.http.fields import regency_fix
from shared.http.problems import say
from shared.sheets.cells import Cell, Column, folded, written
from shared.sheets.days import day
from shared.sheets.numbers import number, whole
from shared.sheets.outcomes import Note, Read, Unreadable, read_as

_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")

LONGEST = 2000
"""Characters of a text cell; a cell with more holds a pasted document."""


def value_of(cell: Cell, column: Column) -> Read:
    """The value of a cell (None when it is empty) and what to tell about it. Raises Unreadable."""
    if cell.merged:
        raise Unreadable(
            "merged_cells",
            say("sel ini digabung dengan sel lain.", "this cell is merged with another one."),
            say("Pisahkan sel (Unmerge), lalu isi tiap baris.", "Unmerge the cells and fill in every row."),
        )
    if cell.is_empty:
        return None, None
    reader = _READERS[column.kind]
    if not column.many:
        return reader(cell, column)
    parts = [part.strip() for part in re.split(r"[;\n]", _plain_text(cell, column))]
    found: list[Any] = []
    last: Note | None = None
    for part in parts:
        if part:
            value, note = reader(Cell(cell.address, part), column)
            found.append(value)
            last = note or last
    return (found or None), last


def _plain_text(cell: Cell, column: Column) -> str:
    if column.kind in ("digits", "country"):
        return _digits(cell, column)[0] or ""
    if column.kind == "place":
        return cell.value if isinstance(cell.value, str) else str(_place(cell, column)[0])
    return written(cell.value)


def _text(cell: Cell, column: Column) -> Read:
    text = written(cell.value).strip()
    if len(text) > LONGEST:
        raise Unreadable(
            "too_long",
            say(f"teks ini {len(text)} karakter.", f"this text has {len(text)} characters."),
            say(f"Persingkat sampai {LONGEST} karakter.", f"Shorten it to {LONGEST} characters."),
        )
    return text, None


def _digits(cell: Cell, column: Column) -> Read:
    """Numbers that are names. What a spreadsheet stored as a number has lost its zeros in front and its last digits."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, str):
        raise Unreadable(
            "number_instead_of_text",
            say(
                f"{column.title['id']} tersimpan sebagai angka, digit terakhir bisa hilang.",
                f"{column.title['en']} is stored as a number; its last digits may be lost.",
            ),
            say("Format kolom sebagai Teks lalu ketik ulang.", "Format the column as Text and type it again."),
        )
    text = cell.value.strip().removeprefix("'").strip()
    if _SCIENTIFIC.fullmatch(text):
        raise Unreadable(
            "number_instead_of_text",
            say(
                f"{column.title['id']} sudah dibulatkan.",
                f"{column.title['en']} has been rounded.",
            ),
            say(
                "Format kolom sebagai Teks lalu ketik ulang dari dokumen asli.",
                "Format the column as Text and type it again from the original document.",
            ),
        )
    return text, None


def _code(cell: Cell, column: Column) -> Read:
    typed = written(cell.value).strip()
    wanted = folded(typed)
    for spelling, code in column.choices.items():
        if wanted and wanted in (folded(spelling), folded(code)):
            return code, None
    labels = list(dict.fromkeys(column.choices))
    raise Unreadable(
        "unknown_code",
        say("isi sel ini tidak dikenal di kolomnya.", "what stands here is not known in its column."),
        one_of(labels, typed),
    )


def _place(cell: Cell, column: Column) -> Read:
    if isinstance(cell.value, float):
        # 53.1 in a cell is the code 53.10: codes have two decimals, and a spreadsheet drops the zero.
        code = f"{cell.value:05.2f}"
        if regencies.is_regency(code):
            return code, read_as(f"{code} {regencies.name(code)}")
    typed = written(cell.value).strip()
    if regencies.is_regency(typed):
        return typed, None
    meant = regencies.find(typed)
    if meant:
        return meant, read_as(f"{meant} {regencies.name(meant)}")
    raise Unreadable(
        "unknown_regency",
        say("kabupaten/kota ini tidak dikenal.", "this regency is not known."),
        regency_fix(typed),
    )


def _country(cell: Cell, column: Column) -> Read:
    typed = written(cell.value).strip()
    if countries.is_country(typed):
        return typed, None
    meant = countries.find(typed)
    if meant:
        return meant, read_as(f"{meant} {countries.name(meant)}")
    raise Unreadable(
        "unknown_country",
        say("negara/wilayah ini tidak dikenal.", "this country is not known."),
        say("Ketik kode tiga huruf, seperti MYS atau JPN.", "Type three letters, like MYS or JPN."),
    )


_YES = frozenset({"ya", "y", "yes", "true", "benar", "1", "x", "ada"})
_NO = frozenset({"tidak", "t", "no", "n", "false", "salah", "0", "tdk", "tidak ada"})


def _yes_no(cell: Cell, column: Column) -> Read:
    if isinstance(cell.value, bool):
        return cell.value, None
    typed = folded(written(cell.value))
    if typed in _YES:
        return True, None
    if typed in _NO:
        return False, None
    raise Unreadable(
        "not_yes_or_no",
        say("ini bukan ya atau tidak.", "this is neither yes nor no."),
        say("Ketik ya atau tidak.", "Type ya or tidak."),
    )


_READERS: dict[str, Callable[[Cell, Column], Read]] = {
    "text": _text,
    "digits": _digits,
    "code": _code,
    "place": _place,
    "country": _country,
    "whole": whole,
    "number": number,
    "date": day,
    "yes_no": _yes_no,
}
