"""A change, its event and its receipt are kept together or not at all, whoever else writes at the same moment."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pymongo import ASCENDING, IndexModel
from pymongo.errors import AutoReconnect, DuplicateKeyError, WriteError

from shared import clock
from shared.documents import receipts, sessions
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import CollectionSpec, Database, Tx
from shared.documents.receipts import Receipt
from shared.events import contracts, outbox
from shared.events.contracts import Refused
from shared.ids import new as new_id
from tests.support.bakery import Bakery, write_contract


@pytest.fixture
def bakery(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bakery:
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    topic = f"bakery.{new_id()}"
    write_contract(tmp_path, topic)
    return Bakery.at(database, topic)


def _told(bakery: Bakery) -> list[tuple[str, int, bool]]:
    return [(event.type, event.version, event.data is None) for event in outbox.waiting(bakery.database)]


def test_a_new_document_has_version_1_and_tells_of_itself(bakery: Bakery) -> None:
    loaf = bakery.bake()
    assert loaf["version"] == 1 and loaf["created_at"] == loaf["updated_at"]
    assert bakery.loaves.load(loaf["_id"]) == loaf
    assert _told(bakery) == [("bakery.loaf.baked", 1, False)]


def test_each_change_counts_the_version_up_and_tells_of_it(bakery: Bakery) -> None:
    loaf = bakery.rename(bakery.rename(bakery.bake(), "a"), "b")
    assert (loaf["version"], loaf["name"]) == (3, "b")
    assert [version for _, version, _ in _told(bakery)] == [1, 2, 3]


def test_a_change_of_what_somebody_else_has_changed_is_stale_and_leaves_no_trace(bakery: Bakery) -> None:
    loaf = bakery.bake()
    bakery.rename(loaf, "first")
    with pytest.raises(StaleVersion) as stale:
        bakery.rename(loaf, "second")
    assert stale.value.current_version == 2
    stored = bakery.loaves.load(loaf["_id"])
    assert stored is not None and stored["name"] == "first"
    assert len(_told(bakery)) == 2


def test_changing_what_is_gone_says_so(bakery: Bakery) -> None:
    with pytest.raises(StaleVersion) as stale:
        bakery.rename({"_id": new_id(), "version": 4, "name": "x"}, "y")
    assert stale.value.current_version is None


def test_erasing_leaves_a_stub_and_a_tombstone_once(bakery: Bakery) -> None:
    loaf = bakery.bake()
    assert bakery.eat(loaf) == bakery.eat(loaf) == {"_id": loaf["_id"], "version": 2, "erased": True}
    assert _told(bakery) == [("bakery.loaf.baked", 1, False), ("bakery.loaf.eaten", 2, True)]
    with pytest.raises(KeyError):
        bakery.eat({"_id": new_id()})


def test_a_payload_that_breaks_the_contract_undoes_the_change(bakery: Bakery) -> None:
    loaf = bakery.bake()
    with pytest.raises(Refused):
        bakery.rename(loaf, "x" * 201)
    assert bakery.loaves.load(loaf["_id"]) == loaf
    assert len(_told(bakery)) == 1


def test_a_payload_that_kafka_would_not_take_undoes_the_change(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "LARGEST", 100)
    with pytest.raises(Refused, match="bytes"):
        bakery.bake("x" * 150)
    assert bakery.database.collection("loaves").count_documents({}) == 0


def test_many_writers_of_one_document_lose_no_change(bakery: Bakery) -> None:
    loaf = bakery.bake()

    def slice_off(tx: Tx) -> None:
        now = bakery.loaves.load(loaf["_id"], tx)
        assert now is not None
        bakery.loaves.change(tx, {**now, "slices": now.get("slices", 0) + 1}, type="bakery.loaf.sliced")

    writers = [threading.Thread(target=lambda: [bakery.database.run(slice_off) for _ in range(5)]) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stored = bakery.loaves.load(loaf["_id"])
    assert stored is not None and (stored["slices"], stored["version"]) == (20, 21)
    assert sorted(version for _, version, _ in _told(bakery)) == list(range(1, 22))


def test_work_runs_again_after_trouble_that_passes_and_not_after_its_own(database: Database) -> None:
    runs: list[int] = []

    def stumbles(tx: Tx) -> str:
        runs.append(1)
        tx.collection("things").insert_one({"_id": len(runs)})
        if len(runs) < 3:
            raise _passing()
        return "done"

    assert database.run(stumbles) == "done"
    assert [row["_id"] for row in database.collection("things").find()] == [3]

    def fails(tx: Tx) -> None:
        tx.collection("things").insert_one({"_id": 9})
        raise RuntimeError("a mistake")

    with pytest.raises(RuntimeError):
        database.run(fails)
    assert database.collection("things").count_documents({}) == 1


def _passing() -> AutoReconnect:
    error = AutoReconnect("the primary moved")
    error._add_error_label("TransientTransactionError")
    return error


def test_a_transaction_sees_one_moment(database: Database) -> None:
    things = database.collection("things")
    things.insert_one({"_id": 1, "n": 1})

    def look(tx: Tx) -> tuple[int, int]:
        first = (tx.collection("things").find_one({"_id": 1}) or {})["n"]
        if first == 1:
            things.update_one({"_id": 1}, {"$set": {"n": 2}})
        return first, (tx.collection("things").find_one({"_id": 1}) or {})["n"]

    assert database.run(look) == (1, 1)


def test_collections_indexes_and_validators_are_made_once_and_renewed(database: Database) -> None:
    schema = {"$jsonSchema": {"bsonType": "object", "required": ["name"]}}
    spec = CollectionSpec("pans", [IndexModel([("name", ASCENDING)], unique=True)], validator=schema)
    for _ in range(2):
        database.ensure([spec])
    pans = database.collection("pans")
    pans.insert_one({"_id": 1, "name": "small"})
    with pytest.raises(DuplicateKeyError):
        pans.insert_one({"_id": 2, "name": "small"})
    with pytest.raises(WriteError):
        pans.insert_one({"_id": 3})
    database.ensure([CollectionSpec("pans", validator={})])
    pans.insert_one({"_id": 3})


DIES_IN_A_TRANSACTION = """
import os, sys
from shared.documents.mongo import Database
def dies(tx):
    tx.collection("things").update_one({"_id": 1}, {"$set": {"n": 2}})
    os.kill(os.getpid(), 9)
