"""How a listener waits: for records without work, and without work too while the broker does not answer."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from shared.events.bus import SESSION_MS, Reader
from tests.support.bakery import broker_of, until

SECONDS = 2.0


@pytest.fixture
def reader(stack: Any, topic: str, group: str) -> Iterator[Reader]:
    made = Reader(broker_of(stack, "admin"), [topic], group=group)
    until(lambda: made.poll(0.1) == {} and bool(made.assigned()))
    yield made
    made.close()


def used(reader: Reader) -> float:
    """Seconds of processor time of this process while it waits for records that do not come."""
    began, before = time.monotonic(), time.process_time()
    while time.monotonic() - began < SECONDS:
        assert reader.poll(0.25) == {}
    return time.process_time() - before


def test_a_broker_that_leaves_heartbeats_unanswered_is_not_asked_without_rest(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator: Any = reader._consumer._coordinator
    coordinator.heartbeat.config["heartbeat_interval_ms"] = 100
    silent, asked = threading.Event(), coordinator._send_heartbeat_request
    silent.set()

    async def sent() -> None:
        while silent.is_set():
            await coordinator._net.sleep(0.05)
        await asked()

    monkeypatch.setattr(coordinator, "_send_heartbeat_request", sent)
    until(lambda: coordinator.time_to_next_heartbeat() == 0)
    time.sleep(0.2)
    assert coordinator.time_to_next_heartbeat() == 0, "a heartbeat was answered all the same"
    assert used(reader) < 0.25 * SECONDS
    silent.clear()
    until(lambda: reader.poll(0.1) == {} and coordinator.time_to_next_heartbeat() > 0)


def test_a_join_that_takes_longer_than_a_poll_is_finished(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    coordinator: Any = reader._consumer._coordinator
    joins = coordinator._do_join_and_sync_async
    coordinator.heartbeat.config["heartbeat_interval_ms"] = 100  # due long before such a join is done

    async def slowly() -> Any:
        assigned = await joins()
        await coordinator._net.sleep(0.5)
        return assigned

    with monkeypatch.context() as patch:
        patch.setattr(coordinator, "_do_join_and_sync_async", slowly)
        coordinator._assignment_snapshot = {}  # as when a topic has got more partitions
        until(lambda: reader.poll(0.1) == {} and coordinator.rebalance_in_progress())
        until(lambda: reader.poll(0.1) == {} and not coordinator.rebalance_in_progress())
    assert coordinator.stable() and coordinator.time_to_next_heartbeat() > 0


def test_waiting_for_records_costs_next_to_nothing(reader: Reader) -> None:
    assert used(reader) < 0.1 * SECONDS


def test_who_comes_back_to_a_place_in_the_group_waits_for_nobody(stack: Any, topic: str, group: str) -> None:
    """After a crash: nobody has said goodbye, and the group would wait for the dead until its session has run out."""
    broker, seconds = broker_of(stack, "admin"), []
    for _ in range(2):
        one = Reader(broker, [topic], group=group, instance="1")
        began = time.monotonic()
        until(lambda one=one: one.poll(0.1) == {} and bool(one.assigned()))  # type: ignore[misc]
        seconds.append(time.monotonic() - began)
        one._consumer._coordinator._close_heartbeat()  # as when it is killed: no goodbye, and no heartbeat more
    assert seconds[1] < SESSION_MS / 1000 / 2
