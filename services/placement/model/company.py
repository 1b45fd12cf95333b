"""Whoever needs to know whether a company may place people: its licence on a day, and what its orders say about it.

A licence (SIP3MI) is a status with dates as of a snapshot, never a flag: ``snapshot_on`` says how old
our knowledge is. A confirmed concern holds the orders of a company without touching its licence, which is the
ministry's to suspend.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]

_FORM = re.compile(r"\b(pt|p t|persero|perseroan terbatas|tbk|cv)\b")
_NOISE = re.compile(r"[^a-z0-9]+")


def licensed_on(company: Document, day: str) -> bool:
    """Whether the licence is in force on ``day``; first and last day both count."""
    until = company["valid_until"]
    return bool(company["status"] == "ACTIVE" and company["valid_from"] <= day and (until is None or day <= until))


def is_held(company: Document) -> bool:
    """Whether a confirmed concern keeps the company's orders back."""
    return bool(company["concerns"])


def as_told(company: Document) -> dict[str, Any]:
    """What each of its orders carries about the company: enough for the law, with the version it was copied from."""
    told = {name: company[name] for name in ("sip3mi", "status", "valid_from", "valid_until", "snapshot_on")}
    return {"id": company["_id"], **told, "held": is_held(company), "version": company["version"]}


def typed_key(text: str) -> str:
    """A number or code as people type it, without case, spaces and punctuation: "jo/mys 17" is "jomys17"."""
    return _NOISE.sub("", _plain(text))


def squeezed(name: str) -> str:
    """A name without its legal form and without spaces, for people who write it in one word."""
    return name_key(name).replace(" ", "")


def name_key(name: str) -> str:
    """A name as people type it, without case, punctuation and the legal form: "PT. Maju Jaya" is "maju jaya"."""
    words = _NOISE.sub(" ", _plain(name))
    return " ".join(_FORM.sub(" ", words).split())


def _plain(text: str) -> str:
    """Small letters without accents, also of letters that a telephone writes wide or in italics."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
