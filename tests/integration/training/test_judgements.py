"""The law at the door of a course: nothing passes unjudged, a seat that cannot be taken is free again at once."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from services.training.actions import judgements
from services.training.hears import hears
from shared import clock, ids
from shared.events.envelope import Event
from shared.events.hearing import Hearing
from tests.integration.training.conftest import Provider, Training, created, day
from tests.support.served import a_rule


def refer(officer: httpx.Client, person: str, batch: dict[str, Any]) -> dict[str, Any]:
    return created(officer.post("/v1/enrolments", json={"candidate_id": person, "batch_id": batch["id"]}))


def shown(client: httpx.Client, enrolment: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/v1/enrolments/{enrolment['id']}").json()
    return found


def step(client: httpx.Client, enrolment: dict[str, Any], **body: Any) -> httpx.Response:
    version = shown(client, enrolment)["version"]
    return client.patch(f"/v1/enrolments/{enrolment['id']}", json=body, headers={"If-Match": f'"{version}"'})


@pytest.fixture
def batch(provider: Provider) -> dict[str, Any]:
    return provider.a_batch(provider.a_course(), seats=1)


@pytest.mark.parametrize("reached", [None, "SELECTED", "ENROLLED"])
def test_a_hold_lapses_at_once_when_the_prerequisites_cannot_be_met_by_the_first_day(
    training: Training,
    provider: Provider,
    officer: httpx.Client,
    person: str,
    batch: dict[str, Any],
    reached: str | None,
) -> None:
    enrolment = refer(officer, person, batch)
    assert officer.get(f"/v1/batches/{batch['id']}").json()["status"] == "FULL"
    if reached:
        training.judge(enrolment["id"])
        assert step(provider.key, enrolment, state=reached).status_code == 200
    training.judge(enrolment["id"], a_rule("AGE"))
    gone = shown(officer, enrolment)
    assert (gone["state"], gone["drop_reason"], gone["hold_until"]) == ("DROPPED", "NOT_ADMITTED", None)
    assert gone["judgement"]["outcome"] == "UNLAWFUL" and gone["judgement"]["rules"][0]["text"]["id"]
    left = officer.get(f"/v1/batches/{batch['id']}").json()
    assert (left["taken"], left["status"]) == (0, "OPEN")
    told = training.said(enrolment["id"])[-1]
    assert told.data is not None and told.data["drop_reason"] == "NOT_ADMITTED"
    other = ids.new()
    training.hear_of(other)
    assert refer(officer, other, batch)["state"] == "APPLIED"
    # Nobody comes back by a judgement: whoever may come after all is referred again.
    training.judge(enrolment["id"])
    assert shown(officer, enrolment)["state"] == "DROPPED"


@pytest.mark.parametrize("older", ["the person", "the course", "the day"])
def test_a_no_that_is_older_than_what_was_heard_takes_no_seat(
    training: Training,
    provider: Provider,
    officer: httpx.Client,
    person: str,
    batch: dict[str, Any],
    older: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Judged before the birth date was corrected, or the batch moved to a day on which they are of age: nobody would
    bring the seat back."""
    enrolment = refer(officer, person, batch)
    if older == "the course":
        training.judge(enrolment["id"], a_rule("AGE"), stale=True)
    else:
        late: list[Event] = []
        with monkeypatch.context() as kept:
            kept.setattr(Hearing, "apply", lambda self, events: late.extend(events))
            training.judge(enrolment["id"], a_rule("AGE"))
        if older == "the person":
            training.hear_of(person, version=2)
        else:
            assert move_batch(provider, batch, starts=day(21)).status_code == 200
        Hearing(training.database, hears(training.rooms)).apply(late)
    assert shown(officer, enrolment)["state"] == "APPLIED"
    training.judge(enrolment["id"], a_rule("AGE"))
    assert shown(officer, enrolment)["state"] == "DROPPED"


