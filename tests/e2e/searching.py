"""For tests of privacy: everything that the houses keep and everything that the topics tell, to be searched through."""

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Any

import pymongo

from deploy import topics
from shared.events.bus import Reader
from shared.events.envelope import Record
from tests.support.bakery import broker_of

if TYPE_CHECKING:
    from deploy.local.stack import Stack

Document = dict[str, Any]

OF_THE_SERVER = {"admin", "config", "local"}

# Where settled questions leave an id behind. Each row of these names who did something, or that a request was answered;
# receipts go by themselves after seven days, the trail is the minimal audit of UU 27/2022.
MAY_NAME_IDS = {"lumbung_registry.trail", "lumbung_registry.receipts", "lumbung_training.receipts"}
MAY_NAME_IDS |= {"lumbung_placement.receipts", "lumbung_matching.receipts"}
# The sentence "erase this" that partners hear: an id, and no word of whom it is about or where.
FEED, ERASE = "lumbung_partners.feed", {"state": "ERASED"}
# A stub keeps late records out, an inbox row says up to which version somebody acted, and `turn` is taken by erasures.
STUB = {"_id", "version", "erased", "turn"}


def said(stack: "Stack") -> list[Record]:
    """Every record of every topic, in the order of its partition."""
    reader = Reader(broker_of(stack, "admin"), [topic.name for topic in topics.load()], group=None)
    records: list[Record] = []
    ends = reader.ends(reader.partitions)
    while any(reader.position(partition) < end for partition, end in ends.items()):
        for found in reader.poll(1).values():
            records += found
    reader.close()
    assert records
    return records


def current(stack: "Stack") -> dict[tuple[str, bytes | None], Record]:
    """The newest record of each key of each topic: what is left of the log after compaction."""
    return {(record.topic, record.key): record for record in said(stack)}


def parts(record: Record) -> bytes:
    """All that is in a record, headers included."""
    found = [record.key, record.value, *(value for _, value in record.headers)]
    return b"\n".join(part for part in found if part)


def kept(stack: "Stack") -> Iterator[tuple[str, Document]]:
    """Every document of every database, with the place where it was found."""
    client: pymongo.MongoClient[Document] = pymongo.MongoClient(stack.mongodb_admin_uri)
    with client:
        for database in set(client.list_database_names()) - OF_THE_SERVER:
            for name in client[database].list_collection_names():
                for document in client[database][name].find({}):
                    yield f"{database}.{name}", document


def may_stay(place: str, document: Document, ids: Set[str]) -> bool:
    """Is this one of the few places where the id of somebody who was erased may stand?"""
    if place in MAY_NAME_IDS:
        return True
    if place == FEED and document["type"].endswith(".erased"):
        return bool(document["minimal"] == ERASE and not document["more"] and not document["regions"])
    # Under an id of theirs, or `topic/id`: nothing but the numbers of a stub.
    return str(document["_id"]).rpartition("/")[2] in ids and document.keys() <= STUB
