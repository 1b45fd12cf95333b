"""For sentences that people read: dates, times and money written the Indonesian way, or the English one.

Times are shown in WITA (Asia/Makassar), the time of NTT, whatever the machine's own zone is.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")

MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT_MONTHS = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_SIGNS = {"IDR": "Rp", "MYR": "RM "}


def day(value: date | str, lang: str = "id", *, short: bool = False, weekday: bool = False) -> str:
    """``2026-12-08`` → ``8 Desember 2026``; short ``8 Des 2026``; with the weekday ``Selasa, 8 Desember 2026``."""
    value = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    months = _SHORT_MONTHS if short else MONTHS
    written = f"{value.day} {months[_known(lang)][value.month - 1]} {value.year}"
    return f"{_DAYS[_known(lang)][value.weekday()]}, {written}" if weekday else written


def moment(value: datetime, lang: str = "id", *, weekday: bool = False) -> str:
    """An aware instant as ``8 Des 2026 14.20 WITA`` (English ``8 Dec 2026 14:20 WITA``); ``weekday`` before it."""
    local = value.astimezone(WITA)
    clock = f"{local:%H.%M}" if _known(lang) == "id" else f"{local:%H:%M}"
    return f"{day(local.date(), lang, short=True, weekday=weekday)} {clock} WITA"


def number(value: float, lang: str = "id") -> str:
    """``1234567.5`` → ``1.234.567,5`` (English ``1,234,567.5``), at most two decimals."""
    written = f"{value:,.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{int(value):,}"
    return written.translate(_SWAP) if _known(lang) == "id" else written


def money(amount: float, currency: str = "IDR", lang: str = "id") -> str:
    """``1200000`` → ``Rp1.200.000``; ``1500, "MYR"`` → ``RM 1.500``; other currencies by their code."""
    return f"{_SIGNS.get(currency, currency + ' ')}{number(amount, lang)}"


_SWAP = str.maketrans({",": ".", ".": ","})


def _known(lang: str) -> str:
    return lang if lang in MONTHS else "id"
