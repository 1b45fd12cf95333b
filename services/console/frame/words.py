"""Every text of a page is written here and now in both languages: ``t("Cari calon", "Find a person")``.

Both stand side by side where they are used, so that neither can be forgotten and a translator sees the place. The
pseudo language ``id-x-long`` marks each text and makes it 40 % longer: tests find with it what would be cut off, and
every string that never went through :func:`t`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import g, has_request_context, request
from flask_babel import Babel, format_timedelta
from markupsafe import Markup

from shared import clock
from shared.codes import countries, regencies, schemes, sectors, texts

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
LONG = "id-x-long"
COOKIE = "bahasa"
THE_ORDER = "Lowongan"
"""How the matching house names the order itself among legal grounds (`law/rules/offer.py`)."""

babel = Babel()


def language() -> str:
    """``id`` or ``en``: what the visitor chose, else Indonesian; an office browser's own setting says little."""
    if not has_request_context():
        return "id"
    if "language" not in g:
        chosen = request.cookies.get(COOKIE, "")
        g.language = chosen if chosen in LANGUAGES or (chosen == LONG and g.get("in_development")) else "id"
    return "en" if g.language == "en" else "id"


def t(indonesian: str, english: str, **values: Any) -> str:
    """The text in the visitor's language, with ``{name}`` replaced. Texts are plain; values are escaped by Jinja."""
    chosen = english if language() == "en" else indonesian
    if values and language() == "en" and any(value in (1, "1") for value in values.values()):
        return of_one(chosen.format(**values))
    if has_request_context() and g.language == LONG:
        chosen = f"⟦{chosen}{_filling(max(1, len(chosen) * 2 // 5))}⟧"
    return chosen.format(**values) if values else chosen


_ONES = {
    "people": "person", "places": "place", "slots": "slot", "applicants": "applicant", "applications": "application",
    "orders": "order", "open orders": "open order", "job orders": "job order", "open job orders": "open job order",
    "courses": "course", "papers": "paper", "records": "record", "rows": "row", "months": "month", "days": "day",
    "hours": "hour", "minutes": "minute", "seats": "seat", "free seats": "free seat", "messages": "message",
    "trainees": "trainee", "steps": "step", "requirements": "requirement", "years": "year", "referrals": "referral",
    "batches": "batch", "targets": "target", "letters": "letter", "points": "point", "fields": "field",
    "outcomes": "outcome", "cells": "cell", "rules": "rule", "regencies": "regency",
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


def _filling(letters: int) -> str:
    """So many dots, in words of eight: a longer language has more words, and few that are much longer."""
    return " ".join("·" * min(8, letters - at) for at in range(0, letters, 8))


def both(texts_: Any) -> str:
    """A text that a house gives as ``{"id": ..., "en": ...}``; a plain one stays as it is."""
    if isinstance(texts_, dict):
        return str(texts_.get(language()) or texts_.get("id") or texts_.get("en") or "")
    return "" if texts_ is None else str(texts_)


def ground(basis: Mapping[str, Any] | None) -> str:
    """`UU 18/2017 5 c`; the order itself where a rule stands in no law but in what the company asks."""
    basis = basis or {}
    instrument = str(basis.get("instrument") or "")
    named = t("Lowongan", "The job order") if instrument == THE_ORDER else instrument
    return " ".join(filter(None, (named, basis.get("article"))))


def day(value: date | str | None, *, short: bool = True, weekday: bool = False) -> str:
    """``8 Des 2026``; with ``short=False`` ``8 Desember 2026``; a dash where there is none."""
    return texts.day(value, language(), short=short, weekday=weekday) if value else "–"


def moment(value: datetime | str | None, *, weekday: bool = False) -> str:
    """``8 Des 2026 14.20 WITA``; with the weekday where somebody must act before it."""
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return texts.moment(instant, language(), weekday=weekday) if instant else "–"


def ago(value: datetime | str) -> str:
    """``12 menit`` since then, by the clock of the machine: what waits waits there, whatever day a story shows."""
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return str(format_timedelta(clock.wall() - instant))


def money(value: Any, currency: str = "IDR") -> str:
    """``Rp1.200.000`` of a number or of ``{amount, currency}``."""
    if value is None:
        return "–"
    if isinstance(value, dict):
        value, currency = value["amount"], value["currency"]
    return texts.money(value, currency, language())


def price(value: Any) -> str:
    """What somebody pays; nothing is ``Rp0``, and a price that nobody told is not nothing."""
    return t("biaya belum diketahui", "cost not known") if value is None else money(value)


def place(code: str | None) -> str:
    """Where something is held; without a regency it is online, or nobody told."""
    return regency(code) if code else t("daring, atau tempat belum diketahui", "online, or the place is not known")


def batch_name(named: str) -> str:
    """`angkatan A-1`; a provider who writes the word into the number itself gets it once."""
    written = named.strip()
    if written.lower().startswith(("angkatan", "batch")):
        return written[0].lower() + written[1:]
    return t("angkatan {n}", "batch {n}", n=written)


def batch_title(named: str) -> str:
    """The same at the beginning of a line: `Angkatan A-1`."""
    name = batch_name(named)
    return name[0].upper() + name[1:]


def number(value: float) -> str:
    return texts.number(value, language())


def exact(value: float, *, thousands: bool = True) -> str:
    """As :func:`number`, with every decimal: two values that differ read differently."""
    whole, _, rest = format(Decimal(repr(value)), "f").partition(".")
    point, rest = "." if language() == "en" else ",", rest.rstrip("0")
    return (number(int(whole)) if thousands else whole) + (point + rest if rest else "")


def regency(code: str | None) -> str:
    return regencies.name(code) if code else "–"


def country(code: str | None) -> str:
    return countries.name(code, language()) if code else "–"


def sector(code: str) -> str:
    """A sector of work, as the province speaks of it."""
    return t(*sectors.SECTORS[code]) if code in sectors.SECTORS else code


def scheme(code: str) -> str:
    """What people call a certification scheme; one that is on no list is its code."""
    return t(*schemes.KNOWN[code]) if code in schemes.KNOWN else code


def month(value: str) -> str:
    """``2027-01`` as ``Januari 2027``."""
    year, number_ = value.split("-")[:2]
    place = int(number_) - 1
    return t(f"{texts.MONTHS['id'][place]} {year}", f"{texts.MONTHS['en'][place]} {year}")


def nobr(text: str) -> Markup:
    """A piece that must not break over lines, such as a date."""
    return Markup('<span class="nobr">{}</span>').format(text)


HELPERS = {
    "ground": ground,
    "t": t,
    "both": both,
    "day": day,
    "moment": moment,
    "ago": ago,
    "money": money,
    "price": price,
    "place": place,
    "number": number,
    "batch_name": batch_name,
    "batch_title": batch_title,
    "regency": regency,
    "country": country,
    "sector": sector,
    "scheme": scheme,
    "month": month,
    "nobr": nobr,
    "language": language,
}
