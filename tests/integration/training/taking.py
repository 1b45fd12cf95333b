"""How people take a course in these tests: referred, let in, completed."""

from typing import Any

import httpx

from tests.integration.training.conftest import Provider, Training, created, day


def refer(officer: httpx.Client, person: str, batch: dict[str, Any]) -> httpx.Response:
    return officer.post("/v1/enrolments", json={"candidate_id": person, "batch_id": batch["id"]})


def step(client: httpx.Client, enrolment: dict[str, Any], **body: Any) -> httpx.Response:
    version = client.get(f"/v1/enrolments/{enrolment['id']}").json()["version"]
    return client.patch(f"/v1/enrolments/{enrolment['id']}", json=body, headers={"If-Match": f'"{version}"'})


def referred_to(
    training: Training, provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any]
) -> dict[str, Any]:
    training.hear_of(person)
    enrolment: dict[str, Any] = created(refer(officer, person, batch))
    training.judge(enrolment["id"])
    return enrolment


def passed_today(
    training: Training, provider: Provider, officer: httpx.Client, person: str, batch: dict[str, Any], **body: Any
) -> dict[str, Any]:
    """Somebody who was referred, enrolled and completed on the only day of the batch."""
    enrolment = referred_to(training, provider, officer, person, batch)
    for said in ({"state": "ENROLLED"}, {"state": "COMPLETED", **body}):
        answer = step(provider.key, enrolment, **said)
        assert answer.status_code == 200, answer.text
    done: dict[str, Any] = answer.json()
    return done


def a_day(provider: Provider) -> dict[str, Any]:
    return provider.a_batch(provider.a_course(), starts=day(0), ends=day(0), closes=day(0), seats=4)
