"""The feed: one order without gaps, each change once, nothing missed by whoever asks for a place, no name anywhere."""

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings import http as sdk
from cloudevents.core.formats.json import JSONFormat

from deploy.local.backlog import PARKED_BY, parked
from services.partners.store import known
from shared import clock, ids
from tests.integration.partners.conftest import Answer, Partners, good
from tests.support.today import day


def read(client: httpx.Client, after: int, **query: Any) -> Answer:
    answer = client.get("/v1/events", params={"after": after, **query})
    assert answer.status_code == 200, answer.text
    body: Answer = answer.json()
    return body


def test_each_change_stands_once_in_one_order_without_gaps(partners: Partners) -> None:
    _, client = partners.a_partner()
    begin = partners.newest
    course = partners.hear_course("course.submitted")
    partners.hear_course("course.approved", version=2, id=course["id"])
    again = partners.hear_course("course.withdrawn", version=3, id=course["id"], status="WITHDRAWN")
    partners.hear_course("course.announced", version=3, id=course["id"], status="WITHDRAWN")
    partners.hear_course("course.approved", version=2, id=course["id"])
    answer = read(client, begin)
    assert [event["type"] for event in answer["items"]] == ["course.submitted", "course.published", "course.withdrawn"]
    assert [int(event["position"]) for event in answer["items"]] == [begin + 1, begin + 2, begin + 3]
    assert answer["next"] == answer["newest"] == begin + 3
    assert {event["subject"] for event in answer["items"]} == {again["id"]}


def test_versions_that_come_together_are_told_one_by_one(partners: Partners) -> None:
    course = {**good("training/courses.v1"), "id": ids.new()}
    apart = [
        partners.hear("training.courses.v1", type, course, version=version)
        for version, type in enumerate(("course.submitted", "course.approved", "course.changed"), 1)
    ]
    begin, fresh = partners.newest, ids.new()
    together = [replace(one, key=fresh, data={**course, "id": fresh, "version": one.version}) for one in apart]
    partners.hearing.apply([*together, *together])
    entries = partners.rooms.feed.between(begin, partners.newest)
    assert [(entry["subject"], entry["version"]) for entry in entries] == [(fresh, version) for version in (1, 2, 3)]


def test_the_official_sdk_reads_an_event(partners: Partners) -> None:
    _, client = partners.a_partner(payload_level="REFERENCES")
    begin = partners.newest
    course = partners.hear_course()
    (item,) = read(client, begin)["items"]
    message = sdk.HTTPMessage(headers={"content-type": "application/cloudevents+json"}, body=json.dumps(item).encode())
    event = sdk.from_structured(message, JSONFormat())
    assert (event.get_type(), event.get_subject()) == ("course.published", course["id"])
    data = event.get_data()
    assert isinstance(data, dict) and data["state"]["title"]["en"] == "Elderly care at home"


def test_a_person_is_an_id_a_regency_a_sector_and_a_state(partners: Partners) -> None:
    _, client = partners.a_partner("MINISTRY")
    begin = partners.newest
    course, person = partners.hear_course(), ids.new()
    partners.hear_person(person)
    enrolment = {**good("training/enrolments.v1"), "id": ids.new(), "candidate_id": person, "course_id": course["id"]}
    partners.hear("training.enrolments.v1", "enrolment.completed", enrolment)
    event = read(client, begin, types="referral.completed")["items"][0]
    assert event["data"] == {
        "id": enrolment["id"],
        "version": 1,
        "regency": "53.06",
        "sector": "CARE",
        "state": "COMPLETED",
        "result": "COMPETENT",
        "finished_on": enrolment["finished_on"],
    }


def test_a_change_waits_for_its_person_and_its_course_and_then_comes_in_order(partners: Partners) -> None:
    begin = partners.newest
    person, course = ids.new(), {**good("training/courses.v1"), "id": ids.new()}
    enrolment = {**good("training/enrolments.v1"), "id": ids.new(), "candidate_id": person, "course_id": course["id"]}
    partners.hear("training.enrolments.v1", "enrolment.applied", {**enrolment, "state": "APPLIED"}, version=1)
    partners.hear("training.enrolments.v1", "enrolment.selected", {**enrolment, "state": "SELECTED"}, version=2)
    assert partners.newest == begin
    partners.hear_person(person, consent="NONE")
    partners.hear_person(person, version=2)
    assert partners.newest == begin
    [kept] = parked(PARKED_BY, partners.database)
    assert (kept.topic, kept.changes) == ("training.courses.v1", 2)
    assert clock.wall() - kept.oldest < timedelta(minutes=5)
    partners.hear("training.courses.v1", "course.approved", course)
    entries = partners.rooms.feed.between(begin, partners.newest)
    assert [entry["type"] for entry in entries] == ["course.published", "referral.issued", "referral.accepted"]
    assert partners.rooms.feed.waiting() == 0
    assert parked(PARKED_BY, partners.database) == []


