"""For ``values``: numbers, typed the Indonesian way or the English one, with or without what they count."""

import re

from shared.codes import texts
from shared.http.bodies import LARGEST_NUMBER
from shared.http.problems import Text, say
from shared.sheets.cells import Cell, Column, folded
from shared.sheets.headings import UNITS
from shared.sheets.outcomes import Note, Read, UnreadableCell, read_as
from shared.sheets.scales import UNIT_NAMES


def whole(cell: Cell, column: Column) -> Read:
    """A whole number."""
    found, note = number(cell, column)
    if found != int(found):
        raise _refused(
            column, "not_a_whole_number", "di sini harus ada bilangan bulat.", "a whole number belongs here."
        )
    return int(found), note


_MONEY = re.compile(r"(rp|idr|rm|myr|usd|us\$|\$|s\$|sgd|nt\$|hk\$|€|£|¥)", re.IGNORECASE)
_RUPIAH = re.compile(r"(rp|idr)", re.IGNORECASE)
_MARKS = re.compile(r"^(rp|idr)?[.:]?\s*", re.IGNORECASE)
_DIGITS = re.compile(r"-?[0-9]{1,15}")
_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_GROUPED = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*")
_COUNTED = re.compile(r"(?P<number>.*?[0-9]\S*?)\s*(?P<word>[A-Za-z][A-Za-z ./]*)$")
_EACH = re.compile(r"\s*(/|per|@)\s*(orang|org|peserta|siswa)\.?$", re.IGNORECASE)
"""Behind a price: a price of one is what its column asks for."""
_SPELLED = re.compile(r"\s*\(([A-Za-z ]+)\)")
"""The number once more in words, as on receipts."""
_BESIDE_MARKS = re.compile(r"\s*([.,])\s*")
_IN_GROUPS = re.compile(r"-?[0-9]{1,3}(\s[0-9]{3})+([.,][0-9]{1,2})?")
"""Blanks part thousands as dots do; ``16 20`` is two numbers."""
_FREE = frozenset({"gratis", "free", "tidak dipungut biaya", "tanpa biaya", "cuma cuma", "tidak berbayar"})
_YEARS_AND_MONTHS = re.compile(
    r"(?P<years>[0-9]{1,2}) ?(?:tahun|thn|th|years?|yrs?) (?:dan |and )?(?P<months>[0-9]{1,2}) ?(?:bulan|bln|months?)"
)
_SPOKEN_MONTHS = {"setahun": 12, "setengah tahun": 6, "sebulan": 1}
_RANGE = re.compile(
    r"\D{0,4}[0-9][0-9.,]*\s*\w*\s*(?:-|–|—|s\.?\s*/?\s*d\.?|sampai|hingga)\s*\D{0,4}[0-9][0-9.,]*\s*\D*"
)
_TIMES = {"thousands": 1_000, "millions": 1_000_000}
_SO_MANY_MONTHS = 10
"""Up to so many may be years as well, where neither heading nor cell says what is counted."""


def number(cell: Cell, column: Column) -> Read:
    """A number, typed the Indonesian way (``1.200.000,5``) or the English one; a note says how marks were read."""
    if isinstance(cell.value, float):
        if abs(cell.value) > LARGEST_NUMBER:
            raise _refused(column, "number_too_large", "angka ini terlalu besar.", "this number is too large.")
        return _of_known_unit(cell.value, column), None
    if not isinstance(cell.value, str):
        raise _refused(column, "not_a_number", "di sini harus ada angka.", "a number belongs here.")
    if column.unit == "rupiah" and folded(cell.value) in _FREE:
        return 0.0, read_as("Rp0", "Rp0")
    if column.unit == "months" and (months := _years_and_months(cell.value.strip())):
        return months, _said(months)
    if _RANGE.fullmatch(cell.value.strip()):
        raise _refused(
            column, "not_a_number", "ini rentang, bukan satu angka.", "this is a range and no single number."
        )
    typed, spelled = _without_words(cell.value.strip())
    plain, times, counted = _without_unit(_EACH.sub("", typed) if column.unit == "rupiah" else typed, column)
    found, note = _read(plain, cell, column, times)
    # Of "3 (tiga) tahun" the words say the number as it was typed, of "1,5 juta (satu juta lima ratus ribu)" the value.
    if spelled is not None and spelled not in (found, found / times):
        raise _refused(
            column, "contradicts_words", "angka dan hurufnya berbeda.", "the number and its words say different things."
        )
    if not counted:
        _of_known_unit(found, column)
    return found, note


