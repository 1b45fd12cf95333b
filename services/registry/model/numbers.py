"""For everybody who reads a number aloud at a counter: the candidate number ``LB-2026-004711``.

It is a name for people. It is not the id: ids are random, because a serial in an address would tell when a person came.
"""

import re
from collections.abc import Sequence

SERIAL_DIGITS = 6

_SHAPE = re.compile(r"LB[-\s]?([0-9]{4})[-\s]?([0-9]{1,6})", re.IGNORECASE)
_WHOLE = re.compile(rf"LB[-\s]?[0-9]{{4}}[-\s]?[0-9]{{{SERIAL_DIGITS}}}", re.IGNORECASE)
_BEGUN = re.compile(r"LB[-\s]?(?:([0-9]{4})[-\s])?([0-9]{1,6})", re.IGNORECASE)


def number(year: int, serial: int) -> str:
    return f"LB-{year:04d}-{serial:06d}"


def normal(written: str) -> str | None:
    """``lb 2026 4711`` → ``LB-2026-004711``; None when the text is no candidate number."""
    found = _SHAPE.fullmatch(written.strip())
    return number(int(found[1]), int(found[2])) if found else None


def is_whole(written: str) -> bool:
    """All of its digits were typed, so it means one person."""
    return bool(_WHOLE.fullmatch(written.strip()))


def ranges(written: str, years: Sequence[int]) -> list[tuple[str, str]]:
    """The numbers that somebody may mean who typed the beginning of one, as spans (first, last), the likeliest first.

    The zeros in front are not said: ``LB-3`` is number 3, then 30 to 39, 300 to 399 and so on, of each of ``years``
    (the newest first); ``LB-2026-47`` of that year; ``LB-2026`` is also that whole year. Empty for another text.
    """
    begun = _BEGUN.fullmatch(written.strip())
    if begun is None:
        return []
    year, typed = begun[1], begun[2]
    spans = [
        (number(one, int(low)), number(one, int(high)))
        for one in ([int(year)] if year else years)
        for low, high in _serials(typed)
    ]
    if year is None and len(typed) == 4:
        spans.append((number(int(typed), 0), number(int(typed), 10**SERIAL_DIGITS - 1)))
    return spans


def _serials(typed: str) -> list[tuple[str, str]]:
    """``3`` → 3, 30-39, 300-399 …; with zeros in front as they stand: ``0047`` → 4700-4799, and 47."""
    bare = typed.lstrip("0")
    if not bare:
        return [("0", "9" * (SERIAL_DIGITS - len(typed)))] if len(typed) < SERIAL_DIGITS else []
    if bare != typed:
        open_digits = SERIAL_DIGITS - len(typed)
        as_written = (bare + "0" * open_digits, bare + "9" * open_digits)
        return [(bare, bare), as_written] if open_digits else [(bare, bare)]
    return [(bare + "0" * more, bare + "9" * more) for more in range(SERIAL_DIGITS - len(bare) + 1)]
