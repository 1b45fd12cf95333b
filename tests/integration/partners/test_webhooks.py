"""Webhooks as a partner meets them: signed, in order, tried again, logged, and never in the way of another partner."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings import http as sdk
from cloudevents.core.formats.json import JSONFormat
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.partners.model import schedule
from services.partners.outgoing import deliverer as outgoing
from services.partners.outgoing import posting
from services.partners.outgoing.deliverer import Deliverer
from services.partners.store import deliveries as log
from services.partners.store.subscriptions import STANDINGS
from shared import clock, ids
from shared.sealing import Seal
from tests.integration.partners.conftest import Answer, Partners, good
from tests.support.receivers import Receiver, receiving


@contextmanager
def delivering(partners: Partners) -> Iterator[Deliverer]:
    """The deliverer of the house, in a thread, as `work` runs it."""
    one = Deliverer(partners.database, seal=Seal(b"k" * 32), development=True, mailing=False)
    stopping = threading.Event()
    thread = threading.Thread(target=one.run, args=(stopping,))
    thread.start()
    try:
        yield one
    finally:
        stopping.set()
        thread.join()


@pytest.fixture(autouse=True)
def only_this_test(partners: Partners) -> Iterator[None]:
    """Subscriptions of other tests are closed, so that nobody sends to ports that are somebody else's by now."""
    yield
    partners.database.collection("subscriptions").update_many({}, {"$set": {"listed": False, "status": "CLOSED"}})


