"""A completion that was entered by mistake is taken back, and with it all that it gave."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.registry.model import credits
from services.training import says
from shared import clock
from tests.integration.training.conftest import Provider, Training, day
from tests.integration.training.taking import a_day, passed_today, step


def told_of(training: Training, enrolment: dict[str, Any]) -> dict[str, Any]:
    """What the other houses hear of it now."""
    kept = training.rooms.store.enrolments.load(enrolment["id"])
    assert kept is not None
    return says.enrolment(kept)


@pytest.mark.parametrize("result", [{}, {"result": "NOT_YET_COMPETENT"}, {"result": "COMPETENT"}])
def test_what_it_gave_is_gone_and_it_ended_when_it_was_said_to(
    provider: Provider, training: Training, officer: httpx.Client, person: str, result: dict[str, str]
) -> None:
    batch = a_day(provider)
    done = passed_today(training, provider, officer, person, batch, **result)
    assert done["gives"]["hours"]
    counted = credits.credited({"credits": {}}, told_of(training, done))
    assert counted is not None and counted["credits"]
    with clock.fixed(clock.now() + timedelta(days=20)):
        taken = step(provider.key, done, state="DROPPED", drop_reason="NO_SHOW")
        assert taken.status_code == 200, taken.text
        gone = taken.json()
    assert (gone["state"], gone["gives"], gone["result"], gone["finished_on"]) == ("DROPPED", None, None, None)
    told = told_of(training, done)
    assert told["ended_on"] == day(0), "the provider sees nobody for longer by taking it back"
    assert credits.credited(counted, told) == {"credits": {}}
    assert officer.get(f"/v1/batches/{batch['id']}").json()["taken"] == 0
    again = step(provider.key, done, state="COMPLETED", result="COMPETENT")
    assert (again.status_code, again.json()["code"]) == (409, "step_not_possible")


def test_an_office_takes_back_no_word_of_a_provider(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    done = passed_today(training, provider, officer, person, a_day(provider), result="COMPETENT")
    refused = step(officer, done, state="DROPPED")
    assert refused.status_code == 403, refused.text
    assert officer.get(f"/v1/enrolments/{done['id']}").json()["gives"]["certificates"]
