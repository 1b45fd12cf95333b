"""When a delivery that failed is tried again, and when an endpoint is given up.

The ten tries of Standard Webhooks over about three days:
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (deliverability)
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""After the first try, the second, …: nine pauses between ten tries, 75.6 hours in all."""

TRIES = len(PAUSES) + 1
JITTER = 0.1
"""A tenth up or down, so that what failed together does not come back together."""

GIVEN_UP_AFTER, GIVEN_UP_FAILURES = timedelta(days=5), 10
"""An endpoint that failed for so long, and so many times: a clock that jumped alone disables nobody."""

LONGEST_ASKED = timedelta(hours=24)
"""The most that a Retry-After is listened to."""

SHORTEST_REST, LONGEST_REST = timedelta(seconds=2), timedelta(seconds=60)
"""An endpoint that fails rests twice as long each time; it is asked at least once a minute, so that it is soon back."""

OUTAGE = timedelta(seconds=60)
"""From here on a failing endpoint was away; a shorter trouble was one delivery's own."""


def next_try(now: datetime, tries: int, *, chance: float, asked: timedelta | None = None) -> datetime | None:
    """When to try again after `tries` tries; None after the last. `chance` is from 0 to 1; `asked`: a Retry-After."""
    if tries >= TRIES:
        return None
    pause = PAUSES[tries - 1] * (1 - JITTER + 2 * JITTER * chance)
    return now + max(pause, min(asked, LONGEST_ASKED) if asked else pause)


def rest(failures: int) -> timedelta:
    """How long an endpoint is left alone after so many failures in a row."""
    found: timedelta = min(SHORTEST_REST * 2 ** min(failures - 1, 10), LONGEST_REST)
    return found


def given_up(failing_since: datetime | None, failures: int, now: datetime) -> bool:
    """Whether it is time to disable the endpoint and to tell its contact."""
    return failing_since is not None and failures >= GIVEN_UP_FAILURES and now - failing_since >= GIVEN_UP_AFTER


def asked_pause(header: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After asks for: seconds, or an HTTP date; None for nothing and for nonsense."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 9:
        return timedelta(seconds=int(text))
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(when - now, timedelta())
