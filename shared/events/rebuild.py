"""An operator makes the read model of a house agree with the topics again, while the house goes on working.

A rebuild reads every topic from its beginning to the ends noted at the start and mends, document by document and in
one transaction with what follows from it, whatever is missing, old or different; then it removes what no topic
tells of. The listener need not know of it: both write through the same guard of versions. So the read model is
never half of one generation and half of another for longer than one document takes, a rebuild that is killed has
done no harm, and the next one goes over everything again. Dropping a collection first and rebuilding it is the same
thing.

docs/decisions/0011-rebuild-in-place.md tells why there is no second generation beside the live one.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from shared import clock
from shared.documents.leases import Lease
from shared.documents.mongo import Tx
from shared.events import caught_up, generations
from shared.events.contracts import Refused
from shared.events.digest import Digest, digest, hash_of
from shared.events.envelope import Event, Record, Unreadable, source_of
from shared.events.hearing import CHUNK, Hearing
from shared.events.projection import Projection

log = logging.getLogger(__name__)

Partition = tuple[str, int]

LEASE = timedelta(seconds=60)
# A log that stands still before the noted ends for this long is a broker that is away.
STANDSTILL_SECONDS = 60.0
# A difference that only comes from the listener being a moment behind is gone after this long.
SETTLE_SECONDS = 30.0


class Interrupted(Exception):
    """The rebuild stopped early. What it has mended until then is right; run it again for the rest."""


class Reader(Protocol):
    """What a rebuild needs of ``bus.Reader``: one that reads everything from the beginning."""

    partitions: list[Partition]

    def poll(self, seconds: float) -> dict[Partition, list[Record]]:
        """The next records."""
        ...

    def position(self, partition: Partition) -> int:
        """The next offset."""
        ...

    def ends(self, partitions: Sequence[Partition]) -> dict[Partition, int]:
        """The ends of the log."""
        ...

    def seek(self, partition: Partition, offset: int) -> None:
        """Read from here next."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


