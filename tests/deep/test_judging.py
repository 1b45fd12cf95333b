"""kill -9 of matching while applications move: none passes unjudged, and afterwards all are judged."""

import os
import signal
import threading
import time
from typing import Any

import pytest

from deploy.demo.visitors import Answer, Visitors, until
from deploy.local.stack import Stack
from tests.e2e.world import World, a_candidate, day

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]

KILLS, PAUSE = 4, 2.0
GOOD = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "isco08": "9111", "valid_from": "2026-01-01"}


@pytest.fixture(scope="module")
def world(stack: Stack, houses: dict[str, str]) -> World:
    return World(Visitors(stack))


def somebody(world: World, **changes: Any) -> Answer:
    """Trained and certified for the order of the world, unless `changes` say otherwise."""
    trained = {
        "certificates": [{**GOOD, "valid_until": day(900)}],
        "training_hours": [{"isco08": "9111", "destination": "NZL", "hours": 200}],
    }
    return world.officer("registry").post("/v1/candidates", a_candidate(**{**trained, **changes}))


def test_nothing_passes_unjudged_while_matching_is_killed_and_all_is_judged_after(world: World, stack: Stack) -> None:
    placement = world.officer("placement")
    orders = [world.an_order()[1] for _ in range(2)]
    stopping = threading.Event()
    killed: list[float] = []

    def kill() -> None:
        while len(killed) < KILLS and not stopping.wait(PAUSE):
            try:
                os.kill(stack.supervisor.pid("matching work"), signal.SIGKILL)
                killed.append(time.monotonic())
            except (KeyError, ProcessLookupError):
                continue  # between two lives

    killer = threading.Thread(target=kill)
    killer.start()
    applications: list[tuple[Answer, bool]] = []
    try:
        for number in range(16):
            minor = number % 2 == 1
            person = somebody(world, **({"birth_date": day(-17 * 365)} if minor else {}))
            body = {"candidate_id": person["id"], "job_order_id": orders[number % 4 // 2]["id"]}
            made = placement.post("/v1/applications", body)
            applications.append((made, minor))
            for application, young in applications:
                _try_to_select(placement, application, minor=young)
    finally:
        stopping.set()
        killer.join()
    assert killed
    for application, minor in applications:
        judged = until(
            lambda application=application: placement.get(f"/v1/applications/{application['id']}"),  # type: ignore[misc]
            lambda one: bool(one["judgement"] and one["judgement"]["current"]),
            "the application to be judged",
        )
        assert judged["judgement"]["outcome"] == ("UNLAWFUL" if minor else "LAWFUL"), judged["judgement"]
        assert judged["state"] == "STOPPED" if minor else judged["state"] in ("APPLIED", "SELECTED")


def _try_to_select(placement: Any, application: Answer, *, minor: bool) -> None:
    """As somebody in a hurry would: at once, and again and again. Only what is judged lawful passes."""
    path = f"/v1/applications/{application['id']}"
    version = placement.get(path)["version"]
    answer = placement.client.patch(path, json={"state": "SELECTED"}, headers={"If-Match": f'"{version}"'})
    if answer.status_code == 200:
        assert not minor and answer.json()["judgement"]["outcome"] == "LAWFUL", answer.text
    else:
        allowed = {"not_judged_yet", "unlawful", "step_not_possible", "stale"}
        assert answer.json()["code"] in allowed, answer.text
