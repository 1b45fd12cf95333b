"""Waiting for a version: as long as asked, as many as half of the threads, and then "not yet"."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from services.matching.actions import people
from services.matching.actions.people import person_at
from services.matching.problems import CandidateErased, NoSuchCandidate, NotHereYet

Document = dict[str, Any]
ID = "00000000-0000-4000-8000-000000000001"


@dataclass
class Arriving:
    """Read models in which the person is at the next of these versions each time somebody looks; 0: not there."""

    versions: list[int]
    erased: bool = False
    looks: int = 0
    _now: int = field(default=0, init=False)

    def version_of(self, id: str) -> int:
        assert id == ID
        self._now = self.versions[min(self.looks, len(self.versions) - 1)]
        self.looks += 1
        return self._now

    def person(self, id: str) -> Document | None:
        version = self.version_of(id)
        if not version:
            return None
        return {"_id": id, "version": version, **({"erased": True} if self.erased else {})}


@pytest.fixture(autouse=True)
def no_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each look takes a tenth of a second, and nobody has to wait for it."""
    seconds = iter(range(10_000))
    monkeypatch.setattr(people.clock, "monotonic", lambda: next(seconds) / 10)
    monkeypatch.setattr(people.time, "sleep", lambda pause: None)
    yield


def a_house(read_models: Arriving) -> Any:
    return SimpleNamespace(read_models=read_models, waiting=threading.BoundedSemaphore(1))


def test_what_is_there_is_read_once() -> None:
    arriving = Arriving([3])
    assert person_at(a_house(arriving), ID, min_version=3, wait=2)["version"] == 3
    assert arriving.looks == 1


def test_a_version_that_is_on_its_way_is_waited_for() -> None:
    house = a_house(Arriving([0, 0, 1, 2, 2]))
    assert person_at(house, ID, min_version=2, wait=2)["version"] == 2
    assert house.waiting.acquire(blocking=False), "the seat of whoever waited is free again"


def test_what_does_not_come_in_time_is_not_there_yet() -> None:
    house = a_house(Arriving([1]))
    with pytest.raises(NotHereYet) as caught:
        person_at(house, ID, min_version=2, wait=2)
    assert caught.value.headers["Retry-After"] == "1"
    assert house.waiting.acquire(blocking=False)


def test_nobody_waits_longer_than_ten_seconds_whatever_is_asked() -> None:
    arriving = Arriving([1])
    with pytest.raises(NotHereYet):
        person_at(a_house(arriving), ID, min_version=2, wait=3600)
    assert arriving.looks <= people.LONGEST_SECONDS * 10 + 3


def test_where_too_many_wait_already_the_answer_comes_at_once() -> None:
    arriving = Arriving([1, 2])
    house = a_house(arriving)
    house.waiting.acquire()
    with pytest.raises(NotHereYet):
        person_at(house, ID, min_version=2, wait=2)
    assert arriving.looks == 1


def test_without_a_version_an_unknown_person_is_not_found_and_an_erased_one_is_gone() -> None:
    with pytest.raises(NoSuchCandidate):
        person_at(a_house(Arriving([0])), ID, min_version=None, wait=2)
    with pytest.raises(CandidateErased):
        person_at(a_house(Arriving([4], erased=True)), ID, min_version=None, wait=2)


def test_an_erasure_that_arrives_while_somebody_waits_ends_the_wait() -> None:
    with pytest.raises(CandidateErased):
        person_at(a_house(Arriving([0, 3], erased=True)), ID, min_version=2, wait=2)
