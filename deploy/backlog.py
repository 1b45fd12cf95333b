"""How far each house is behind with each topic that it hears, as Kafka itself tells; nothing is committed or moved.

Offsets alone do not tell it: a transaction marker takes one too, and compaction leaves holes. So what lies between the
group's place and the end of the log is really read and counted, up to a limit, and the first of it says since when.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from deploy.broker import Admin, connected
from deploy.topics import Topic
from shared.events.broker import Broker, Unavailable

# Records that are really counted for one house, and for how long; of the rest the offsets are taken, which say a little
# more than there is.
COUNTED_RECORDS, COUNTED_SECONDS = 20_000, 10.0


class Away(Exception):
    """Kafka does not answer the operator."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one house has not handled of one topic. ``oldest``: when the first unread record was written, wall time."""

    house: str
    topic: str
    records: int
    oldest: datetime | None


def read(admin: Admin, topics: Sequence[Topic]) -> list[Backlog]:
    """For every house and topic that it hears, zeros included.

    Raises:
        Away: Kafka cannot be asked.
    """
    heard: dict[str, list[Topic]] = {}
    for topic in topics:
        for house in topic.listeners:
            heard.setdefault(house, []).append(topic)
    ca_file = Path(admin.ca_file) if admin.ca_file else None
    broker = Broker(admin.bootstrap, admin.username, admin.password, admin.security, ca_file, admin.mechanism)
    try:
        options = broker.options("lumbung-operator")
        with connected(admin) as client:
            places = client.list_group_offsets([f"lumbung.{house}" for house in heard])
        consumer = KafkaConsumer(
            **options,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            allow_auto_create_topics=False,
            metrics_enabled=False,
        )
        try:
            bounds = _bounds(consumer, [topic.name for topic in topics])
            return [
                found
                for house, theirs in heard.items()
                for found in _of_house(consumer, house, theirs, bounds, _known(places.get(f"lumbung.{house}", {})))
            ]
        finally:
            consumer.close(autocommit=False, timeout_ms=3_000)
    except Unavailable as error:
        raise Away(f"Kafka does not answer: {error}") from error
    except (KafkaError, OSError) as error:
        raise Away(f"Kafka at {admin.bootstrap} does not answer: {type(error).__name__} {error}".strip()) from error


def _known(places: Mapping[TopicPartition, object]) -> dict[TopicPartition, int]:
    # -1: the group has committed nothing there.
    found = {one: int(getattr(place, "offset", -1)) for one, place in places.items()}
    return {one: offset for one, offset in found.items() if offset >= 0}


def _bounds(consumer: KafkaConsumer, topics: Sequence[str]) -> dict[TopicPartition, tuple[int, int]]:
    """First offset and end of every partition. Asked for before any is read: then the client knows only those."""
    partitions = [
        TopicPartition(topic, number) for topic in topics for number in sorted(consumer.partitions_for_topic(topic))
    ]
    begins = consumer.beginning_offsets(partitions, timeout_ms=10_000)
    ends = consumer.end_offsets(partitions, timeout_ms=10_000)
    return {one: (begins[one], ends[one]) for one in partitions}


def _of_house(
    consumer: KafkaConsumer,
    house: str,
    topics: Sequence[Topic],
    bounds: Mapping[TopicPartition, tuple[int, int]],
    places: Mapping[TopicPartition, int],
) -> list[Backlog]:
    names = {topic.name for topic in topics}
    starts = {one: max(places.get(one, 0), begin) for one, (begin, _) in bounds.items() if one.topic in names}
    behind = {one: bounds[one][1] for one, start in starts.items() if start < bounds[one][1]}
    records, oldest = _count(consumer, starts, behind) if behind else ({}, {})
    found = []
    for topic in topics:
        since = [moment for one, moment in oldest.items() if one.topic == topic.name]
        count = sum(number for one, number in records.items() if one.topic == topic.name)
        found.append(Backlog(house, topic.name, count, min(since) if since else None))
    return found


def _count(
    consumer: KafkaConsumer, starts: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]
) -> tuple[dict[TopicPartition, int], dict[TopicPartition, datetime]]:
    """Unread records by partition, and when the first of each was written."""
    records: dict[TopicPartition, int] = dict.fromkeys(ends, 0)
    oldest: dict[TopicPartition, datetime] = {}
    consumer.assign(list(ends))
    for one in ends:
        consumer.seek(one, starts[one])
    at = {one: starts[one] for one in ends}
    deadline = time.monotonic() + COUNTED_SECONDS
    while any(at[one] < end for one, end in ends.items()):
        if sum(records.values()) >= COUNTED_RECORDS or time.monotonic() > deadline:
            break
        for one, polled in consumer.poll(timeout_ms=250, max_records=500).items():
            fresh = [record for record in polled if record.offset < ends[one]]
            records[one] += len(fresh)
            if fresh and one not in oldest:
                oldest[one] = datetime.fromtimestamp(fresh[0].timestamp / 1000, UTC)
        at = {one: int(consumer.position(one, timeout_ms=10_000) or 0) for one in ends}
    return {one: number + max(ends[one] - at[one], 0) for one, number in records.items()}, oldest
