"""Each process is stopped (SIGSTOP) in the middle of the work: it lives and answers nobody. All comes back by itself.

A stopped server accepts connections, because the kernel does that for it, and then says nothing: what a locked-up
database or a broker in trouble looks like from outside.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from deploy.demo.visitors import Visitors
from deploy.local.stack import Stack
from deploy.local.supervisor import SILENT_SECONDS
from shared.documents.mongo import FOR_REQUESTS_SECONDS
from tests.deep.test_any_process import Officers, _is_back, _rebuilt_the_same
from tests.e2e.world import World, day
from tests.support.bakery import until
from tests.support.engines import a_stack

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(1200)]

LONGEST = SILENT_SECONDS + FOR_REQUESTS_SECONDS
"""Seconds of the slowest request: until the supervisor ends whoever is silent, and then one operation's deadline.

A request that takes longer hangs on something that has no deadline.
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Stack]:
    """All of Lumbung for this test alone."""
    with a_stack(tmp_path) as running:
        running.start_engines()
        running.start_houses()
        yield running


class Watch:
    """Asks all houses for their life and readiness all the time, and keeps the longest wait."""

    def __init__(self, site: Stack) -> None:
        self._site = site
        self.longest: dict[str, float] = {}
        self.codes: set[int] = set()
        self.unready = threading.Event()

    def look(self, stopping: threading.Event) -> None:
        with httpx.Client(timeout=60, trust_env=False) as client:
            while not stopping.is_set():
                for house, url in self._site.urls.items():
                    for path in ("/livez", "/readyz"):
                        began = time.monotonic()
                        with contextlib.suppress(httpx.TransportError):
                            code = client.get(url + path).status_code
                            self.codes.add(code)
                            if path == "/readyz" and code == 503:
                                self.unready.set()
                        took = time.monotonic() - began
                        self.longest[house + path] = max(self.longest.get(house + path, 0.0), took)
                stopping.wait(0.2)


def test_a_process_that_answers_nobody_is_replaced_and_nothing_is_lost(site: Stack) -> None:
    world = World(Visitors(site))
    batch = world.a_batch(world.course, starts=day(30), ends=day(60), closes=day(20), seats=500)
    officers, watch, stopping = Officers(site, batch["id"]), Watch(site), threading.Event()
    threads = [
        threading.Thread(target=officers.work, args=(stopping, "Officer 0"), daemon=True),
        threading.Thread(target=watch.look, args=(stopping,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    for victim in [running.name for running in site.supervisor.running()]:
        officers.go_on()
        watch.unready.clear()
        stopped = site.supervisor.pid(victim)
        os.killpg(stopped, signal.SIGSTOP)  # with its workers, which would answer on
        began = time.monotonic()
        until(partial(_is_back, site, victim, stopped), seconds=120)
        assert time.monotonic() - began < 90, victim
        if victim == "mongodb":
            assert watch.unready.is_set(), "no house noticed that its database was silent"
    officers.go_on()
    stopping.set()
    for thread in threads:
        thread.join(150)

    assert officers.failures == []
    assert watch.codes <= {200, 503}
    assert {where: took for where, took in watch.longest.items() if took > LONGEST} == {}
    assert world.provider.get(f"/v1/batches/{batch['id']}")["taken"] == len(officers.referred)
    until(lambda: _rebuilt_the_same(site), seconds=120)
