"""What takes Kafka seconds instead of milliseconds: members that die, and erased data that leaves the log."""

import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kafka.admin import KafkaAdminClient

from shared.documents.mongo import Database
from shared.events import contracts
from shared.events.bus import Reader, Sender
from shared.events.envelope import Record, to_wire
from shared.ids import new as new_id
from tests.conftest import MakeTopic
from tests.support.bakery import an_event, broker_of, until, write_contract
from tests.support.bakery_house import EFFECTS, KNOWN

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def send(stack: Any) -> Iterator[Callable[[list[Record]], None]]:
    """Sends records as the superuser."""
    sender = Sender(broker_of(stack, "admin"), f"test.{uuid.uuid4().hex[:12]}.relay")
    yield sender.send
    sender.close()


def _member(stack: Any, topic: str, folder: Path, database: Database) -> "subprocess.Popen[bytes]":
    login = stack.credentials("matching")
    environ = {
        "PATH": "/usr/bin:/bin",
        "ROLE": "kitchen",
        "LOAVES_TOPIC": topic,
        "CONTRACTS": str(folder),
        "LUMBUNG_ENV": "development",
        "MONGODB_URI": stack.mongodb_admin_uri,
        "MONGODB_DATABASE": database.name,
        "KAFKA_BOOTSTRAP": stack.bootstrap,
        "KAFKA_USERNAME": login.username,
        "KAFKA_PASSWORD": login.password,
        "HTTP_PORT": "1",
        "OIDC_JWKS": "none",
    }
    command = [sys.executable, "-m", "tests.support.bakery_house", "work", "--only", "listener"]
    return subprocess.Popen(command, env=environ, cwd=ROOT)


def _members_of(stack: Any, group: str) -> int:
    """How many listen, by the broker's own account."""
    admin = KafkaAdminClient(**broker_of(stack, "admin").options("test.members"))
    try:
        return len(admin.describe_groups([group])[group]["members"])
    finally:
        admin.close()


def test_two_members_share_the_work_and_one_takes_over_when_the_other_is_killed(
    stack: Any,
    database: Database,
    fresh_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    send: Callable[[list[Record]], None],
) -> None:
    topic = fresh_topic(listeners=["matching"])
    write_contract(tmp_path, topic)
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    said: dict[str, int] = {}
    done = threading.Event()

    def keep_talking() -> None:
        while not done.wait(0.1):
            keys = [new_id() for _ in range(5)]
            for version in (1, 2):
                send([to_wire(an_event(topic, key, version)) for key in keys])
            said.update(dict.fromkeys(keys, 2))

    known, effects = database.collection(KNOWN), database.collection(EFFECTS)
    members = [_member(stack, topic, tmp_path, database) for _ in range(2)]
    talker = threading.Thread(target=keep_talking, daemon=True)
    try:
        talker.start()
        until(lambda: known.count_documents({}) > 20, seconds=90)
        members[0].send_signal(signal.SIGKILL)
        members[0].wait(10)
        at_the_death = known.count_documents({})
        # The survivor gets the partitions when the session of the dead one has run out.
        until(lambda: known.count_documents({}) > at_the_death + 50, seconds=90)
        members.append(_member(stack, topic, tmp_path, database))
        done.set()
        talker.join(30)
        until(lambda: {row["_id"]: row["version"] for row in known.find()} == said, seconds=120)
        # The survivor alone may have heard everything while the new one still starts: who starts cannot end in order.
        until(lambda: _members_of(stack, "lumbung.matching") == 2, seconds=90)
        for member in members[1:]:
            member.send_signal(signal.SIGTERM)
        assert [member.wait(30) for member in members[1:]] == [0, 0]
    finally:
        done.set()
        for member in members:
            member.kill()
    # An effect is an insert: one that was doubled would have stopped its partition.
    ends = {row["_id"] for row in effects.find() if row["_id"].endswith("/2")}
    assert ends == {f"{key}/2" for key in said}


def test_what_was_erased_leaves_the_log(
    stack: Any, fresh_topic: MakeTopic, send: Callable[[list[Record]], None]
) -> None:
    topic = fresh_topic(
        partitions=1,
        cleanup_policy="compact",
        segment_ms="1000",
        min_cleanable_dirty_ratio="0.01",
        max_compaction_lag_ms="1000",
        delete_retention_ms="1000",
    )
    erased, kept = new_id(), new_id()
    send([to_wire(an_event(topic, erased, 1, name="a secret recipe")), to_wire(an_event(topic, kept, 1))])
    send([to_wire(an_event(topic, erased, 2, tombstone=True))])

    def a_new_segment_was_cleaned() -> bool:
        # A segment is cleaned only after another one was begun, and each record may begin one.
        send([to_wire(an_event(topic, kept, 2))])
        return all(record.key != erased.encode() for record in _everything(stack, topic))

    until(a_new_segment_was_cleaned, seconds=120)
    remaining = _everything(stack, topic)
    assert all(b"secret" not in (record.value or b"") for record in remaining)
    assert any(record.key == kept.encode() for record in remaining)


def _everything(stack: Any, topic: str) -> list[Record]:
    reader = Reader(broker_of(stack, "admin"), [topic], group=None)
    try:
        ends = reader.ends(reader.partitions)
        records: list[Record] = []
        while any(reader.position(one) < end for one, end in ends.items()):
            for found in reader.poll(0.2).values():
                records += found
        return records
    finally:
        reader.close()