def _years_and_months(typed: str) -> float | None:
    """The months of ``2 tahun 6 bulan``, ``setahun`` and ``setengah tahun``; None for anything else."""
    word = folded(typed)
    if word in _SPOKEN_MONTHS:
        return float(_SPOKEN_MONTHS[word])
    found = _YEARS_AND_MONTHS.fullmatch(word)
    return float(int(found["years"]) * 12 + int(found["months"])) if found and int(found["months"]) < 12 else None


def _read(plain: str, cell: Cell, column: Column, times: int) -> tuple[float, Note | None]:
    money = _MONEY.match(plain)
    if money and (column.unit not in ("", "rupiah") or not _RUPIAH.match(plain)):
        raise _refused(column, "not_a_number", *_OTHER_MONEY.get(column.unit, _NO_MONEY))
    typed = _BESIDE_MARKS.sub(r"\1", _MARKS.sub("", plain)).removesuffix(",-").removesuffix(".-")
    if _IN_GROUPS.fullmatch(typed):
        typed = re.sub(r"\s", "", typed)
    if _DIGITS.fullmatch(typed):
        found = float(typed) * times
        return found, _said(found) if plain != str(cell.value).strip() or typed != plain else None
    found = _marked(typed, column, times) * times
    return found, _said(found)


def _without_words(typed: str) -> tuple[str, float | None]:
    """``16 (enam belas) orang`` → ``16 orang`` and sixteen; ``16 (orang)`` → ``16 orang``; other words in brackets stay
    where they are."""
    spelled = _SPELLED.search(typed)
    if spelled is not None and spelled.end() == len(typed) and folded(spelled[1]) in UNITS:
        return f"{typed[: spelled.start()]} {spelled[1].strip()}", None
    value = _number_of(spelled[1]) if spelled else None
    return (typed, None) if spelled is None or value is None else (typed.replace(spelled[0], "", 1), value)