def until(true: Callable[[], Any], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def subscribe(client: httpx.Client, url: str, **more: Any) -> Answer:
    made = client.post("/v1/subscriptions", json={"url": url, **more})
    assert made.status_code == 201, made.text
    answer: Answer = made.json()
    return answer


def deliveries(client: httpx.Client, subscription: Answer, **query: Any) -> list[Answer]:
    answer = client.get("/v1/deliveries", params={"subscription": subscription["id"], **query})
    assert answer.status_code == 200, answer.text
    rows: list[Answer] = answer.json()["items"]
    return rows


def test_a_delivery_is_signed_and_the_official_packages_read_it(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving() as there, delivering(partners):
        subscription = subscribe(client, there.url, event_types=["course.published"])
        course = partners.hear_course()
        until(lambda: there.requests)
        headers, body = there.requests[0]
        verified = Webhook(subscription["secret"]).verify(body, headers)
        assert verified["subject"] == course["id"]
        with pytest.raises(WebhookVerificationError):
            Webhook(subscription["secret"]).verify(body + b" ", headers)
        event = sdk.from_structured(sdk.HTTPMessage(headers, body), JSONFormat())
        assert (event.get_type(), event.get_id()) == ("course.published", headers["webhook-id"])
        until(lambda: deliveries(client, subscription))
    (row,) = deliveries(client, subscription)
    assert (row["state"], row["tries"], row["event_id"]) == ("DELIVERED", 1, headers["webhook-id"])
    whole = client.get(f"/v1/deliveries/{row['id']}").json()
    assert whole["attempts"][0]["status"] == 204 and whole["event"] == json.loads(body)
    assert subscription["secret"] not in client.get(f"/v1/subscriptions/{subscription['id']}").text
    stored = str(list(partners.database.collection("subscriptions").find({"_id": subscription["id"]})))
    assert subscription["secret"].removeprefix("whsec_") not in stored


def test_while_a_secret_is_changed_both_sign(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving() as there, delivering(partners):
        subscription = subscribe(client, there.url)
        path = f"/v1/subscriptions/{subscription['id']}"
        rotated = client.post(f"{path}/secret:rotate", json={}).json()
        assert rotated["old_until"] > (clock.now() + timedelta(hours=23)).isoformat()
        partners.hear_course()
        until(lambda: there.requests)
        headers, body = there.requests[0]
        assert len(headers["webhook-signature"].split(" ")) == 2
        for secret in (subscription["secret"], rotated["secret"]):
            Webhook(secret).verify(body, headers)
        at_once = client.post(f"{path}/secret:rotate", json={"keep_hours": 0}).json()
        partners.hear_course()
        until(lambda: len(there.requests) == 2)
        headers, body = there.requests[1]
        Webhook(at_once["secret"]).verify(body, headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(rotated["secret"]).verify(body, headers)
    assert len(base64.b64decode(at_once["secret"].removeprefix("whsec_"))) >= 24
    assert client.post(f"{path}/secret:rotate", json={"keep_hours": 169}).status_code == 422


def test_events_come_in_order_each_once_and_only_those_that_were_asked_for(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving() as there, delivering(partners):
        subscribe(client, there.url, event_types=["course.published", "course.withdrawn"])
        wanted = []
        for number in range(30):
            course = partners.hear_course()
            partners.hear_course("course.changed", version=2, id=course["id"])
            wanted.append(course["id"])
            if number % 10 == 0:
                partners.hear_course("course.withdrawn", version=3, id=course["id"])
                wanted.append(course["id"])
        until(lambda: len(there.requests) >= len(wanted))
        time.sleep(0.3)
    assert [json.loads(body)["subject"] for _, body in there.requests] == wanted
    assert len(set(there.ids)) == len(wanted)


def test_what_fails_is_tried_again_under_the_same_id(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "PAUSES", (timedelta(seconds=0.2),) * 9)
    monkeypatch.setattr(schedule, "SHORTEST_REST", timedelta(seconds=0.1))
    _, client = partners.a_partner()
    answers = Receiver(answer=lambda number: (500, {}, b"nomor 081234567890") if number < 3 else (200, {}, b"ok"))
    with receiving(answers) as there, delivering(partners):
        subscription = subscribe(client, there.url)
        partners.hear_course()
        until(lambda: [row["state"] for row in deliveries(client, subscription)] == ["DELIVERED"])
    assert len(set(there.ids)) == 1 and len(there.ids) == 3
    (row,) = deliveries(client, subscription)
    assert [one["status"] for one in row["attempts"]] == [500, 500, 200]
    assert row["attempts"][0]["answer"] == "nomor •••"


def test_after_ten_tries_it_has_failed_and_can_be_sent_again(
    partners: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "PAUSES", (timedelta(seconds=0.05),) * 9)
    monkeypatch.setattr(schedule, "SHORTEST_REST", timedelta(seconds=0.01))
    monkeypatch.setattr(schedule, "LONGEST_REST", timedelta(seconds=0.05))
    monkeypatch.setattr(outgoing, "KNOWN_FOR_SECONDS", 0.05)
    _, client = partners.a_partner()
    broken = Receiver(answer=lambda number: (500, {}, b""))
    with receiving(broken) as there, delivering(partners):
        subscription = subscribe(client, there.url)
        partners.hear_course()
        until(lambda: [row["state"] for row in deliveries(client, subscription)] == ["FAILED"], 30)
        assert len(there.requests) == 10
        bulk = {"subscription_id": subscription["id"], "since": (clock.now() - timedelta(minutes=5)).isoformat()}
        assert client.post("/v1/deliveries:redeliver", json=bulk).json()["queued"] == 1
        until(lambda: [row["state"] for row in deliveries(client, subscription)] == ["FAILED"], 30)
        broken.answer = lambda number: (200, {}, b"")
        (row,) = deliveries(client, subscription, state="FAILED")
        again = client.post(f"/v1/deliveries/{row['id']}:redeliver")
        assert (again.status_code, again.json()["state"]) == (200, "WAITING")
        until(lambda: [row["state"] for row in deliveries(client, subscription)] == ["DELIVERED"])
        assert len(there.requests) == 21 and len(set(there.ids)) == 1


def test_a_retry_after_is_respected_by_the_whole_endpoint(partners: Partners) -> None:
    _, client = partners.a_partner()
    busy = Receiver(answer=lambda number: (429, {"Retry-After": "30"}, b"") if number == 1 else (200, {}, b""))
    with receiving(busy) as there, delivering(partners):
        subscription = subscribe(client, there.url)
        partners.hear_course()
        until(lambda: deliveries(client, subscription, state="WAITING"))
        partners.hear_course()
        time.sleep(1)
        assert len(there.requests) == 1
    standing = client.get(f"/v1/subscriptions/{subscription['id']}").json()["standing"]
    assert standing["rest_until"] > (clock.now() + timedelta(seconds=20)).isoformat()
    assert standing["trouble"] == {"code": "refused", "status": 429}


def test_410_disables_and_the_contact_is_told_how_to_go_on(partners: Partners) -> None:
    organisation, client = partners.a_partner()
    gone = Receiver(answer=lambda number: (410, {}, b"") if number == 1 else (200, {}, b""))
    with receiving(gone) as there, delivering(partners):
        subscription = subscribe(client, there.url)
        path = f"/v1/subscriptions/{subscription['id']}"
        partners.hear_course()
        until(lambda: client.get(path).json()["status"] == "DISABLED")
        missed = partners.hear_course()
        (notice,) = client.get(f"/v1/organisations/{organisation['id']}/notices").json()["items"]
        assert (notice["code"], notice["about"], notice["to"]) == ("GONE", subscription["id"], organisation["contact"])
        assert "ACTIVE" in notice["text"]["en"]
        (why,) = client.get(f"{path}/why", params={"subject": missed["id"]}).json()["items"]
        assert why["code"] == "DISABLED"
        etag = client.get(path).headers["ETag"]
        assert client.patch(path, json={"status": "ACTIVE"}, headers={"If-Match": etag}).json()["status"] == "ACTIVE"
        until(lambda: len(deliveries(client, subscription, state="DELIVERED")) == 2)


def test_five_days_of_failure_disable_it(partners: Partners) -> None:
    organisation, client = partners.a_partner()
    with receiving(Receiver(answer=lambda number: (503, {}, b""))) as there:
        subscription = subscribe(client, there.url)
        long_ago = {"failing_since": clock.now() - timedelta(days=5, hours=1), "failures": 40}
        partners.database.collection(STANDINGS).update_one({"_id": subscription["id"]}, {"$set": long_ago})
        with delivering(partners):
            partners.hear_course()
            until(lambda: client.get(f"/v1/subscriptions/{subscription['id']}").json()["status"] == "DISABLED")
    (notice,) = client.get(f"/v1/organisations/{organisation['id']}/notices").json()["items"]
    assert notice["code"] == "FAILING"


def test_a_partner_who_was_away_for_a_week_catches_up_alone(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving() as there:
        subscription = subscribe(client, there.url)
        courses = [partners.hear_course()["id"] for _ in range(40)]
        # As it stands after four days of failure: the first event has used up its tries, the rest waits in the feed.
        (first,) = partners.rooms.feed.about_subject(courses[0])
        given_up = log.row({**subscription, "_id": subscription["id"]}, first, clock.now())
        given_up |= {"state": "FAILED", "tries": 10, "failed_at": clock.now() - timedelta(days=1), "next_at": None}
        partners.database.run(lambda tx: partners.rooms.deliveries.keep(tx, [given_up], []))
        away = {"failing_since": clock.now() - timedelta(days=4), "failures": 400, "position": first["_id"]}
        partners.database.collection(STANDINGS).update_one({"_id": subscription["id"]}, {"$set": away})
        with delivering(partners):
            until(lambda: len({json.loads(body)["subject"] for _, body in there.requests}) == 40)
            until(lambda: len(deliveries(client, subscription, state="DELIVERED", limit=100)) == 40)
    assert len(set(there.ids)) == len(there.ids) == 40


def test_a_process_that_ends_does_not_wait_for_an_endpoint_that_dawdles(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving(Receiver(pause=30)) as late:
        subscription = subscribe(client, late.url)
        with delivering(partners) as one:
            partners.hear_course()
            until(lambda: not one.settled())
            time.sleep(0.5)  # it is connected, and waits for an answer
            began = time.monotonic()
        assert time.monotonic() - began < outgoing.CLOSE_SECONDS
    rows = list(partners.database.collection(log.DELIVERIES).find({"subscription_id": subscription["id"]}))
    assert [row["state"] for row in rows] == ["WAITING"], "it is made again by the next one"


def test_dead_and_slow_partners_cost_the_others_nothing(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "DEADLINE_SECONDS", 3.0)
    healthy, slow = Receiver(), Receiver(pause=30)
    with receiving(healthy) as there, receiving(slow) as late, delivering(partners):
        subscriptions = [subscribe(partners.a_partner()[1], there.url) for _ in range(5)]
        for _ in range(3):
            subscribe(partners.a_partner()[1], late.url)
            subscribe(partners.a_partner()[1], "http://127.0.0.1:1/")
        time.sleep(1)
        began = time.time()
        for _ in range(4):
            partners.hear_course()
            time.sleep(0.1)
        until(lambda: len(healthy.requests) == 20, 15)
        assert max(healthy.times) - began < 6
    assert len(subscriptions) == 5


def test_a_process_that_dies_in_a_round_repeats_it_under_the_same_ids(
    partners: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = partners.a_partner()
    with receiving() as there:
        subscription = subscribe(client, there.url)
        for _ in range(3):
            partners.hear_course()
        dying = Deliverer(partners.database, seal=Seal(b"k" * 32), development=True, mailing=False)
        monkeypatch.setattr(dying._database, "run", lambda work: (_ for _ in ()).throw(OSError("killed")))
        dying.step()
        until(lambda: dying.settled() and len(there.requests) == 3)
        monkeypatch.undo()
        dying.close()
        assert deliveries(client, subscription) == []
        with delivering(partners):
            until(lambda: len(deliveries(client, subscription, state="DELIVERED")) == 3)
    assert len(there.requests) == 6 and len(set(there.ids)) == 3


def test_a_paused_subscription_misses_nothing(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving() as there, delivering(partners):
        subscription = subscribe(client, there.url)
        path = f"/v1/subscriptions/{subscription['id']}"
        paused = client.patch(path, json={"status": "PAUSED"}, headers={"If-Match": '"1"'})
        assert paused.json()["status"] == "PAUSED"
        time.sleep(0.7)
        course = partners.hear_course()
        time.sleep(0.7)
        assert there.requests == []
        (why,) = client.get(f"{path}/why", params={"subject": course["id"]}).json()["items"]
        assert why["code"] == "PAUSED"
        client.patch(path, json={"status": "ACTIVE"}, headers={"If-Match": paused.headers["ETag"]})
        until(lambda: len(there.requests) == 1)


def test_recover_sends_what_was_before_the_subscription_and_nothing_twice(partners: Partners) -> None:
    _, client = partners.a_partner()
    began = clock.wall()  # what is heard is stamped by the machine, whatever day it shows
    courses = [partners.hear_course()["id"] for _ in range(5)]
    with receiving() as there, delivering(partners):
        subscription = subscribe(client, there.url)
        path = f"/v1/subscriptions/{subscription['id']}"
        (why,) = client.get(f"{path}/why", params={"subject": courses[0]}).json()["items"]
        assert why["code"] == "BEFORE_YOU"
        for queued in (5, 0):
            answer = client.post(f"{path}:recover", params={"since": began.isoformat()}).json()
            assert answer["queued"] == queued
            until(lambda: len(deliveries(client, subscription, state="DELIVERED")) == 5)
    assert sorted(json.loads(body)["subject"] for _, body in there.requests) == sorted(courses)


def test_trying_an_endpoint_out_says_what_came_of_it(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving() as there:
        subscription = subscribe(client, there.url)
        path = f"/v1/subscriptions/{subscription['id']}/test"
        answer = client.post(path, json={"type": "job_order.suspended"}).json()
        assert (answer["delivered"], answer["status"]) == (True, 204)
        headers, body = there.requests[0]
        event = Webhook(subscription["secret"]).verify(body, headers)
        assert event["type"] == "partner.test" and event["data"]["of"] == "job_order.suspended"
    answer = client.post(path, json={}).json()
    assert (answer["delivered"], answer["trouble"]) == (False, "unreachable") and answer["text"]["id"]


def test_why_did_i_not_get_this(partners: Partners) -> None:
    _, client = partners.a_partner("MINISTRY", regions=["53.08"])
    subscription = subscribe(client, "http://127.0.0.1:1/", event_types=["course.withdrawn", "referral.issued"])
    path = f"/v1/subscriptions/{subscription['id']}/why"

    def reason(**query: Any) -> str:
        answer = client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        code: str = answer.json()["items"][0]["code"]
        return code

    course, person = partners.hear_course(), ids.new()
    assert reason(subject=course["id"]) == "TYPE_FILTER"
    enrolment = {**good("training/enrolments.v1"), "id": ids.new(), "candidate_id": person, "course_id": course["id"]}
    partners.hear("training.enrolments.v1", "enrolment.applied", {**enrolment, "state": "APPLIED"})
    assert reason(subject=enrolment["id"]) == "WAITS_FOR_ANOTHER"
    partners.hear_person(person)
    assert reason(subject=enrolment["id"]) == "OTHER_REGION"
    partners.hear_course("course.withdrawn", version=2, id=course["id"])
    assert reason(position=partners.newest) == "NOT_YET"
    unknown = client.get(path, params={"subject": ids.new()})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "event_not_found")
    assert client.get(path, params={"position": 10**9}).status_code == 404
    assert client.get(path).status_code == 422


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "http://10.0.0.1/"}, "private_address"),
        ({"url": "http://mitra.example.go.id/"}, "not_https"),
        ({"url": "http://127.0.0.1:1/", "event_types": ["referral.issued"]}, "not_agreed"),
        ({"url": "http://127.0.0.1:1/", "regions": ["53.08"]}, "not_agreed"),
        ({"url": "http://127.0.0.1:1/", "payload_level": "REFERENCES"}, "not_agreed"),
        ({"url": "http://127.0.0.1:1/", "event_types": ["course.publish"]}, "unknown_event_type"),
    ],
)
def test_what_cannot_be_subscribed_to_is_said_with_what_can(partners: Partners, body: Answer, code: str) -> None:
    _, client = partners.a_partner("CITIZEN_APP", regions=["53.06"])
    refused = client.post("/v1/subscriptions", json=body)
    assert refused.status_code == 422, refused.text
    (fault,) = refused.json()["errors"]
    assert fault["code"] == code and fault["fix"]


def test_a_partner_sees_and_touches_only_its_own(partners: Partners) -> None:
    _, mine = partners.a_partner()
    _, other = partners.a_partner()
    subscription = subscribe(mine, "http://127.0.0.1:1/")
    path = f"/v1/subscriptions/{subscription['id']}"
    assert other.get(path).status_code == 403
    assert other.delete(path, headers={"If-Match": '"1"'}).status_code == 403
    assert other.post(f"{path}/test", json={}).status_code == 403
    assert other.get("/v1/deliveries", params={"subscription": subscription["id"]}).status_code == 403
    assert other.get("/v1/subscriptions").json()["items"] == []
    assert mine.delete(path, headers={"If-Match": '"1"'}).status_code == 204
    assert mine.post(f"{path}/secret:rotate", json={}).json()["code"] == "subscription_closed"
