"""One clock for the whole system: it can be fixed in a test and moved in development, and nowhere else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from shared import clock
from tests.support import today


@pytest.fixture(autouse=True)
def the_machine_s_own_time() -> Iterator[None]:
    clock.follow(None)
    yield
    today.follow()


def test_now_is_the_machine_s_time_in_utc_to_the_millisecond() -> None:
    now = clock.now()
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_day_ends_at_midnight_in_kupang() -> None:
    with clock.fixed(datetime(2026, 11, 24, 15, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)
    with clock.fixed(datetime(2026, 11, 24, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 25)


def test_a_fixed_clock_stands_still_and_lets_go() -> None:
    noon = datetime(2026, 3, 1, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    with clock.fixed(noon):
        assert clock.now() == clock.now() == datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        assert clock.wall() != clock.now()
    assert clock.now() > noon


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.fixed(datetime(2026, 3, 1)):
        pass


def test_advancing_moves_everybody_who_follows_the_file_and_not_the_wall(tmp_path: Path) -> None:
    clock.follow(tmp_path / "new folder" / "clock")
    before = clock.now()
    clock.advance(90)
    clock.advance(7)
    assert timedelta(days=97) <= clock.now() - before < timedelta(days=97, minutes=1)
    assert clock.wall() - before < timedelta(minutes=1)
    clock.follow(tmp_path / "new folder" / "clock")  # another process
    assert clock.now() - before >= timedelta(days=97)


def test_time_only_moves_forward_and_only_where_a_file_is_followed(tmp_path: Path) -> None:
    with pytest.raises(clock.ClockRefused, match="development"):
        clock.advance(1)
    clock.follow(tmp_path / "clock")
    with pytest.raises(clock.ClockRefused, match="forward"):
        clock.advance(-1)


def test_the_clock_of_a_new_site_may_begin_on_any_day_and_runs_on(tmp_path: Path) -> None:
    leap_day = datetime(2028, 2, 29, 1, 0, tzinfo=UTC)
    clock.begin(tmp_path / "new home" / "clock", leap_day)
    clock.follow(tmp_path / "new home" / "clock")
    assert timedelta() <= clock.now() - leap_day < timedelta(minutes=1)
    assert clock.today() == date(2028, 2, 29)
    clock.advance(1)
    assert clock.today() == date(2028, 3, 1)
