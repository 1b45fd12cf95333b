"""Aggregates put what they have to say here, in the transaction of the change itself; the relay carries it to Kafka.

A row holds the finished record, so what cannot be sent is found out while the action can still fail, and the relay
has nothing to decide. A row exists as long as the broker has not acknowledged it: "unsent" needs no flag.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import bson
from bson.codec_options import CodecOptions
from pymongo import ASCENDING, IndexModel

from shared import clock, ids, trace
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events import contracts
from shared.events.contracts import Refused
from shared.events.envelope import Event, Record, from_wire, source_of, to_wire
from shared.waking import TOLD

COLLECTION = "outbox"

# All rows of a key are in one bucket, so a bucket is a piece of a backlog that the relay can take by itself. Asked for
# the first rows of a long outbox, an engine that matches before it counts takes seconds; for a bucket, milliseconds.
BUCKETS = 256
# Events of one row, where they are told by the thousand.
BUNDLE = 100
# Bytes of its records: a document of sixteen megabytes is the largest that the engines take.
BUNDLE_BYTES = 4_000_000
# Where the first versions stand that were told by one large transaction; no key is in this bucket by itself.
FIRSTS = BUCKETS
_AWARE = CodecOptions(document_class=dict, tz_aware=True)
SPEC = CollectionSpec(COLLECTION, [IndexModel([("bucket", ASCENDING)])])

# Kafka's own limit for a batch is 1,048,576 bytes with headers; a document that comes near it is a mistake of the
# house.
LARGEST = 900_000


@dataclass(frozen=True, slots=True)
class Telling:
    """One event to be told. ``data`` None is a tombstone."""

    topic: str
    key: str
    type: str
    version: int
    data: Document | None


def put(tx: Tx, *, topic: str, key: str, type: str, version: int, data: Document | None) -> None:
    """Write one event into the transaction. ``data`` None is a tombstone.

    A gathering transaction writes first versions together, as a few rows. The relay carries those before all others
    that it sees with them, so that no later version of a key goes out before its first one.

    Raises:
        Refused: the payload breaks its contract, unknown fields included; our own mistake, so the change fails too.
    """
    row = _row(Telling(topic, key, type, version, data))
    if tx.gathering and version == 1:
        tx.put_aside(COLLECTION, row, _firsts)
    else:
        tx.collection(COLLECTION).insert_one(row)
    tx.bells.add(TOLD)


def put_many(tx: Tx, tellings: Sequence[Telling]) -> None:
    """Write several events at once, which costs one round trip instead of one an event.

    The first part of a topic's name is the house that owns it, and so the source of the event.

    Raises:
        Refused: as for :func:`put`; then none of them is written.
    """
    rows = [_row(telling) for telling in tellings]
    if rows:
        tx.collection(COLLECTION).insert_many(rows)
        tx.bells.add(TOLD)


def put_together(tx: Tx, tellings: Sequence[Telling], *, alike: str | None = None) -> None:
    """Write many events of one topic as a few rows: for what is told by the thousand and must leave within a moment.

    An engine pays for each row that is written, read and deleted, whatever is in it. All events of such a topic are
    written so, with versions that rise over the whole topic, because rows go out in the order of their first version.
    ``alike``: a list of the payload that many of them share, see :func:`contracts.check_said_together`.

    Raises:
        Refused: as for :func:`put`; then none of them is written.
    """
    if alike is not None:
        for topic in {telling.topic for telling in tellings}:
            said = [one.data for one in tellings if one.topic == topic and one.data is not None]
            contracts.check_said_together(topic, said, alike=alike)
    rows = [_row(telling, checked=alike is not None) for telling in tellings]
    pieces = [rows[start : start + BUNDLE] for start in range(0, len(rows), BUNDLE)]
    if pieces:
        tx.collection(COLLECTION).insert_many([_bundle(piece) for piece in pieces])
        tx.bells.add(TOLD)


def _firsts(rows: list[Document]) -> list[Document]:
    """First versions of one transaction as rows: many of a topic in one."""
    pieces: list[list[Document]] = []
    size = 0
    for row in sorted(rows, key=lambda row: str(row["topic"])):
        size += len(row["value"] or b"")
        if not pieces or pieces[-1][0]["topic"] != row["topic"] or len(pieces[-1]) == BUNDLE or size > BUNDLE_BYTES:
            pieces.append([])
            size = len(row["value"] or b"")
        pieces[-1].append(row)
    return [_bundle(piece, FIRSTS) for piece in pieces]


def _bundle(rows: Sequence[Document], bucket: int | None = None) -> Document:
    first = rows[0]
    return {
        "_id": ids.new(),
        "topic": first["topic"],
        "key": "",
        "bucket": zlib.crc32(first["topic"].encode()) % BUCKETS if bucket is None else bucket,
        "version": first["version"],
        "at": first["at"],
        "events": len(rows),
        # Much of it is the same, and an engine pays for every byte it keeps and shows: a twentieth is left of it.
        "rows": zlib.compress(bson.encode({"rows": list(rows)}), 1),
    }


def unpacked(row: Document) -> list[Document]:
    """The rows that a row stands for: itself, or all that were written together."""
    return bson.decode(zlib.decompress(row["rows"]), _AWARE)["rows"] if "rows" in row else [row]


def _row(telling: Telling, *, checked: bool = False) -> Document:
    if telling.data is not None and not checked:
        contracts.check_said(telling.topic, telling.data)
    event = Event(
        topic=telling.topic,
        key=telling.key,
        type=telling.type,
        version=telling.version,
        source=source_of(telling.topic.partition(".")[0]),
        id=ids.new(),
        time=clock.now(),
        trace=trace.current(),
        data=telling.data,
    )
    record = to_wire(event)
    size = len(record.value or b"")
    if size > LARGEST:
        raise Refused(f"{event.topic}: {size} bytes are more than the {LARGEST} that an event may have.")
    return {
        "_id": event.id,
        "topic": event.topic,
        "key": event.key,
        "bucket": zlib.crc32(event.key.encode()) % BUCKETS,
        "type": event.type,
        "version": event.version,
        # Not the event's time: the age of the oldest row is an alarm, and the demo moves that clock.
        "at": clock.wall(),
        "value": record.value,
        "headers": [{"name": name, "value": text} for name, text in record.headers],
    }


def record_of(row: Document) -> Record:
    """The Kafka record that a row holds."""
    headers = [(header["name"], header["value"]) for header in row["headers"]]
    return Record(row["topic"], row["key"].encode(), row["value"], headers)


def unsent(database: Database) -> tuple[int, datetime | None]:
    """How many events wait to be sent, and since when (wall time) the first of them, nearly the oldest."""
    rows = database.collection(COLLECTION)
    first = rows.find_one({}, {"at": 1})
    together = rows.find({"events": {"$gt": 1}}, {"events": 1})
    return rows.count_documents({}) + sum(row["events"] - 1 for row in together), first["at"] if first else None


def waiting(database: Database) -> list[Event]:
    """All unsent events as a listener would read them, oldest first; for tests and for people who look for trouble."""
    kept = [row for kept in database.collection(COLLECTION).find() for row in unpacked(kept)]
    rows = sorted(kept, key=lambda row: (row["at"], row["version"]))
    return [from_wire(record_of(row)) for row in rows]
