"""Who was there, day by day: recorded by the provider of a batch, read by it alone, gone with the person."""

from typing import Any

import httpx
import pytest

from shared import ids
from tests.integration.training.conftest import Provider, Training, a_provider, created, day


def enrolled(training: Training, provider: Provider, officer: httpx.Client, batch: dict[str, Any]) -> dict[str, Any]:
    person = ids.new()
    training.hear_of(person)
    referral = created(officer.post("/v1/enrolments", json={"candidate_id": person, "batch_id": batch["id"]}))
    training.judge(referral["id"])
    for state in ("SELECTED", "ENROLLED"):
        version = provider.key.get(f"/v1/enrolments/{referral['id']}").json()["version"]
        moved = provider.key.patch(
            f"/v1/enrolments/{referral['id']}", json={"state": state}, headers={"If-Match": f'"{version}"'}
        )
        assert moved.status_code == 200, moved.text
    return {**referral, "candidate_id": person}


@pytest.fixture
def begun(training: Training, provider: Provider, officer: httpx.Client) -> dict[str, Any]:
    """A batch with two people in class that began three days ago."""
    batch = provider.a_batch(provider.a_course(), starts=day(20), ends=day(40), closes=None)
    people = [enrolled(training, provider, officer, batch) for _ in range(2)]
    # Nobody can be referred to a batch that runs: it is moved back behind the counter.
    training.database.collection("batches").update_one(
        {"_id": batch["id"]}, {"$set": {"starts": day(-3), "ends": day(10), "closes": None}}
    )
    return {"id": batch["id"], "path": f"/v1/batches/{batch['id']}/attendance", "people": people}


def test_a_day_is_recorded_and_counted(provider: Provider, begun: dict[str, Any]) -> None:
    first, second = (one["id"] for one in begun["people"])
    said = {"day": day(-3), "present": [first], "absent": [second]}
    for _ in range(2):  # sent twice it is the same
        answer = provider.key.put(begun["path"], json=said)
        assert answer.status_code == 200, answer.text
    provider.key.put(begun["path"], json={"day": day(-2), "present": [second]})
    found = provider.key.get(begun["path"], params={"day": day(-2)}).json()
    assert found["days"] == [
        {"day": day(-3), "present": 1, "absent": 1},
        {"day": day(-2), "present": 1, "absent": 0},
    ]
    told = {one["enrolment_id"]: (one["on_the_day"], one["present"], one["recorded"]) for one in found["people"]}
    assert told == {first: (None, 1, 1), second: (True, 1, 2)}
    assert {one["on_the_day"] for one in provider.key.get(begun["path"]).json()["people"]} == {None}


def test_whoever_is_not_named_stays_as_recorded(provider: Provider, begun: dict[str, Any]) -> None:
    first, second = (one["id"] for one in begun["people"])
    provider.key.put(begun["path"], json={"day": day(-1), "present": [first]})
    answer = provider.key.put(begun["path"], json={"day": day(-1), "absent": [second]}).json()
    assert {one["enrolment_id"]: one["on_the_day"] for one in answer["people"]} == {first: True, second: False}


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"day": 1}, "/day", "day_not_of_the_batch"),
        ({"day": -4}, "/day", "day_not_of_the_batch"),
        ({"present": ["8da8e266-4caf-4907-8eba-11623901497a"]}, "/present/0", "not_in_this_class"),
        ({"absent": "first", "present": "first"}, "/absent/0", "present_and_absent"),
        ({"day": None}, "/day", None),
        ({"present": "everybody"}, None, None),
        ({"names": ["Dorotea"]}, "/names", None),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    provider: Provider, begun: dict[str, Any], changes: dict[str, Any], pointer: str | None, code: str | None
) -> None:
    said = {"day": day(-1), "present": [begun["people"][0]["id"]]}
    for name, value in changes.items():
        said[name] = day(value) if isinstance(value, int) else [begun["people"][0]["id"]] if value == "first" else value
    answer = provider.key.put(begun["path"], json=said)
    assert answer.status_code == 422, answer.text
    fault = answer.json()["errors"][0]
    assert pointer in (None, fault["pointer"]) and code in (None, fault["code"])
    assert provider.key.get(begun["path"]).json()["days"] == []


def test_a_batch_that_has_not_begun_says_when_it_does(provider: Provider) -> None:
    batch = provider.a_batch(provider.a_course())
    answer = provider.key.put(f"/v1/batches/{batch['id']}/attendance", json={"day": batch["starts"]})
    assert answer.status_code == 422 and "baru mulai" in answer.text


def test_only_its_provider_reads_and_records(
    training: Training, provider: Provider, officer: httpx.Client, begun: dict[str, Any]
) -> None:
    stranger = a_provider(training).key
    nobody = training.with_credential(None)
    for client, status in ((stranger, 403), (officer, 403), (nobody, 401)):
        assert client.get(begun["path"]).status_code == status
        assert client.put(begun["path"], json={"day": day(-1)}).status_code == status


def test_erasure_reaches_it(training: Training, provider: Provider, begun: dict[str, Any]) -> None:
    first, second = begun["people"]
    provider.key.put(begun["path"], json={"day": day(-1), "present": [first["id"], second["id"]]})
    training.hear_of(first["candidate_id"], version=2, consent=None)
    left = list(training.database.collection("attendance").find({}))
    assert first["id"] not in str(left) and second["id"] in str(left)
    assert [one["enrolment_id"] for one in provider.key.get(begun["path"]).json()["people"]] == [second["id"]]
