"""The front door of a house, with real processes: what it carries, how it stops, and what it says when it cannot."""

import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deploy.local import ports
from shared import clock
from shared.documents.mongo import Database
from shared.events import dead_letters, outbox
from shared.events.bus import Sender
from shared.events.envelope import to_wire
from shared.ids import new as new_id
from shared.jobs import Jobs
from tests.support import today
from tests.support.bakery import Bakery, an_event, until
from tests.support.bakery_house import EFFECTS, KNOWN

ROOT = Path(__file__).parent.parent.parent

Environ = dict[str, str]


@pytest.fixture
def environ(stack: Any, topic: str, tmp_path: Path) -> Callable[..., Environ]:
    """The environment of one of the two houses."""

    def of(role: str, database: Database, **more: str) -> Environ:
        login = stack.credentials({"bakery": "registry", "kitchen": "matching"}[role])
        return {
            **os.environ,
            "ROLE": role,
            "LOAVES_TOPIC": topic,
            "CONTRACTS": str(tmp_path),
            "LUMBUNG_ENV": "development",
            "LUMBUNG_CLOCK_FILE": str(today.CLOCK_FILE),
            "MONGODB_URI": stack.mongodb_admin_uri,
            "MONGODB_DATABASE": database.name,
            "KAFKA_BOOTSTRAP": stack.bootstrap,
            "KAFKA_USERNAME": login.username,
            "KAFKA_PASSWORD": login.password,
            "HTTP_PORT": "1",
            "OIDC_JWKS": "none",
            **more,
        }

    return of


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.support.bakery_house", *arguments]


