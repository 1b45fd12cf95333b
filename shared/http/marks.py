"""For whoever reads texts: marks of zero width and of direction, which nobody sees and which make two of one name; and
letters that a wrong table of letters has spoiled.
"""

import re

INVISIBLE = dict.fromkeys(
    [
        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x180F), *range(0x200B, 0x2010),
        *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0,
        *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0200),
    ]
)  # fmt: skip
"""For ``str.translate``."""

_ANY = frozenset(map(chr, INVISIBLE))


def without_marks(text: str) -> str:
    """The text as it is seen; the very same object when nothing was hidden in it."""
    # A set, and no pattern: one with so many ranges takes half a second for the longest text that a body may hold.
    return text if text.isascii() or _ANY.isdisjoint(text) else text.translate(INVISIBLE)


# All of 0x80 to 0xBF that Windows-1252 has a letter for, but the space: IRMÃ and a space is a word of Timor.
_BEHIND = "".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xC0) if code != 0xA0)
_UTF8_READ_AS_1252 = re.compile(f"[Â-Å][{re.escape(_BEHIND)}]|[âï][{re.escape(_BEHIND)}]{{2}}")


def spoiled(text: str) -> bool:
    """Was this text stored in one table of letters and read in another: ``JosÃ©`` for José, or a sign for an unknown
    letter? What stood there cannot be told for sure, so it is neither kept nor mended.
    """
    return not text.isascii() and ("\ufffd" in text or _UTF8_READ_AS_1252.search(text) is not None)
