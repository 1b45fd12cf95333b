"""For sentences that people read: dates, times and money written the Indonesian way, or the English one.

Times are shown in WITA (Asia/Makassar), the time of NTT, whatever the machine's own zone is.
"""

import re
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


_ONES = {
    "people": "person", "places": "place", "slots": "slot", "applicants": "applicant", "applications": "application",
    "orders": "order", "open orders": "open order", "job orders": "job order", "open job orders": "open job order",
    "courses": "course", "papers": "paper", "records": "record", "rows": "row", "months": "month", "days": "day",
    "hours": "hour", "minutes": "minute", "seats": "seat", "free seats": "free seat", "messages": "message",
    "trainees": "trainee", "steps": "step", "requirements": "requirement", "years": "year", "referrals": "referral",
    "batches": "batch", "targets": "target", "letters": "letter", "points": "point", "fields": "field",
    "outcomes": "outcome", "cells": "cell", "rules": "rule", "regencies": "regency",
    "other job orders": "other job order", "training hours": "training hour", "lesson hours": "lesson hour",
}  # fmt: skip
_VERBS = {
    "are": "is", "were": "was", "have": "has", "wait": "waits", "change": "changes", "apply": "applies",
    "need": "needs", "hold": "holds",
}  # fmt: skip
_ONE = re.compile(rf"(?<![\d.,])1 ({'|'.join(sorted(_ONES, key=len, reverse=True))})\b(?: ({'|'.join(_VERBS)})\b)?")


def of_one(english: str) -> str:
    """`1 people wait` → `1 person waits`: English tells one from many, and Indonesian does not."""

    def one(found: re.Match[str]) -> str:
        verb = f" {_VERBS[found[2]]}" if found[2] else ""
        return f"1 {_ONES[found[1]]}{verb}"

    return _ONE.sub(one, english)


_SWAP = str.maketrans({",": ".", ".": ","})


def _known(lang: str) -> str:
    return lang if lang in MONTHS else "id"
