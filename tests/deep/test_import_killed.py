"""An import is killed in the middle, twice: nobody of the file is missing afterwards, nobody is there twice."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pymongo
import pytest

from deploy.demo import province
from deploy.local.stack import Stack
from tests.deep.test_any_process import _is_back
from tests.support.bakery import until
from tests.support.engines import a_stack
from tests.support.today import TODAY

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(900)]

PEOPLE = 3_000
WORK = "registry work"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Stack]:
    """The engines and the registry, for this test alone."""
    with a_stack(tmp_path) as running:
        running.start_engines()
        running.start_houses(["registry"])
        yield running


@pytest.mark.parametrize("victims", [[WORK, WORK], ["mongodb", WORK]])
def test_an_import_that_is_killed_half_way_ends_as_if_nothing_had_been(
    site: Stack, tmp_path: Path, victims: list[str]
) -> None:
    [file] = province.write(tmp_path, PEOPLE, seed=7, today=TODAY)
    officer = {"Authorization": f"Bearer {site.token('officer', 'Ana', centre='KUPANG')}"}
    with httpx.Client(base_url=site.url("registry"), headers=officer, timeout=60, trust_env=False) as client:
        with file.open("rb") as content:
            wanted = {"dry_run": "false", "only_good": "true"}
            sent = client.post("/v1/imports", params=wanted, files={"file": ("people.csv", content)})
        assert sent.status_code == 202, sent.text
        address = sent.headers["Location"]
        seen: list[int] = []
        for number, victim in enumerate(victims, start=1):
            enough = PEOPLE * number // (len(victims) + 2)
            until(partial(_has_saved, client, address, enough, seen), seconds=200)
            killed = site.supervisor.pid(victim)
            os.kill(killed, signal.SIGKILL)
            until(partial(_is_back, site, victim, killed), seconds=90)
        began = time.monotonic()
        until(lambda: _report(client, address).get("state") == "DONE", seconds=300)
        report = _report(client, address)
    assert len(set(seen)) > 2, "nobody could see how far it was"
    assert report["counts"] == {"NEW": PEOPLE}
    assert report["done"] == report["rows"] == PEOPLE
    _is_whole(site.mongodb_admin_uri, report["id"])
    assert time.monotonic() - began < 200


def _report(client: httpx.Client, address: str) -> dict[str, Any]:
    try:
        answer = client.get(address)
    except httpx.TransportError:
        return {}
    found: dict[str, Any] = answer.json() if answer.status_code == 200 else {}
    return found


def _has_saved(client: httpx.Client, address: str, enough: int, seen: list[int]) -> bool:
    report = _report(client, address)
    if report.get("phase") == "ENDED":
        pytest.fail("it ended before the blow")
    if report.get("phase") != "SAVING":
        return False
    if not seen or report["done"] > seen[-1]:
        seen.append(report["done"])
    return bool(report["done"] >= enough)


def _is_whole(uri: str, import_id: str) -> None:
    """Each row of the file is one person, one first version, one row in the trail and one in the report."""
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(uri)
    with client:
        house = client["lumbung_registry"]
        people = list(house["candidates"].find({}, {"origin": 1, "version": 1, "number": 1}))
        assert len(people) == PEOPLE
        assert {one["origin"]["import"] for one in people} == {import_id}
        assert set(Counter(one["origin"]["row"] for one in people).values()) == {1}
        assert {one["version"] for one in people} == {1}
        assert len({one["number"] for one in people}) == PEOPLE
        trail = Counter(row["candidate_id"] for row in house["trail"].find({"did": "IMPORTED"}))
        assert trail == Counter(one["_id"] for one in people)
        rows = list(house["import_rows"].find({"import_id": import_id}, {"target": 1, "saved": 1}))
        assert {row["target"] for row in rows if row["saved"]} == {one["_id"] for one in people}
        assert len(rows) == PEOPLE
