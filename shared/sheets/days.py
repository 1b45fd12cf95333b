"""For ``values``: days, always read day first, and said back in words where they could have been meant otherwise."""

import re
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz, process

from shared.codes import texts
from shared.http.fields import EARLIEST, LATEST
from shared.http.problems import say
from shared.sheets.cells import Cell, Column, Value, folded, written
from shared.sheets.outcomes import Read, UnreadableCell, read_as

_NUMERIC_DATE = re.compile(r"([0-9]{1,2})\s*[/. –—-]\s*([0-9]{1,2})\s*[/. –—-]\s*([0-9]{4})\.?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_WORDED_DATE = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[\s/.–-]*([A-Za-z]{1,9})\.?[\s/,.–-]*([0-9]{4})\.?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?\s*,\s*([0-9]{4})\.?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/. -]+([0-9]{1,2}|[A-Za-z]{3,9}\.?)[/. -]+['’]?[0-9]{2}")
_NO_YEAR = re.compile(r"[0-9]{1,2}[/. -]+([0-9]{1,2}|[A-Za-z]{3,9})")
_MONTH_ONLY = re.compile(r"(([A-Za-z]{3,9}|[0-9]{1,2})[/. -]+)?[0-9]{4}")
_TIME = re.compile(
    r"[T ,]*(?:pukul|jam|pkl)?\.?\s*[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?\s*(?:wita|wib|wit)?$", re.IGNORECASE
)
_EXCEL_FIRST_DAY = date(1899, 12, 30)
_EXCEL_DAYS = (3_000, 110_000)
"""Day numbers from 1908 to 2201; a smaller number in a date column is a mistake, not a day."""

_MONTHS = {
    name: month
    for lang in ("id", "en")
    for month, whole in enumerate(texts.MONTHS[lang], start=1)
    for name in (folded(whole), folded(whole)[:3])
} | {
    "ags": 8, "agt": 8, "agst": 8, "agust": 8, "nop": 11, "nopember": 11, "peb": 2, "pebruari": 2, "febuari": 2,
    "pebuari": 2,
    "mrt": 3, "sept": 9, "octob": 10,
}  # fmt: skip
_ROMAN = {
    name: at
    for at, name in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], start=1)
}
_SPELLED_LIKE = 80
"""Likeness (0 to 100) from which a misspelt month is the one that it is most like; ``Jumi`` is like two and is none."""
_WEEKDAY = re.compile(
    r"^(hari\s+)?(senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|mon|tue|wed|thu|fri|sat|sun)[a-z]*[,/]?\s+",
    re.IGNORECASE,
)
_CALLED = re.compile(r"^(?:(?:mulai|dari|sejak|from)\b[.: ]*)?(?:(?:tgl|tanggal)\b[.: ]*)?", re.IGNORECASE)
_FORMS = (
    (_ISO_DATE, (0, 1, 2)), (_NUMERIC_DATE, (2, 1, 0)), (_WORDED_DATE, (2, 1, 0)), (_YEAR_FIRST, (0, 1, 2)),
    (_MONTH_FIRST, (2, 0, 1)),
)  # fmt: skip


def day(cell: Cell, column: Column) -> Read:
    """A day. Text is read day first; what could be misread is said back in words.

    Raises:
        UnreadableCell: no day, or one that does not exist.
    """
    value = cell.value
    if isinstance(value, datetime):
        return _in_reach(value.date()), None
    if isinstance(value, date):
        return _in_reach(value), None
    if isinstance(value, float) and _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
        found = _EXCEL_FIRST_DAY + timedelta(days=int(value))
        return _in_reach(found), read_as(texts.day(found), texts.day(found, "en"))
    typed = _WEEKDAY.sub("", _CALLED.sub("", value.strip())) if isinstance(value, str) else written(value)
    typed, timed = _TIME.subn("", typed) if isinstance(value, str) and len(typed) > 10 else (typed, 0)
    for pattern, order in _FORMS:
        parts = pattern.fullmatch(typed)
        if parts:
            year, month, number_of_day = (parts.groups()[place] for place in order)
            number = int(month) if month.isdigit() else _month(month)
            try:
                found = date(int(year), number, int(number_of_day))
            except ValueError:
                raise _no_such_day(typed, year, number, int(number_of_day)) from None
            _on_its_weekday(value, found)
            told = read_as(texts.day(found), texts.day(found, "en")) if pattern is not _ISO_DATE else None
            return _in_reach(found), told
    raise _not_a_day(typed)


