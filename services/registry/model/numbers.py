"""For everybody who reads a number aloud at a counter: the candidate number ``LB-2026-004711``.

It is a name for people. It is not the id: ids are random, because a serial in an address would tell when a person came.
"""

import re

_SHAPE = re.compile(r"LB[-\s]?([0-9]{4})[-\s]?([0-9]{1,6})", re.IGNORECASE)


def number(year: int, serial: int) -> str:
    return f"LB-{year:04d}-{serial:06d}"


def normal(written: str) -> str | None:
    """``lb 2026 4711`` → ``LB-2026-004711``; None when the text is no candidate number."""
    found = _SHAPE.fullmatch(written.strip())
    return number(int(found[1]), int(found[2])) if found else None