def test_who_sits_in_a_course_that_has_begun_stays_there(
    training: Training, provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> None:
    enrolment = refer(officer, person, batch)
    training.judge(enrolment["id"])
    assert step(provider.key, enrolment, state="ENROLLED").status_code == 200
    with clock.fixed(clock.now() + timedelta(days=21)):
        training.judge(enrolment["id"], a_rule("AGE"))
        assert shown(officer, enrolment)["state"] == "ENROLLED"


def test_what_the_person_may_still_bring_waits_and_lets_nobody_in(
    training: Training, provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> None:
    enrolment = refer(officer, person, batch)
    for state in ("SELECTED", "ENROLLED"):
        unjudged = step(provider.key, enrolment, state=state)
        assert (unjudged.status_code, unjudged.json()["code"]) == (409, "not_judged_yet")
        assert unjudged.headers["Retry-After"] == "1"
    training.judge(enrolment["id"], a_rule("LANGUAGE", "UNKNOWN"))
    assert shown(officer, enrolment)["state"] == "APPLIED"
    assert step(provider.key, enrolment, state="ENROLLED").json()["code"] == "law_unknown"
    training.judge(enrolment["id"])
    assert step(provider.key, enrolment, state="ENROLLED").status_code == 200


def move_batch(provider: Provider, batch: dict[str, Any], **dates: str) -> httpx.Response:
    etag = provider.key.get(f"/v1/batches/{batch['id']}").headers["ETag"]
    return provider.key.patch(f"/v1/batches/{batch['id']}", json=dates, headers={"If-Match": etag})


@pytest.mark.parametrize("what", ["the person", "the course", "the dates"])
def test_a_judgement_that_is_older_than_what_was_heard_lets_nobody_in(
    training: Training, provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any], what: str
) -> None:
    enrolment = refer(officer, person, batch)
    training.judge(enrolment["id"], stale=what == "the course")
    if what == "the person":
        training.hear_of(person, version=2, consent="WITHDRAWN")
    if what == "the dates":
        moved = move_batch(provider, batch, starts=day(21))
        assert moved.status_code == 200, moved.text
    assert step(provider.key, enrolment, state="ENROLLED").json()["code"] == "not_judged_yet"


def test_what_waits_to_be_judged_is_counted(
    training: Training, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> None:
    before = judgements.waiting(training.rooms)["ENROLMENT"]
    enrolment = refer(officer, person, batch)
    assert judgements.waiting(training.rooms) == {"ENROLMENT": before + 1}
    assert REGISTRY.get_sample_value("lumbung_waiting_for_judgement", {"subject": "ENROLMENT"}) is not None
    training.judge(enrolment["id"])
    assert judgements.waiting(training.rooms) == {"ENROLMENT": before}


def test_a_course_of_one_day_is_entered_taken_and_passed_on_that_day(
    training: Training, provider: Provider, officer: httpx.Client, person: str
) -> None:
    today = day(0)
    batch = provider.a_batch(provider.a_course(), starts=today, ends=today, closes=today)
    enrolment = refer(officer, person, batch)
    training.judge(enrolment["id"])
    for body in ({"state": "ENROLLED"}, {"state": "COMPLETED"}, {"result": "COMPETENT", "certificate_number": "S/1"}):
        answer = step(provider.key, enrolment, **body)
        assert answer.status_code == 200, answer.text
    done = shown(officer, enrolment)
    assert (done["state"], done["result"], done["finished_on"]) == ("COMPLETED", "COMPETENT", today)


def test_a_batch_moved_to_an_earlier_day_admits_nobody_whom_that_day_would_not(
    training: Training, provider: Provider, officer: httpx.Client, person: str
) -> None:
    """Eighteen on the day that was planned, seventeen on the day it became: not there, however late that is heard."""
    batch = provider.a_batch(provider.a_course(lesson_hours=8))
    enrolment = refer(officer, person, batch)
    training.judge(enrolment["id"])
    assert step(provider.key, enrolment, state="ENROLLED").status_code == 200
    assert move_batch(provider, batch, starts=day(0), ends=day(0), closes=day(0)).status_code == 200
    early = step(provider.key, enrolment, state="COMPLETED")
    assert (early.status_code, early.json()["code"]) == (409, "not_judged_yet")
    training.judge(enrolment["id"], a_rule("AGE"))
    gone = shown(officer, enrolment)
    assert (gone["state"], gone["drop_reason"]) == ("DROPPED", "NOT_ADMITTED")


def test_whoever_is_lawful_on_the_new_day_of_a_moved_batch_stays(
    training: Training, provider: Provider, officer: httpx.Client, person: str
) -> None:
    batch = provider.a_batch(provider.a_course(lesson_hours=8))
    enrolment = refer(officer, person, batch)
    training.judge(enrolment["id"])
    assert step(provider.key, enrolment, state="ENROLLED").status_code == 200
    assert move_batch(provider, batch, starts=day(0), ends=day(0), closes=day(0)).status_code == 200
    training.judge(enrolment["id"])
    training.judge(enrolment["id"], a_rule("AGE"))  # heard on the first day, after a yes for that day
    assert step(provider.key, enrolment, state="COMPLETED").status_code == 200


def test_a_batch_with_people_is_not_moved_to_days_that_are_over(
    provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> None:
    """What was never taught would be completed, and certified, on the spot: also where only the last day is still to
    come, and the days before it seem to be enough for the lessons."""
    refer(officer, person, batch)
    for first, last in ((-40, -1), (-40, 0), (-1, 40)):
        refused = move_batch(provider, batch, starts=day(first), ends=day(last), closes=day(first))
        assert (refused.status_code, refused.json()["code"]) == (409, "batch_has_people"), (first, last)


def test_a_batch_with_people_is_not_squeezed_into_fewer_days_than_its_lessons_take(
    provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> None:
    """Two hundred lessons on one day, and everybody completed and certified in the evening."""
    alone = provider.a_batch(provider.a_course())
    assert move_batch(provider, alone, starts=day(1), ends=day(1), closes=day(1)).status_code == 200, "nobody is in it"
    refer(officer, person, batch)
    for last, days in ((0, 1), (13, 14)):
        refused = move_batch(provider, batch, starts=day(0), ends=day(last), closes=day(0))
        (error,) = refused.json()["errors"]
        found = (refused.status_code, error["pointer"], error["code"])
        assert (
            found == (422, "/ends", "hours_do_not_fit") and f"200 JP tidak muat dalam {days} hari" in error["message"]
        )
    assert move_batch(provider, batch, starts=day(0), ends=day(14), closes=day(0)).status_code == 200


def test_the_dates_of_a_batch_that_began_by_itself_stay(
    training: Training, provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> None:
    """Also where the provider calls it planned again: what has begun has begun."""
    refer(officer, person, batch)
    with clock.fixed(clock.now() + timedelta(days=21)):
        assert move_batch(provider, batch, starts=day(5), ends=day(30)).json()["code"] == "batch_has_people"
        assert move_batch(provider, batch, status="PLANNED").status_code == 200
        assert move_batch(provider, batch, starts=day(22), ends=day(60)).json()["code"] == "batch_has_people"


def test_a_judgement_that_names_nobody_lets_nobody_in(
    training: Training, provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> None:
    enrolment = refer(officer, person, batch)
    training.judge(enrolment["id"])
    kept = {"$set": {"candidate_id": None}}
    training.database.collection("judgements").update_one({"_id": enrolment["id"]}, kept)
    assert step(provider.key, enrolment, state="ENROLLED").json()["code"] == "not_judged_yet"
