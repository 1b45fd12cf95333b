"""Midnight in Kupang while people act: what ran out with the day carries nobody into the next one."""

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time

import pytest

from deploy.demo.visitors import Answer, until
from deploy.local.stack import Stack
from shared import clock
from tests.deep.site import GOOD, Site
from tests.e2e.world import day
from tests.support import today
from tests.support.engines import a_stack

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(900)]

STEPS = ("SELECTED", "AGREED", "DEPARTED")
OF_EACH = 6
AROUND = 2.0
"""Seconds before and after midnight in which everybody tries."""
PATIENCE = 15.0
FLAGGED_WITHIN = 3.0
"""Seconds after midnight: everything that is open is judged anew, on a machine that has other work."""


@pytest.fixture(scope="module")
def midnight_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stack, Site]]:
    """All of Lumbung for this file alone: its clock is moved."""
    with a_stack(tmp_path_factory.mktemp("midnight")) as running:
        running.start_engines()
        running.start_houses()
        clock.follow(running.home.clock)
        try:
            yield running, Site(running)
        finally:
            today.follow()


@dataclass
class Attempt:
    """One person's next step, tried again and again from a moment on until the law has spoken."""

    application: Answer
    step: str
    lasting: bool
    sent_at: datetime | None = None
    passed: Answer | None = None
    refused: str = ""

    def go(self, site: Site, after: float, stopping: threading.Event) -> None:
        stopping.wait(after)
        path = f"/v1/applications/{self.application['id']}"
        until_then = time.monotonic() + PATIENCE
        while self.passed is None and self.refused in ("", "not_judged_yet", "stale") and time.monotonic() < until_then:
            version = site.shown(self.application)["version"]
            self.sent_at = clock.now()
            answer = site.placement.client.patch(path, json={"state": self.step}, headers={"If-Match": f'"{version}"'})
            if answer.status_code == 200:
                self.passed = answer.json()
            else:
                self.refused = answer.json()["code"]


def next_midnight() -> datetime:
    return datetime.combine(clock.today() + timedelta(days=1), clock_time(), clock.PROVINCE)


def test_who_tries_at_midnight_passes_by_the_law_of_the_day_on_which_they_do(
    midnight_site: tuple[Stack, Site],
) -> None:
    _, site = midnight_site
    random.seed(1)
    attempts = []
    for number, step in enumerate(STEPS):
        for each in range(OF_EACH):
            lasting = each % 3 == 2
            person = site.somebody()
            ends = day(900) if lasting else clock.today().isoformat()
            site.person_says(person, certificates=[{**GOOD, "valid_until": ends}])
            application = site.under_way(site.world.an_order()[1], *STEPS[:number], person=person)
            attempts.append(Attempt(application, step, lasting))
    for one in attempts:
        until(
            lambda one=one: site.shown(one.application),  # type: ignore[misc]
            lambda found: bool(found["judgement"] and found["judgement"]["current"]),
            "the judgement of this day",
        )
    midnight = next_midnight()
    clock.advance(((midnight - clock.now()).total_seconds() - 2 * AROUND) / 86400)
    stopping = threading.Event()
    with ThreadPoolExecutor(len(attempts)) as pool:
        for one in attempts:
            pool.submit(one.go, site, random.uniform(AROUND, 3 * AROUND), stopping)
        left = (midnight - clock.now()).total_seconds()
        assert left > 0, "it was midnight before anybody tried"
        time.sleep(left)
        expiring = [one for one in attempts if not one.lasting]
        until(
            lambda: {"waiting": [one.step for one in expiring if _open(site, one)]},
            lambda found: not found["waiting"],
            "all whose certificate ran out to be stopped or gone before",
        )
    late = [
        (datetime.fromisoformat(shown["judgement"]["judged_at"]) - midnight).total_seconds()
        for one in expiring
        if (shown := site.shown(one.application))["state"] == "STOPPED"
    ]
    print(f"flagged {max(late):.2f} s after midnight; passed: {sum(one.passed is not None for one in attempts)}")
    for one in attempts:
        if one.lasting:
            assert one.passed is not None and one.passed["state"] == one.step, one
        elif one.passed is not None:
            assert one.sent_at is not None and one.sent_at < midnight, one
            assert one.passed["judgement"]["day"] == (midnight - timedelta(days=1)).date().isoformat(), one
        else:
            assert one.refused in ("unlawful", "step_not_possible"), one
    assert 0 <= min(late) <= max(late) < FLAGGED_WITHIN


def _open(site: Site, one: Attempt) -> bool:
    shown = site.shown(one.application)
    return shown["state"] not in ("STOPPED", "DEPARTED")
