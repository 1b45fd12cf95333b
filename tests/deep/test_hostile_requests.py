"""Hundreds of broken requests on raw lines, through the proxy to real houses: no 5xx, no hang, nothing that costs."""

import re
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from deploy.local.site import CONSOLE
from deploy.local.stack import Stack
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import the_console
from tests.support.engines import a_stack
from tests.support.hostile import Shot, fire, shots
from tests.support.hostile_kinds import ID

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(1200)]

HOUSES = ("registry", "training", "placement", "matching", "partners")
NUMBER = 400
MOST_SECONDS = 0.1
"""Of a house's processor time to refuse one request."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with a_stack(tmp_path_factory.mktemp("hostile")) as running:
        running.start_engines()
        running.start_houses(HOUSES, console=True)
        yield running


class House:
    """One house behind the proxy, and what its processes have used of the processor."""

    def __init__(self, site: Stack, name: str) -> None:
        self.url = site.url(name)
        self.port = urlsplit(self.url).port or 80
        self.program = CONSOLE if name == CONSOLE else f"{name} web"
        master = psutil.Process(site.supervisor.pid(self.program))
        self._processes = [master, *master.children(recursive=True)]
        self.alive = {process.pid for process in self._processes}

    def used(self) -> float:
        times = [process.cpu_times() for process in self._processes]
        return sum(one.user + one.system for one in times)

    def cost(self, shot: Shot) -> tuple[list[int], float]:
        before = self.used()
        answered = fire(self.port, shot)
        return answered, self.used() - before

    def operations(self) -> list[tuple[bytes, bytes]]:
        """Method and path of all that it serves."""
        if self.program == CONSOLE:
            rules = the_console(FakeHouses()).app.url_map.iter_rules()
            return [
                (method.encode(), re.sub(rb"<[^>]*>", ID, rule.rule.encode()))
                for rule in rules
                for method in sorted(rule.methods or ())
                if method in ("GET", "POST")
            ]
        paths = httpx.get(self.url + "/openapi.json", timeout=30).json()["paths"]
        return [
            (method.upper().encode(), re.sub(rb"\{\w+\}", ID, path.encode()))
            for path, methods in paths.items()
            for method in methods
            if method in ("get", "post", "put", "patch", "delete")
        ]


@pytest.mark.parametrize("name", [*HOUSES, CONSOLE])
def test_nothing_that_is_sent_breaks_or_holds_a_house(site: Stack, name: str) -> None:
    house = House(site, name)
    roles = [site.token(role, "Ana", centre="KUPANG").encode() for role in ("officer", "supervisor", "reviewer")]
    answers: dict[int, int] = {}
    wrong: list[str] = []
    for shot in shots(house.operations(), [b"", *roles], seed=sum(name.encode()), number=NUMBER):
        began = time.monotonic()
        answered, cost = house.cost(shot)
        if cost > MOST_SECONDS and all(status >= 400 for status in answered):
            # Something else of the house may have worked meanwhile: what costs, costs again.
            cost = min(cost, house.cost(shot)[1], house.cost(shot)[1])
            if cost > MOST_SECONDS:
                wrong.append(f"{cost:.2f} s of processor time: {shot.said}")
        if any(status >= 500 for status in answered) or not (answered or shot.broken):
            wrong.append(f"{answered or 'no answer'}: {shot.said}")
        if time.monotonic() - began > 9:
            wrong.append(f"{time.monotonic() - began:.0f} s: {shot.said}")
        for status in answered:
            answers[status] = answers.get(status, 0) + 1
    print(name, sorted(answers.items()))
    assert not wrong, "\n".join(wrong)
    assert httpx.get(house.url + "/livez", timeout=5).status_code == 200
    assert {one.pid for one in psutil.Process(site.supervisor.pid(house.program)).children()} <= house.alive, (
        "one ended"
    )
