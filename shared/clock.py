"""Everybody who needs the time asks here, so that a test can fix it and the demo can say "97 days later".

In development an offset kept in a file moves the clock of every process at once. Leases, retention and everything
else that protects machines from each other uses :func:`wall` instead, which never moves.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

PROVINCE = ZoneInfo("Asia/Makassar")

_offset_file: Path | None = None
_offset_seen: tuple[int, timedelta] = (0, timedelta())
_fixed: datetime | None = None


class ClockRefused(Exception):
    """The clock was asked to move where it must not."""


def follow(path: Path | None) -> None:
    """Take the offset from this file from now on (None: the real time); called when a development process starts."""
    global _offset_file, _offset_seen
    _offset_file, _offset_seen = path, (0, timedelta())


def now() -> datetime:
    """The instant the system believes in, aware, in UTC, to the millisecond (what MongoDB can keep)."""
    if _fixed is not None:
        return _fixed
    return wall() + _offset()


def day_of(instant: datetime) -> date:
    """The calendar day of an aware instant in the province, which is another than UTC's until eight in the morning."""
    return instant.astimezone(PROVINCE).date()


def today() -> date:
    """The calendar day in the province: a deadline of today ends at midnight in Kupang, not in Greenwich."""
    return day_of(now())


def wall() -> datetime:
    """The machine's own time, in UTC. Only for leases and retention, where a moved clock would break a promise."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def monotonic() -> float:
    """Seconds that only grow, for durations and time-outs."""
    return time.monotonic()


def advance(days: float) -> datetime:
    """Move the clock of every process that follows the same file; returns the new now.

    Raises:
        ClockRefused: no file is followed (production, or a process without one), or the move is backwards.
    """
    if _offset_file is None:
        raise ClockRefused("No clock file is followed here: set LUMBUNG_CLOCK_FILE, in development only.")
    if days < 0:
        raise ClockRefused("Time only moves forward: what lapsed has lapsed.")
    seconds = _offset().total_seconds() + days * 86400
    _offset_file.parent.mkdir(parents=True, exist_ok=True)
    draft = _offset_file.with_suffix(".new")
    draft.write_text(f"{seconds:.3f}\n", encoding="ascii")
    os.replace(draft, _offset_file)
    return now()


def begin(path: Path, instant: datetime) -> None:
    """Let the clock that is kept in this file start at an instant, from which it runs on: for a new site."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{(instant - wall()).total_seconds():.3f}\n", encoding="ascii")


@contextmanager
def fixed(instant: datetime) -> Iterator[None]:
    """Stop the clock at an instant, for tests. Holds for all threads of the process.

    Raises:
        ValueError: the instant has no time zone.
    """
    global _fixed
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    before, _fixed = _fixed, instant.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before


def _offset() -> timedelta:
    global _offset_seen
    if _offset_file is None:
        return timedelta()
    try:
        changed = os.stat(_offset_file).st_mtime_ns
        if changed != _offset_seen[0]:
            _offset_seen = (changed, timedelta(seconds=float(_offset_file.read_text(encoding="ascii"))))
    except FileNotFoundError:
        return timedelta()
    return _offset_seen[1]
