"""The listener notes here when it last stood at the end of each partition, so that it knows when it slept too long.

A compacted topic forgets a tombstone after ``delete.retention.ms``. Whoever was further behind than that may never
hear that a document was erased, and must build its read model again from what the topic holds now.
"""

from collections.abc import Iterable
from datetime import timedelta

from pymongo import UpdateOne

from shared import clock
from shared.documents.mongo import CollectionSpec, Database

Partition = tuple[str, int]

COLLECTION = "caught_up"
SPEC = CollectionSpec(COLLECTION)

# The delete.retention.ms of deploy/topics.yaml; a test compares them.
TOMBSTONES_KEPT = timedelta(days=30)


class MustRebuild(Exception):
    """Tombstones may have been missed; ``python -m services.<house> rebuild`` is the way out."""


def mark(database: Database, partitions: Iterable[Partition]) -> None:
    """These partitions have been read to their end, now."""
    now = clock.wall()
    updates = [UpdateOne({"_id": _id(one)}, {"$set": {"at": now}}, upsert=True) for one in partitions]
    if updates:
        database.collection(COLLECTION).bulk_write(updates, ordered=False)


def check(database: Database, behind: Iterable[Partition]) -> None:
    """Refuse to go on with partitions that have unread records and were last at their end too long ago.

    A partition that never was at its end is a first start: it is read from its beginning and has missed nothing.

    Raises:
        MustRebuild: with one sentence that says since when.
    """
    oldest_allowed = clock.wall() - TOMBSTONES_KEPT
    wanted = [_id(one) for one in behind]
    for row in database.collection(COLLECTION).find({"_id": {"$in": wanted}}):
        if row["at"] < oldest_allowed:
            raise MustRebuild(
                f"{row['_id']} was last read to its end on {row['at']:%Y-%m-%d}; Kafka forgets erasures after"
                f" {TOMBSTONES_KEPT.days} days, so some may have been missed. Run the rebuild command of this house."
            )


def _id(partition: Partition) -> str:
    topic, number = partition
    return f"{topic}/{number}"
