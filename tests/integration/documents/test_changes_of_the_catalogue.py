"""How web workers learn what changed in the catalogue: every number once, whichever rows they are written in."""

from functools import partial

import pytest

from services.matching.store import changes, read_models
from shared import clock
from shared.documents.mongo import Database
from shared.events.envelope import Event


def an_event(key: str) -> Event:
    return Event("training.batches.v1", key, "training.batch.told", 1, "/lumbung/training", key, clock.now(), None, {})


@pytest.fixture
def noted(database: Database) -> Database:
    """Two transactions of three and two changes, after one of a version that wrote a row for each."""
    database.run(lambda tx: tx.collection(changes.SEQUENCE).insert_one({"_id": "catalogue", "head": 1, "by": {}}))
    old = {"_id": 1, "collection": read_models.COURSES, "key": "a"}
    database.run(lambda tx: tx.collection(changes.CHANGES).insert_one(old))
    for keys in ("bcd", "ef"):
        database.run(partial(changes.note, read_models.BATCHES, events=[an_event(key) for key in keys]))
    return database


@pytest.mark.parametrize(("after", "head", "keys"), [(0, 6, "abcdef"), (1, 4, "bcd"), (1, 6, "bcdef"), (4, 6, "ef")])
def test_a_worker_learns_every_change_since_it_looked(noted: Database, after: int, head: int, keys: str) -> None:
    found = changes.between(noted, after, head)
    assert found is not None
    assert [(one.number, one.key) for one in found] == list(enumerate(keys, after + 1))
    assert changes.head(noted).number == 6


def test_changes_that_are_no_longer_kept_are_none(noted: Database) -> None:
    noted.run(lambda tx: tx.collection(changes.CHANGES).delete_many({"_id": 4}))
    assert changes.between(noted, 0, 6) is None
    assert [one.key for one in changes.between(noted, 4, 6) or ()] == ["e", "f"]