def test_without_consent_nothing_is_told_of_a_person(partners: Partners) -> None:
    person, course = ids.new(), partners.hear_course()
    partners.hear_person(person, consent="WITHDRAWN")
    begin = partners.newest
    enrolment = {**good("training/enrolments.v1"), "id": ids.new(), "candidate_id": person, "course_id": course["id"]}
    partners.hear("training.enrolments.v1", "enrolment.applied", {**enrolment, "state": "APPLIED"})
    assert partners.newest == begin


def test_an_erased_person_leaves_a_place_and_nothing_else(partners: Partners) -> None:
    _, client = partners.a_partner("MINISTRY", payload_level="REFERENCES")
    person, course = ids.new(), partners.hear_course()
    begin = partners.newest
    partners.hear_person(person)
    enrolment = {**good("training/enrolments.v1"), "id": ids.new(), "candidate_id": person, "course_id": course["id"]}
    partners.hear("training.enrolments.v1", "enrolment.applied", {**enrolment, "state": "APPLIED"})
    assert person in client.get("/v1/events", params={"after": begin}).text
    partners.hear("registry.candidates.v1", "candidate.erased", None, key=person, version=2)
    partners.hear("training.enrolments.v1", "enrolment.dropped", None, key=enrolment["id"], version=2)
    answer = read(client, begin)
    assert [(event["type"], event["subject"]) for event in answer["items"]] == [("referral.erased", enrolment["id"])]
    assert answer["next"] == partners.newest == begin + 2
    for name in partners.database.raw.list_collection_names():
        rows = [row for row in partners.database.collection(name).find({}) if row["_id"] not in (person,)]
        text = str(rows)
        assert "53.06" not in text or person not in text, name
    kept = partners.database.collection("feed").find_one({"_id": begin + 1})
    assert kept is not None and set(kept) == {"_id", "heard_at", "key", "type", "erased", "about"}


@pytest.mark.parametrize(
    ("kind", "changes", "seen"),
    [
        ("PROVINCE", {}, True),
        ("MINISTRY", {"regions": ["53"]}, True),
        ("MINISTRY", {"regions": ["53.06"]}, True),
        ("MINISTRY", {"regions": ["53.08"]}, False),
        ("MINISTRY", {"event_types": ["course.published"]}, False),
        ("TRANSIT_PROVINCE", {"regions": ["65"]}, False),
        ("CITIZEN_APP", {}, False),
        ("PROVIDER", {"provider_id": "00000000-0000-4000-8000-000000000003"}, True),
        ("PROVIDER", {"provider_id": "00000000-0000-4000-8000-000000000099"}, False),
    ],
)
def test_who_sees_a_referral(partners: Partners, kind: str, changes: Answer, seen: bool) -> None:
    _, client = partners.a_partner(kind, **changes)
    person, course = ids.new(), partners.hear_course()
    begin = partners.newest
    partners.hear_person(person)
    enrolment = {**good("training/enrolments.v1"), "id": ids.new(), "candidate_id": person, "course_id": course["id"]}
    partners.hear("training.enrolments.v1", "enrolment.applied", {**enrolment, "state": "APPLIED"})
    answer = read(client, begin)
    assert [event["type"] for event in answer["items"]] == (["referral.issued"] if seen else [])
    assert answer["next"] == partners.newest


def test_a_transit_province_hears_of_a_departure_through_its_ports_and_of_no_other(partners: Partners) -> None:
    _, north = partners.a_partner("TRANSIT_PROVINCE", regions=["65"])
    _, islands = partners.a_partner("TRANSIT_PROVINCE", regions=["21"])
    person, order = ids.new(), {**good("placement/job-orders.v1"), "id": ids.new()}
    partners.hear_person(person)
    partners.hear("placement.job-orders.v1", "job_order.verified", order)
    begin = partners.newest
    application = {
        **good("placement/applications.v1"),
        "id": ids.new(),
        "candidate_id": person,
        "job_order_id": order["id"],
        "state": "AGREED",
        "departure": {"planned_on": day(99), "via": ["65.03"]},
    }
    partners.hear("placement.applications.v1", "application.departure_announced", application)
    (event,) = read(north, begin)["items"]
    assert event["type"] == "departure.announced" and event["data"]["departure"]["via"] == ["65.03"]
    assert "candidate_id" not in event["data"]
    assert read(islands, begin)["items"] == []