def _run(environ: Environ, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(_command(*arguments), env=environ, cwd=ROOT, capture_output=True, text=True, timeout=90)


@contextmanager
def _process(environ: Environ, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(_command(*arguments), env=environ, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    heard: list[str] = []
    assert process.stderr is not None
    stderr = process.stderr
    reader = threading.Thread(target=lambda: heard.extend(stderr), daemon=True)
    reader.start()
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(20)
        reader.join(5)


def _at_least(collection: Any, count: int) -> bool:
    return bool(collection.count_documents({}) >= count)


def test_work_carries_what_one_house_says_to_the_other(
    bakery: Bakery, kitchen: Database, environ: Callable[..., Environ]
) -> None:
    port = ports.free().registry
    baking = environ("bakery", bakery.database, WORK_PORT=str(port))
    with _process(baking, "work") as bakers, _process(environ("kitchen", kitchen), "work") as cooks:
        loaves = [bakery.bake() for _ in range(10)]
        until(lambda: kitchen.collection(KNOWN).count_documents({}) == len(loaves), seconds=60)
        Jobs(bakery.database).run_due({})
        bakery.database.run(lambda tx: Jobs(bakery.database).put(tx, "burn", "loaf", clock.now()))
        until(lambda: bakery.database.collection("burnt").count_documents({}) == 1)
        metrics = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
        assert "lumbung_outbox_oldest_age_seconds 0.0" in metrics
        assert 'lumbung_events_sent_total{topic="' in metrics
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5).status == 200
        for process in (bakers, cooks):
            process.send_signal(signal.SIGTERM)
        assert [process.wait(20) for process in (bakers, cooks)] == [0, 0]


def test_a_process_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing(
    bakery: Bakery, kitchen: Database, environ: Callable[..., Environ]
) -> None:
    done = threading.Event()
    versions: dict[str, int] = {}

    def keep_baking() -> None:
        while not done.is_set():
            loaf = bakery.rename(bakery.bake(), "roti bakar")
            versions[loaf["_id"]] = loaf["version"]

    baker = threading.Thread(target=keep_baking, daemon=True)
    baker.start()
    known = kitchen.collection(KNOWN)
    for turn in range(1, 4):
        with _process(environ("bakery", bakery.database), "work"), _process(environ("kitchen", kitchen), "work"):
            # Killed in the middle of it: leaving the block is a kill -9.
            until(partial(_at_least, known, 10 * turn), seconds=90)
    done.set()
    baker.join(20)
    with _process(environ("bakery", bakery.database), "work"), _process(environ("kitchen", kitchen), "work"):
        until(lambda: {row["_id"]: row["version"] for row in known.find()} == versions, seconds=90)
    effects = {row["_id"] for row in kitchen.collection(EFFECTS).find()}
    assert {f"{id}/{version}" for id, version in versions.items()} <= effects
    assert kitchen.collection(dead_letters.COLLECTION).count_documents({}) == 0


def test_one_task_runs_alone_when_asked_for(bakery: Bakery, kitchen: Database, environ: Callable[..., Environ]) -> None:
    nothing = _run(environ("kitchen", kitchen), "work", "--only", "relay")
    assert (nothing.returncode, "has no relay" in nothing.stderr) == (2, True)
    with _process(environ("bakery", bakery.database), "work", "--only", "relay"):
        bakery.database.run(lambda tx: Jobs(bakery.database).put(tx, "burn", "loaf", clock.now()))
        bakery.bake()
        until(lambda: outbox.waiting(bakery.database) == [], seconds=60)
    assert bakery.database.collection("burnt").count_documents({}) == 0


def test_a_task_that_dies_takes_the_process_with_it_and_says_why(
    bakery: Bakery, environ: Callable[..., Environ], stack: Any
) -> None:
    stranger = stack.credentials("training")
    without_rights = environ(
        "bakery", bakery.database, KAFKA_USERNAME=stranger.username, KAFKA_PASSWORD=stranger.password
    )
    said = _run(without_rights, "work")
    assert said.returncode == 1
    assert "relay stopped: Kafka does not let training do what its house needs: WRITE on" in said.stderr
    assert "Traceback" not in said.stderr


def test_rebuild_mends_and_verify_tells(
    kitchen: Database, environ: Callable[..., Environ], connect: Any, topic: str
) -> None:
    sender: Sender = connect()
    keys = [new_id() for _ in range(5)]
    sender.send([to_wire(an_event(topic, key, 1)) for key in keys])
    sender.close()
    kitchen_environ = environ("kitchen", kitchen)
    mended = _run(kitchen_environ, "rebuild")
    assert (mended.returncode, mended.stdout) == (0, f"{KNOWN}: 5 documents written, 0 removed\n")
    equal = _run(kitchen_environ, "rebuild", "--verify")
    assert equal.returncode == 0
    live, rebuilt = equal.stdout.splitlines()
    assert live.split("sha256")[1] == rebuilt.split("sha256")[1]


def test_announce_puts_everything_into_the_outbox_again(bakery: Bakery, environ: Callable[..., Environ]) -> None:
    loaf, gone = bakery.rename(bakery.bake(), "roti bakar"), bakery.eat(bakery.bake())
    bakery.database.collection(outbox.COLLECTION).delete_many({})
    said = _run(environ("bakery", bakery.database), "announce")
    assert (said.returncode, "2 told again" in said.stdout) == (0, True)
    told = {(event.key, event.version, event.data is None) for event in outbox.waiting(bakery.database)}
    assert told == {(loaf["_id"], 2, False), (gone["_id"], 2, True)}


def test_replay_handles_dead_letters_and_tells_what_remains(
    kitchen: Database, environ: Callable[..., Environ], topic: str
) -> None:
    letters = dead_letters.DeadLetters(kitchen)
    good, bad = to_wire(an_event(topic, new_id(), 1)), to_wire(an_event(topic, new_id(), 1, colour="brown"))
    letters.put(good, ValueError("before the fix"))
    kitchen.collection(dead_letters.COLLECTION).update_one({}, {"$set": {"at": clock.wall() - timedelta(days=1)}})
    said = _run(environ("kitchen", kitchen), "replay", "--reset-fuse")
    assert (said.returncode, said.stdout) == (0, "1 records handled, 0 remain.\n")
    assert kitchen.collection(KNOWN).count_documents({}) == 1
    letters.put(type(bad)(bad.topic, bad.key, b"{}", bad.headers), ValueError("still broken"))
    said = _run(environ("kitchen", kitchen), "replay")
    assert (said.returncode, said.stdout) == (1, "0 records handled, 1 remain.\n")


def test_a_record_is_replayed_or_discarded_by_its_id_and_the_reason_outlives_it(
    kitchen: Database, environ: Callable[..., Environ], topic: str
) -> None:
    letters, cook = dead_letters.DeadLetters(kitchen), environ("kitchen", kitchen)
    good, bad = (replace(to_wire(an_event(topic, new_id(), 1)), partition=0, offset=number) for number in (1, 2))
    for record in (good, replace(bad, value=b"{}")):
        letters.put(record, ValueError("broken"))
    said = _run(cook, "replay", f"{topic}/0/7")
    assert (said.returncode, said.stderr) == (1, f"matching has not set aside {topic}/0/7.\n")
    said = _run(cook, "replay", good.place)
    assert (said.returncode, said.stdout) == (0, "1 records handled, 0 remain.\n")
    said = _run(cook, "discard", bad.place, "--reason", " ", "--by", "Maria")
    assert (said.returncode, letters.count()) == (2, 1)
    said = _run(cook, "discard", bad.place, "--reason", "a test of ours", "--by", "Maria")
    assert (said.returncode, letters.count()) == (0, 0)
    (kept,) = kitchen.collection(dead_letters.DISCARDED).find()
    assert (kept["discarded"]["reason"], kept["discarded"]["by"]) == ("a test of ours", "Maria")
    assert kept["set_aside"]["reason"] == "ValueError: broken"
    assert "record" not in kept
    assert _run(cook, "discard", bad.place, "--reason", "again", "--by", "Maria").returncode == 1
    kitchen.run(lambda tx: dead_letters.forget(tx, [an_event(topic, kept["key"], 2, tombstone=True)]))
    assert kitchen.collection(dead_letters.DISCARDED).count_documents({}) == 0


def test_what_is_missing_is_said_in_one_sentence(kitchen: Database, environ: Callable[..., Environ]) -> None:
    incomplete = environ("kitchen", kitchen)
    del incomplete["KAFKA_BOOTSTRAP"]
    said = _run(incomplete, "work")
    assert (said.returncode, said.stderr) == (
        2,
        "KAFKA_BOOTSTRAP is not set. For example: KAFKA_BOOTSTRAP=127.0.0.1:9092\n",
    )
    nobody = environ("kitchen", kitchen, MONGODB_URI="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200")
    said = _run(nobody, "announce")
    assert said.returncode == 1
    assert said.stderr.startswith("MongoDB (") and said.stderr.count("\n") == 1
