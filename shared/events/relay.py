"""The one active relay of a house carries its outbox to Kafka; ``work`` runs it as a thread.

Order of safety: a lease in MongoDB keeps relays apart; the fixed transactional id makes Kafka refuse one that slept
through the end of its lease; rows are read as one consistent picture, sent in version order per key, and deleted,
all or none, only after Kafka committed them. So a crash at any point sends rows twice at worst, never loses one,
and never leaves an old version as the last.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from pymongo.errors import PyMongoError

from shared import clock, metrics
from shared.documents.leases import Lease
from shared.documents.mongo import Database, Document, Tx
from shared.events import outbox
from shared.events.broker import Fenced, Unavailable
from shared.events.envelope import Record
from shared.events.patience import Patience
from shared.logs import words_of
from shared.waking import TOLD

log = logging.getLogger(__name__)

# A relay that dies holds the others up for this long; one that lives renews every two seconds.
LEASE = timedelta(seconds=6)
# Rows of one Kafka transaction. More would hold the readers back longer, fewer would pay for the commit more often.
PAGE = 500
# Of rows that hold many events each: as many events as a page has, so that listeners begin with the first ones.
BUNDLES = PAGE // outbox.BUNDLE
# An answer of the database is older than this only while it does not answer, or another process is fencing us out.
KNOWN_SECONDS = 20.0
# While rows keep coming the relay looks often; an idle house costs one small query every 0.1 s.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.1
AWAY_PAUSE = 0.5


class RecordSender(Protocol):
    """What the relay needs of ``bus.Sender``."""

    def send(self, records: Sequence[Record]) -> None:
        """One transaction; returns when it is committed."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class Relay:
    """Runs until told to stop. ``connect`` makes a sender under the house's transactional id, fencing older ones."""

    def __init__(self, database: Database, connect: Callable[[], RecordSender], *, lease: Lease | None = None) -> None:
        self._database = database
        self._connect = connect
        self._lease = lease or Lease(database, "relay", LEASE)
        self._patience = Patience()
        self._sender: RecordSender | None = None
        self._oldest: datetime | None = None
        self._looked_at = float("-inf")
        self._backlog: list[int] = []  # buckets still to be looked into, while there is more than a page
        metrics.OUTBOX_OLDEST_AGE.set_function(self._oldest_age)

    def run(self, stopping: threading.Event) -> None:
        """Carry rows until ``stopping``; then give up the lease.

        Raises:
            NotAllowed: Kafka refuses this house; waiting would not help.
            OutOfPatience: Kafka or MongoDB was away for too long.
        """
        pause = SHORTEST_PAUSE
        try:
            while not stopping.is_set():
                try:
                    sent = self.step()
                    self._patience.restored()
                    pause = SHORTEST_PAUSE if sent else min(pause * 2, LONGEST_PAUSE)
                    # Woken by what this process tells; what its web workers tell is found by looking.
                    TOLD.wait(pause)
                except (Unavailable, PyMongoError) as error:
                    self._drop_sender()
                    self._patience.tried_by(error)
                    log.warning("The relay waits: %s", words_of(error))
                    pause = SHORTEST_PAUSE
                    stopping.wait(AWAY_PAUSE)
        finally:
            self.close()

    def step(self) -> int:
        """Carry at most one page. Returns how many rows went out; 0 also while another relay is the active one."""
        if not self._backlog:
            first = self._database.collection(outbox.COLLECTION).find_one({}, {"at": 1})
            # Nearly the oldest: rows come in the order in which they were inserted.
            self._oldest = first["at"] if first else None
            self._looked_at = clock.monotonic()
        if not self._lease.hold():
            self._drop_sender()
            return 0
        if self._sender is None:
            # Also without a row: the first visitor should not wait for the sign-in, nor learn of a missing right.
            self._sender = self._connect()
        if self._oldest is None:
            return 0
        # Read after connecting: whoever was the relay before is fenced by now and changes nothing any more.
        return self._carry(self._sender, self._next_rows())

    def _next_rows(self) -> list[Document]:
        """A page of unsent rows with all others of the same keys, in version order per key.

        Each page is one consistent picture: a scan without one could pass the place of a version before that is
        committed, and still meet the next version.
        """
        if not self._backlog:
            rows = self._database.run(_some)
            if len(rows) <= PAGE:
                return _not_too_many(rows)
            self._backlog.extend(range(outbox.BUCKETS))
        page: list[Document] = []
        # Bucket after bucket until a page is full: of a long outbox one holds a few rows, and each page costs a commit.
        while self._backlog and len(page) < PAGE and self._lease.hold():
            bucket = self._backlog.pop()
            rows = self._database.run(partial(_bucket, bucket))
            if rows and rows[0]["bucket"] != bucket:
                # First versions, which go before whatever stands in any other bucket.
                self._backlog.append(bucket)
                return page or _not_too_many(rows)
            some = _not_too_many(rows)
            if len(some) < len(rows):
                self._backlog.append(bucket)  # its turn comes again for the rest
            page += some
            if any("rows" in row for row in some):
                break  # those hold as many events as a page by themselves
        return page

    def _carry(self, sender: RecordSender, rows: Sequence[Document]) -> int:
        if not rows:
            return 0
        try:
            told = [one for row in rows for one in outbox.unpacked(row)]
            sender.send([outbox.record_of(one) for one in told])
        except Fenced:
            # Somebody took over because our lease had run out. Taking over in turn would only start a quarrel.
            log.warning("The relay was fenced and waits for its turn")
            self._drop_sender()
            self._lease.wait_out()
            return 0
        self._database.run(lambda tx: _delete(tx, [row["_id"] for row in rows]))
        for one in told:
            metrics.EVENTS_SENT.labels(one["topic"]).inc()
        return len(told)

    def _oldest_age(self) -> float:
        # Computed when it is asked for, so that it grows also while a send hangs.
        if oldest := self._oldest:
            return max((clock.wall() - oldest).total_seconds(), 0.0)
        # "None waits" is known only for a moment: a database that is away must not look like an empty outbox.
        return 0.0 if clock.monotonic() - self._looked_at < KNOWN_SECONDS else float("nan")

    def close(self) -> None:
        """Let go of Kafka and give the lease back, so that another relay can begin at once."""
        self._drop_sender()
        try:
            self._lease.release()
        except PyMongoError:
            # Then it runs out by itself in a few seconds.
            log.warning("The relay could not give its lease back")

    def _drop_sender(self) -> None:
        if self._sender is not None:
            self._sender.close()
            self._sender = None


