"""For ``records``: one cell to one value, by the kind of its column.

A spreadsheet has already thrown away what it did not understand: a NIK became a rounded number, ``8/12`` became a
date in one country's order. So every kind says what it takes, what it takes with a note, and what it refuses.

A refusal names the cell and never quotes it: reports are kept, and in a sheet of people a cell may name somebody.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from shared.codes import countries
from shared.http.marks import without_marks
from shared.http.problems import Text, say
from shared.sheets.cells import Broken, Cell, Column, Value, folded, is_tick, written
from shared.sheets.choosing import code, occupation, open_code, place, result
from shared.sheets.days import born_at, day, span
from shared.sheets.lists import joined, parts_of, replaces
from shared.sheets.numbers import number, whole
from shared.sheets.outcomes import ERASE, Note, Read, Replacing, UnreadableCell, read_as

_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
_WITH_DECIMALS = re.compile(r"\+?[0-9]{4,}[.,]0{1,2}")
_ERRORS = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!)")
_NOTHING = frozenset(
    {"", "belum ada", "blm ada", "belum diisi", "belum tahu", "belum diketahui", "tidak tahu", "tidak diketahui",
    "kosong",
     "n a", "na", "nihil", "null", "tba", "tbd"}
)  # fmt: skip
"""What people type into a cell that they leave empty; marks alone (``-``) fold to nothing."""
_NONE_THERE = frozenset(
    {"tidak ada", "tdk ada", "tak ada", "tidak punya", "tdk punya", "belum punya", "blm punya", "tidak memiliki",
     "belum memiliki", "tidak pernah", "belum pernah"}
)  # fmt: skip
"""That there is none of it: an empty cell of one value, an empty list of several."""
_SAME_AS_ABOVE = frozenset(
    {"sda", "s d a", "idem", "idem dito", "ditto", "dito", "dto", "ibid", "ibidem", "same as above", "as above",
     "lihat di atas",
     *(f"{same}{above}"
       for same in ("sama ", "sama dengan ", "sama dgn ", "sama seperti ", "sama spt ", "seperti ", "spt ", "idem ")
       for above in ("atas", "di atas", "diatas", "atasnya"))}
)  # fmt: skip
_DITTO_SIGNS = r"""[\s"'`,”“„″‟〃´’‘/–—-]*"""
_DITTO = re.compile(rf"""{_DITTO_SIGNS}(["”“„″‟〃]|,,|''|’’|//){_DITTO_SIGNS}""")
"""Marks for what stands above, alone or between dashes: ``"``, ``-"-``, ``-,,-``, ``-//-``."""
_EMPTYING = frozenset({"kosongkan"})

LONGEST = 2000
"""Characters of a text cell; a cell with more holds a pasted document."""

LONGEST_WORD = 200
"""Characters of a day, a number, a choice or a place. What reads them looks back and forth, which takes the square of
their length or more: a cell of 200,000 digits or blanks held the process that serves for hours.
"""

MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; the sixteenth is already zero."""


def value_of(cell: Cell, column: Column) -> Read:
    """The value of a cell (None when it is empty, ERASE when it says so) and what to tell about it.

    A list that a cell replaces comes as ``Replacing``. Raises UnreadableCell.
    """
    if cell.merged:
        raise UnreadableCell("merged_cells", *_MERGED)
    if isinstance(cell.value, Broken):
        raise _broken(cell.value)
    if cell.is_empty:
        return None, None
    if isinstance(cell.value, str) and _is_ditto(cell.value.strip()):
        raise UnreadableCell("same_as_above", *_FILL_EVERY_ROW)
    plain, marks = _without_marks(cell.value)
    if marks is not None:
        cell = replace(cell, value=plain)
    if isinstance(plain, str):
        if _ERRORS.fullmatch(plain.strip()):
            raise _broken(Broken(plain.strip()))
        if folded(plain) in _EMPTYING:
            if column.required or not column.erasable:
                raise UnreadableCell("cannot_be_erased", *_NOT_ERASABLE)
            return ERASE, None
        if _is_nothing(plain):
            return None, None
        if folded(plain) in _NONE_THERE and (column.many or column.kind in _OF_ONE_WORD):
            return ([] if column.many else None), read_as("tidak ada", "none")
    value, note = _many(cell, column) if column.many else _one(cell, column)
    return value, note or marks


def _one(cell: Cell, column: Column) -> Read:
    """One value. Longer than any of its kind, it is not even looked at."""
    if isinstance(cell.value, str) and column.kind != "text" and len(cell.value) > LONGEST_WORD:
        raise _too_long(len(cell.value), LONGEST_WORD)
    return _READERS[column.kind](cell, column)


def _is_ditto(typed: str) -> bool:
    return len(typed) <= LONGEST_WORD and bool(_DITTO.fullmatch(typed) or folded(typed) in _SAME_AS_ABOVE)


def read_again(column: Column, typed: Any) -> Any:
    """What a cell with this would be read as, once a template has written it; None where it is refused."""
    if isinstance(typed, list):
        typed = joined([str(one) for one in typed])
    try:
        return value_of(Cell("", float(typed) if type(typed) is int else typed), column)[0]
    except UnreadableCell:
        return None


def reads_as_it_is(column: Column, typed: Any) -> bool:
    """Would a cell with this be read as the very same? A place is told by its name and read as its code."""
    if typed in (None, []):
        return True
    again = read_again(column, typed)
    return (isinstance(again, str) if column.kind == "place" else again == typed) and not isinstance(again, Replacing)


def _many(cell: Cell, column: Column) -> Read:
    text = _plain_text(cell, column)
    replacing, text = replaces(text)
    found: list[Any] = Replacing() if replacing else []
    last: Note | None = None
    for part in parts_of(text, column):
        value, note = _one(Cell(cell.address, part), column)
        if value not in found:
            found.append(value)
        last = note or last
    return (found or None), last


def _plain_text(cell: Cell, column: Column) -> str:
    if isinstance(cell.value, str):
        return cell.value
    if column.kind in ("digits", "country"):
        return _digits(cell, column)[0] or ""
    return str(place(cell, column)[0]) if column.kind == "place" else str(_text(cell, column)[0])


def _is_nothing(value: Value) -> bool:
    return isinstance(value, str) and folded(value) in _NOTHING and not _says_something(value)


def _says_something(value: str) -> bool:
    """A text in letters that do not fold to ours (a name in Arabic letters) is no empty cell; nor are ``#N/A``, a tick
    and other signs."""
    return (
        value.strip().startswith("#")
        or not value.isascii()
        and any(
            not letter.isascii() and (letter.isalnum() or unicodedata.category(letter) in ("So", "Sm"))
            for letter in unicodedata.normalize("NFKD", value)
        )
    )


def _without_marks(value: Value) -> tuple[Value, Note | None]:
    """A text without letters that nobody sees: zero width, marks of direction, soft hyphens."""
    if not isinstance(value, str) or value.isascii():
        return value, None
    plain = without_marks(value)
    if plain == value:
        return value, None
    return plain, Note(
        "hidden_marks_removed", say("tanda yang tidak terlihat dibuang.", "marks that nobody sees were removed.")
    )


def _broken(value: Broken) -> UnreadableCell:
    if value.error:
        return UnreadableCell(
            "error_cell",
            say(f"isinya galat {value.error}.", f"it holds the error {value.error}."),
            say("Perbaiki rumusnya, atau ketik isinya.", "Mend its formula, or type the value."),
        )
    return UnreadableCell(
        "formula_without_value",
        say("rumus ini belum pernah dihitung.", "this formula was never computed."),
        say("Buka di Excel lalu simpan, atau ketik isinya.", "Open it in Excel and save it, or type the value."),
    )


def _text(cell: Cell, column: Column) -> Read:
    if isinstance(cell.value, bool):
        raise UnreadableCell(
            "not_text",
            say("ini nilai benar/salah, bukan teks.", "this is a truth value and no text."),
            say("Ketik isinya sebagai teks.", "Type it as text."),
        )
    if isinstance(cell.value, date):
        raise UnreadableCell("date_instead_of_text", *_A_DAY)
    text = written(cell.value).strip()
    if len(text) > LONGEST:
        raise _too_long(len(text), LONGEST)
    return text, None


def _too_long(length: int, most: int) -> UnreadableCell:
    return UnreadableCell(
        "too_long",
        say(f"teks ini {length} karakter.", f"this text has {length} characters."),
        say(f"Persingkat sampai {most} karakter.", f"Shorten it to {most} characters."),
    )


def _digits(cell: Cell, column: Column) -> Read:
    """Numbers that are names. A spreadsheet keeps fifteen digits of a number; a longer one has lost its last."""
    if column.choices and isinstance(cell.value, str):
        # A drop-down shows the number with its name.
        chosen = column.choices.get(cell.value.strip()) or column.choices.get(folded(cell.value))
        if chosen:
            return chosen, None
    if isinstance(cell.value, float) and cell.value.is_integer() and 0 <= cell.value < 10**MOST_DIGITS:
        number = str(int(cell.value))
        if column.whole_with[0] <= len(number) <= column.whole_with[1]:
            return number, None
    if not isinstance(cell.value, str):
        lost = isinstance(cell.value, float) and abs(cell.value) >= 10**MOST_DIGITS
        raise UnreadableCell(
            "number_instead_of_text",
            say(
                f"{column.title['id']} tersimpan sebagai angka, "
                f"{'digit terakhir sudah hilang' if lost else 'nol di depan bisa hilang'}.",
                f"{column.title['en']} is stored as a number; "
                f"{'its last digits are lost' if lost else 'zeros in front may be lost'}.",
            ),
            _TYPE_AS_TEXT,
        )
    text = unicodedata.normalize("NFKC", cell.value).strip().removeprefix("'").strip()
    # A program that took it for a number wrote it back with decimals; a telephone number would have a digit more.
    if _WITH_DECIMALS.fullmatch(text):
        text = re.split("[.,]", text)[0]
    if _SCIENTIFIC.fullmatch(text):
        raise UnreadableCell(
            "number_instead_of_text",
            say(f"{column.title['id']} sudah dibulatkan.", f"{column.title['en']} has been rounded."),
            _TYPE_AS_TEXT,
        )
    return text, None


def _country(cell: Cell, column: Column) -> Read:
    typed = written(cell.value).strip()
    if countries.is_country(typed):
        return typed, None
    meant = countries.find(typed)
    if meant:
        return meant, read_as(f"{meant} {countries.name(meant)}", f"{meant} {countries.name(meant, 'en')}")
    several = [countries.find(part) or "" for part in re.split(r"\s*[/,&+]\s*|\s+dan\s+", typed)]
    apart = "; ".join(several)
    raise UnreadableCell(
        "unknown_country",
        say("negara/wilayah ini tidak dikenal.", "this country is not known."),
        say(f"Pisahkan dengan titik koma: {apart}.", f"Separate them by semicolons: {apart}.")
        if column.many and len(several) > 1 and all(several)
        else say("Ketik kode tiga huruf, seperti MYS atau JPN.", "Type three letters, like MYS or JPN."),
    )


_YES = frozenset({"ya", "y", "yes", "true", "benar", "1", "v", "ada", "iya", "bersedia", "tersedia", "sudah", "siap",
                  "mau", "bisa", "boleh"})  # fmt: skip
_NO = frozenset(
    {"tidak", "t", "no", "n", "false", "salah", "0", "tdk", "tidak ada", "tdk ada", "belum", "blm", "tidak bersedia",
     "tak ada", "tidak tersedia", "belum tersedia", "belum bersedia", "tidak siap", "belum siap",
     "tidak mau", "tidak bisa", "tidak boleh"}
)  # fmt: skip


def _yes_no(cell: Cell, column: Column) -> Read:
    if isinstance(cell.value, bool):
        return cell.value, None
    typed = folded(written(cell.value))
    if typed in _YES or is_tick(written(cell.value)):
        return True, None
    if typed in _NO:
        return False, None
    raise UnreadableCell(
        "not_yes_or_no",
        say("ini bukan ya atau tidak.", "this is neither yes nor no."),
        say("Ketik ya atau tidak.", "Type ya (yes) or tidak (no)."),
    )


_MERGED: tuple[Text, Text] = (
    say("sel ini digabung dengan sel lain.", "this cell is merged with another one."),
    say("Pisahkan sel (Unmerge), lalu isi tiap baris.", "Unmerge the cells and fill in every row."),
)
_A_DAY: tuple[Text, Text] = (
    say("ini tersimpan sebagai tanggal, bukan teks.", "this is stored as a date and no text."),
    say(
        "Excel mengubah isi seperti 2027-1 menjadi tanggal. Format kolom sebagai Teks lalu ketik ulang.",
        "Excel makes dates of texts like 2027-1. Format the column as Text and type it again.",
    ),
)
_FILL_EVERY_ROW: tuple[Text, Text] = (
    say("sel ini menunjuk ke baris di atasnya.", "this cell points to the row above it."),
    say("Isi tiap baris dengan isinya sendiri.", "Fill in every row with its own value."),
)
_OF_ONE_WORD = frozenset({"text", "digits", "occupation", "place", "country", "date", "born_at", "open_code"})
_NOT_ERASABLE: tuple[Text, Text] = (
    say("isian ini tidak dapat dikosongkan.", "this cannot be erased."),
    say("Isi nilainya.", "Give its value."),
)
_TYPE_AS_TEXT = say(
    "Format kolom sebagai Teks lalu ketik ulang dari dokumen asli.",
    "Format the column as Text and type it again from the original document.",
)

_READERS: dict[str, Callable[[Cell, Column], Read]] = {
    "text": _text,
    "digits": _digits,
    "code": code,
    "open_code": open_code,
    "occupation": occupation,
    "result": result,
    "place": place,
    "country": _country,
    "whole": whole,
    "number": number,
    "date": day,
    "born_at": born_at,
    "span": span,
    "yes_no": _yes_no,
}
