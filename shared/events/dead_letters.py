"""The listener sets aside here what it can never take; an operator looks at it and runs ``replay`` after a fix.

What no fix will ever make readable is discarded, by a named person for a reason: both are kept, the content is not.

Only two kinds of record come here: those that are no event of ours and those that break their contract (or that an
action refuses). A database or a broker that is away is trouble that passes and never makes a dead letter. Too many
in a row mean that not the records are wrong but this house: then the fuse blows before the next one is set aside,
and nothing more is passed over.
"""

import logging
from collections.abc import Sequence
from typing import Protocol

from pymongo import ASCENDING, IndexModel

from shared import clock, metrics
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events.contracts import Refused
from shared.events.envelope import Event, Record, UnreadableEvent
from shared.progress import Progress

log = logging.getLogger(__name__)

COLLECTION = "dead_letters"
DISCARDED = "discarded_letters"
FUSES = "fuses"
SPECS = (
    CollectionSpec(COLLECTION, [IndexModel([("topic", ASCENDING), ("key", ASCENDING)])]),
    CollectionSpec(DISCARDED, [IndexModel([("topic", ASCENDING), ("key", ASCENDING)])]),
    CollectionSpec(FUSES),
)
# Bad records come one by one from odd corners; twenty in a row come from a wrong contract or a wrong release.
FUSE = 20


class FuseBlown(Exception):
    """Too many records in a row could not be taken; the listener stops instead of setting the whole topic aside."""


class Handler(Protocol):
    """What a replay needs of ``hearing.Hearing``."""

    def read(self, record: Record) -> Event:
        """The event in a record."""
        ...

    def apply(self, events: Sequence[Event]) -> None:
        """Handle it."""
        ...


class DeadLetters:
    """The records that one house has set aside."""

    def __init__(self, database: Database) -> None:
        self._database = database
        fuse = database.collection(FUSES).find_one({"_id": "listener"})
        self._in_a_row: int = fuse["in_a_row"] if fuse else 0
        self.count()

    def put(self, record: Record, reason: Exception) -> None:
        """Set a record aside. Its content is kept as it came; the log line has only its place and the reason.

        Raises:
            FuseBlown: this one would be too many in a row. Nothing was kept: after a fix it is read again.
        """
        if self._in_a_row >= FUSE:
            raise FuseBlown(
                f"{self._in_a_row} records in a row could not be taken; the next is {record.place}: {reason}"
                f" Look at the collection {COLLECTION}. After a fix the listener goes on by itself;"
                f" `replay --reset-fuse` lets it pass over {FUSE} more."
            )
        letter = {
            "_id": record.place,
            "topic": record.topic,
            "key": (record.key or b"").decode(errors="replace"),
            "record": _stored(record),
            "reason": f"{type(reason).__name__}: {reason}",
            "at": clock.wall(),
        }
        self._database.run(lambda tx: self._keep(tx, letter))
        self._in_a_row += 1
        self.count()
        log.error("A record was set aside", extra={"place": record.place, "reason": letter["reason"]})

    def all_well(self) -> None:
        """A record was taken: the row is broken."""
        if self._in_a_row:
            self.reset_fuse()

    def reset_fuse(self) -> None:
        """Forget how many in a row could not be taken."""
        self._database.collection(FUSES).update_one({"_id": "listener"}, {"$set": {"in_a_row": 0}}, upsert=True)
        self._in_a_row = 0

    def count(self) -> int:
        """How many records wait for a replay; the metric shows the same number."""
        now = waiting(self._database)
        metrics.DEAD_LETTERS.set(now)
        return now

    def discard(self, id: str, *, reason: str, by: str) -> bool:
        """Give a record up. Where it lay, why it was set aside, who gave it up and why stay. False: there is none."""
        note = self._database.run(lambda tx: _give_up(tx, id, reason, by))
        if note is not None:
            self.count()
            log.warning("A record that was set aside was discarded", extra={"place": id, "reason": reason, "by": by})
        return note is not None

    def missing(self, ids: Sequence[str]) -> list[str]:
        """Those of these that are not set aside here."""
        found = {row["_id"] for row in self._database.collection(COLLECTION).find({"_id": {"$in": list(ids)}})}
        return [id for id in ids if id not in found]

    def replay(self, handler: Handler, only: Sequence[str] = ()) -> tuple[int, int]:
        """Handle every record again, or ``only`` some by their ids, exactly as the listener would.

        Returns how many of them were taken and how many remain.
        """
        taken = remaining = 0
        wanted = {"_id": {"$in": list(only)}} if only else {}
        letters = list(self._database.collection(COLLECTION).find(wanted))
        with Progress("handling what was set aside", len(letters)) as progress:
            for letter in letters:
                try:
                    handler.apply([handler.read(_record(letter))])
                except (UnreadableEvent, Refused) as error:
                    remaining += 1
                    reason = {"reason": f"{type(error).__name__}: {error}", "tried_at": clock.wall()}
                    self._database.collection(COLLECTION).update_one({"_id": letter["_id"]}, {"$set": reason})
                else:
                    taken += 1
                    self._database.collection(COLLECTION).delete_one({"_id": letter["_id"]})
                progress.at(taken + remaining)
        self.count()
        return taken, remaining

    def _keep(self, tx: Tx, letter: Document) -> None:
        tx.collection(COLLECTION).replace_one({"_id": letter["_id"]}, letter, upsert=True)
        tx.collection(FUSES).update_one({"_id": "listener"}, {"$set": {"in_a_row": self._in_a_row + 1}}, upsert=True)


def waiting(database: Database) -> int:
    """How many records a house has set aside and neither replayed nor discarded."""
    return database.collection(COLLECTION).count_documents({})


def is_blown(database: Database) -> bool:
    """So many records in a row could not be taken that the listener stops before the next."""
    fuse = database.collection(FUSES).find_one({"_id": "listener"})
    return fuse is not None and fuse["in_a_row"] >= FUSE


def forget(tx: Tx, tombstones: Sequence[Event]) -> None:
    """An erased document must not live on in a record that was set aside."""
    if tombstones:
        keys = [event.key for event in tombstones]
        for name in (COLLECTION, DISCARDED):
            tx.collection(name).delete_many({"topic": tombstones[0].topic, "key": {"$in": keys}})


def _give_up(tx: Tx, id: str, reason: str, by: str) -> Document | None:
    letter = tx.collection(COLLECTION).find_one({"_id": id})
    if letter is None:
        return None
    note = {
        "_id": id,
        "topic": letter["topic"],
        "key": letter["key"],
        "set_aside": {"at": letter["at"], "reason": letter["reason"]},
        "discarded": {"at": clock.wall(), "reason": reason, "by": by},
    }
    tx.collection(DISCARDED).replace_one({"_id": id}, note, upsert=True)
    tx.collection(COLLECTION).delete_one({"_id": id})
    return note


def _stored(record: Record) -> Document:
    headers = [{"name": name, "value": value} for name, value in record.headers]
    return {
        "key": record.key,
        "value": record.value,
        "headers": headers,
        "partition": record.partition,
        "offset": record.offset,
    }


def _record(letter: Document) -> Record:
    stored = letter["record"]
    return Record(
        topic=letter["topic"],
        key=stored["key"],
        value=stored["value"],
        headers=[(header["name"], header["value"]) for header in stored["headers"]],
        partition=stored["partition"],
        offset=stored["offset"],
    )
