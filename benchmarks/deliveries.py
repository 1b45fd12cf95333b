"""Do slow and dead partners cost the others anything? Run it before and after touching services/partners/outgoing.

    python -m benchmarks.deliveries                   10,000 deliveries a minute, 50 partners, 10 of them dead or slow
    python -m benchmarks.deliveries --seconds 120     for longer

The deliverer is a process of its own, as in production, on an embedded stack of its own; the receivers are another one.
Half of the bad partners refuse connections, half answer after twenty seconds. Prints, for the healthy ones, the seconds
from the moment at which this house heard of an event to its arrival, what was lost or came twice, and what the
deliverer itself cost, in shares of a core.
"""

import argparse
import json
import multiprocessing
import os
import tempfile
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil

from deploy.local import mongo, ports
from deploy.local.folders import Home
from deploy.local.houses import base_environment, command
from deploy.local.stack import Stack
from deploy.local.supervisor import Program
from services.partners.actions import organisations, subscriptions
from services.partners.actions.house import House
from services.partners.app import build_house
from services.partners.hears import hears
from services.partners.settings import Settings
from services.partners.store import SPECS
from shared import clock, ids
from shared.documents.mongo import Database
from shared.events.envelope import Event
from shared.events.hearing import Hearing
from shared.house import PLUMBING
from shared.http.callers import Caller
from shared.settings import read

PARTNERS, BAD = 50, 10
SLOW_SECONDS = 20.0
PROMISE_SECONDS = 2.0
EXAMPLE = Path(__file__).resolve().parent.parent / "shared" / "contracts" / "training" / "courses.v1.good.json"
MANAGER = Caller(id="benchmark", kind="manager", scopes=frozenset({"partners:write"}))


def main() -> None:
    """Start what is needed, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--deliveries", type=int, default=10_000, help="a minute, over all partners")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
        with Stack(home=Home(Path(folder) / "home"), ports=ports.free(), throw_away=True) as stack:
            stack.start_engines()
            measure(stack, seconds=options.seconds, events=options.deliveries * options.seconds // 60 // PARTNERS)


def measure(stack: Stack, *, seconds: int, events: int) -> None:
    """Subscribe, tell events at an even pace, wait for the last, print."""
    settings = read(Settings, stack.environment("partners"))
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    database.ensure([*PLUMBING, *SPECS])
    rooms = build_house(settings, database)
    arrived: Any = multiprocessing.get_context("spawn").Queue()
    told: Any = multiprocessing.get_context("spawn").Queue()
    receivers = multiprocessing.get_context("spawn").Process(target=receive, args=(told, arrived), daemon=True)
    receivers.start()
    port = told.get(timeout=30)
    for number in range(PARTNERS):
        subscribe(rooms, number, url_of(number, port))
    stack.supervisor.start(
        [
            Program(
                name="deliveries",
                command=command("partners", "work", "--only", "deliveries"),
                environment={**base_environment(), **stack.environment("partners")},
                folder=Path.cwd(),
                port=None,
                ready=lambda: True,
            )
        ],
        seconds=60,
    )
    time.sleep(3)
    (process,) = [psutil.Process(one.pid) for one in stack.supervisor.running() if one.name == "deliveries"]
    before, began = sum(process.cpu_times()[:2]), time.monotonic()
    tell(Hearing(database, hears(rooms)), events, seconds)
    healthy = PARTNERS - BAD
    found = collect(arrived, events * healthy, seconds=60)
    cost = (sum(process.cpu_times()[:2]) - before) / (time.monotonic() - began)
    receivers.kill()
    report(stack.engine, found, events * healthy, cost)


def url_of(number: int, port: int) -> str:
    """The first ten are bad: every second one refuses, the others dawdle."""
    if number >= BAD:
        return f"http://127.0.0.1:{port}/{number}"
    return f"http://127.0.0.1:{port}/slow/{number}" if number % 2 else f"http://127.0.0.1:1/{number}"


def subscribe(rooms: House, number: int, url: str) -> None:
    agreed = {"code": f"mitra-{number}", "name": "Mitra", "kind": "PROVINCE", "legal_basis": "uji", "contact": "a@b.id"}
    free = {"event_types": [], "regions": [], "payload_level": "MINIMAL"}
    wanted = {**agreed, **free, "provider_id": None, "valid_until": None, "status": "ACTIVE"}
    organisation = organisations.register(MANAGER, rooms, wanted)
    subscriptions.create(MANAGER, rooms, {**free, "url": url, "note": None, "organisation_id": organisation["_id"]})


def tell(hearing: Hearing, events: int, seconds: int) -> None:
    """Courses that are approved, at an even pace."""
    course = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    topic = "training.courses.v1"
    example = Event(topic, "", "training.course.approved", 1, "/lumbung/training", "", clock.now(), None, None)
    began = time.monotonic()
    for number in range(events):
        time.sleep(max(began + number * seconds / events - time.monotonic(), 0))
        id = ids.new()
        event = replace(example, key=id, id=ids.new(), time=clock.now(), data={**course, "id": id, "version": 1})
        hearing.apply([event])


def receive(told: Any, arrived: Any) -> None:
    """A process with all endpoints; what arrives goes into the queue as (partner, webhook-id, seconds after)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            late = time.time() - datetime.fromisoformat(body["time"]).timestamp()
            if self.path.startswith("/slow/"):
                time.sleep(SLOW_SECONDS)
            else:
                arrived.put((self.path, self.headers["webhook-id"], late))
            try:
                self.send_response(204)
                self.end_headers()
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            return

    class Server(ThreadingHTTPServer):
        request_queue_size = 256
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    told.put(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Event().wait()


def collect(arrived: Any, expected: int, *, seconds: float) -> list[tuple[str, str, float]]:
    """All arrivals, until each expected one is there or nothing has come for so long."""
    found: list[tuple[str, str, float]] = []
    seen: set[tuple[str, str]] = set()
    while len(seen) < expected:
        try:
            one = arrived.get(timeout=seconds)
        except Exception:
            return found
        found.append(one)
        seen.add(one[:2])
    return found


def report(engine: mongo.Engine, found: list[tuple[str, str, float]], expected: int, cost: float) -> None:
    """The figures, and whether the promise holds."""
    late = sorted(seconds for _, _, seconds in found)
    times = Counter((path, id) for path, id, _ in found)
    if not late:
        print("nothing arrived")
        return
    quantiles = {name: late[min(int(share * len(late)), len(late) - 1)] for name, share in SHARES.items()}
    print(f"{engine.label}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{PARTNERS} partners, {BAD} of them dead or slow; {expected} deliveries to the others")
    print("seconds from hearing to arrival: " + ", ".join(f"{name} {value:.2f}" for name, value in quantiles.items()))
    print(f"lost {expected - len(times)}, came again {sum(count - 1 for count in times.values())}")
    print(f"the deliverer took {cost:.0%} of a core")
    holds = quantiles["p95"] < PROMISE_SECONDS and len(times) == expected
    print(f"p95 under {PROMISE_SECONDS:.0f} s and nothing lost: {'holds' if holds else 'DOES NOT HOLD'}")


SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}

if __name__ == "__main__":
    main()
