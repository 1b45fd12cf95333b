"""A tiny house for tests of the plumbing: it bakes loaves, and another house likes to know of them."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared import ids
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import Database, Document
from shared.events.broker import Broker
from shared.events.envelope import Event, schema_name
from shared.house import PLUMBING

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id", "version", "name"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "version": {"type": "integer", "minimum": 1},
        "name": {"type": "string", "maxLength": 200},
        "price": {"type": ["number", "null"]},
    },
}


def write_contract(folder: Path, topic: str, schema: Any = SCHEMA) -> None:
    """Put a contract where `shared.events.contracts` looks for it, below a folder of the test."""
    path = folder / schema_name(topic)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(schema))


def says(doc: Document) -> Document:
    """What others may know of a loaf: not its recipe."""
    return {"id": doc["_id"], "version": doc["version"], "name": doc["name"], "price": doc.get("price")}


@dataclass(frozen=True, slots=True)
class Bakery:
    """The owner of the loaves, with its own database."""

    database: Database
    topic: str
    loaves: Aggregates

    @classmethod
    def at(cls, database: Database, topic: str) -> "Bakery":
        """A bakery that is ready to bake."""
        database.ensure(PLUMBING)
        return cls(database, topic, Aggregates(database, "loaves", topic, says))

    def bake(self, name: str = "roti", id: str | None = None) -> Document:
        """A new loaf at version 1."""
        doc = {"_id": id or ids.new(), "name": name, "recipe": "secret"}
        return self.database.run(lambda tx: self.loaves.create(tx, doc, type="bakery.loaf.baked"))

    def rename(self, doc: Document, name: str) -> Document:
        """The next version."""
        return self.database.run(lambda tx: self.loaves.change(tx, {**doc, "name": name}, type="bakery.loaf.renamed"))

    def eat(self, doc: Document) -> Document:
        """Nothing is left but a stub, and a tombstone on the wire."""
        return self.database.run(lambda tx: self.loaves.erase(tx, doc["_id"], type="bakery.loaf.eaten"))

    def announce(self, id: str) -> bool:
        """The same version once more."""
        return self.database.run(lambda tx: self.loaves.announce(tx, id, type="bakery.loaf.announced"))


def an_event(topic: str, key: str, version: int, *, name: str = "roti", tombstone: bool = False, **more: Any) -> Event:
    """An event of the bakery, ready to be put on the wire or into a projection."""
    from shared import clock

    data = None if tombstone else {"id": key, "version": version, "name": name, **more}
    return Event(
        topic=topic,
        key=key,
        type="bakery.loaf.told",
        version=version,
        source="/lumbung/bakery",
        id=ids.new(),
        time=clock.now(),
        trace=None,
        data=data,
    )


def broker_of(stack: Any, who: str) -> Broker:
    """The broker as one principal sees it; "admin" may do everything."""
    login = stack.admin if who == "admin" else stack.credentials(who)
    return Broker(stack.bootstrap, login.username, login.password)


def until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something that happens in another thread or process; fails when it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def running(*tasks: Callable[[threading.Event], None]) -> Iterator[Sequence[BaseException]]:
    """Tasks of `work` in threads; stopped at the end. The list holds what they died of."""
    stopping = threading.Event()
    died: list[BaseException] = []

    def alone(task: Callable[[threading.Event], None]) -> None:
        try:
            task(stopping)
        except BaseException as error:
            died.append(error)

    threads = [threading.Thread(target=alone, args=(task,), daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    try:
        yield died
    finally:
        stopping.set()
        for thread in threads:
            thread.join(20)
            assert not thread.is_alive(), "a task did not stop"
