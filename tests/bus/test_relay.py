"""What a house writes into its outbox reaches Kafka: all of it, in order, and from one relay at a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared import clock, trace
from shared.documents import leases
from shared.events import outbox
from shared.events.bus import NotAllowed, Sender, Unavailable
from shared.events.envelope import Record, from_wire
from shared.events.relay import Relay
from tests.support.bakery import Bakery, broker_of, running, until

ReadAll = Callable[[], list[Record]]


def test_an_event_arrives_as_the_action_wrote_it(bakery: Bakery, relay: Relay, read_all: ReadAll) -> None:
    with trace.span("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"):
        loaf = bakery.bake("roti gandum")
    told = outbox.waiting(bakery.database)
    assert relay.step() == 1
    (record,) = read_all()
    assert [from_wire(record)] == told
    headers = {name: (value or b"").decode() for name, value in record.headers}
    assert headers["ce_subject"] == loaf["_id"] == (record.key or b"").decode()
    assert (headers["ce_sequence"], headers["ce_sequencetype"]) == ("1", "Integer")
    assert headers["ce_source"] == "/lumbung/test"
    assert headers["ce_traceparent"].split("-")[1] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert b"secret" not in (record.value or b"")


def test_a_row_is_gone_after_the_acknowledgement_and_not_sent_again(
    bakery: Bakery, relay: Relay, read_all: ReadAll
) -> None:
    bakery.bake()
    assert relay.step() == 1
    assert outbox.waiting(bakery.database) == []
    assert relay.step() == 0
    assert len(read_all()) == 1


def test_all_unsent_versions_of_a_key_go_out_in_order(
    bakery: Bakery, relay: Relay, read_all: ReadAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.events.relay.PAGE", 3)
    loaf, other = bakery.bake(), bakery.bake()
    for turn in range(4):
        loaf = bakery.rename(loaf, f"roti {turn}")
        other = bakery.rename(other, f"kue {turn}")
    while relay.step():
        pass
    versions: dict[str, list[int]] = {}
    for event in map(from_wire, read_all()):
        versions.setdefault(event.key, []).append(event.version)
    assert versions == {loaf["_id"]: [1, 2, 3, 4, 5], other["_id"]: [1, 2, 3, 4, 5]}


def test_an_erased_document_goes_out_as_a_null_value_with_its_version(
    bakery: Bakery, relay: Relay, read_all: ReadAll
) -> None:
    loaf = bakery.bake()
    bakery.eat(loaf)
    relay.step()
    first, last = read_all()
    assert last.value is None and last.key == first.key
    assert from_wire(last).version == 2


def test_a_crash_between_send_and_delete_repeats_and_ends_with_the_newest(
    bakery: Bakery, relay: Relay, read_all: ReadAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    bakery.rename(bakery.bake(), "roti bakar")
    with monkeypatch.context() as crash:
        crash.setattr("shared.events.relay._delete", lambda tx, ids: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            relay.step()
    assert relay.step() == 2
    assert [from_wire(record).version for record in read_all()] == [1, 2, 1, 2]


def test_a_relay_that_slept_through_its_lease_is_fenced_and_waits(
    bakery: Bakery, connect: Callable[[], Sender], read_all: ReadAll
) -> None:
    sleeper, other = Relay(bakery.database, connect), Relay(bakery.database, connect)
    loaf = bakery.bake()
    assert sleeper.step() == 1
    assert other.step() == 0, "the lease keeps the second one away"

    lapsed = {"$set": {"until": clock.wall() - timedelta(seconds=1)}}
    bakery.database.collection(leases.COLLECTION).update_one({"_id": "relay"}, lapsed)
    loaf = bakery.rename(loaf, "roti tawar")
    assert other.step() == 1

    bakery.rename(loaf, "roti bakar")
    assert sleeper.step() == 0, "Kafka refuses the sleeper, which believes in its lease"
    assert [event.version for event in outbox.waiting(bakery.database)] == [3]
    assert sleeper.step() == 0, "and it does not fence back"
    assert other.step() == 1
    assert [from_wire(record).version for record in read_all()] == [1, 2, 3]
    sleeper.close()
    other.close()


def test_a_relay_that_stops_hands_over_at_once(bakery: Bakery, connect: Callable[[], Sender]) -> None:
    first, second = Relay(bakery.database, connect), Relay(bakery.database, connect)
    bakery.bake()
    assert first.step() == 1
    first.close()
    bakery.bake()
    assert second.step() == 1
    second.close()


def test_rows_wait_while_kafka_is_away(bakery: Bakery, connect: Callable[[], Sender], read_all: ReadAll) -> None:
    attempts = 0

    def away_twice() -> Sender:
        nonlocal attempts
        attempts += 1
        if attempts <= 2:
            raise Unavailable("Kafka is away.")
        return connect()

    bakery.bake()
    with running(Relay(bakery.database, away_twice).run) as died:
        until(lambda: outbox.waiting(bakery.database) == [])
    assert died == [] and attempts == 3
    assert len(read_all()) == 1


def test_a_house_that_may_not_write_stops_with_a_sentence(bakery: Bakery, stack: Any) -> None:
    bakery.bake()
    foreign = Relay(bakery.database, lambda: Sender(broker_of(stack, "matching"), "lumbung.matching.relay"))
    with pytest.raises(NotAllowed, match="refuses"):
        foreign.step()
    foreign.close()
    assert len(outbox.waiting(bakery.database)) == 1


def test_announcing_tells_the_same_version_again_tombstones_included(
    bakery: Bakery, relay: Relay, read_all: ReadAll
) -> None:
    loaf, gone = bakery.rename(bakery.bake(), "roti bakar"), bakery.eat(bakery.bake())
    relay.step()
    for id in (loaf["_id"], gone["_id"]):
        assert bakery.announce(id)
    relay.step()
    told = [event for event in map(from_wire, read_all()) if event.type == "bakery.loaf.announced"]
    assert {(event.key, event.version, event.data is None) for event in told} == {
        (loaf["_id"], 2, False),
        (gone["_id"], 2, True),
    }