_ONES = {
    name: value
    for value, name in enumerate(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
    )
}
_SCALES = {"ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000}
_COUNTED_IN_WORDS = frozenset({"rupiah", "orang", "jam", "pelajaran", "peserta"})


def _number_of(words: str) -> float | None:
    """The value of an Indonesian number in words; None when these words are none."""
    whole, part, last, read = 0, 0, 0, False
    for word in re.sub(r"\bse(?=(belas|puluh|ratus|ribu|juta)\b)", "satu ", words.casefold()).split():
        if word in _COUNTED_IN_WORDS:
            continue
        read = True
        if word in _ONES:
            last += _ONES[word]
        elif word == "belas":
            last += 10
        elif word == "puluh":
            part, last = part + last * 10, 0
        elif word == "ratus":
            part, last = part + last * 100, 0
        elif word in _SCALES:
            whole, part, last = whole + (part + last) * _SCALES[word], 0, 0
        else:
            return None
    return float(whole + part + last) if read else None


def _of_known_unit(found: float, column: Column) -> float:
    """``3`` under ``Masa berlaku`` may be months or years; nobody guesses."""
    if column.unit == "months" and not column.unit_said and 0 < found <= _SO_MANY_MONTHS:
        raise UnreadableCell(
            "unit_missing",
            say("tidak jelas apakah ini bulan atau tahun.", "it is not clear whether these are months or years."),
            say("Ketik dengan satuannya, seperti 36 bulan atau 3 tahun.", "Type the unit, like 36 bulan or 3 tahun."),
        )
    return found


def _said(found: float) -> Note:
    return read_as(texts.number(found), texts.number(found, "en"))


def _marked(typed: str, column: Column, times: int) -> float:
    """A number with dots and commas in it."""
    has_dot, has_comma = "." in typed, "," in typed
    if times != 1 and _GROUPED.fullmatch(typed) and typed.count(".") + typed.count(",") == 1:
        # 1.500 ribu: fifteen hundred thousands, or one and a half.
        plain = re.sub("[.,]", "", typed)
        whole, part = float(plain) * times, float(plain) / 1_000 * times
        raise UnreadableCell(
            "ambiguous_number",
            say(f"{typed} bisa berarti dua angka.", f"{typed} could be two numbers."),
            say(f"Ketik {texts.number(whole)} atau {texts.number(part)}.",
                f"Type {texts.number(whole, 'en')} or {texts.number(part, 'en')}."),
        )  # fmt: skip
    if has_dot and has_comma:
        decimal = "," if typed.rfind(",") > typed.rfind(".") else "."
        if len(typed.rpartition(decimal)[2]) == 3 and typed.count(decimal) == 1:
            # 1,500.000: thousands by both marks, or thousandths.
            raise _two_numbers(typed, typed.replace(".", "").replace(",", ""))
        plain = typed.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif times == 1 and _GROUPED.fullmatch(typed):
        # One group of three could be thousands or thousandths. Dots are thousands here, as everywhere in Indonesia; a
        # comma alone is refused unless the column holds whole numbers.
        if has_comma and typed.count(",") == 1 and column.kind != "whole":
            raise _two_numbers(typed, typed.replace(",", ""))
        plain = typed.replace(".", "").replace(",", "")
    else:
        plain = typed.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        raise _refused(column, "not_a_number", "ini bukan angka.", "this is no number.")
    return float(plain)


def _two_numbers(typed: str, whole: str) -> UnreadableCell:
    return UnreadableCell(
        "ambiguous_number",
        say(f"{typed} bisa berarti dua angka.", f"{typed} could be two numbers."),
        say(f"Ketik {whole} atau {typed}0.", f"Type {whole} or {typed}0."),
    )


def _without_unit(typed: str, column: Column) -> tuple[str, int, bool]:
    """The number without the word behind it, what it is multiplied with (``1,5 juta``), and whether a word said what is
    counted."""
    found = _COUNTED.fullmatch(typed)
    if found is None:
        return typed, 1, False
    unit = UNITS.get(folded(found["word"]))
    if unit == column.unit and unit:
        return found["number"], 1, True
    if unit in _TIMES and column.unit in ("rupiah", ""):
        return found["number"], _TIMES[unit], True
    if unit == "years" and column.unit == "months":
        return found["number"], 12, True
    if unit == "weeks" and column.unit == "days":
        return found["number"], 7, True
    if unit is None:
        return typed, 1, False
    said = UNIT_NAMES.get(column.unit)
    raise UnreadableCell(
        "another_unit",
        say(f"kolom ini tidak menghitung {found['word']}.", f"this column does not count in {found['word']}."),
        say(f"Ketik angka dalam {said[0]}.", f"Type the number in {said[1]}.") if said else _digits_only(column),
    )


_NO_MONEY = ("ini jumlah uang, bukan angka yang diminta.", "this is an amount of money.")
_OTHER_MONEY = {
    "rupiah": ("ini mata uang lain, bukan rupiah.", "this is another currency than rupiah."),
    "": ("mata uangnya ditulis di kolom sendiri.", "its currency stands in a column of its own."),
}


_EXAMPLES = {
    "rupiah": "1200000",
    "months": "36",
    "people": "16",
    "lessons": "200",
    "days": "30",
    "years": "3",
    "km": "50",
}


def _digits_only(column: Column) -> Text:
    usual = _EXAMPLES.get(column.unit, "1200000")
    example = column.example if column.example.isdecimal() and column.example != "0" else usual
    free = say("; 0 bila gratis", "; 0 if it is free") if column.unit == "rupiah" else say("", "")
    return say(f"Ketik angka saja, seperti {example}{free['id']}.", f"Type digits only, like {example}{free['en']}.")


def _refused(column: Column, code: str, indonesian: str, english: str) -> UnreadableCell:
    return UnreadableCell(code, say(indonesian, english), _digits_only(column))
