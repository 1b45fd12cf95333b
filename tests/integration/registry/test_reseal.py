"""Changing the key of the sealed numbers: all of them pass to the new key, those that are changed meanwhile as well."""

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from services.registry.store.candidates import COLLECTION, Candidates
from services.registry.store.submissions import Submissions
from services.registry.store.vault import Unsealable, Vault

if TYPE_CHECKING:
    from shared.documents.mongo import Database, Tx

OLD, NEW, HASH = b"o" * 32, b"n" * 32, b"h" * 32
BEFORE, CHANGING, AFTER = (
    Vault(seal_key=OLD, hash_key=HASH),
    Vault(seal_key=NEW, hash_key=HASH, also=OLD),
    Vault(seal_key=NEW, hash_key=HASH),
)
NUMBERS = {f"person-{number}": f"99530644040100{number:02}" for number in range(12)}


@pytest.fixture
def people(database: "Database") -> "Database":
    for id, number in NUMBERS.items():
        database.collection(COLLECTION).insert_one({"_id": id, "version": 1, "nik": BEFORE.sealed_nik(number, id)})
    database.collection(COLLECTION).insert_one({"_id": "without", "version": 1, "nik": None})
    database.collection(COLLECTION).insert_one({"_id": "gone", "version": 2, "erased": True})
    return database


def test_all_numbers_pass_to_the_new_key_and_nothing_else_changes(people: "Database") -> None:
    rows = {row["_id"]: row for row in people.collection(COLLECTION).find()}
    assert Candidates(people, CHANGING).reseal() == (12, 12)
    for row in people.collection(COLLECTION).find():
        if row.get("nik"):
            assert AFTER.nik(row["nik"], row["_id"]) == NUMBERS[row["_id"]]
            with pytest.raises(Unsealable):
                BEFORE.nik(row["nik"], row["_id"])
            row["nik"]["sealed"] = rows[row["_id"]]["nik"]["sealed"]
        assert row == rows[row["_id"]], "no version moves and no event is told: nothing that anybody sees has changed"
    assert Candidates(people, CHANGING).reseal() == (0, 12), "it can be repeated"


def test_whoever_is_changed_at_the_same_moment_keeps_both_changes(people: "Database") -> None:
    candidates, stopping = Candidates(people, CHANGING), threading.Event()

    def rename() -> None:
        while not stopping.is_set():
            for id in NUMBERS:
                people.run(partial(_touch, id))

    writer = threading.Thread(target=rename)
    writer.start()
    try:
        candidates.reseal()
    finally:
        stopping.set()
        writer.join()
    for row in people.collection(COLLECTION).find({"nik.sealed": {"$exists": True}}):
        assert AFTER.nik(row["nik"], row["_id"]) == NUMBERS[row["_id"]]
    assert candidates.reseal() == (0, 12)


def _touch(id: str, tx: "Tx") -> None:
    rows = tx.collection(COLLECTION)
    row = rows.find_one({"_id": id})
    assert row is not None
    rows.replace_one({"_id": id, "version": row["version"]}, row | {"version": row["version"] + 1})


def test_without_the_old_key_nothing_is_touched_and_it_is_said(people: "Database") -> None:
    rows = list(people.collection(COLLECTION).find())
    with pytest.raises(Unsealable):
        Candidates(people, AFTER).reseal()
    assert list(people.collection(COLLECTION).find()) == rows


def test_what_a_village_sent_in_and_still_waits_passes_to_the_new_key(database: "Database") -> None:
    waiting, closed = (
        {"_id": id, "version": 1, "state": "WAITING", "centre": None, "person": {"full_name": id}} for id in "ab"
    )
    for row in (waiting, closed):
        database.run(lambda tx, row=row: Submissions(database, BEFORE).add(tx, row))  # type: ignore[misc]
    database.run(lambda tx: Submissions(database, BEFORE).close(tx, "b", {"outcome": "WRONG"}))
    assert Submissions(database, CHANGING).reseal() == (1, 1)
    assert Submissions(database, CHANGING).reseal() == (0, 1)
    opened = Submissions(database, AFTER).load("a")
    assert opened is not None and opened["person"] == {"full_name": "a"}
    with pytest.raises(Unsealable):
        Submissions(database, BEFORE).load("a")
