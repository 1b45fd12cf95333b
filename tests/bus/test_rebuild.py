"""The read model can be made anew from the topic at any time, and equals what the listener kept."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from shared.documents.mongo import Database, Tx
from shared.events import caught_up, generations, operating
from shared.events.bus import Reader, Sender
from shared.events.envelope import Event, Record, to_wire
from shared.events.hearing import Hearing
from shared.events.history import Connect, Interrupted
from shared.events.listener import Listener
from shared.events.projection import Projection, each
from shared.events.rebuild import Mended, mend
from shared.events.verify import Verdict, verify
from shared.ids import new as new_id
from tests.support.bakery import an_event, broker_of, running, until

LOAVES = "known_loaves"


class Kitchen:
    """A read model of one topic, its listener, and its rebuild."""

    def __init__(self, stack: Any, database: Database, topic: str, group: str, sender: Sender) -> None:
        self.database, self.topic, self._sender = database, topic, sender
        self.broker, self._group = broker_of(stack, "admin"), group
        self.generations: list[int] = []
        self.after: list[tuple[str, bool]] = []  # what followed from a write: the key, and whether it was erased

    def say(self, *events: Event) -> None:
        self._sender.send([to_wire(event) for event in events])

    def hearing(self) -> Hearing:
        def after(tx: Tx, event: Event) -> None:
            self.after.append((event.key, event.data is None))

        def rebuilt(tx: Tx, number: int) -> None:
            self.generations.append(number)

        return Hearing(self.database, {self.topic: Projection(LOAVES, after=each(after), rebuilt=rebuilt)})

    def listener(self) -> Listener:
        return Listener(self.hearing(), lambda: Reader(self.broker, [self.topic], group=self._group))

    def mend(self, connect: Connect | None = None, *, force: bool = False) -> list[Mended]:
        return mend(self.hearing(), connect or self.read_all, force=force)

    def verify(self) -> Verdict:
        return verify(self.hearing(), self.read_all)

    def read_all(self, topics: Sequence[str]) -> Reader:
        return Reader(self.broker, topics, group=None)

    def versions(self) -> dict[str, int]:
        return {row["_id"]: row["version"] for row in self.database.collection(LOAVES).find()}


@pytest.fixture
def house(stack: Any, kitchen: Database, topic: str, group: str, connect: Callable[[], Sender]) -> Any:
    sender = connect()
    yield Kitchen(stack, kitchen, topic, group, sender)
    sender.close()


def _some_history(house: Kitchen) -> dict[str, int]:
    """Thirty loaves in three versions, ten of them erased; returns what must be known of them."""
    keys = [new_id() for _ in range(30)]
    for version in (1, 2, 3):
        house.say(*(an_event(house.topic, key, version, name=f"{version}") for key in keys))
    house.say(*(an_event(house.topic, key, 4, tombstone=True) for key in keys[:10]))
    return {key: 4 if key in keys[:10] else 3 for key in keys}


def test_a_read_model_equals_what_the_topics_tell(house: Kitchen) -> None:
    expected = _some_history(house)
    with running(house.listener().run):
        until(lambda: house.versions() == expected)
        verdict = house.verify()
    assert verdict.differing == {}
    assert verdict.live == verdict.rebuilt
    assert verdict.live[0].documents == 20
    assert generations.current(house.database).number == 0


def test_a_read_model_that_was_dropped_comes_back(house: Kitchen) -> None:
    expected = _some_history(house)
    (mended,) = house.mend()
    assert house.versions() == expected
    assert (mended.collection, mended.removed) == (LOAVES, 0) and mended.written >= 30
    assert generations.current(house.database).number == 1 and house.generations == [1]
    assert house.database.collection(caught_up.COLLECTION).count_documents({}) == 6


def test_an_operator_sees_how_far_it_is(house: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    _some_history(house)
    seen: list[Any] = []
    mark = caught_up.mark

    def looked_at(*told: Any) -> None:
        seen.append(operating.work(house.database))
        mark(*told)

    monkeypatch.setattr(caught_up, "mark", looked_at)
    house.mend()
    (told,) = seen
    assert told["rebuilding"] and told["rebuilt"]["done"] == told["rebuilt"]["of"] >= 100
    after = operating.work(house.database)
    assert (after["rebuilding"], after["rebuilt"]) == (False, None)


def test_a_difference_is_found_named_and_mended(house: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.events.verify.STANDS_SECONDS", 0.5)
    expected = _some_history(house)
    with running(house.listener().run):
        until(lambda: house.versions() == expected)
    changed, lost, ahead, *_ = (key for key, version in expected.items() if version == 3)
    loaves = house.database.collection(LOAVES)
    loaves.update_one({"_id": changed}, {"$set": {"name": "tampered"}})
    loaves.delete_one({"_id": lost})
    loaves.update_one({"_id": ahead}, {"$set": {"version": 9}})

    verdict = house.verify()
    assert verdict.differing == {LOAVES: sorted([changed, lost, ahead])}
    assert verdict.live[0].sha256 != verdict.rebuilt[0].sha256
    assert loaves.find_one({"_id": lost}) is None, "verify changes nothing"

    house.after.clear()
    house.mend()
    assert house.verify().differing == {}
    assert house.versions() == expected
    assert {key for key, erased in house.after} == {changed, lost, ahead}
    assert not any(erased for key, erased in house.after), "nobody was erased"


def test_the_listener_goes_on_during_a_rebuild_and_nothing_is_missing_after_it(house: Kitchen) -> None:
    keys = [new_id() for _ in range(20)]
    said = dict.fromkeys(keys, 0)
    rebuilt = threading.Event()

    def keep_talking(stopping: threading.Event) -> None:
        while not (rebuilt.is_set() or stopping.is_set()):
            for key in keys[::4]:
                said[key] += 1
                house.say(an_event(house.topic, key, said[key]))

    for key in keys:
        said[key] += 1
        house.say(an_event(house.topic, key, said[key]))
    with running(house.listener().run, keep_talking) as died:
        for _ in range(3):
            house.mend()
        verdict = house.verify()
        assert verdict.differing == {} and verdict.live == verdict.rebuilt, "what is on its way is no difference"
        rebuilt.set()
        until(lambda: house.versions() == said)
        assert house.verify().differing == {}
    assert died == []
    assert max(said.values()) > 1
    assert generations.current(house.database).number == 3


def test_what_the_listener_kept_since_a_rebuild_began_is_looked_up_after_all(house: Kitchen) -> None:
    expected = _some_history(house)

    def kept_meanwhile(topics: Sequence[str]) -> Reader:
        with running(house.listener().run):
            until(lambda: house.versions() == expected)
        return house.read_all(topics)

    (mended,) = house.mend(kept_meanwhile)
    assert house.versions() == expected and (mended.written, mended.removed) == (0, 0)


def test_what_follows_from_an_event_is_done_once_though_a_rebuild_ran_ahead_of_the_listener(house: Kitchen) -> None:
    expected = _some_history(house)
    house.mend()
    erased = [key for key, erased in house.after if erased]
    with running(house.listener().run):
        key = new_id()
        house.say(*(an_event(house.topic, key, 1) for _ in range(2)))
        until(lambda: house.versions() == expected | {key: 1})
    assert sorted(erased) == sorted(key for key, version in expected.items() if version == 4)
    assert [key for key, erased in house.after if erased] == erased


def test_a_rebuild_that_dies_has_done_no_harm_and_can_be_run_again(house: Kitchen) -> None:
    expected = _some_history(house)

    class DiesHalfway(Reader):
        def poll(self, seconds: float, *, most: int = 20) -> dict[tuple[str, int], list[Record]]:
            if any(self.position(one) for one in self.partitions):
                raise KeyboardInterrupt
            return super().poll(seconds, most=most)

    with pytest.raises(KeyboardInterrupt):
        house.mend(lambda topics: DiesHalfway(house.broker, topics, group=None))
    assert generations.current(house.database).number == 0
    house.mend()
    assert house.versions() == expected


def test_two_rebuilds_do_not_meet(house: Kitchen) -> None:
    _some_history(house)
    tried: list[str] = []

    def meanwhile(topics: Sequence[str]) -> Reader:
        with pytest.raises(Interrupted, match="Another rebuild"):
            house.verify()
        tried.append("yes")
        return house.read_all(topics)

    house.mend(meanwhile)
    assert tried == ["yes"]


def test_a_log_that_was_lost_does_not_empty_the_read_model(house: Kitchen) -> None:
    for key in (new_id() for _ in range(5)):
        house.database.collection(LOAVES).insert_one({"_id": key, "version": 2})
    with pytest.raises(Interrupted, match="announce"):
        house.mend()
    assert len(house.versions()) == 5
    house.mend(force=True)
    assert house.versions() == {}


def test_those_whose_tombstone_nobody_can_hear_any_more_are_treated_as_erased(house: Kitchen) -> None:
    expected = _some_history(house)
    with running(house.listener().run):
        until(lambda: house.versions() == expected)
    forgotten = new_id()
    house.database.collection(LOAVES).insert_one({"_id": forgotten, "version": 2})
    house.after.clear()
    house.mend()
    assert house.after == [(forgotten, True)]
    assert house.versions() == expected
