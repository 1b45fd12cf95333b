"""Somebody is erased while an answer about them is being worked out or decided on: nothing of it outlives them."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from services.matching.actions import decisions
from services.matching.store import records
from services.matching.store.records import Records
from shared import ids
from shared.events import outbox
from tests import builders as make
from tests.integration.matching.conftest import Matching
from tests.support.pausing import Paused

# Time enough for the second of two to collide with the first a few times.
COLLIDING_SECONDS = 0.3


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


@pytest.fixture
def person(matching: Matching) -> str:
    payload = make.a_person_payload(id=ids.new(), version=1)
    matching.hear("candidate", payload)
    return str(payload["id"])


def erase(matching: Matching, person: str) -> None:
    matching.hear("candidate", None, key=person, version=2)


def ask(matching: Matching, person: str) -> httpx.Response:
    return matching.officer.get(f"/v1/candidates/{person}/recommendations")


def decide(matching: Matching, recommendation: str) -> httpx.Response:
    said = {"decision": "POSTPONED", "note": "Menunggu ayah"}
    return matching.officer.post(f"/v1/recommendations/{recommendation}/decisions", json=said)


def is_gone(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["code"]) == (410, "erased")


def kept_about(matching: Matching, person: str) -> list[dict[str, Any]]:
    """Every document with the person's id in it that is more than an empty row under that id."""
    collections = matching.database.raw.list_collection_names()
    found = [row for name in collections for row in matching.database.collection(name).find({})]
    allowed = {"_id", "version", "erased", "turn"}
    return [row for row in found if person in repr(row) and not (row["_id"] == person and row.keys() <= allowed)]


def waits(future: "Future[Any]") -> bool:
    time.sleep(COLLIDING_SECONDS)
    return not future.done()


def test_an_answer_worked_out_before_the_erasure_is_not_kept_after_it(
    matching: Matching, person: str, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Paused(Records.keep, after=False)
    monkeypatch.setattr(Records, "keep", lambda *args: keep(*args))
    asked = pool.submit(ask, matching, person)
    keep.wait()
    erase(matching, person)
    keep.go()
    assert is_gone(asked.result())
    assert kept_about(matching, person) == []


def test_an_answer_kept_while_the_erasure_is_not_yet_saved_collides_with_it(
    matching: Matching, person: str, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget = Paused(Records.forget, after=True)
    monkeypatch.setattr(Records, "forget", lambda *args: forget(*args))
    erased = pool.submit(erase, matching, person)
    forget.wait()
    asked = pool.submit(ask, matching, person)
    assert waits(asked), "the person is still there for whoever reads, and nothing may be kept about them"
    forget.go()
    erased.result()
    assert is_gone(asked.result())
    assert kept_about(matching, person) == []


def test_an_erasure_finds_the_answer_that_was_being_kept(
    matching: Matching, person: str, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Paused(Records._keep, after=True)
    monkeypatch.setattr(Records, "_keep", lambda *args: keep(*args))
    asked = pool.submit(ask, matching, person)
    keep.wait()
    erased = pool.submit(erase, matching, person)
    assert waits(erased)
    keep.go()
    answer = asked.result()
    assert answer.status_code == 200, answer.text
    erased.result()
    assert is_gone(matching.officer.get(f"/v1/recommendations/{answer.json()['id']}"))
    assert kept_about(matching, person) == []


@pytest.mark.parametrize("decided_first", [True, False])
def test_a_decision_taken_while_its_person_is_erased_does_not_outlive_them(
    matching: Matching,
    person: str,
    pool: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
    decided_first: bool,
) -> None:
    recommendation = ask(matching, person).json()["id"]
    if decided_first:
        first = Paused(Records.still_known, after=True)
        monkeypatch.setattr(Records, "still_known", lambda *args: first(*args))
        decided = pool.submit(decide, matching, recommendation)
        first.wait()
        erased = pool.submit(erase, matching, person)
    else:
        first = Paused(Records.forget, after=True)
        monkeypatch.setattr(Records, "forget", lambda *args: first(*args))
        erased = pool.submit(erase, matching, person)
        first.wait()
        decided = pool.submit(decide, matching, recommendation)
    assert waits(erased if decided_first else decided)
    first.go()
    erased.result()
    if decided_first:
        decision = decided.result().json()["id"]
        assert matching.database.collection(records.DECISIONS).find_one({"_id": decision}) == {
            "_id": decision,
            "version": 2,
            "erased": True,
        }
        assert [event.data for event in outbox.waiting(matching.database) if event.key == decision][-1] is None
    else:
        assert is_gone(decided.result())
        assert kept_about(matching, person) == []


def merged(matching: Matching, person: str) -> str:
    """The id of the record that this one becomes part of."""
    kept = make.a_person_payload(id=ids.new(), version=1)
    matching.hear("candidate", kept)
    matching.hear("candidate", {"id": person, "version": 9, "consent": "NONE", "merged_into": kept["id"]})
    return str(kept["id"])


def test_a_decision_taken_while_two_records_become_one_is_about_the_one_kept(
    matching: Matching, person: str, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    recommendation = ask(matching, person).json()["id"]
    reopen = Paused(decisions.reopen, after=True)
    monkeypatch.setattr(decisions, "reopen", lambda *args: reopen(*args))
    decided = pool.submit(decide, matching, recommendation)
    reopen.wait()
    kept = merged(matching, person)
    reopen.go()
    answer = decided.result()
    assert answer.status_code == 201, answer.text
    (row,) = matching.officer.get("/v1/decisions", params={"candidate": kept}).json()["items"]
    assert row["id"] == answer.json()["id"]


def test_an_answer_worked_out_while_two_records_become_one_names_the_one_kept(
    matching: Matching, person: str, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Paused(Records.keep, after=False)
    monkeypatch.setattr(Records, "keep", lambda *args: keep(*args))
    asked = pool.submit(ask, matching, person)
    keep.wait()
    kept = merged(matching, person)
    keep.go()
    answer = asked.result()
    assert (answer.status_code, answer.json()["code"]) == (410, "candidate_merged")
    assert answer.json()["merged_into"] == kept


def test_whoever_was_never_told_of_is_forgotten_too(matching: Matching) -> None:
    person = ids.new()
    erase(matching, person)
    assert is_gone(ask(matching, person))
    assert kept_about(matching, person) == []