@dataclass(frozen=True, slots=True)
class Mended:
    """What a rebuild did to one collection."""

    collection: str
    written: int
    removed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the live read model equals what the topics tell; ``differing`` has ids by collection, empty left out."""

    live: list[Digest]
    rebuilt: list[Digest]
    differing: Mapping[str, list[str]]


@dataclass(slots=True)
class _Told:
    """What the log has told of one topic so far: the newest version of each key, and (to verify) its hash."""

    versions: dict[str, int] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)


class Rebuild:
    """One rebuild of one house."""

    def __init__(self, hearing: Hearing, connect: Callable[[Sequence[str]], Reader]) -> None:
        self._database = hearing.database
        self._hearing = hearing
        self._projections = hearing.projections
        self._connect = connect
        self._lease = Lease(self._database, "rebuild", LEASE)

    def mend(self, *, force: bool = False) -> list[Mended]:
        """Make the read model agree with the topics; returns what was done to each collection.

        Raises:
            Interrupted: another rebuild runs, Kafka was away, or (without ``force``) the topics tell of so little that
                this looks like a lost log rather than like the truth.
        """
        written = dict.fromkeys(self._projections, 0)
        told = {topic: _Told() for topic in self._projections}

        def take(topic: str, events: Sequence[Event]) -> None:
            projection = self._projections[topic]
            written[topic] += self._database.run(lambda tx: projection.apply(tx, events, mend=True))
            _remember(told[topic], events)

        with self._reading() as reader:
            self._read_to_the_end(reader, take)
            strays = self._strays(reader, take, told)
            if not force:
                self._refuse_a_loss(strays)
            ahead = False
            for topic, gone in strays.items():
                for id, version in gone.items():
                    vanished = id not in told[topic].versions
                    self._remove(topic, id, version, vanished=vanished)
                    ahead = ahead or not vanished
            if ahead:
                # Some stood at a version that nobody told of; what was told of them is read once more.
                for one in reader.partitions:
                    reader.seek(one, 0)
                self._read_to_the_end(reader, take)
            caught_up.mark(self._database, reader.partitions)
        self._database.run(generations.begin_next)
        return [Mended(one.collection, written[topic], len(strays[topic])) for topic, one in self._projections.items()]

    def verify(self) -> Verdict:
        """Compare the read model with what the topics tell, and change nothing.

        Raises:
            Interrupted: as for :meth:`mend`.
        """
        told = {topic: _Told() for topic in self._projections}

        def take(topic: str, events: Sequence[Event]) -> None:
            _remember(told[topic], events, self._projections[topic])

        with self._reading() as reader:
            deadline = clock.monotonic() + SETTLE_SECONDS
            while True:
                live = {topic: self._hashes(one.collection) for topic, one in self._projections.items()}
                # Read on after looking at what is known: then the log has told of all of it.
                self._read_to_the_end(reader, take)
                differing = {
                    self._projections[topic].collection: _differing(live[topic], told[topic].hashes) for topic in told
                }
                if not any(differing.values()) or clock.monotonic() > deadline:
                    break
                time.sleep(0.5)
        names = {topic: one.collection for topic, one in self._projections.items()}
        return Verdict(
            live=[digest(name, live[topic]) for topic, name in names.items()],
            rebuilt=[digest(name, told[topic].hashes) for topic, name in names.items()],
            differing={name: ids for name, ids in differing.items() if ids},
        )

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        if not self._lease.hold():
            raise Interrupted("Another rebuild of this house is running, or was killed within the last minute.")
        try:
            reader = self._connect(sorted(self._projections))
            try:
                yield reader
            finally:
                reader.close()
        finally:
            self._lease.release()

    def _read_to_the_end(self, reader: Reader, take: Callable[[str, Sequence[Event]], None]) -> None:
        ends = reader.ends(reader.partitions)
        moved_at = clock.monotonic()
        # The position, not the last record: a transaction marker at the end takes an offset too.
        while any(reader.position(one) < end for one, end in ends.items()):
            if not self._lease.hold():
                raise Interrupted("The lease of this rebuild ran out while it slept; run it again.")
            for (topic, _), records in reader.poll(0.5).items():
                moved_at = clock.monotonic()
                events = self._readable(records)
                for start in range(0, len(events), CHUNK):
                    take(topic, events[start : start + CHUNK])
            if clock.monotonic() - moved_at > STANDSTILL_SECONDS:
                raise Interrupted("Kafka brought nothing more, and the end of the log was not reached; run it again.")

    def _readable(self, records: Sequence[Record]) -> list[Event]:
        events = []
        for record in records:
            try:
                events.append(self._hearing.read(record))
            except (Unreadable, Refused) as error:
                # The listener has made a dead letter of it; a second one would help nobody.
                log.warning("Passed over %s: %s", record.place, error)
        return events

    def _strays(
        self, reader: Reader, take: Callable[[str, Sequence[Event]], None], told: Mapping[str, _Told]
    ) -> dict[str, dict[str, int]]:
        """By topic, id -> version of living documents that no record tells of, or not in so high a version."""
        known = {topic: self._versions(one.collection) for topic, one in self._projections.items()}
        # Read on after looking at what is known: then a document that is only new has been told of.
        self._read_to_the_end(reader, take)
        return {
            topic: {id: version for id, version in ids.items() if version > told[topic].versions.get(id, 0)}
            for topic, ids in known.items()
        }

    def _refuse_a_loss(self, strays: Mapping[str, Mapping[str, int]]) -> None:
        for topic, gone in strays.items():
            known = self._database.collection(self._projections[topic].collection).count_documents({})
            if len(gone) > 1 and len(gone) * 2 > known:
                raise Interrupted(
                    f"{topic} no longer tells of {len(gone)} of {known} documents that are known here. If its log was"
                    " lost, run `announce` in the house that owns it first; if all this was really erased, add --force."
                )

    def _remove(self, topic: str, id: str, version: int, *, vanished: bool) -> None:
        """Forget a stray. Of one that vanished the tombstone can no longer be heard: what follows from it is done."""
        projection = self._projections[topic]

        def remove(tx: Tx) -> None:
            gone = tx.collection(projection.collection).delete_one({"_id": id, "version": version}).deleted_count
            if gone and vanished and projection.after is not None:
                projection.after(tx, _tombstone(topic, id, version))

        self._database.run(remove)

    def _versions(self, collection: str) -> dict[str, int]:
        rows = self._database.collection(collection).find({}, {"version": 1, "erased": 1})
        return {row["_id"]: row["version"] for row in rows if not row.get("erased")}

    def _hashes(self, collection: str) -> dict[str, str]:
        docs = self._database.collection(collection).find()
        return {doc["_id"]: hash_of(doc) for doc in docs if not doc.get("erased")}


def _remember(told: _Told, events: Sequence[Event], projection: Projection | None = None) -> None:
    for event in events:
        if event.version < told.versions.get(event.key, 0):
            continue
        told.versions[event.key] = event.version
        if event.data is None:
            told.hashes.pop(event.key, None)
        elif projection is not None:
            told.hashes[event.key] = hash_of(projection.document(event))


def _differing(live: Mapping[str, str], rebuilt: Mapping[str, str]) -> list[str]:
    return sorted(id for id in live.keys() | rebuilt.keys() if live.get(id) != rebuilt.get(id))


def _tombstone(topic: str, id: str, version: int) -> Event:
    owner = topic.partition(".")[0]
    return Event(
        topic=topic,
        key=id,
        type=f"{owner}.document.vanished",
        version=version,
        source=source_of(owner),
        id=f"{topic}/{id}/{version}",
        time=clock.now(),
        trace=None,
        data=None,
    )