def _some(tx: Tx) -> list[Document]:
    """All rows, if they are no more than a page; first versions alone, where those are many."""
    rows = tx.collection(outbox.COLLECTION)
    firsts = _firsts(tx, BUNDLES + 1)
    if len(firsts) > BUNDLES:
        return firsts[:BUNDLES]
    # One more than a page tells that there is more; what is cut off then does not matter, for it is not sent.
    return _in_order(rows.find({}).limit(PAGE + 1))


def _bucket(number: int, tx: Tx) -> list[Document]:
    """The rows of a bucket; while there are first versions in the same picture, some of those instead: any row may be
    the next version of one of them."""
    return _firsts(tx, BUNDLES) or _in_order(tx.collection(outbox.COLLECTION).find({"bucket": number}))


def _firsts(tx: Tx, most: int) -> list[Document]:
    return list(tx.collection(outbox.COLLECTION).find({"bucket": outbox.FIRSTS}).limit(most))


def _in_order(rows: Iterable[Document]) -> list[Document]:
    # "at" only decides between an event and its announcement, which carry the same version.
    return sorted(rows, key=lambda row: (row["topic"], row["key"], row["version"], row["at"]))


def _not_too_many(rows: Sequence[Document]) -> list[Document]:
    """All rows that are one event each, and of those written together the first few, which stand in their order."""
    bundles = [row for row in rows if "rows" in row and row["bucket"] != outbox.FIRSTS]
    later = {row["_id"] for row in sorted(bundles, key=lambda row: (row["topic"], row["version"]))[BUNDLES:]}
    return [row for row in rows if row["_id"] not in later]


def _delete(tx: Tx, ids: Sequence[str]) -> None:
    # In one transaction: if the newer of two rows went first and the process died, the older one would be sent last.
    tx.collection(outbox.COLLECTION).delete_many({"_id": {"$in": list(ids)}})
