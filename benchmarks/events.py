"""How long until the other houses know? Prints idle load, write to read model, a burst, an announcement and a rebuild.

    python -m benchmarks.events [--writes 200] [--burst 2000]

Two small houses as processes of their own on an embedded stack in a throw-away folder: one writes (outbox, relay), the
other hears (listener, projection, one more document in the same transaction). Shares of a core are processor time.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from deploy import broker
from deploy.local import ports
from deploy.local.folders import ROOT, Home
from deploy.local.stack import Stack
from deploy.topics import Right
from shared.documents.mongo import Database, Tx
from shared.events import contracts, outbox
from shared.ids import new as new_id
from tests.support.bakery import Bakery, write_contract
from tests.support.bakery_house import KNOWN

TOPIC = "bench.loaves.v1"
IDLE_SECONDS = 10.0


def main() -> None:
    """Start, measure, print, stop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writes", type=int, default=200)
    parser.add_argument("--burst", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        stack = closing.enter_context(Stack(home=Home(Path(folder) / "lumbung"), ports=ports.free(), throw_away=True))
        stack.start_engines()
        print(f"{stack.engine.label}, Apache Kafka, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        _make_topic(stack)
        contracts.FOLDER = Path(folder)
        write_contract(contracts.FOLDER, TOPIC)
        bakery = Bakery.at(Database(stack.mongodb_admin_uri, "bench_bakery"), TOPIC)
        kitchen = Database(stack.mongodb_admin_uri, "bench_kitchen")
        houses = {"relay": ("bakery", "registry", "bench_bakery"), "listener": ("kitchen", "matching", "bench_kitchen")}
        environs = {name: _environ(stack, *house) for name, house in houses.items()}
        with _processes(environs) as running:
            first = bakery.bake()
            _until(partial(_knows, kitchen, first["_id"]), 60)
            _idle(stack, running)
            _one_by_one(bakery, kitchen, options.writes)
            _burst(bakery, kitchen, options.burst)
            _timed("announce", lambda: _command(environs["relay"], "announce"))
            _until(lambda: not outbox.waiting(bakery.database), 600)
            _timed("rebuild of a read model that was dropped", lambda: _rebuild(kitchen, environs["listener"]))
            _timed("rebuild --verify", lambda: _command(environs["listener"], "rebuild", "--verify"))


def _make_topic(stack: Stack) -> None:
    with broker.connected(stack.kafka_admin) as client:
        client.create_topics({TOPIC: {"num_partitions": 6, "replication_factor": 1}}, wait_for_metadata=True)
        broker.allow(client, [Right("registry", "TOPIC", TOPIC, "WRITE"), Right("matching", "TOPIC", TOPIC, "READ")])


def _environ(stack: Stack, role: str, principal: str, database: str) -> dict[str, str]:
    login = stack.credentials(principal)
    return {
        **os.environ,
        "ROLE": role,
        "LOAVES_TOPIC": TOPIC,
        "CONTRACTS": str(contracts.FOLDER),
        "LUMBUNG_ENV": "development",
        "LUMBUNG_LOG_LEVEL": "WARNING",
        "MONGODB_URI": stack.mongodb_admin_uri,
        "MONGODB_DATABASE": database,
        "KAFKA_BOOTSTRAP": stack.bootstrap,
        "KAFKA_USERNAME": login.username,
        "KAFKA_PASSWORD": login.password,
        "HTTP_PORT": "1",
        "OIDC_JWKS": "none",
    }


def _line(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.support.bakery_house", *arguments]


def _command(environ: Mapping[str, str], *arguments: str) -> None:
    subprocess.run(_line(*arguments), env=environ, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _processes(environs: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, int]]:
    started = {name: subprocess.Popen(_line("work"), env=environ, cwd=ROOT) for name, environ in environs.items()}
    try:
        yield {name: process.pid for name, process in started.items()}
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            process.wait(30)


def _idle(stack: Stack, running: Mapping[str, int]) -> None:
    engines = {one.name: one.pid for one in stack.supervisor.running() if one.pid is not None}
    every = {name: psutil.Process(pid) for name, pid in {**running, **engines}.items()}
    before = {name: _busy(process) for name, process in every.items()}
    time.sleep(IDLE_SECONDS)
    shares = {name: (_busy(process) - before[name]) / IDLE_SECONDS for name, process in every.items()}
    print("idle, share of a core: " + ", ".join(f"{name} {share:.1%}" for name, share in shares.items()))


def _busy(process: psutil.Process) -> float:
    every = [process, *process.children(recursive=True)]
    return float(sum(sum(one.cpu_times()[:2]) for one in every))


def _one_by_one(bakery: Bakery, kitchen: Database, writes: int) -> None:
    written, visible = [], []
    for _ in range(writes):
        began = time.perf_counter()
        loaf = bakery.bake()
        acknowledged = time.perf_counter()
        _until(partial(_knows, kitchen, loaf["_id"]), 60)
        written.append(acknowledged - began)
        visible.append(time.perf_counter() - acknowledged)
        time.sleep(random.random() * 0.3)  # so that writes do not fall into step with the relay
    print(f"{writes} writes, each:      {_percentiles(written)}")
    print(f"then known elsewhere: {_percentiles(visible)}")


def _percentiles(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    places = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}
    return ", ".join(
        f"{name} {ordered[int(place * (len(ordered) - 1))] * 1000:.0f} ms" for name, place in places.items()
    )


def _burst(bakery: Bakery, kitchen: Database, writes: int) -> None:
    wanted = kitchen.collection(KNOWN).count_documents({}) + writes
    began = time.perf_counter()
    for start in range(0, writes, 50):
        bakery.database.run(partial(_bake, bakery, min(50, writes - start)))
    written = time.perf_counter()
    _until(lambda: kitchen.collection(KNOWN).count_documents({}) == wanted, 600)
    print(
        f"burst of {writes}: written in {written - began:.1f} s, all known {time.perf_counter() - written:.1f} s later"
    )


def _bake(bakery: Bakery, many: int, tx: Tx) -> None:
    for _ in range(many):
        bakery.loaves.create(tx, {"_id": new_id(), "name": "roti"}, type="bakery.loaf.baked")


def _rebuild(kitchen: Database, environ: Mapping[str, str]) -> None:
    kitchen.collection(KNOWN).drop()
    kitchen.collection("effects").drop()
    _command(environ, "rebuild")


def _timed(what: str, work: Callable[[], Any]) -> None:
    began = time.perf_counter()
    work()
    print(f"{what}: {time.perf_counter() - began:.1f} s")


def _knows(kitchen: Database, id: str) -> bool:
    return kitchen.collection(KNOWN).find_one({"_id": id}, {"_id": 1}) is not None


def _until(true: Callable[[], bool], seconds: float) -> None:
    deadline = time.perf_counter() + seconds
    while not true():
        if time.perf_counter() > deadline:
            raise TimeoutError("it did not happen in time")
        time.sleep(0.003)


if __name__ == "__main__":
    main()
