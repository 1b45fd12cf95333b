"""For ``values``: days, always read day first, and said back in words where they could have been meant otherwise."""

import re
from datetime import date, datetime, timedelta

from shared.codes import texts
from shared.http.fields import EARLIEST, LATEST
from shared.http.problems import say
from shared.sheets.cells import Cell, Column, folded, written
from shared.sheets.outcomes import Read, UnreadableCell, read_as

_NUMERIC_DATE = re.compile(r"([0-9]{1,2})\s*[/. -]\s*([0-9]{1,2})\s*[/. -]\s*([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_WORDED_DATE = re.compile(r"([0-9]{1,2})[\s-]+([A-Za-z]{3,9})\.?[\s,-]+([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/. -]([0-9]{1,2}|[A-Za-z]{3,9})[/. -][0-9]{2}")
_EXCEL_FIRST_DAY = date(1899, 12, 30)
_EXCEL_DAYS = (3_000, 110_000)
"""Day numbers from 1908 to 2201; a smaller number in a date column is a mistake, not a day."""

_MONTHS = {
    folded(name)[:3]: month for lang in ("id", "en") for month, name in enumerate(texts.MONTHS[lang], start=1)
} | {"ags": 8, "agt": 8, "nop": 11, "peb": 2, "mrt": 3}
_WEEKDAY = re.compile(
    r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE
)


def day(cell: Cell, column: Column) -> Read:
    """A day. Text is read day first; what could be misread is said back in words."""
    value = cell.value
    if isinstance(value, datetime):
        return _in_reach(value.date()), None
    if isinstance(value, date):
        return _in_reach(value), None
    if isinstance(value, float) and _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
        found = _EXCEL_FIRST_DAY + timedelta(days=int(value))
        return _in_reach(found), read_as(texts.day(found), texts.day(found, "en"))
    typed = _WEEKDAY.sub("", value.strip()) if isinstance(value, str) else written(value)
    for pattern, order in ((_ISO_DATE, (0, 1, 2)), (_NUMERIC_DATE, (2, 1, 0)), (_WORDED_DATE, (2, 1, 0))):
        parts = pattern.fullmatch(typed)
        if parts:
            year, month, number_of_day = (parts.groups()[place] for place in order)
            number = int(month) if month.isdigit() else _MONTHS.get(folded(month)[:3], 0)
            try:
                found = date(int(year), number, int(number_of_day))
            except ValueError:
                raise _no_such_day(typed, year, number, int(number_of_day)) from None
            told = read_as(texts.day(found), texts.day(found, "en")) if pattern is not _ISO_DATE else None
            return _in_reach(found), told
    if _SHORT_YEAR.fullmatch(typed):
        raise UnreadableCell(
            "short_year",
            say(f"tahun di {typed} hanya dua angka.", f"the year in {typed} has only two digits."),
            say("Ketik tahun dengan empat angka.", "Type the year with four digits."),
        )
    raise UnreadableCell(
        "not_a_date",
        say("ini bukan tanggal.", "this is no date."),
        say("Ketik hari/bulan/tahun, seperti 08/12/2026.", "Type day/month/year, like 08/12/2026."),
    )


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