_WEEKDAYS = {
    name: at
    for names in (("sen", "sel", "rab", "kam", "jum", "sab", "min"), ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    for at, name in enumerate(names)
}


def _on_its_weekday(typed: Value, found: date) -> None:
    """Refuse a day that is written with another day of the week: one of the two is a slip, and often it is the month
    that stands first."""
    said = _WEEKDAY.match(_CALLED.sub("", typed.strip())) if isinstance(typed, str) else None
    if said is None or _WEEKDAYS[said[2][:3].lower()] == found.weekday():
        return
    id, en = (texts.day(found, lang, weekday=True) for lang in ("id", "en"))
    raise UnreadableCell(
        "another_weekday",
        say(f"harinya tidak cocok: tanggal itu {id}.", f"the day of the week does not fit: that day is {en}."),
        say("Periksa hari atau tanggalnya.", "Check the weekday or the day."),
    )


def _month(name: str) -> int:
    """The number of a month by its name, its short form, a Roman number or a slip of either; 0 when it is none."""
    word = folded(name)
    known = _MONTHS.get(word) or _ROMAN.get(word)
    if known or len(word) < 4:
        return known or 0
    alike = process.extract(
        word, [one for one in _MONTHS if len(one) > 3], scorer=fuzz.ratio, score_cutoff=_SPELLED_LIKE
    )
    best = {_MONTHS[one] for one, score, _ in alike if score == alike[0][1]}
    return best.pop() if len(best) == 1 else 0


def _not_a_day(typed: str) -> UnreadableCell:
    if _SHORT_YEAR.fullmatch(typed):
        return UnreadableCell(
            "short_year",
            say(f"tahun di {typed} hanya dua angka.", f"the year in {typed} has only two digits."),
            say("Ketik tahun dengan empat angka.", "Type the year with four digits."),
        )
    if span_of(typed) is not None:
        message = say("ini dua tanggal, mulai dan selesai.", "these are two days, the first and the last.")
    elif _NO_YEAR.fullmatch(typed):
        message = say("tahunnya tidak ada.", "the year is missing.")
    elif _MONTH_ONLY.fullmatch(typed):
        message = say("tanggalnya tidak lengkap: hari atau bulan tidak ada.", "day or month is missing.")
    else:
        message = say("ini bukan tanggal.", "this is no date.")
    return UnreadableCell(
        "not_a_date",
        message,
        say("Ketik hari/bulan/tahun, seperti 08/12/2026.", "Type day/month/year, like 08/12/2026."),
    )


_UNTIL = re.compile(
    r"\s*(?:\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bto\b|\buntil\b|\bthrough\b|–|—|(?<=\s)-(?=\s)|(?<=[0-9])\s*-\s*(?=[0-9]{1,2}\s+[A-Za-z])"
    r"|(?<=[0-9]{4})\s*-\s*(?=[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}))\s*",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"[0-9]{1,2}(?P<rest>[\s/.-]+([A-Za-z]{3,9}\.?|[0-9]{1,2}))?")


def span_of(typed: str) -> tuple[str, str] | None:
    """The two days of ``10 s.d. 20 Januari 2027`` as texts; None when these are not two.

    What the first leaves out (month, year) is the last one's.
    """
    parts = _UNTIL.split(typed.strip())
    if len(parts) != 2:
        return None
    first, last = (_WEEKDAY.sub("", _CALLED.sub("", part.strip())) for part in parts)
    short = _PART_OF_DAY.fullmatch(first)
    whole = re.fullmatch(r"[0-9]{1,2}(?P<month>[\s/.-]+([A-Za-z]{3,9}\.?|[0-9]{1,2}))(?P<year>[\s/.-]+[0-9]{4})", last)
    if short is not None and whole is not None:
        first += whole["year"] if short["rest"] else f"{whole['month']}{whole['year']}"
    return (first, last) if re.search(r"[0-9]{4}", first) and re.search(r"[0-9]{4}", last) else None


def span(cell: Cell, column: Column) -> Read:
    """First and last day of ``10/01/2027 - 20/02/2027``, as a pair.

    Raises:
        UnreadableCell: not two days.
    """
    parts = _UNTIL.split(cell.value.strip()) if isinstance(cell.value, str) else []
    found = span_of(cell.value) if isinstance(cell.value, str) else None
    if found is None:
        if len(parts) == 2 and _SHORT_YEAR.fullmatch(parts[-1].strip()):
            raise _not_a_day(parts[-1].strip())
        raise UnreadableCell(
            "not_two_days",
            say("di sini harus ada tanggal mulai dan selesai.", "a first and a last day belong here."),
            say("Ketik seperti 11/01/2027 s.d. 26/02/2027.", "Type them like 11/01/2027 s.d. 26/02/2027."),
        )
    if not re.search("[0-9]{4}", parts[0]):
        found = _begun_the_year_before(*found)
    first, last = (str(day(Cell(cell.address, part), column)[0]) for part in found)
    for part, one in zip(parts, (first, last), strict=True):
        _on_its_weekday(part, date.fromisoformat(one))
    told = {lang: [texts.day(one, lang) for one in (first, last)] for lang in ("id", "en")}
    return (first, last), read_as(" sampai ".join(told["id"]), " to ".join(told["en"]))


_OVER_NEW_YEAR = 6
"""Months. What would last longer has its days or months in the wrong order, more likely."""


def _begun_the_year_before(first: str, last: str) -> tuple[str, str]:
    """``28 Des - 15 Jan 2027``: the year that is written is the last day's alone."""
    begins, ends = (_year_and_month(part) for part in (first, last))
    if begins is None or ends is None or begins[0] != ends[0] or not begins[1] - ends[1] >= 12 - _OVER_NEW_YEAR:
        return first, last
    return f"{first[:-4]}{begins[0] - 1}", last


def _year_and_month(typed: str) -> tuple[int, int] | None:
    """Of a day that is written day first, with its year at the end."""
    parts = next((found for form in (_NUMERIC_DATE, _WORDED_DATE) if (found := form.fullmatch(typed))), None)
    if parts is None or not typed.endswith(parts[3]):
        return None
    month = int(parts[2]) if parts[2].isdigit() else _month(parts[2])
    return (int(parts[3]), month) if 1 <= month <= 12 else None


_BORN_AT = re.compile(r"(?P<place>[^0-9]*?)[\s,/;.]+(?P<day>[0-9].*)")


def born_at(cell: Cell, column: Column) -> Read:
    """The day of ``Larantuka, 4 April 2001``. The place is no home and is not kept, which is said."""
    found = _BORN_AT.fullmatch(cell.value.strip()) if isinstance(cell.value, str) else None
    if found is None:
        return day(cell, column)
    born, _ = day(Cell(cell.address, found["day"]), column)
    words = texts.day(born), texts.day(born, "en")
    return born, read_as(f"{words[0]}; tempat lahir tidak dicatat", f"{words[1]}; the place of birth is not kept")


def _no_such_day(typed: str, year: str, month: int, day: int) -> UnreadableCell:
    """Probably month and day in the other order, and then that is the thing to say."""
    message = say(f"tanggal {typed} tidak ada di kalender.", f"there is no day {typed} in the calendar.")
    try:
        other = date(int(year), day, month)
    except ValueError:
        return UnreadableCell("no_such_day", message, say("Periksa hari dan bulan.", "Check the day and the month."))
    said = f"{other:%d/%m/%Y}"
    return UnreadableCell("no_such_day", message, say(f"Hari dahulu: {said}?", f"Day first: {said}?"))


def _in_reach(found: date) -> str:
    if not EARLIEST <= found <= LATEST:
        raise UnreadableCell(
            "year_out_of_range",
            say(f"tahun {found.year} tidak masuk akal di sini.", f"the year {found.year} makes no sense here."),
            say("Periksa empat angka tahunnya.", "Check the four digits of the year."),
        )
    return found.isoformat()
