"""For registration and search: one way to write a telephone number, so that it can be found again.

Families, village offices and training centres share phones, and people abroad give foreign numbers: a shared number
is never a sign of anything, and a number from elsewhere is as good as one from here.
"""

import re

_SEPARATORS = re.compile(r"[\s().\-/]+")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")  # E.164: at most 15 digits


def normal(written: str) -> str | None:
    """``0811-3910-910``, ``62 811 3910910`` and ``+62 811…`` → ``+628113910910``; None for what is no number."""
    digits = _SEPARATORS.sub("", written)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    elif digits.startswith("8"):
        digits = "+62" + digits
    return digits if _INTERNATIONAL.fullmatch(digits) else None
