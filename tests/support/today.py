"""The day on which the tests run: the machine's own, or the one of `make test TODAY=2028-02-29`.

`TODAY=2026-12-31T23:58Z` names an instant; a day alone means nine in the morning in Kupang. The clock of the test
process is moved there before anything asks it, and so is that of every site that `tests.support.engines.a_stack`
makes. It runs on, but never into the next day: a test that has counted from TODAY must not meet a house of tomorrow.

How to write a test that holds on any day: count from `TODAY` (`day(-30)`, `born(21)`), or stop the clock of all that
the test asks in this process with `pytest.mark.clock_at("2026-11-24")`. Nothing else; tests/architecture refuses it.
"""

import os
import sys
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from shared import clock

NEARLY_OVER = timedelta(minutes=3)
"""A test that starts so late in the day starts a little earlier instead; one may take two minutes."""

LEAP_DAY = (2, 29)

CLOCK_FILE = Path(tempfile.gettempdir()) / f"lumbung-tests-clock.{os.getpid()}"
"""The clock of the tests. A command of a house that a test runs, here or as a process, is given it as
`LUMBUNG_CLOCK_FILE`: without one it takes the machine's time, and lets go of this clock where it runs here.
"""


def instant(said: str) -> datetime:
    """What TODAY or a mark names: a day (nine in the morning in Kupang), or an instant with its offset.

    Raises:
        ValueError: it is neither; the message says what to write.
    """
    try:
        if len(said) == len("2028-02-29"):
            return datetime.combine(date.fromisoformat(said), time(9), clock.PROVINCE)
        found = datetime.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(f"{said!r} is no day: write 2028-02-29, or 2026-12-31T23:58Z.")
    return found


def _end_of_day(of: datetime) -> datetime:
    local = of.astimezone(clock.PROVINCE)
    return datetime.combine(local.date() + timedelta(days=1), time(), clock.PROVINCE)


_wanted = os.environ.get("TODAY")
try:
    STARTED = (instant(_wanted) if _wanted else clock.wall()).astimezone(UTC)
except ValueError as refusal:
    sys.exit(f"TODAY={refusal}")
TODAY = STARTED.astimezone(clock.PROVINCE).date()
_ahead = STARTED - clock.wall() if _wanted else timedelta()


def day(number: int) -> str:
    """The ISO day so many days after today, or before it."""
    return (TODAY + timedelta(days=number)).isoformat()


def born(years: int, *, days: int = 0) -> str:
    """The birth date of whoever completed so many years so many days ago; `days=-1`: completes them tomorrow."""
    on = TODAY - timedelta(days=days)
    month, first = on.month, on.day
    if (month, first) == LEAP_DAY:  # who was born on one has the birthday on 1 March, in every year
        month, first = (2, 28) if days >= 0 else (3, 1)
    return date(on.year - years, month, first).isoformat()


def birthday(born: str, years: int) -> str:
    """The day on which whoever was born then completes so many years; 29 February counts as 1 March."""
    birth = date.fromisoformat(born)
    month, first = (3, 1) if (birth.month, birth.day) == LEAP_DAY else (birth.month, birth.day)
    return date(birth.year + years, month, first).isoformat()


def follow() -> None:
    """Ask the clock of the tests from now on, and not that of a site."""
    keep()
    clock.follow(CLOCK_FILE)


def keep() -> None:
    """Set the clock of the tests back when its day is nearly over. Called before each test."""
    global _ahead
    end, now = _end_of_day(STARTED), clock.wall() + _ahead
    if end - now < NEARLY_OVER:
        _ahead += min(STARTED, end - 2 * NEARLY_OVER) - now
    elif CLOCK_FILE.exists() or not _ahead:
        return
    show(CLOCK_FILE)


def show(file: Path, on: str | None = None) -> None:
    """Let the clock that is kept in this file show what the clock of the tests shows, or begin `on` another day."""
    clock.begin(file, clock.wall() + _ahead if on is None else instant(on))


def forget() -> None:
    """Leave nothing behind."""
    clock.follow(None)
    CLOCK_FILE.unlink(missing_ok=True)
