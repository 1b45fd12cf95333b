"""What a batch is on a day, when two collide, and which step of an enrolment may follow which."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from services.training.model import batch, enrolment
from services.training.schemas.batches import BatchOutSchema

FIRST, LAST = date(2027, 1, 11), date(2027, 2, 26)


def a_batch(**changes: Any) -> dict[str, Any]:
    return {
        "starts": FIRST.isoformat(),
        "ends": LAST.isoformat(),
        "closes": "2027-01-04",
        "seats": 16,
        "taken": 3,
        "status": "OPEN",
        **changes,
    }


@pytest.mark.parametrize(
    ("day", "changes", "status"),
    [
        (FIRST - timedelta(days=1), {}, "OPEN"),
        (FIRST - timedelta(days=1), {"taken": 16}, "FULL"),
        (FIRST, {}, "RUNNING"),
        (LAST, {"taken": 16}, "RUNNING"),
        (LAST + timedelta(days=1), {}, "DONE"),
        (LAST + timedelta(days=1), {"status": "CANCELLED"}, "CANCELLED"),
        (FIRST, {"status": "PLANNED"}, "PLANNED"),
    ],
)
def test_dates_and_seats_decide_but_for_what_people_set(day: date, changes: dict[str, Any], status: str) -> None:
    assert batch.status_on(a_batch(**changes), day) == status


def test_registration_ends_with_its_closing_day() -> None:
    closes = date(2027, 1, 4)
    assert batch.takes_registrations(a_batch(), closes)
    assert not batch.takes_registrations(a_batch(), closes + timedelta(days=1))
    assert batch.takes_registrations(a_batch(closes=None), FIRST - timedelta(days=1))
    assert not batch.takes_registrations(a_batch(closes=None), FIRST)
    assert not batch.takes_registrations(a_batch(taken=16), closes)
    at_the_door = a_batch(closes=FIRST.isoformat())
    assert batch.takes_registrations(at_the_door, FIRST)
    assert not batch.takes_registrations(at_the_door, FIRST + timedelta(days=1))
    assert not batch.takes_registrations(at_the_door | {"taken": 16}, FIRST)


def test_two_batches_that_share_one_day_collide() -> None:
    after = a_batch(starts=LAST.isoformat(), ends="2027-04-01")
    assert batch.overlap(a_batch(), after) and batch.overlap(after, a_batch())
    later = a_batch(starts=(LAST + timedelta(days=1)).isoformat(), ends="2027-04-01")
    assert not batch.overlap(a_batch(), later)


ALLOWED = {
    ("APPLIED", "SELECTED"), ("APPLIED", "ENROLLED"), ("APPLIED", "DROPPED"), ("SELECTED", "ENROLLED"),
    ("SELECTED", "DROPPED"), ("ENROLLED", "COMPLETED"), ("ENROLLED", "DROPPED"),
    ("COMPLETED", "DROPPED"),
}  # fmt: skip


def test_no_step_is_left_out_or_goes_back() -> None:
    found = {pair for pair in product(enrolment.STATES, repeat=2) if enrolment.may_follow(*pair)}
    assert found == ALLOWED


def test_whoever_was_dropped_holds_no_seat() -> None:
    assert set(enrolment.HOLDS_A_SEAT) == set(enrolment.STATES) - {"DROPPED"}


@pytest.mark.parametrize(("day", "said"), [(FIRST - timedelta(days=1), "OPEN"), (FIRST, "RUNNING"), (LAST, "RUNNING")])
def test_every_answer_says_what_a_batch_is_today_whatever_was_stored_last(
    day: date, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.clock.today", lambda: day)
    for stored in ("OPEN", "FULL"):
        assert BatchOutSchema().dump(a_batch(status=stored))["status"] == said
