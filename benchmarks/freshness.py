"""How long after a person is registered does matching advise them? Run it before and after touching the way between.

    python -m benchmarks.freshness                  200 people, one after the other, on an embedded stack of its own
    python -m benchmarks.freshness --people 1000    more of them
    python -m benchmarks.freshness --running        on the Lumbung that runs here (make run); leaves its people there

The demo's courses, orders and laws are published first. Prints, in milliseconds: the registration itself; from its
acknowledgement until a recommendation with that version is served; a recommendation that has nothing to wait for. Then
what every process costs while nobody asks, in shares of a core.
"""

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from deploy.demo import inputs, publishing, story
from deploy.demo.visitors import Answer, Visitors
from deploy.local import ports, state
from deploy.local.command.sites import running_site
from deploy.local.folders import Home
from deploy.local.site import Site
from deploy.local.stack import Stack
from shared import clock

IDLE_SECONDS = 10.0
PROMISE_MS = 1000


def main() -> None:
    """Start or find a site, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--running", action="store_true", help="use what runs here instead of a stack of its own")
    options = parser.parse_args()
    logging.getLogger("shared.http.tokens").setLevel(logging.ERROR)  # it warns of every development token
    with a_site(running=options.running) as (site, processes):
        clock.follow(site.home.clock)
        print(f"{site.engine.label}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        measured = journeys(site, options.people)
        print(f"\n{'milliseconds':<44}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}")
        for what, times in measured.items():
            print(f"{what:<44}" + "".join(f"{value:>8.0f}" for value in quantiles(times)))
        fresh = measured[FRESH]
        within = sum(1 for value in fresh if value < PROMISE_MS) / len(fresh)
        print(f"\nadvised within {PROMISE_MS} ms of the registration: {within:.1%} of {len(fresh)}")
        print("\nidle, percent of a core")
        for name, share in idle(processes).items():
            print(f"{name:<44}{share:>8.1%}")


REGISTERED = "registered"
FRESH = "acknowledged -> advised at that version"
WARM = "advised again, nothing to wait for"


@contextmanager
def a_site(*, running: bool) -> Iterator[tuple[Site, Mapping[str, int]]]:
    """A Lumbung with the demo's files published, and its processes by name."""
    if running:
        site = running_site()
        found = state.read(site.home)
        yield site, {process.name: process.pid for process in found.processes} if found else {}
        return
    with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
        with Stack(home=Home(Path(folder) / "home"), ports=ports.free(), throw_away=True) as stack:
            stack.start_engines()
            stack.start_houses()
            clock.follow(stack.home.clock)
            files = inputs.prepare(inputs.OWN, Path(folder) / "input", today=clock.today())
            publishing.publish(Visitors(stack), files, print)
            yield stack, {one.name: one.pid for one in stack.supervisor.running() if one.pid is not None}


def journeys(site: Site, people: int) -> dict[str, list[float]]:
    """Register and advise so many people; the times in milliseconds by what they are of."""
    token = site.token("officer", "Ana Petugas", centre="KUPANG")
    headers = {"Authorization": f"Bearer {token}"}
    registry = httpx.Client(base_url=site.url("registry"), headers=headers, timeout=60, trust_env=False)
    matching = httpx.Client(base_url=site.url("matching"), headers=headers, timeout=60, trust_env=False)
    measured: dict[str, list[float]] = {REGISTERED: [], FRESH: [], WARM: []}
    with registry, matching:
        for number in range(people + 1):
            began = time.perf_counter()
            person: Answer = registry.post("/v1/candidates", json=story.somebody_new()).raise_for_status().json()
            registered = time.perf_counter()
            path = f"/v1/candidates/{person['id']}/recommendations"
            query = {"min_candidate_version": person["version"], "wait": 10}
            matching.get(path, params=query).raise_for_status()
            advised = time.perf_counter()
            matching.get(path, params=query).raise_for_status()
            again = time.perf_counter()
            if number:  # the first one pays for connections and for what is loaded on first use
                measured[REGISTERED].append((registered - began) * 1000)
                measured[FRESH].append((advised - registered) * 1000)
                measured[WARM].append((again - advised) * 1000)
    return measured


def quantiles(times: Sequence[float]) -> tuple[float, float, float, float]:
    """p50, p95, p99 and the maximum; each the smallest time that so many do not exceed."""
    ordered = sorted(times)
    p50, p95, p99 = (ordered[max(0, -(-len(ordered) * part // 100) - 1)] for part in (50, 95, 99))
    return p50, p95, p99, ordered[-1]


def idle(processes: Mapping[str, int]) -> dict[str, float]:
    """Processor time that each process and its children take while nobody asks, as a share of a core."""
    before = {name: used(pid) for name, pid in processes.items()}
    time.sleep(IDLE_SECONDS)
    return {name: (used(pid) - before[name]) / IDLE_SECONDS for name, pid in processes.items()}


def used(pid: int) -> float:
    """Seconds of processor time of a process and its children so far."""
    process = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))


if __name__ == "__main__":
    main()
