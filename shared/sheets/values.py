"""For ``records``: one cell to one value, by the kind of its column.

A spreadsheet has already thrown away what it did not understand: a NIK became a rounded number, ``8/12`` became a
date in one country's order. So every kind says what it takes, what it takes with a note, and what it refuses.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared.codes import countries, regencies, texts
from shared.http.faults import one_of
from shared.http.fields import EARLIEST, LATEST, regency_fix
from shared.http.problems import Text
from shared.sheets.cells import Cell, Column, folded, written

LONGEST = 2000
"""Characters of a text cell; a cell with more holds a pasted document."""


class Unreadable(Exception):
    """The cell holds something that its column does not take."""

    def __init__(self, code: str, message: Text, fix: Text | None = None) -> None:
        super().__init__(code)
        self.code, self.message, self.fix = code, message, fix


@dataclass(frozen=True, slots=True)
class Note:
    """The cell was understood, and the person should see as what."""

    code: str
    message: Text


Read = tuple[Any, Note | None]


def value_of(cell: Cell, column: Column) -> Read:
    """The value of a cell (None when it is empty) and what to tell about it. Raises Unreadable."""
    if cell.merged:
        raise Unreadable(
            "merged_cells",
            _say("sel ini digabung dengan sel lain.", "this cell is merged with another one."),
            _say("Pisahkan sel (Unmerge), lalu isi tiap baris.", "Unmerge the cells and fill in every row."),
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
            _say(f"teks ini {len(text)} karakter.", f"this text has {len(text)} characters."),
            _say(f"Persingkat sampai {LONGEST} karakter.", f"Shorten it to {LONGEST} characters."),
        )
    return text, None


def _digits(cell: Cell, column: Column) -> Read:
    """Numbers that are names. What a spreadsheet stored as a number has lost its zeros in front and its last digits."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, str):
        raise Unreadable(
            "number_instead_of_text",
            _say(
                f"{column.title['id']} tersimpan sebagai angka, digit terakhir bisa hilang.",
                f"{column.title['en']} is stored as a number; its last digits may be lost.",
            ),
            _say("Format kolom sebagai Teks lalu ketik ulang.", "Format the column as Text and type it again."),
        )
    text = cell.value.strip().removeprefix("'").strip()
    if re.fullmatch(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+", text):
        raise Unreadable(
            "number_instead_of_text",
            _say(
                f"{column.title['id']} sudah dibulatkan menjadi {text}.",
                f"{column.title['en']} has been rounded to {text}.",
            ),
            _say(
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
        _say(f'"{typed[:40]}" tidak dikenal di kolom ini.', f'"{typed[:40]}" is not known in this column.'),
        one_of(labels, typed),
    )


def _place(cell: Cell, column: Column) -> Read:
    if isinstance(cell.value, float):
        # 53.1 in a cell is the code 53.10: codes have two decimals, and a spreadsheet drops the zero.
        code = f"{cell.value:05.2f}"
        if regencies.is_regency(code):
            return code, _read_as(f"{code} {regencies.name(code)}")
    typed = written(cell.value).strip()
    if regencies.is_regency(typed):
        return typed, None
    meant = regencies.find(typed)
    if meant:
        return meant, _read_as(f"{meant} {regencies.name(meant)}")
    raise Unreadable(
        "unknown_regency",
        _say(f'kabupaten/kota "{typed[:40]}" tidak dikenal.', f'the regency "{typed[:40]}" is not known.'),
        regency_fix(typed),
    )


def _country(cell: Cell, column: Column) -> Read:
    typed = written(cell.value).strip()
    if countries.is_country(typed):
        return typed, None
    meant = countries.find(typed)
    if meant:
        return meant, _read_as(f"{meant} {countries.name(meant)}")
    raise Unreadable(
        "unknown_country",
        _say(f'negara/wilayah "{typed[:40]}" tidak dikenal.', f'the country "{typed[:40]}" is not known.'),
        _say("Ketik kode tiga huruf, seperti MYS atau JPN.", "Type three letters, like MYS or JPN."),
    )


def _whole(cell: Cell, column: Column) -> Read:
    number, note = _number(cell, column)
    if number != int(number):
        raise _not_a_number("not_a_whole_number", "di sini harus ada bilangan bulat.", "a whole number belongs here.")
    return int(number), note


_MARKS = re.compile(r"^(rp|idr|rm|\$)?\.?\s*", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*")


def _number(cell: Cell, column: Column) -> Read:
    """A number, typed the Indonesian way (``1.200.000,5``) or the English one; a note says how marks were read."""
    if isinstance(cell.value, float) and not isinstance(cell.value, bool):
        return cell.value, None
    if not isinstance(cell.value, str):
        raise _not_a_number("not_a_number", "di sini harus ada angka.", "a number belongs here.")
    typed = _MARKS.sub("", cell.value.strip()).removesuffix(",-").replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"-?[0-9]{1,15}", typed):
        return float(typed), None
    has_dot, has_comma = "." in typed, "," in typed
    if has_dot and has_comma:
        decimal = "," if typed.rfind(",") > typed.rfind(".") else "."
        plain = typed.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif _GROUPED.fullmatch(typed):
        # One group of three could be thousands or thousandths. Dots are thousands here, as everywhere in Indonesia; a
        # comma alone is refused unless the column holds whole numbers.
        if has_comma and typed.count(",") == 1 and column.kind != "whole":
            raise Unreadable(
                "ambiguous_number",
                _say(f"{typed} bisa berarti dua angka.", f"{typed} could be two numbers."),
                _say(f"Ketik {typed.replace(',', '')} atau {typed}0.", f"Type {typed.replace(',', '')} or {typed}0."),
            )
        plain = typed.replace(".", "").replace(",", "")
    else:
        plain = typed.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", plain):
        raise _not_a_number("not_a_number", f'"{cell.value[:40]}" bukan angka.', f'"{cell.value[:40]}" is no number.')
    number = float(plain)
    return number, _read_as(texts.number(number), texts.number(number, "en"))


def _not_a_number(code: str, indonesian: str, english: str) -> Unreadable:
    return Unreadable(
        code, _say(indonesian, english), _say("Ketik angka saja, seperti 1200000.", "Type digits only, like 1200000.")
    )


_NUMERIC_DATE = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_WORDED_DATE = re.compile(r"([0-9]{1,2})[\s-]+([A-Za-z]{3,9})\.?[\s,-]+([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/. -]([0-9]{1,2}|[A-Za-z]{3,9})[/. -][0-9]{2}")
_EXCEL_FIRST_DAY = date(1899, 12, 30)
_EXCEL_DAYS = (3_000, 110_000)
"""Day numbers from 1908 to 2201; a smaller number in a date column is a mistake, not a day."""

_MONTHS = {
    folded(name)[:3]: month for lang in ("id", "en") for month, name in enumerate(texts.MONTHS[lang], start=1)
} | {"ags": 8, "agt": 8, "nop": 11}


def _date(cell: Cell, column: Column) -> Read:
    """A day. Text is read day first; what could be misread is said back in words."""
    value = cell.value
    if isinstance(value, datetime):
        return _in_reach(value.date()), None
    if isinstance(value, date):
        return _in_reach(value), None
    if isinstance(value, float) and _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
        found = _EXCEL_FIRST_DAY + timedelta(days=int(value))
        return _in_reach(found), _read_as(texts.day(found), texts.day(found, "en"))
    typed = value.strip() if isinstance(value, str) else written(value)
    for pattern, order in ((_ISO_DATE, (0, 1, 2)), (_NUMERIC_DATE, (2, 1, 0)), (_WORDED_DATE, (2, 1, 0))):
        parts = pattern.fullmatch(typed)
        if parts:
            year, month, day = (parts.groups()[place] for place in order)
            number = int(month) if month.isdigit() else _MONTHS.get(folded(month)[:3], 0)
            try:
                found = date(int(year), number, int(day))
            except ValueError:
                raise _no_such_day(typed, year, number, int(day)) from None
            told = _read_as(texts.day(found), texts.day(found, "en")) if pattern is _NUMERIC_DATE else None
            return _in_reach(found), told
    if _SHORT_YEAR.fullmatch(typed):
        raise Unreadable(
            "short_year",
            _say(f"tahun di {typed} hanya dua angka.", f"the year in {typed} has only two digits."),
            _say("Ketik tahun dengan empat angka.", "Type the year with four digits."),
        )
    raise Unreadable(
        "not_a_date",
        _say(f'"{typed[:40]}" bukan tanggal.', f'"{typed[:40]}" is no date.'),
        _say("Ketik hari/bulan/tahun, seperti 08/12/2026.", "Type day/month/year, like 08/12/2026."),
    )


def _no_such_day(typed: str, year: str, month: int, day: int) -> Unreadable:
    """Probably month and day in the other order, and then that is the thing to say."""
    message = _say(f"tanggal {typed} tidak ada di kalender.", f"there is no day {typed} in the calendar.")
    try:
        other = date(int(year), day, month)
    except ValueError:
        return Unreadable("no_such_day", message, _say("Periksa hari dan bulan.", "Check the day and the month."))
    said = f"{other:%d/%m/%Y}"
    return Unreadable("no_such_day", message, _say(f"Hari dahulu: {said}?", f"Day first: {said}?"))


def _in_reach(found: date) -> str:
    if not EARLIEST <= found <= LATEST:
        raise Unreadable(
            "year_out_of_range",
            _say(f"tahun {found.year} tidak masuk akal di sini.", f"the year {found.year} makes no sense here."),
            _say("Periksa empat angka tahunnya.", "Check the four digits of the year."),
        )
    return found.isoformat()


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
        _say(f'"{typed[:40]}" bukan ya atau tidak.', f'"{typed[:40]}" is neither yes nor no.'),
        _say("Ketik ya atau tidak.", "Type ya or tidak."),
    )


def _read_as(indonesian: str, english: str | None = None) -> Note:
    return Note("read_as", _say(f"dibaca {indonesian}.", f"read as {english or indonesian}."))


def _say(indonesian: str, english: str) -> Text:
    return {"id": indonesian, "en": english}


_READERS: dict[str, Callable[[Cell, Column], Read]] = {
    "text": _text,
    "digits": _digits,
    "code": _code,
    "place": _place,
    "country": _country,
    "whole": _whole,
    "number": _number,
    "date": _date,
    "yes_no": _yes_no,
}
