"""Registrations that are not finished: their writer's alone, sealed at rest, gone a week after the last save."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared import clock
from tests.integration.registry.conftest import Registry

NAME = "Yuliana Tefa"


@pytest.fixture
def ana(registry: Registry) -> Iterator[httpx.Client]:
    with registry.as_("officer", name="Ana Petugas") as client:
        yield client


def begun(officer: httpx.Client, **fields: Any) -> dict[str, Any]:
    answer = officer.post("/v1/drafts", json={"content": {"step": 1, "fields": {"full_name": NAME, **fields}}})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_it_is_taken_up_again_where_it_was_put_down(ana: httpx.Client) -> None:
    draft = begun(ana)
    later = {"content": {"step": 2, "fields": {"full_name": NAME, "sex": "F"}}}
    saved = ana.put(f"/v1/drafts/{draft['id']}", json=later, headers={"If-Match": '"1"'})
    assert (saved.status_code, saved.json()["version"], saved.headers["ETag"]) == (200, 2, '"2"')
    assert ana.get(f"/v1/drafts/{draft['id']}").json()["content"] == later["content"]
    assert draft["id"] in [row["id"] for row in ana.get("/v1/drafts").json()["items"]]


def test_a_second_window_that_saves_an_older_state_is_told(ana: httpx.Client) -> None:
    draft = begun(ana)
    address, content = f"/v1/drafts/{draft['id']}", {"content": {"step": 2}}
    assert ana.put(address, json=content, headers={"If-Match": '"1"'}).status_code == 200
    assert ana.put(address, json=content, headers={"If-Match": '"1"'}).status_code == 412
    assert ana.put(address, json=content).status_code == 428


def test_nobody_else_sees_it(registry: Registry, ana: httpx.Client) -> None:
    draft = begun(ana)
    with registry.as_("officer", name="Beni Petugas") as beni:
        assert beni.get(f"/v1/drafts/{draft['id']}").status_code == 404
        assert beni.delete(f"/v1/drafts/{draft['id']}").status_code == 404
        assert draft["id"] not in [row["id"] for row in beni.get("/v1/drafts").json()["items"]]


def test_what_was_typed_is_not_in_the_database(registry: Registry, ana: httpx.Client) -> None:
    draft = begun(ana)
    row = registry.database.collection("drafts").find_one({"_id": draft["id"]})
    assert row is not None
    assert NAME.encode() not in bytes(row["sealed"]) and NAME not in str({**row, "sealed": None})


def test_it_is_gone_a_week_after_the_last_save(registry: Registry, ana: httpx.Client) -> None:
    draft = begun(ana)
    with clock.fixed(clock.now() + timedelta(days=7, minutes=1)):
        assert registry.rooms.drafts.load(draft["id"]) is None
        registry.work()
    assert registry.database.collection("drafts").find_one({"_id": draft["id"]}) is None


def test_a_finished_one_is_thrown_away(ana: httpx.Client) -> None:
    draft = begun(ana)
    assert ana.delete(f"/v1/drafts/{draft['id']}").status_code == 204
    assert ana.get(f"/v1/drafts/{draft['id']}").status_code == 404


def test_it_cannot_become_a_second_registry(registry: Registry, ana: httpx.Client) -> None:
    assert ana.post("/v1/drafts", json={"content": {"x": "a" * 70_000}}).status_code == 422
    with registry.as_("officer", name="Tekun Petugas") as busy:
        for _ in range(20):
            begun(busy)
        assert busy.post("/v1/drafts", json={"content": {}}).status_code == 409


def test_reading_rights_alone_keep_none(registry: Registry) -> None:
    with registry.as_("officer", scopes=["candidates:read"]) as reader:
        assert reader.get("/v1/drafts").status_code == 403
