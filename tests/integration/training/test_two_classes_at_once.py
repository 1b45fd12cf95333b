"""Nobody is taught in two classes at once, also where a batch was moved onto the days of another one."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared import clock, ids
from tests.integration.training.conftest import Provider, Training, day
from tests.integration.training.taking import referred_to, step

Answer = dict[str, Any]


@pytest.fixture
def both(provider: Provider, training: Training, officer: httpx.Client) -> tuple[Answer, Answer]:
    """One person referred to two classes that share no day."""
    somebody = ids.new()
    first, later = (
        provider.a_batch(provider.a_course(), starts=day(start), ends=day(start + 44), closes=None)
        for start in (10, 60)
    )
    return (
        referred_to(training, provider, officer, somebody, first),
        referred_to(training, provider, officer, somebody, later),
    )


def moved(provider: Provider, training: Training, enrolment: Answer, start: int) -> None:
    """The batch of this enrolment begins on another day; the person is lawful for that one too."""
    path = f"/v1/batches/{enrolment['batch_id']}"
    etag = {"If-Match": provider.key.get(path).headers["ETag"]}
    answer = provider.key.patch(path, json={"starts": day(start), "ends": day(start + 44)}, headers=etag)
    assert answer.status_code == 200, answer.text
    training.judge(enrolment["id"])


def refused(provider: Provider, enrolment: Answer, other: Answer, state: str) -> bool:
    answer = step(provider.key, enrolment, state=state)
    if answer.status_code == 200:
        return False
    assert (answer.status_code, answer.json()["code"]) == (409, "dates_overlap"), answer.text
    assert answer.json()["enrolment"] == other["id"]
    return True


@pytest.mark.parametrize("state", ["SELECTED", "ENROLLED"])
def test_the_one_that_is_let_in_first_keeps_the_days(
    provider: Provider, training: Training, both: tuple[Answer, Answer], state: str
) -> None:
    first, later = both
    moved(provider, training, later, 30)
    assert not refused(provider, first, later, state)
    assert refused(provider, later, first, state)
    assert step(provider.key, first, state="DROPPED", drop_reason="WITHDRAWN_BY_PERSON").status_code == 200
    assert not refused(provider, later, first, state)


def test_of_two_that_were_let_in_before_one_was_moved_one_is_completed(
    provider: Provider, training: Training, both: tuple[Answer, Answer]
) -> None:
    first, later = both
    for enrolment in both:
        assert step(provider.key, enrolment, state="ENROLLED").status_code == 200
    moved(provider, training, later, 30)
    with clock.fixed(clock.now() + timedelta(days=90)):
        assert not refused(provider, first, later, "COMPLETED")
        assert refused(provider, later, first, "COMPLETED")
        assert step(provider.key, first, state="DROPPED", drop_reason="NO_SHOW").status_code == 200
        assert not refused(provider, later, first, "COMPLETED")


def test_one_class_may_begin_on_the_last_day_of_another(
    provider: Provider, training: Training, both: tuple[Answer, Answer]
) -> None:
    first, later = both
    for enrolment in both:
        assert step(provider.key, enrolment, state="ENROLLED").status_code == 200
    moved(provider, training, later, 54)
    with clock.fixed(clock.now() + timedelta(days=120)):
        assert not refused(provider, first, later, "COMPLETED")
        assert not refused(provider, later, first, "COMPLETED")
