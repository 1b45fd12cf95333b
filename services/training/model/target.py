"""Whoever reads the month of a plan asks here how people write one."""

import re

from shared.codes.texts import MONTHS

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(?:\d{1,2}[-/.])?(\d{1,2})[-/.](\d{4})")
_WORDED = re.compile(r"([A-Za-z]{3,})\.?[ -](\d{4})")
_NAMES = {name[:3].lower(): number for lang in ("id", "en") for number, name in enumerate(MONTHS[lang], 1)}
_ALSO = {"ags": 8, "agt": 8, "nop": 11, "peb": 2, "mrt": 3}


def read_month(typed: str) -> str | None:
    """``2027-01`` of ``2027-01``, ``1/2027``, ``01/01/2027``, ``Januari 2027`` ``Jan 2027``; None of others."""
    text = " ".join(typed.split())
    if found := _YEAR_FIRST.fullmatch(text):
        year, number = int(found[1]), int(found[2])
    elif found := _YEAR_LAST.fullmatch(text):
        year, number = int(found[2]), int(found[1])
    elif found := _WORDED.fullmatch(text):
        year, number = int(found[2]), (_NAMES | _ALSO).get(found[1][:3].lower(), 0)
    else:
        return None
    return f"{year}-{number:02}" if 1 <= number <= 12 and 2000 <= year <= 2100 else None
