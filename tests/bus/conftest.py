"""A topic with its contract, a bakery that tells of its loaves, and a kitchen that hears of them, on real engines."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.documents.mongo import Database
from shared.events import contracts
from shared.events.bus import NotAllowed, Reader, Sender, check_rights
from shared.events.relay import Relay
from shared.house import PLUMBING
from tests.conftest import MakeTopic
from tests.support.bakery import Bakery, broker_of, until, write_contract


@pytest.fixture
def topic(stack: Any, fresh_topic: MakeTopic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A topic of this test alone; registry may say it, matching may hear it."""
    name = fresh_topic(owner="registry", listeners=["matching"])
    until(lambda: _may(stack, "registry", writes=[name]) and _may(stack, "matching", reads=[name]))
    write_contract(tmp_path, name)
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    return name


def _may(stack: Any, house: str, **what: list[str]) -> bool:
    # A broker on a busy machine needs a moment before it acts on a right that it has acknowledged.
    try:
        check_rights(broker_of(stack, house), **what)
    except NotAllowed:
        return False
    return True


@pytest.fixture
def bakery(database: Database, topic: str) -> Bakery:
    """The house that owns the loaves."""
    return Bakery.at(database, topic)


@pytest.fixture
def kitchen(stack: Any) -> Iterator[Database]:
    """The database of a house that hears of loaves."""
    fresh = Database(stack.mongodb_admin_uri, f"test_{uuid.uuid4().hex[:12]}")
    fresh.ensure(PLUMBING)
    yield fresh
    fresh.ensure([])  # ends what a killed process of the test has left open
    fresh.raw.client.drop_database(fresh.name)
    fresh.close()


@pytest.fixture
def transactional_id() -> str:
    """One relay's name; the superuser may use any."""
    return f"test.{uuid.uuid4().hex[:12]}.relay"


@pytest.fixture
def connect(stack: Any, transactional_id: str) -> Callable[[], Sender]:
    """Makes senders that fence each other."""
    return lambda: Sender(broker_of(stack, "admin"), transactional_id)


@pytest.fixture
def relay(bakery: Bakery, connect: Callable[[], Sender]) -> Iterator[Relay]:
    """The bakery's relay, to be stepped by hand."""
    one = Relay(bakery.database, connect)
    yield one
    one.close()


@pytest.fixture
def group() -> str:
    """A consumer group of this test alone."""
    return f"test.{uuid.uuid4().hex[:12]}"


@pytest.fixture
def read_all(stack: Any, topic: str) -> Callable[[], list[Any]]:
    """All committed records of the topic, by partition in the order of the log."""

    def read() -> list[Any]:
        reader = Reader(broker_of(stack, "admin"), [topic], group=None)
        try:
            ends = reader.ends(reader.partitions)
            records = []
            while any(reader.position(one) < end for one, end in ends.items()):
                for found in reader.poll(0.2).values():
                    records += found
            return records
        finally:
            reader.close()

    return read
