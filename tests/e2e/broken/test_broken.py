"""Whatever is wrong with a request: a refusal with a stable code that names the place, and never a 5xx."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from deploy.demo.visitors import Answer, until
from shared import clock
from shared.http.tokens import DevelopmentIssuer
from tests.e2e.broken import everywhere, files
from tests.e2e.broken.matching import MATCHING, about
from tests.e2e.broken.placement import PLACEMENT, a_law
from tests.e2e.broken.registry import REGISTRY
from tests.e2e.broken.table import Broken
from tests.e2e.broken.training import TRAINING
from tests.e2e.world import World, a_candidate, a_course
from tests.support import today

if TYPE_CHECKING:
    from deploy.local.stack import Stack

TABLES: dict[str, list[Broken]] = {
    "registry": [
        *REGISTRY,
        *everywhere.creating("POST", "/v1/candidates", a_candidate),
        *everywhere.ADDRESSES,
        *files.REGISTRY_FILES,
    ],
    "training": [*TRAINING, *everywhere.creating("POST", "/v1/courses", a_course), *files.TRAINING_FILES],
    "placement": [*PLACEMENT, *everywhere.creating("POST", "/v1/policies", a_law), *files.PLACEMENT_FILES],
    "matching": [*MATCHING, *everywhere.at("POST", "/v1/recommendations", about)],
}

CASES = [pytest.param(house, row, id=f"{house}-{row.what}") for house, rows in TABLES.items() for row in rows]


@pytest.fixture(scope="module")
def places(world: World, stack: "Stack") -> dict[str, str]:
    """What stands in the addresses and bodies of the tables in braces: ids of what is there."""
    clock.follow(stack.home.clock)
    person = world.officer("registry").post("/v1/candidates", a_candidate())
    advice = world.advice(person)
    batch = world.a_batch(world.course)
    enrolled = {"candidate_id": person["id"], "batch_id": batch["id"]}
    refer = world.officer("training").client.post
    enrolment = until(
        lambda: dict(refer("/v1/enrolments", json=enrolled).json()),
        lambda answer: "id" in answer,
        "the training house to know the person",
    )
    today.follow()
    return {
        "candidate": person["id"],
        "recommendation": advice["id"],
        "order": world.order["id"],
        "policy": world.gate["id"],
        "provider": world.provider_id,
        "course": world.course["id"],
        "batch": batch["id"],
        "enrolment": enrolment["id"],
    }


@pytest.fixture(scope="module")
def credentials(world: World, stack: "Stack") -> dict[str, str]:
    """The Authorization header of everybody who asks in the tables."""
    issuer = DevelopmentIssuer(stack.home.issuer, environment="development")
    tokens = {
        "officer": issuer.mint("officer", "Ana Petugas", "KUPANG"),
        "officeless": issuer.mint("officer", "Tanpa Kantor"),
        "reviewer": issuer.mint("reviewer", "Rina Peninjau", None),
        "supervisor": issuer.mint("supervisor", "Budi Pengawas", "KUPANG"),
        "supervisor 2": issuer.mint("supervisor", "Citra Pengawas", "KUPANG"),
        "expired": issuer.mint("officer", "Ana Petugas", "KUPANG", hours=-1),
    }
    return {
        **{who: f"Bearer {token}" for who, token in tokens.items()},
        "provider": world.provider.client.headers["Authorization"],
        "company": world.company.client.headers["Authorization"],
    }


@pytest.fixture(scope="module")
def doors(houses: dict[str, str]) -> Iterator[dict[str, httpx.Client]]:
    clients = {house: httpx.Client(base_url=url, timeout=60, trust_env=False) for house, url in houses.items()}
    yield clients
    for client in clients.values():
        client.close()


@pytest.mark.parametrize(("house", "broken"), CASES)
def test_a_broken_request_is_refused_with_its_code_and_place(
    doors: dict[str, httpx.Client],
    credentials: dict[str, str],
    places: dict[str, str],
    house: str,
    broken: Broken,
) -> None:
    answer = ask(doors[house], credentials, places, broken)
    told: Answer = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (broken.status, "application/problem+json"), told
    if broken.at is None:
        assert told["code"] == broken.code, told
    else:
        assert (broken.code, broken.at) in {(fault["code"], fault["pointer"]) for fault in told["errors"]}, told
        assert all(fault["message"] for fault in told["errors"])
    assert told["title"] and told["type"] == f"/docs#{told['code']}"


def test_there_are_more_than_two_hundred_of_them() -> None:
    assert len({(house, row.ask, row.what) for house, rows in TABLES.items() for row in rows}) == len(CASES) > 200


def ask(
    door: httpx.Client, credentials: Mapping[str, str], places: Mapping[str, str], broken: Broken
) -> httpx.Response:
    method, address = _placed(broken.ask, places).split(" ", 1)
    request = _placed(broken.request, places)
    if broken.who in credentials:
        request["headers"] = {"Authorization": credentials[broken.who], **request["headers"]}
    return door.request(method, address, **request)


def _placed(value: Any, places: Mapping[str, str]) -> Any:
    """The value with every `{name}` of a place replaced by what stands there."""
    if isinstance(value, str):
        for name, id in places.items():
            value = value.replace(f"{{{name}}}", id)
        return value
    if isinstance(value, dict):
        return {key: _placed(inner, places) for key, inner in value.items()}
    if isinstance(value, list):
        return [_placed(inner, places) for inner in value]
    return value
