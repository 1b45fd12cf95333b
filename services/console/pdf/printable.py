"""Text that our fonts can print. A compiler that keeps to PDF/UA refuses a sign without a glyph.

The fonts that are shipped have Latin with all its accents, Greek and Cyrillic. Anything else is written in Latin
letters as it is read aloud (`anyascii`), and what is no sign at all is left out.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from anyascii import anyascii

FONTS = Path(__file__).parent / "fonts"

_TOO_LONG = re.compile(r"\S{36,}")
_PIECES = re.compile(r".{1,24}")
"""A word that is wider than a column gets places where a line may end."""

_ASIDE = {"✓": "v", "✕": "x", "→": "->", "\t": " ", "\u00ad": ""}


def printable(value: Any) -> Any:
    """The same with every text in it printable: a text, or lists and dictionaries of them."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def initials_of(name: str) -> str:
    """``Y.T.`` of ``Yuliana Tefa``: the first letter of up to four of its words; ``-`` letters alone are no words."""
    letters = [next((sign for sign in word if sign.isalpha()), "") for word in _text(name).split()]
    return "".join(f"{letter.upper()[0]}." for letter in letters if letter)[:8] or "X."


def _text(text: str) -> str:
    whole = unicodedata.normalize("NFC", text)
    return _TOO_LONG.sub(lambda word: "\u200b".join(_PIECES.findall(word[0])), "".join(_sign(sign) for sign in whole))


@cache
def _sign(sign: str) -> str:
    if sign == "\n" or sign in _ASIDE:
        return _ASIDE.get(sign, sign)
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return ""  # invisible, of no meaning on paper, or not given yet
    if ord(sign) in _covered():
        return sign
    spelled = "".join(one for one in anyascii(sign) if one.isprintable())
    # An emoji is spelled as its name between colons, which says nothing on paper.
    return "" if spelled.startswith(":") else spelled


@cache
def _covered() -> frozenset[int]:
    rows = (line.split("-") for line in (FONTS / "COVERED.txt").read_text(encoding="ascii").split())
    return frozenset(code for first, last in rows for code in range(int(first, 16), int(last, 16) + 1))
