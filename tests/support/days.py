"""The days on which `make test-deep` runs tests once more, one a line: `python -m tests.support.days`."""

from collections.abc import Iterator
from datetime import date, timedelta

from shared import clock


def days(today: date) -> Iterator[str]:
    """As TODAY takes them; each counts from today, so that the run of next year tries next year's."""
    yield (today + timedelta(days=1)).isoformat()
    yield (today + timedelta(days=100)).isoformat()
    yield (today + timedelta(days=400)).isoformat()
    yield f"{today.year}-12-31T23:58Z"  # already 1 January in Kupang
    yield next_leap_day(today).isoformat()
    month = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    yield f"{month.isoformat()}T00:01+08:00"  # still the last of the month in Greenwich


def next_leap_day(today: date) -> date:
    """The next 29 February, today's not counted."""
    day = today + timedelta(days=1)
    while (day.month, day.day) != (2, 29):
        day += timedelta(days=1)
    return day


if __name__ == "__main__":
    print(*days(clock.today()), sep="\n")
