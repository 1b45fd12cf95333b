"""Whoever a person was sent to sees name, number and phone, with consent and in time; nobody else sees anything."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.registry.hears import hears
from shared import clock, ids
from shared.events.contracts import check_heard
from shared.events.hearing import Hearing
from tests.integration.registry.conftest import Registry
from tests.support.served import told
from tests.support.today import day

CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts"

Answer = dict[str, Any]
Person = Callable[..., Answer]
PURPOSE = {"provider": "SHARING_PROVIDER", "company": "SHARING_COMPANY"}


@pytest.fixture(params=["provider", "company"])
def side(request: pytest.FixtureRequest) -> str:
    role: str = request.param
    return role


def as_side(registry: Registry, side: str, organisation: str | None) -> httpx.Client:
    return registry.with_credential(registry.issuer.mint(side, f"Orang {organisation}", organisation=organisation))


def send(registry: Registry, side: str, person: str, organisation: str | None, **changes: Any) -> Answer:
    """What training or placement would tell of a person who was sent to an organisation."""
    data: Answer = {"id": ids.new(), "version": 1, "candidate_id": person, "state": "APPLIED", "ended_on": None}
    if side == "provider":
        topic = "training.enrolments.v1"
        data |= {"course_id": ids.new(), "batch_id": ids.new(), "provider_id": organisation, "hold_until": None}
        data |= dict.fromkeys(("finished_on", "result", "drop_reason", "gives"))
    else:
        topic = "placement.applications.v1"
        data |= {"job_order_id": ids.new(), "company_id": organisation, "reserved": False}
    data |= changes
    check_heard(topic, data)
    Hearing(registry.database, hears(registry.rooms)).apply([told(topic, data["id"], data["version"], data)])
    return data


def registered(officer: httpx.Client, a_person: Person, *purposes: str, **more: Any) -> Answer:
    consents = [{"purpose": purpose, "method": "WRITTEN"} for purpose in ("MATCHING", *purposes)]
    answer = officer.post("/v1/candidates", json=a_person(phone="0812 1111 2222", consents=consents, **more))
    assert answer.status_code == 201, answer.text
    found: Answer = answer.json()
    return found


def test_it_sees_name_number_and_phone_of_whom_it_was_sent_and_nothing_else(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, a_person: Person, side: str
) -> None:
    person, organisation = registered(officer, a_person, PURPOSE[side]), ids.new()
    sent = send(registry, side, person["id"], organisation)
    here = as_side(registry, side, organisation)
    seen = here.get(f"/v1/contacts/{person['id']}")
    assert seen.status_code == 200, seen.text
    assert seen.json() == {
        "id": person["id"],
        "number": person["number"],
        "full_name": person["full_name"],
        "phone": "+6281211112222",
        "because": [{"id": sent["id"], "state": "APPLIED"}],
        "visible_until": None,
    }
    assert here.get("/v1/contacts").json()["items"] == [seen.json()]
    for address in (f"/v1/candidates/{person['id']}", "/v1/candidates", f"/v1/candidates/{person['id']}/export"):
        assert here.get(address).status_code == 403
    trail = supervisor.get(f"/v1/candidates/{person['id']}/trail").json()["items"]
    looks = [row for row in trail if row["did"] == "CONTACT_SHOWN"]
    assert [(row["who"]["organisation"], row["who"]["kind"]) for row in looks] == [(organisation, side)] * 2
    assert looks[0]["about"] == sent["id"]


def test_nobody_else_sees_them(registry: Registry, officer: httpx.Client, a_person: Person, side: str) -> None:
    person, organisation = registered(officer, a_person, *PURPOSE.values()), ids.new()
    send(registry, side, person["id"], organisation)
    other_side = "company" if side == "provider" else "provider"
    callers = [
        as_side(registry, side, ids.new()),
        as_side(registry, other_side, organisation),
        as_side(registry, side, None),
        officer,
    ]
    for caller in callers:
        refused = caller.get(f"/v1/contacts/{person['id']}")
        assert refused.status_code in (403, 404)
        assert person["full_name"] not in refused.text
        assert not caller.get("/v1/contacts").json().get("items")
    assert httpx.get(f"{registry.url}/v1/contacts/{person['id']}").status_code == 401


def test_without_consent_to_exactly_that_nothing_is_seen_and_withdrawing_ends_it_at_once(
    registry: Registry, officer: httpx.Client, a_person: Person, side: str
) -> None:
    organisation = ids.new()
    other = next(purpose for role, purpose in PURPOSE.items() if role != side)
    person = registered(officer, a_person, other)
    send(registry, side, person["id"], organisation)
    here = as_side(registry, side, organisation)
    refused = here.get(f"/v1/contacts/{person['id']}")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_shared")
    assert here.get("/v1/contacts").json()["items"] == []
    given = officer.post(f"/v1/candidates/{person['id']}/consents", json={"purpose": PURPOSE[side], "method": "SPOKEN"})
    assert here.get(f"/v1/contacts/{person['id']}").status_code == 200
    address = f"/v1/candidates/{person['id']}/consents/{PURPOSE[side]}"
    assert officer.delete(address, headers={"If-Match": given.headers["ETag"]}).status_code == 200
    assert here.get(f"/v1/contacts/{person['id']}").json()["code"] == "not_shared"
    assert here.get("/v1/contacts").json()["items"] == []


def test_it_is_seen_until_thirty_days_after_its_end(
    registry: Registry, officer: httpx.Client, a_person: Person, side: str
) -> None:
    person, organisation = registered(officer, a_person, PURPOSE[side]), ids.new()
    sent = send(registry, side, person["id"], organisation)
    state = "DROPPED" if side == "provider" else "REJECTED"
    send(registry, side, person["id"], organisation, **{**sent, "version": 2, "state": state, "ended_on": day(0)})
    here = as_side(registry, side, organisation)
    assert here.get(f"/v1/contacts/{person['id']}").json()["visible_until"] == day(30)
    with clock.fixed(clock.now() + timedelta(days=30)):
        assert here.get(f"/v1/contacts/{person['id']}").status_code == 200
    with clock.fixed(clock.now() + timedelta(days=31)):
        assert here.get(f"/v1/contacts/{person['id']}").json()["code"] == "no_such_contact"
        assert here.get("/v1/contacts").json()["items"] == []
        send(registry, side, person["id"], organisation)
        assert here.get(f"/v1/contacts/{person['id']}").json()["visible_until"] is None, "sent once more"


def test_a_seat_that_could_not_be_given_shows_nobody(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    """A decision asked for a seat of this provider, and there was none: the person was never sent there."""
    person, organisation = registered(officer, a_person, PURPOSE["provider"]), ids.new()
    never = {"state": "DROPPED", "drop_reason": "NOT_POSSIBLE", "ended_on": day(0)}
    send(registry, "provider", person["id"], organisation, **never)
    with as_side(registry, "provider", organisation) as client:
        assert client.get(f"/v1/contacts/{person['id']}").status_code == 404
        assert client.get("/v1/contacts").json()["items"] == []


def test_an_erased_person_is_gone_here_before_the_others_have_heard(
    registry: Registry, officer: httpx.Client, a_person: Person, side: str
) -> None:
    person, organisation = registered(officer, a_person, PURPOSE[side]), ids.new()
    send(registry, side, person["id"], organisation)
    erased = officer.delete(f"/v1/candidates/{person['id']}", headers={"If-Match": '"1"'})
    assert erased.status_code == 204
    here = as_side(registry, side, organisation)
    assert here.get(f"/v1/contacts/{person['id']}").status_code == 404
    assert here.get("/v1/contacts").json()["items"] == []


def test_a_list_of_named_people_is_one_look_and_shows_only_those_of_the_organisation(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, a_person: Person, side: str
) -> None:
    own, silent, elsewhere, unasked = (registered(officer, a_person, PURPOSE[side]) for _ in range(4))
    silent = registered(officer, a_person)
    organisation = ids.new()
    for person, where in ((own, organisation), (silent, organisation), (elsewhere, ids.new()), (unasked, organisation)):
        send(registry, side, person["id"], where)
    with as_side(registry, side, organisation) as client:
        named = [own["id"], silent["id"], elsewhere["id"], ids.new()]
        found = client.get("/v1/contacts", params={"candidate": named}).json()
        assert [one["id"] for one in found["items"]] == [own["id"]]
        assert client.get("/v1/contacts", params={"candidate": ["x"]}).status_code == 422
        assert client.get("/v1/contacts", params={"candidate": [ids.new() for _ in range(51)]}).status_code == 422
    for person, looks in ((own, 1), (silent, 0), (unasked, 0)):
        trail = supervisor.get(f"/v1/candidates/{person['id']}/trail").json()["items"]
        assert sum(row["did"] == "CONTACT_SHOWN" for row in trail) == looks


def test_an_organisation_that_is_active_no_more_sees_nobody(
    registry: Registry, officer: httpx.Client, a_person: Person, side: str
) -> None:
    person, organisation = registered(officer, a_person, PURPOSE[side]), ids.new()
    send(registry, side, person["id"], organisation)
    here = as_side(registry, side, organisation)
    topic = {"provider": "training.courses.v1", "company": "placement.job-orders.v1"}[side]
    example = json.loads((CONTRACTS / f"{topic.replace('.', '/', 1)}.good.json").read_text(encoding="utf-8"))
    offers = [{**example, "id": ids.new()} for _ in range(2)]

    def tell(offer: Answer, version: int, *, active: bool) -> None:
        ours: Answer = {"id": organisation}
        ours |= {"active": active} if side == "provider" else {"status": "ACTIVE" if active else "REVOKED"}
        data = {**offer, "version": version, side: {**offer[side], **ours}}
        check_heard(topic, data)
        Hearing(registry.database, hears(registry.rooms)).apply([told(topic, offer["id"], version, data)])

    def seen() -> list[int]:
        return [here.get(f"/v1/contacts{one}").status_code for one in (f"/{person['id']}", "")]

    for offer in offers:
        tell(offer, 1, active=True)
    assert seen() == [200, 200]
    tell(offers[0], 2, active=False)
    assert seen() == [403, 403], "one offer is enough: the others are told a moment later"
    assert here.get("/v1/contacts").json()["code"] == "organisation_not_active"
    assert as_side(registry, side, ids.new()).get("/v1/contacts").status_code == 200, "others are not touched"
    tell(offers[0], 3, active=True)
    assert seen() == [200, 200]
    if side == "company":
        offers[1]["company"] = {**offers[1]["company"], "valid_until": day(-1)}
        tell(offers[1], 4, active=True)
        assert seen() == [403, 403], "its licence has run out"
