"""What a house hears: kept once, in its newest version, whatever comes twice, late, broken, or in an outage."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pymongo.errors import AutoReconnect

from shared import clock, trace
from shared.documents.mongo import Database, Tx
from shared.events import caught_up, dead_letters, standstill
from shared.events import listener as listening
from shared.events.bus import NotAllowed, Reader, Sender, check_rights
from shared.events.caught_up import MustRebuild
from shared.events.contracts import Refused
from shared.events.dead_letters import DeadLetters, FuseBlown
from shared.events.envelope import Event, Record, to_wire
from shared.events.hearing import Hearing, Hears
from shared.events.listener import Listener
from shared.events.patience import OutOfPatience
from shared.events.projection import Projection, each
from shared.ids import new as new_id
from tests.support.bakery import an_event, broker_of, running, until

LOAVES = "known_loaves"


class Ear:
    """A listener of the kitchen on one topic, and a producer that speaks to it."""

    def __init__(self, stack: Any, kitchen: Database, topic: str, group: str, sender: Sender) -> None:
        self.kitchen, self.topic, self._sender = kitchen, topic, sender
        self._connect = lambda: Reader(broker_of(stack, "admin"), [topic], group=group)

    def say(self, *events: Event) -> None:
        self.send([to_wire(event) for event in events])

    def send(self, records: Sequence[Record]) -> None:
        self._sender.send(records)

    def listener(self, hears: Hears | None = None, hearing: Hearing | None = None) -> Listener:
        hearing = hearing or Hearing(self.kitchen, hears or {self.topic: Projection(LOAVES)})
        return Listener(hearing, self._connect)

    def known(self) -> dict[str, Any]:
        return {row["_id"]: row for row in self.kitchen.collection(LOAVES).find()}

    def knows(self, key: str, version: int) -> bool:
        row = self.kitchen.collection(LOAVES).find_one({"_id": key})
        return row is not None and row["version"] == version

    def letters(self) -> list[Any]:
        return list(self.kitchen.collection(dead_letters.COLLECTION).find())


@pytest.fixture
def ear(stack: Any, kitchen: Database, topic: str, group: str, connect: Callable[[], Sender]) -> Any:
    sender = connect()
    yield Ear(stack, kitchen, topic, group, sender)
    sender.close()


def test_everything_that_was_said_before_is_heard(ear: Ear) -> None:
    keys = [new_id() for _ in range(250)]
    ear.say(*(an_event(ear.topic, key, 1) for key in keys))
    with running(ear.listener().run) as died:
        until(lambda: len(ear.known()) == 250)
    assert died == []


def test_the_newest_version_stays_through_duplicates_and_late_arrivals(ear: Ear) -> None:
    key, last = new_id(), new_id()
    ear.say(*(an_event(ear.topic, key, version, name=f"v{version}") for version in (1, 2, 2, 3, 1, 2)))
    ear.say(an_event(ear.topic, last, 1))
    with running(ear.listener().run):
        until(lambda: ear.knows(key, 3) and ear.knows(last, 1))
    assert ear.known()[key]["name"] == "v3"


def test_a_late_record_cannot_bring_back_what_was_erased(ear: Ear) -> None:
    key, last = new_id(), new_id()
    ear.say(an_event(ear.topic, key, 1), an_event(ear.topic, key, 3, tombstone=True))
    with running(ear.listener().run):
        until(lambda: ear.knows(key, 3))
        ear.say(an_event(ear.topic, key, 2), an_event(ear.topic, last, 1))
        until(lambda: ear.knows(last, 1))
        # Another partition may be first: wait for this one too.
        ear.say(an_event(ear.topic, key, 4, tombstone=True))
        until(lambda: ear.knows(key, 4))
    assert ear.known()[key] == {"_id": key, "version": 4, "erased": True}


def test_what_follows_a_kept_version_is_done_in_the_same_transaction_and_trace(ear: Ear) -> None:
    seen: list[tuple[int, str | None]] = []

    def after(tx: Tx, event: Event) -> None:
        tx.collection("changes").insert_one({"_id": f"{event.key}/{event.version}"})
        seen.append((event.version, trace.trace_id()))
        if len(seen) == 1:
            raise AutoReconnect("the database went away before the commit")

    key = new_id()
    event = an_event(ear.topic, key, 1)
    traced = Event(
        **{name: getattr(event, name) for name in Event.__slots__ if name != "trace"},
        trace=f"00-{'a' * 32}-{'b' * 16}-01",
    )
    ear.say(traced)
    with running(ear.listener({ear.topic: Projection(LOAVES, after=each(after))}).run):
        until(lambda: ear.knows(key, 1))
    assert [row["_id"] for row in ear.kitchen.collection("changes").find()] == [f"{key}/1"]
    assert seen == [(1, "a" * 32), (1, "a" * 32)]


def test_an_action_is_done_once_a_version(ear: Ear) -> None:
    def bake_more(tx: Tx, event: Event) -> None:
        tx.collection("orders").update_one({"_id": event.key}, {"$inc": {"loaves": 1}}, upsert=True)

    key, last = new_id(), new_id()
    for version in (1, 1, 2, 1, 2, 3):
        ear.say(an_event(ear.topic, key, version))
    ear.say(an_event(ear.topic, last, 1))
    orders = ear.kitchen.collection("orders")
    with running(ear.listener({ear.topic: bake_more}).run):
        until(lambda: orders.count_documents({}) == 2 and (orders.find_one({"_id": key}) or {})["loaves"] == 3)
    assert ear.letters() == []


def test_a_broken_transaction_is_never_heard(ear: Ear, connect: Callable[[], Sender]) -> None:
    ghost, last = new_id(), new_id()
    open_sender: Any = connect()
    open_sender._producer.begin_transaction()
    record = to_wire(an_event(ear.topic, ghost, 1))
    open_sender._producer.send(record.topic, key=record.key, value=record.value, headers=list(record.headers))
    open_sender._producer.flush(timeout=10)
    fencing = connect()
    fencing.send([to_wire(an_event(ear.topic, last, 1))])
    with running(ear.listener().run):
        until(lambda: ear.knows(last, 1))
    assert ghost not in ear.known()
    open_sender.close()
    fencing.close()


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (lambda record: Record(record.topic, record.key, b"\x00{", record.headers), "not JSON"),
        (lambda record: Record(record.topic, record.key, b"[1]", record.headers), "not a JSON object"),
        (lambda record: Record(record.topic, record.key, record.value, record.headers[1:]), "ce_specversion"),
        (lambda record: Record(record.topic, b"other", record.value, record.headers), "ce_subject"),
        (lambda record: Record(record.topic, record.key, b"{}", record.headers), "breaks the rule 'required'"),
    ],
)
def test_a_record_that_nobody_can_take_is_set_aside_and_passed(ear: Ear, break_it: Any, reason: str) -> None:
    key = new_id()
    ear.send([break_it(to_wire(an_event(ear.topic, key, 1)))])
    ear.say(an_event(ear.topic, key, 2))
    with running(ear.listener().run) as died:
        until(lambda: ear.knows(key, 2) and len(ear.letters()) == 1)
    assert died == []
    (letter,) = ear.letters()
    assert reason in letter["reason"]
    assert letter["_id"] == f"{ear.topic}/{letter['record']['partition']}/{letter['record']['offset']}"


def test_unknown_fields_of_a_newer_house_are_no_trouble(ear: Ear) -> None:
    key = new_id()
    ear.say(an_event(ear.topic, key, 1, flour="rye"))
    with running(ear.listener().run):
        until(lambda: ear.knows(key, 1))
    assert ear.letters() == []


def test_a_database_that_is_away_makes_no_dead_letters_and_loses_no_order(ear: Ear) -> None:
    class Flaky(Hearing):
        failures = 3
        order: list[int] = []

        def apply(self, events: Sequence[Event]) -> None:
            if self.failures:
                self.failures -= 1
                raise AutoReconnect("the database is away")
            super().apply(events)
            self.order += [event.version for event in events]

    key = new_id()
    flaky = Flaky(ear.kitchen, {ear.topic: Projection(LOAVES)})
    ear.say(*(an_event(ear.topic, key, version) for version in (1, 2)))
    with running(ear.listener(hearing=flaky).run) as died:
        until(lambda: ear.knows(key, 2))
        ear.say(an_event(ear.topic, key, 3))
        until(lambda: ear.knows(key, 3))
    assert died == []
    assert flaky.order == [1, 2, 3]
    assert ear.letters() == []


def test_trouble_that_lasts_ends_the_listener_and_a_new_one_goes_on(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Hearing):
        def apply(self, events: Sequence[Event]) -> None:
            raise RuntimeError("a mistake in the kitchen")

    key = new_id()
    ear.say(an_event(ear.topic, key, 1))
    with monkeypatch.context() as impatient:
        impatient.setattr("shared.events.patience.Patience.__init__", _soon_impatient)
        with running(ear.listener(hearing=Broken(ear.kitchen, {ear.topic: Projection(LOAVES)})).run) as died:
            until(lambda: bool(died))
    assert isinstance(died[0], OutOfPatience) and isinstance(died[0].__cause__, RuntimeError)
    assert ear.letters() == []
    with running(ear.listener().run):
        until(lambda: ear.knows(key, 1))


def _soon_impatient(self: Any, seconds: float = 0) -> None:
    self._seconds, self._since = 0.5, None


def test_too_many_bad_records_blow_the_fuse_and_nothing_more_is_passed_over(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.events.dead_letters.FUSE", 3)
    key = new_id()
    bad = to_wire(an_event(ear.topic, key, 1, name=7))  # type: ignore[arg-type]
    ear.send([bad] * 4)
    ear.say(an_event(ear.topic, key, 2))
    for _ in range(2):  # the supervisor starts it again: it does not eat its way through the topic
        with running(ear.listener().run) as died:
            until(lambda: bool(died))
        assert isinstance(died[0], FuseBlown)
        assert len(ear.letters()) == 3
    DeadLetters(ear.kitchen).reset_fuse()
    with running(ear.listener().run):
        until(lambda: ear.knows(key, 2))
    assert len(ear.letters()) == 4


def test_a_replay_handles_a_dead_letter_as_the_listener_would(ear: Ear) -> None:
    def picky(tx: Tx, event: Event) -> None:
        if fixed:
            tx.collection("eaten").insert_one({"_id": event.key})
        else:
            raise Refused("not with raisins")

    fixed: list[bool] = []
    key, last = new_id(), new_id()
    ear.say(an_event(ear.topic, key, 1), an_event(ear.topic, last, 1))
    hears: Hears = {ear.topic: picky}
    with running(ear.listener(hears).run):
        until(lambda: len(ear.letters()) == 2)
    letters, hearing = DeadLetters(ear.kitchen), Hearing(ear.kitchen, hears)
    assert letters.replay(hearing) == (0, 2)
    assert ear.kitchen.collection("eaten").count_documents({}) == 0
    fixed.append(True)
    assert letters.replay(hearing) == (2, 0)
    assert ear.kitchen.collection("eaten").count_documents({}) == 2
    assert ear.letters() == []


def test_an_erased_document_does_not_live_on_in_a_dead_letter(ear: Ear) -> None:
    key = new_id()
    ear.send([to_wire(an_event(ear.topic, key, 1, name=7))])  # type: ignore[arg-type]
    with running(ear.listener().run):
        until(lambda: len(ear.letters()) == 1)
        ear.say(an_event(ear.topic, key, 2, tombstone=True))
        until(lambda: ear.knows(key, 2))
    assert ear.letters() == []


def test_a_listener_that_slept_past_the_tombstones_must_rebuild(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.events.listener.LAG_EVERY_SECONDS", 0.2)
    monkeypatch.setattr("shared.events.listener.MARK_EVERY_SECONDS", 0.2)
    key = new_id()
    ear.say(an_event(ear.topic, key, 1))
    with running(ear.listener().run):
        until(lambda: ear.kitchen.collection(caught_up.COLLECTION).count_documents({}) == 6 and ear.knows(key, 1))
    long_ago = clock.wall() - timedelta(days=31)
    ear.kitchen.collection(caught_up.COLLECTION).update_many({}, {"$set": {"at": long_ago}})
    ear.say(an_event(ear.topic, key, 2))
    with running(ear.listener().run) as died:
        until(lambda: bool(died))
    assert isinstance(died[0], MustRebuild)
    assert "rebuild" in str(died[0])


def test_a_house_without_the_right_to_read_is_told_at_the_start(stack: Any, topic: str) -> None:
    check_rights(broker_of(stack, "matching"), reads=[topic])
    with pytest.raises(NotAllowed, match=f"training .*READ on {topic}"):
        check_rights(broker_of(stack, "training"), reads=[topic])
    with pytest.raises(NotAllowed, match=f"matching .*WRITE on {topic}"):
        check_rights(broker_of(stack, "matching"), reads=[topic], writes=[topic])
    with pytest.raises(NotAllowed, match="READ on no.such.topic"):
        check_rights(broker_of(stack, "matching"), reads=["no.such.topic"])


def test_a_listener_that_set_a_record_aside_is_at_rest_again(ear: Ear) -> None:
    """A process was seen that used most of a core for minutes afterwards; waiting costs next to nothing."""
    key, last = new_id(), new_id()
    broken = replace(to_wire(an_event(ear.topic, key, 1)), value=b"{")
    ear.send([broken, to_wire(an_event(ear.topic, last, 1))])
    with running(ear.listener().run):
        until(lambda: ear.knows(last, 1) and len(ear.letters()) == 1)
        began, before = time.monotonic(), time.process_time()
        time.sleep(3)
        used = (time.process_time() - before) / (time.monotonic() - began)
    assert used < 0.2


def test_whoever_has_heard_everything_is_not_taken_for_standing_still(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands at the end, behind the last marker."""
    made: list[Reader] = []
    key, make = new_id(), ear._connect

    def connect() -> Reader:
        made.append(make())
        return made[-1]

    monkeypatch.setattr(listening, "LAG_EVERY_SECONDS", 0.1)
    monkeypatch.setattr(standstill, "STANDSTILL_SECONDS", 0.2)
    monkeypatch.setattr(ear, "_connect", connect)
    ear.say(an_event(ear.topic, key, 1))
    with running(ear.listener().run) as died:
        until(lambda: ear.knows(key, 1))
        time.sleep(1.0)
    assert died == [] and len(made) == 1
