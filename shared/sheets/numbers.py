"""For ``values``: numbers, typed the Indonesian way or the English one."""

import re

from shared.codes import texts
from shared.http.bodies import LARGEST_NUMBER
from shared.http.problems import say
from shared.sheets.cells import Cell, Column
from shared.sheets.outcomes import Read, Unreadable, read_as


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


def number(cell: Cell, column: Column) -> Read:
    """A number, typed the Indonesian way (``1.200.000,5``) or the English one; a note says how marks were read."""
    if isinstance(cell.value, float):
        if abs(cell.value) > LARGEST_NUMBER:
            raise _not_a_number("number_too_large", "angka ini terlalu besar.", "this number is too large.")
        return cell.value, None
    if not isinstance(cell.value, str):
        raise _not_a_number("not_a_number", "di sini harus ada angka.", "a number belongs here.")
    typed = _MARKS.sub("", cell.value.strip()).removesuffix(",-").replace("\u00a0", "").replace(" ", "")
    if _DIGITS.fullmatch(typed):
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
                say(f"{typed} bisa berarti dua angka.", f"{typed} could be two numbers."),
                say(f"Ketik {typed.replace(',', '')} atau {typed}0.", f"Type {typed.replace(',', '')} or {typed}0."),
            )
        plain = typed.replace(".", "").replace(",", "")
    else:
        plain = typed.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        raise _not_a_number("not_a_number", "ini bukan angka.", "this is no number.")
    found = float(plain)
    return found, read_as(texts.number(found), texts.number(found, "en"))


def _not_a_number(code: str, indonesian: str, english: str) -> Unreadable:
    return Unreadable(
        code, say(indonesian, english), say("Ketik angka saja, seperti 1200000.", "Type digits only, like 1200000.")
    )
