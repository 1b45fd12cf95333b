"""Ten tries over about three days, a Retry-After that is listened to, and when an endpoint is given up."""

from datetime import UTC, datetime, timedelta

import pytest

from services.partners.model import schedule

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_ten_tries_over_about_three_days() -> None:
    at, tries, times = NOW, 1, []
    while (again := schedule.next_try(at, tries, chance=0.5)) is not None:
        times.append(again)
        at, tries = again, tries + 1
    assert tries == schedule.TRIES == 10
    assert timedelta(days=2.5) < times[-1] - NOW < timedelta(days=3.5)
    assert times[0] - NOW == timedelta(seconds=5)


def test_what_failed_together_does_not_come_back_together() -> None:
    early, late = (schedule.next_try(NOW, 2, chance=chance) for chance in (0.0, 1.0))
    assert early is not None and late is not None
    assert late - early == timedelta(seconds=60)


def test_a_retry_after_is_listened_to_within_a_day() -> None:
    asked = schedule.next_try(NOW, 1, chance=0.5, asked=timedelta(minutes=10))
    assert asked == NOW + timedelta(minutes=10)
    sooner = schedule.next_try(NOW, 2, chance=0.5, asked=timedelta(seconds=1))
    assert sooner == NOW + timedelta(minutes=5)
    for_ever = schedule.next_try(NOW, 1, chance=0.5, asked=timedelta(days=400))
    assert for_ever == NOW + schedule.LONGEST_ASKED


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("99999999999999999999", None),
        ("", None),
        (None, None),
        ("1 Jan 2026 00:00:00 +99999999999999999999", None),
        ("1 Jan 99999999999999999999 00:00:00 GMT", None),
        ("1 Jan 2026 99999999999999999999:00:00 GMT", None),
    ],
)
def test_reading_a_retry_after(header: str | None, seconds: int | None) -> None:
    found = schedule.asked_pause(header, NOW)
    assert found == (None if seconds is None else timedelta(seconds=seconds))


def test_a_failing_endpoint_rests_longer_each_time_and_is_asked_every_minute() -> None:
    rests = [schedule.rest(failures).total_seconds() for failures in range(1, 12)]
    assert rests == sorted(rests) and rests[0] == 2 and rests[-1] == 60


def test_five_days_of_failure_give_an_endpoint_up_and_a_jump_of_the_clock_alone_does_not() -> None:
    since = NOW - timedelta(days=5)
    assert schedule.given_up(since, 10, NOW)
    assert not schedule.given_up(since, 2, NOW)
    assert not schedule.given_up(since + timedelta(hours=1), 500, NOW)
    assert not schedule.given_up(None, 500, NOW)
