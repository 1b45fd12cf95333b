"""Whatever is broken about a request, it is refused by a 4xx with a stable code and a place, and never by a 5xx."""

from collections.abc import Iterator

import httpx
import pytest

from tests.integration.placement.broken import BROKEN, ORDERS, Broken
from tests.integration.placement.conftest import Placement, an_order, created


@pytest.fixture(scope="module")
def everything(placement: Placement) -> Iterator[httpx.Client]:
    """A caller with every right, so that only the request itself can be wrong."""
    scopes = [
        "companies:write", "job_orders:write", "job_orders:verify", "referrals:write", "applications:write",
        "candidates:read", "policies:propose", "policies:approve", "risk:read",
    ]  # fmt: skip
    with placement.as_("system", name="Mesin Uji", scopes=scopes) as client:
        yield client


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.name)
def test_a_broken_request_is_refused_with_a_code_and_a_place(
    broken: Broken, everything: httpx.Client, officer: httpx.Client, anybody: httpx.Client
) -> None:
    client = {"everything": everything, "officer": officer, "nobody": anybody}[broken.who]
    headers = dict(broken.headers)
    if broken.raw is not None:
        headers.setdefault("Content-Type", "application/json")
        answer = client.request(broken.method, broken.path, content=broken.raw, headers=headers)
    else:
        answer = client.request(broken.method, broken.path, json=broken.body, headers=headers)
    assert answer.status_code == broken.status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["title"]
    if broken.at is None:
        assert problem["code"] == broken.code
    else:
        assert (broken.at, broken.code) in [(error["pointer"], error["code"]) for error in problem["errors"]]


def test_there_are_more_than_sixty_of_them_and_no_two_alike() -> None:
    assert len(BROKEN) > 60
    assert len({one.name for one in BROKEN}) == len(BROKEN)


def test_a_refusal_speaks_the_language_that_was_asked_for(everything: httpx.Client) -> None:
    said = [
        everything.post("/v1/job-orders", json={}, headers={"Accept-Language": lang}).json()["title"]
        for lang in ("id", "en")
    ]
    assert said == ["Ada isian yang perlu diperbaiki", "Some values need correcting"]


def test_nothing_of_a_refused_order_is_kept(placement: Placement, everything: httpx.Client) -> None:
    before = placement.database.collection("job_orders").count_documents({})
    for broken in ORDERS:
        everything.request(broken.method, broken.path, json=broken.body)
    assert placement.database.collection("job_orders").count_documents({}) == before
    assert created(everything, "/v1/job-orders", an_order())["version"] == 1
