"""For ``values``: numbers, typed the Indonesian way or the English one, with or without what they count."""

import re

from shared.codes import texts
from shared.http.bodies import LARGEST_NUMBER
from shared.http.problems import say
from shared.sheets.cells import Cell, Column, folded
from shared.sheets.headings import UNITS
from shared.sheets.outcomes import Note, Read, UnreadableCell, read_as


def whole(cell: Cell, column: Column) -> Read:
    """A whole number."""
    found, note = number(cell, column)
    if found != int(found):
        raise _not_a_number("not_a_whole_number", "di sini harus ada bilangan bulat.", "a whole number belongs here.")
    return int(found), note


_MARKS = re.compile(r"^(rp|idr|rm|\$)?\.?\s*", re.IGNORECASE)
_DIGITS = re.compile(r"-?[0-9]{1,15}")
_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_GROUPED = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*")
_COUNTED = re.compile(r"(?P<number>.*?[0-9]\S*?)\s*(?P<word>[A-Za-z][A-Za-z ./]*)$")
_FREE = frozenset({"gratis", "free", "tidak dipungut biaya", "tanpa biaya", "cuma cuma"})
_TIMES = {"thousands": 1_000, "millions": 1_000_000}


def number(cell: Cell, column: Column) -> Read:
    """A number, typed the Indonesian way (``1.200.000,5``) or the English one; a note says how marks were read."""
    if isinstance(cell.value, float):
        if abs(cell.value) > LARGEST_NUMBER:
            raise _not_a_number("number_too_large", "angka ini terlalu besar.", "this number is too large.")
        return cell.value, None
    if not isinstance(cell.value, str):
        raise _not_a_number("not_a_number", "di sini harus ada angka.", "a number belongs here.")
    if column.unit == "rupiah" and folded(cell.value) in _FREE:
        return 0.0, read_as("Rp0", "Rp0")
    plain, times = _without_unit(cell.value.strip(), column)
    money = bool(re.match(r"(rp|idr|rm|\$)", plain, re.IGNORECASE))
    if money and column.unit not in ("", "rupiah"):
        raise _not_a_number("not_a_number", "ini jumlah uang, bukan angka yang diminta.", "this is an amount of money.")
    typed = _MARKS.sub("", plain).removesuffix(",-").removesuffix(".-")
    typed = typed.replace("\u00a0", "").replace(" ", "")
    if _DIGITS.fullmatch(typed):
        found = float(typed) * times
        return found, _said(found) if times != 1 or plain != cell.value.strip() else None
    found = _marked(typed, column, times) * times
    return found, _said(found)


def _said(found: float) -> Note:
    return read_as(texts.number(found), texts.number(found, "en"))


def _marked(typed: str, column: Column, times: int) -> float:
    """A number with dots and commas in it."""
    has_dot, has_comma = "." in typed, "," in typed
    if has_dot and has_comma:
        decimal = "," if typed.rfind(",") > typed.rfind(".") else "."
        plain = typed.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif times == 1 and _GROUPED.fullmatch(typed):
        # One group of three could be thousands or thousandths. Dots are thousands here, as everywhere in Indonesia; a
        # comma alone is refused unless the column holds whole numbers.
        if has_comma and typed.count(",") == 1 and column.kind != "whole":
            raise UnreadableCell(
                "ambiguous_number",
                say(f"{typed} bisa berarti dua angka.", f"{typed} could be two numbers."),
                say(f"Ketik {typed.replace(',', '')} atau {typed}0.", f"Type {typed.replace(',', '')} or {typed}0."),
            )
        plain = typed.replace(".", "").replace(",", "")
    else:
        plain = typed.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        raise _not_a_number("not_a_number", "ini bukan angka.", "this is no number.")
    return float(plain)


def _without_unit(typed: str, column: Column) -> tuple[str, int]:
    """The number without the word behind it, and what it is multiplied with (``1,5 juta``)."""
    found = _COUNTED.fullmatch(typed)
    if found is None:
        return typed, 1
    unit = UNITS.get(folded(found["word"]))
    if unit == column.unit and unit:
        return found["number"], 1
    if unit in _TIMES and column.unit == "rupiah":
        return found["number"], _TIMES[unit]
    if unit == "years" and column.unit == "months":
        return found["number"], 12
    if unit is None:
        return typed, 1
    said = _UNIT_NAMES.get(column.unit)
    raise UnreadableCell(
        "another_unit",
        say(f"kolom ini tidak menghitung {found['word']}.", f"this column does not count in {found['word']}."),
        say(f"Ketik angka dalam {said[0]}.", f"Type the number in {said[1]}.") if said else _DIGITS_ONLY,
    )


_UNIT_NAMES = {
    "rupiah": ("rupiah", "rupiah"),
    "people": ("orang", "people"),
    "lessons": ("JP (jam pelajaran 45 menit)", "lessons of 45 minutes"),
    "months": ("bulan", "months"),
    "days": ("hari", "days"),
    "years": ("tahun", "years"),
    "km": ("kilometer", "kilometres"),
}
_DIGITS_ONLY = say("Ketik angka saja, seperti 1200000.", "Type digits only, like 1200000.")


def _not_a_number(code: str, indonesian: str, english: str) -> UnreadableCell:
    return UnreadableCell(code, say(indonesian, english), _DIGITS_ONLY)
