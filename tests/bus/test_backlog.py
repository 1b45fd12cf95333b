"""What lies unread between a group's place and the end of a topic, counted on a real broker."""

from typing import Any

import pytest

from deploy import backlog
from deploy.broker import Admin
from deploy.topics import Topic
from shared import clock
from shared.events.bus import Reader, Sender
from shared.events.envelope import to_wire
from shared.ids import new as new_id
from tests.support.bakery import an_event, broker_of


def test_unread_records_are_counted_without_markers_and_are_none_once_they_are_handled(
    stack: Any, topic: str, transactional_id: str
) -> None:
    heard = Topic(topic, "registry", ("matching",), 6)
    assert backlog.read(stack.kafka_admin, [heard]) == [backlog.Backlog("matching", topic, 0, None)]
    sender = Sender(broker_of(stack, "admin"), transactional_id)
    for _ in range(3):  # three transactions, each with markers of its own
        sender.send([to_wire(an_event(topic, new_id(), 1)) for _ in range(7)])
    sender.close()
    (found,) = backlog.read(stack.kafka_admin, [heard])
    assert found.records == 21
    assert found.oldest is not None and 0 <= (clock.wall() - found.oldest).total_seconds() < 60
    reader = Reader(broker_of(stack, "matching"), [topic], group="lumbung.matching")
    try:
        handled = 0
        while handled < 21:
            for partition, records in reader.poll(0.5).items():
                reader.commit({partition: records[-1].offset + 1})
                handled += len(records)
    finally:
        reader.close()
    assert backlog.read(stack.kafka_admin, [heard]) == [backlog.Backlog("matching", topic, 0, None)]


def test_a_broker_that_is_away_is_said_and_not_taken_for_an_empty_topic() -> None:
    with pytest.raises(backlog.Away, match="Nobody listens at 127.0.0.1:1"):
        backlog.read(Admin("127.0.0.1:1", "nobody", "x"), [Topic("any.v1", "registry", ("matching",), 1)])