Database(sys.argv[1], sys.argv[2]).run(dies)
"""


def test_what_a_killed_process_had_locked_is_free_again_at_once(
    stack: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.collection("things").insert_one({"_id": 1, "n": 1})
    monkeypatch.setattr("shared.documents.mongo.SUSPICION_SECONDS", 0.1)
    killed = subprocess.run([sys.executable, "-c", DIES_IN_A_TRANSACTION, stack.mongodb_admin_uri, database.name])
    assert killed.returncode == -signal.SIGKILL

    def count(tx: Tx) -> None:
        tx.collection("things").update_one({"_id": 1}, {"$inc": {"n": 10}})

    database.run(count)
    assert (database.collection("things").find_one({"_id": 1}) or {})["n"] == 11


def test_a_new_process_frees_what_a_killed_one_had_locked_for_writes_without_a_transaction_too(
    stack: Any, database: Database
) -> None:
    database.collection("things").insert_one({"_id": 1, "n": 1})
    subprocess.run([sys.executable, "-c", DIES_IN_A_TRANSACTION, stack.mongodb_admin_uri, database.name])
    database.ensure([])
    database.collection("things").update_one({"_id": 1}, {"$inc": {"n": 10}})
    assert (database.collection("things").find_one({"_id": 1}) or {})["n"] == 11


def test_a_house_may_end_its_own_sessions(stack: Any) -> None:
    uri, name = stack.mongodb_uri("registry"), "lumbung_registry"
    house = Database(uri, name)
    rows = house.collection(sessions.COLLECTION)
    dead = subprocess.Popen([sys.executable, "-c", DIES_IN_A_TRANSACTION, uri, name])
    dead.wait(30)
    assert rows.count_documents({"process": dead.pid}) == 1
    house.ensure([])
    assert rows.count_documents({"process": dead.pid}) == 0
    house.close()


@pytest.fixture
def receipt() -> Iterator[Receipt]:
    with receipts.opened(Receipt(id=new_id(), body_hash="b1", status=201)) as opened:
        yield opened


def test_the_first_creation_of_a_request_signs_its_receipt(bakery: Bakery, receipt: Receipt) -> None:
    loaf = bakery.bake()
    bakery.bake()
    found = receipts.find(bakery.database, receipt.id)
    assert found is not None
    assert (found["target"], found["version"], found["body_hash"], found["status"]) == (loaf["_id"], 1, "b1", 201)
    assert found["expires_at"] > clock.wall()


def test_a_request_that_was_faster_elsewhere_undoes_the_second(bakery: Bakery, receipt: Receipt) -> None:
    bakery.bake()
    with receipts.opened(Receipt(id=receipt.id, body_hash="b1", status=201)), pytest.raises(DuplicateKeyError):
        bakery.bake()
    assert bakery.database.collection("loaves").count_documents({}) == 1


def test_a_creation_that_was_rolled_back_leaves_the_receipt_to_the_next(bakery: Bakery, receipt: Receipt) -> None:
    def fails(tx: Tx) -> None:
        bakery.loaves.create(tx, {"_id": new_id(), "name": "a"}, type="bakery.loaf.baked")
        raise RuntimeError("burnt")

    with pytest.raises(RuntimeError):
        bakery.database.run(fails)
    assert receipts.find(bakery.database, receipt.id) is None
    loaf = bakery.bake()
    found = receipts.find(bakery.database, receipt.id)
    assert found is not None and found["target"] == loaf["_id"]


def test_without_a_key_there_is_no_receipt(bakery: Bakery) -> None:
    bakery.bake()
    assert bakery.database.collection(receipts.COLLECTION).count_documents({}) == 0
