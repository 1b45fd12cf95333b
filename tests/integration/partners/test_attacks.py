"""What a hostile or unlucky partner sends and answers: each gets a clear answer, and nothing is lost."""

import json
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.partners.model import schedule
from shared import clock, ids
from tests.integration.partners.conftest import Answer, Partners
from tests.integration.partners.test_webhooks import deliveries, delivering, subscribe, until
from tests.support.receivers import Receiver, receiving

POSITIONS = [
    "1e3", "+5", " 5", "5 ", "٣", "５", "0x10", "1.0", "1_000", "null", "NaN", "", "-0", "-1", "5,6", "[5]", "9" * 30,
    str(2**53), str(2**63), "9" * 5_000, "\0", "5\0", "'; drop", "%00", "true",
]  # fmt: skip
MOMENTS = [
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00Z", "now", "2020-13-01", "2020-02-30",
    "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2020-01-01T00:00:00+99:99", "20260101", "1767225600", "", "\0",
    "2020-01-01T24:00:00Z", "2020-01-01T00:00:60Z", "2020-W01-1", "x" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("ours", ["feed", "stream", "header"])
def test_a_position_of_any_kind_is_read_or_refused(partners: Partners, ours: str) -> None:
    partners.hear_course()
    _, client = partners.a_partner()
    for text in POSITIONS:
        if ours == "header":
            asked: dict[str, Any] = {
                "url": "/v1/events/stream",
                "headers": {"Last-Event-ID": text.strip(" \0").encode()},
            }
        else:
            asked = {"url": "/v1/events" if ours == "feed" else "/v1/events/stream", "params": {"after": text}}
        with client.stream("GET", **asked) as answer:
            if answer.status_code == 200:
                continue  # it was a position, and one that there is
            answer.read()
        assert answer.status_code in (400, 410, 422, 431), (text, answer.status_code, answer.text)


def test_a_moment_of_any_kind_is_read_or_refused(partners: Partners) -> None:
    partners.hear_course()
    _, client = partners.a_partner()
    subscription = subscribe(client, "http://127.0.0.1:9/")
    path = f"/v1/subscriptions/{subscription['id']}"
    for text in MOMENTS:
        answers = [
            client.get("/v1/events", params={"since": text}),
            client.post(f"{path}:recover", params={"since": text}),
            client.post("/v1/deliveries:redeliver", json={"subscription_id": subscription["id"], "since": text}),
        ]
        for answer in answers:
            assert answer.status_code in (200, 400, 409, 410, 422), (text, answer.url.path, answer.status_code)


def test_what_is_another_partners_is_as_if_it_were_not_there(partners: Partners) -> None:
    _, client = partners.a_partner()
    other, stranger = partners.a_partner()
    with receiving() as there, delivering(partners):
        subscription = subscribe(client, there.url)
        partners.hear_course()
        until(lambda: deliveries(client, subscription))
    (row,) = deliveries(client, subscription)
    path, own = f"/v1/subscriptions/{subscription['id']}", {"If-Match": '"1"'}
    tried = [
        stranger.get(path),
        stranger.patch(path, json={"url": "http://127.0.0.1:9/"}, headers=own),
        stranger.delete(path, headers=own),
        stranger.post(f"{path}/secret:rotate", json={}),
        stranger.post(f"{path}/test", json={}),
        stranger.post(f"{path}:recover", params={"since": "2020-01-01T00:00:00Z"}),
        stranger.get(f"{path}/why", params={"position": row["position"]}),
        stranger.get("/v1/deliveries", params={"subscription": subscription["id"]}),
        stranger.get(f"/v1/deliveries/{row['id']}"),
        stranger.post(f"/v1/deliveries/{row['id']}:redeliver"),
        stranger.post("/v1/deliveries:redeliver", json={"subscription_id": subscription["id"]}),
        client.get(f"/v1/organisations/{other['id']}"),
        client.post(f"/v1/organisations/{other['id']}/keys"),
        client.post("/v1/subscriptions", json={"url": there.url, "organisation_id": other["id"]}),
    ]
    assert {answer.status_code for answer in tried} <= {403, 404}, [answer.status_code for answer in tried]
    assert [one["id"] for one in deliveries(client, subscription)] == [row["id"]]


def test_a_subscription_that_changes_while_its_endpoint_dawdles_loses_nothing(partners: Partners) -> None:
    _, client = partners.a_partner()
    slow = Receiver(pause=0.3)
    with receiving(slow) as old, receiving() as new, delivering(partners):
        subscription = subscribe(client, old.url, event_types=["course.published"])
        path = f"/v1/subscriptions/{subscription['id']}"
        courses = [partners.hear_course()["id"] for _ in range(8)]
        until(lambda: old.requests)
        changed = client.patch(path, json={"url": new.url}, headers={"If-Match": '"1"'})
        assert changed.status_code == 200, changed.text
        until(lambda: len({*old.ids, *new.ids}) == len(courses))
        both = [json.loads(body)["subject"] for _, body in (*old.requests, *new.requests)]
        assert list(dict.fromkeys(both)) == courses
        # Fewer kinds now: what is not asked for any more is passed over, and what comes later arrives.
        etag = {"If-Match": changed.headers["ETag"]}
        assert client.patch(path, json={"event_types": ["course.withdrawn"]}, headers=etag).status_code == 200
        time.sleep(0.7)
        partners.hear_course()
        partners.hear_course("course.withdrawn", version=2, id=courses[0])
        until(lambda: json.loads(new.requests[-1][1])["type"] == "course.withdrawn")


def test_what_waits_to_be_tried_again_is_signed_with_the_secret_of_then(
    partners: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "PAUSES", (timedelta(seconds=0.6),) * 9)
    monkeypatch.setattr(schedule, "SHORTEST_REST", timedelta(seconds=0.5))
    _, client = partners.a_partner()
    failing = Receiver(answer=lambda number: (500 if number == 1 else 204, {}, b""))
    with receiving(failing) as there, delivering(partners):
        subscription = subscribe(client, there.url)
        partners.hear_course()
        until(lambda: there.requests)
        path = f"/v1/subscriptions/{subscription['id']}/secret:rotate"
        fresh = client.post(path, json={"keep_hours": 0}).json()["secret"]
        until(lambda: len(there.requests) >= 2)
    (first, _), (headers, body) = there.requests[:2]
    assert first["webhook-id"] == headers["webhook-id"]
    Webhook(fresh).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(subscription["secret"]).verify(body, headers)


def test_a_partner_that_is_suspended_while_its_endpoint_dawdles_gets_no_more_and_then_all(partners: Partners) -> None:
    organisation, client = partners.a_partner()
    path = f"/v1/organisations/{organisation['id']}"
    slow = Receiver(pause=0.3)
    with receiving(slow) as there, delivering(partners):
        subscribe(client, there.url, event_types=["course.published"])
        courses = [partners.hear_course()["id"] for _ in range(12)]
        until(lambda: there.requests)
        stopped = partners.manager.patch(path, json={"status": "SUSPENDED"}, headers={"If-Match": '"1"'})
        assert stopped.status_code == 200, stopped.text
        time.sleep(2.5)  # the round in hand ends within a second, and what is known of partners is half a second old
        seen = len(there.requests)
        assert seen < len(courses)
        time.sleep(1.0)
        assert len(there.requests) == seen
        partners.manager.patch(path, json={"status": "ACTIVE"}, headers={"If-Match": stopped.headers["ETag"]})
        until(lambda: len(set(there.ids)) == len(courses))
    assert list(dict.fromkeys(json.loads(body)["subject"] for _, body in there.requests)) == courses


def test_trials_of_an_endpoint_that_dawdles_take_one_place(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving(Receiver(pause=1.5)) as there:
        path = f"/v1/subscriptions/{subscribe(client, there.url)['id']}/test"
        first: list[Any] = []
        one = threading.Thread(target=lambda: first.append(client.post(path, json={})))
        one.start()
        time.sleep(0.5)
        refused = client.post(path, json={})
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_trials")
        assert refused.headers["Retry-After"]
        one.join()
    assert first[0].json()["delivered"] is True
    with receiving() as there:
        other = f"/v1/subscriptions/{subscribe(client, there.url)['id']}/test"
        assert client.post(other, json={}).json()["delivered"] is True


def test_a_delivery_that_is_asked_for_again_has_the_id_that_it_had(partners: Partners) -> None:
    _, client = partners.a_partner()
    with receiving() as there, delivering(partners):
        subscription = subscribe(client, there.url)
        partners.hear_course()
        until(lambda: deliveries(client, subscription, state="DELIVERED"))
        (row,) = deliveries(client, subscription)
        for times in (2, 3):
            assert client.post(f"/v1/deliveries/{row['id']}:redeliver").status_code == 200
            until(lambda times=times: len(there.requests) == times)  # type: ignore[misc]
            until(lambda: deliveries(client, subscription, state="DELIVERED"))
    assert set(there.ids) == {row["event_id"]}


@pytest.mark.parametrize(
    "body",
    [{"url": "http://127.0.0.1:9/", "note": "x" * 1_000_000}, {"url": "http://127.0.0.1:9/" + "x" * 1_000_000},
     {f"k{n}": n for n in range(80_000)}, {"url": "http://127.0.0.1:9/", "regions": ["53.06"] * 90_000}],
)  # fmt: skip
def test_a_megabyte_at_any_door_is_refused_soon(partners: Partners, body: Answer) -> None:
    _, client = partners.a_partner()
    some = ids.new()
    doors = [
        ("POST", "/v1/subscriptions"), ("PATCH", f"/v1/subscriptions/{some}"), ("POST", "/v1/deliveries:redeliver"),
        ("POST", f"/v1/subscriptions/{some}/secret:rotate"), ("POST", f"/v1/subscriptions/{some}/test"),
        ("POST", "/v1/organisations"), ("PATCH", f"/v1/organisations/{some}"),
    ]  # fmt: skip
    content = json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    for method, path in doors:
        began = clock.monotonic()
        answer = client.request(method, path, content=content, headers=headers)
        assert 400 <= answer.status_code < 500, (path, answer.status_code)
        assert clock.monotonic() - began < 10, path