def test_a_long_poll_is_answered_as_soon_as_something_happens(partners: Partners) -> None:
    _, client = partners.a_partner()
    begin = partners.newest
    threading.Timer(0.5, partners.hear_course).start()
    began = time.monotonic()
    answer = read(client, begin, wait=20)
    assert [event["type"] for event in answer["items"]] == ["course.published"]
    assert 0.4 < time.monotonic() - began < 5


def test_a_long_poll_without_events_says_where_it_stands(partners: Partners) -> None:
    _, client = partners.a_partner()
    answer = read(client, partners.newest, wait=1)
    assert answer["items"] == [] and answer["next"] == partners.newest


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"after": 10**9}, 422, "position_in_the_future"),
        ({"after": -1}, 422, "invalid"),
        ({"after": "x"}, 422, "invalid"),
        ({"wait": 31}, 422, "invalid"),
        ({"types": "course.publisht"}, 422, "invalid"),
        ({"regions": "5306"}, 422, "invalid"),
        ({"limit": 0}, 422, "invalid"),
        ({"after": 1, "since": "2020-01-01T00:00:00Z"}, 422, "invalid"),
    ],
)
def test_bad_questions_get_a_clear_answer(partners: Partners, query: Answer, status: int, code: str) -> None:
    partners.hear_course()
    _, client = partners.a_partner()
    answer = client.get("/v1/events", params=query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("after", ["12345678901234567890123", "x", "-1", "1.5"])
def test_what_is_no_position_is_told_where_one_comes_from(partners: Partners, after: str) -> None:
    _, client = partners.a_partner()
    for address in ("/v1/events", "/v1/events/stream"):
        [fault] = client.get(address, params={"after": after}).json()["errors"]
        assert (fault["code"], "next" in fault["fix"]) == ("cursor_unreadable", True)


def test_what_is_no_longer_kept_is_said_so(partners: Partners) -> None:
    partners.hear_course()
    partners.hear_course()
    _, client = partners.a_partner()
    dropped = partners.rooms.feed.prune(clock.now() + timedelta(days=1), 1)
    assert dropped == 1
    ends = partners.rooms.feed.ends()
    refused = client.get("/v1/events", params={"after": ends.oldest - 2})
    assert (refused.status_code, refused.json()["code"]) == (410, "position_too_old")
    assert read(client, ends.oldest - 1)["items"]
    assert read(client, refused.json()["oldest"] - 1)["oldest"] == ends.oldest


def test_a_suspended_partner_is_told_and_misses_nothing(partners: Partners) -> None:
    organisation, client = partners.a_partner()
    begin = partners.newest
    path = f"/v1/organisations/{organisation['id']}"
    stopped = partners.manager.patch(path, json={"status": "SUSPENDED"}, headers={"If-Match": '"1"'})
    assert stopped.status_code == 200, stopped.text
    partners.hear_course()
    refused = client.get("/v1/events", params={"after": begin})
    assert (refused.status_code, refused.json()["code"]) == (403, "partner_suspended")
    partners.manager.patch(path, json={"status": "ACTIVE"}, headers={"If-Match": '"2"'})
    assert len(read(client, begin)["items"]) == 1


def test_nobody_reads_without_a_key_and_staff_are_told_what_is_needed(partners: Partners) -> None:
    assert partners.with_credential(None).get("/v1/events").status_code == 401
    assert partners.manager.get("/v1/events").status_code == 403


def test_the_read_models_can_be_rebuilt_without_telling_anything_twice(partners: Partners) -> None:
    course = partners.hear_course()
    begin = partners.newest
    event = partners.hear("training.courses.v1", "course.changed", course, version=2)
    projection = partners.hearing.projections["training.courses.v1"]
    partners.database.collection(known.COLLECTIONS["training.courses.v1"]).delete_many({})
    partners.database.run(lambda tx: projection.apply(tx, [event], mend=True))
    assert partners.newest == begin + 1
