"""Free seats by a signed link without signing in; and keys that a provider's own people make and end."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared import clock, ids
from tests.integration.training.conftest import Provider, Training, a_provider, created, day


@pytest.fixture
def nobody(training: Training) -> httpx.Client:
    return training.with_credential(None)


def a_link(provider: Provider, **changes: Any) -> dict[str, Any]:
    batch = provider.a_batch(provider.a_course(), **changes)
    return created(provider.key.post(f"/v1/batches/{batch['id']}/seat-links"))


def address(link: dict[str, Any], slip: str | None = None) -> str:
    return f"/v1/seat-links/{link['batch_id']}/{slip or link['slip']}"


def test_the_link_asks_and_is_answered_without_signing_in(provider: Provider, nobody: httpx.Client) -> None:
    link = a_link(provider, seats=16)
    asked = nobody.get(address(link))
    assert asked.status_code == 200
    assert (asked.json()["free"], asked.json()["seats"], asked.json()["taken"]) == (16, 16, 0)
    answered = nobody.post(address(link), json={"free": 6})
    assert (answered.status_code, answered.json()["free"], answered.json()["seats"]) == (200, 6, 6)
    batch = provider.key.get(f"/v1/batches/{link['batch_id']}").json()
    assert batch["seats"] == 6 and batch["seats_confirmed_at"] is not None


def test_free_seats_never_touch_the_people_in_the_batch(
    provider: Provider, training: Training, nobody: httpx.Client, officer: httpx.Client
) -> None:
    link = a_link(provider, seats=16)
    person = ids.new()
    training.hear_of(person)
    created(officer.post("/v1/enrolments", json={"candidate_id": person, "batch_id": link["batch_id"]}))
    answered = nobody.post(address(link), json={"free": 0}).json()
    assert (answered["taken"], answered["seats"], answered["free"]) == (1, 1, 0)
    assert provider.key.get(f"/v1/batches/{link['batch_id']}").json()["status"] == "FULL"
    assert person not in str(answered)


def test_the_same_number_confirms_and_is_sent_twice_without_harm(provider: Provider, nobody: httpx.Client) -> None:
    link = a_link(provider, seats=16)
    first, second = (nobody.post(address(link), json={"free": 16}) for _ in range(2))
    assert (first.status_code, second.status_code, second.json()["free"]) == (200, 200, 16)


@pytest.mark.parametrize("free", [-1, 501, None, "enam", 2.5])
def test_a_number_that_cannot_be_is_refused(provider: Provider, nobody: httpx.Client, free: Any) -> None:
    answer = nobody.post(address(a_link(provider)), json={"free": free})
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/free"


def test_no_seat_and_nobody_in_it_is_no_batch(provider: Provider, nobody: httpx.Client) -> None:
    answer = nobody.post(address(a_link(provider)), json={"free": 0})
    assert answer.status_code == 422 and "halaman lembaga" in answer.text


def test_what_was_changed_or_is_of_another_batch_opens_nothing(provider: Provider, nobody: httpx.Client) -> None:
    link, other = a_link(provider), a_link(provider)
    head, facts, signature = link["slip"].split(".")
    for slip in (
        other["slip"],
        f"{head}.{facts}.{'A' * 86}",
        f"{head}.{facts[::-1]}.{signature}",
        f"AAAAAA.{facts}.{signature}",
        link["slip"][:-1],
        "x",
    ):
        for answer in (nobody.get(address(link, slip)), nobody.post(address(link, slip), json={"free": 3})):
            assert (answer.status_code, answer.json()["code"]) == (404, "seat_link_not_genuine"), slip
    assert nobody.get(f"/v1/seat-links/{ids.new()}/{link['slip']}").status_code == 404


def test_a_letter_is_no_link(provider: Provider, training: Training, nobody: httpx.Client) -> None:
    link = a_link(provider)
    letter = training.rooms.seal.slip("7KQ2M4XD9T", [day(10)])
    assert nobody.get(address(link, letter)).status_code == 404


def test_a_link_ends_with_its_last_day(provider: Provider, nobody: httpx.Client) -> None:
    link = a_link(provider, starts=day(20), closes=day(15))
    assert link["valid_until"] == day(14)
    soon = a_link(provider, starts=day(3), ends=day(30), closes=None)
    assert soon["valid_until"] == day(3)
    with clock.fixed(clock.now() + timedelta(days=15)):
        answer = nobody.get(address(link))
    assert (answer.status_code, answer.json()["code"]) == (410, "seat_link_over")


def test_only_its_provider_makes_a_link(provider: Provider, training: Training, officer: httpx.Client) -> None:
    batch = provider.a_batch(provider.a_course())
    path = f"/v1/batches/{batch['id']}/seat-links"
    assert a_provider(training).key.post(path).status_code == 403
    assert officer.post(path).status_code == 403
    assert training.with_credential(None).post(path).status_code == 401


def test_a_cancelled_batch_is_not_asked_about(provider: Provider) -> None:
    batch = provider.a_batch(provider.a_course())
    done = provider.key.patch(
        f"/v1/batches/{batch['id']}", json={"status": "CANCELLED"}, headers={"If-Match": f'"{batch["version"]}"'}
    )
    assert done.status_code == 200
    assert provider.key.post(f"/v1/batches/{batch['id']}/seat-links").json()["code"] == "batch_closed"


def person_of(training: Training, organisation: str) -> httpx.Client:
    return training.with_credential(training.issuer.mint("provider", "Petugas BLK", organisation=organisation))


def test_people_of_a_provider_make_and_end_its_keys(training: Training) -> None:
    provider = a_provider(training)
    path = f"/v1/providers/{provider.id}/keys"
    with person_of(training, provider.id) as somebody:
        made = created(somebody.post(path))
        assert training.with_credential(made["key"]).get("/v1/enrolments").status_code == 200
        assert {row["id"] for row in somebody.get(path).json()["items"]} >= {made["id"]}
        assert made["key"] not in somebody.get(path).text
        assert somebody.post(path).json()["code"] == "two_keys_live"
        assert somebody.delete(f"{path}/{made['id']}").status_code == 204
    assert training.with_credential(made["key"]).get("/v1/enrolments").status_code == 401


def test_a_key_makes_no_key_and_nobody_makes_one_of_others(training: Training, officer: httpx.Client) -> None:
    provider, other = a_provider(training), a_provider(training)
    path = f"/v1/providers/{provider.id}/keys"
    assert provider.key.post(path).json()["code"] == "key_by_a_key"
    with person_of(training, other.id) as stranger:
        assert stranger.post(path).status_code == 403
        assert stranger.get(path).status_code == 403
    assert officer.post(path).status_code == 403
    machine = training.as_("system", name="Mesin", scopes=["courses:write"])
    assert machine.post(path).status_code == 403
