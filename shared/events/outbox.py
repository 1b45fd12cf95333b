"""Aggregates put what they have to say here, in the transaction of the change itself; the relay carries it to Kafka.

A row exists as long as the broker has not acknowledged it, so "unsent" needs no flag.
"""

from pymongo import ASCENDING, IndexModel

from shared import clock, ids, trace
from shared.documents.mongo import CollectionSpec, Document, Tx
from shared.events import contracts
from shared.events.envelope import Event, source_of

COLLECTION = "outbox"

SPEC = CollectionSpec(
    COLLECTION,
    [
        IndexModel([("topic", ASCENDING), ("key", ASCENDING), ("version", ASCENDING)]),
        IndexModel([("at", ASCENDING)]),
    ],
)


def put(tx: Tx, *, topic: str, key: str, type: str, version: int, data: Document | None) -> None:
    """Write one event into the transaction. ``data`` None is a tombstone.

    Raises:
        Refused: the payload breaks its contract (unknown fields included): a mistake of this house, so the change
        fails too.
    """
    if data is not None:
        contracts.check_said(topic, data)
    tx.collection(COLLECTION).insert_one(
        {
            "_id": ids.new(),
            "topic": topic,
            "key": key,
            "type": type,
            "version": version,
            "time": clock.now(),
            # Not "time": the age of the oldest row is an alarm, and the demo moves the other clock.
            "at": clock.wall(),
            "trace": trace.current(),
            "data": data,
        }
    )


def event(row: Document) -> Event:
    """The event that a row holds. The first part of a topic's name is the house that owns it."""
    return Event(
        topic=row["topic"],
        key=row["key"],
        type=row["type"],
        version=row["version"],
        source=source_of(row["topic"].partition(".")[0]),
        id=row["_id"],
        time=row["time"],
        trace=row["trace"],
        data=row["data"],
    )
