"""An operator makes the read model of a house anew from the topics, while the house goes on working.

The next generation is filled from the beginning of the log up to the ends noted at the start. From before that
moment the listener writes both generations, so nothing is missing when the new one takes over by a rename. A
rebuild that is killed leaves the live generation as it was, and the next one starts over.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol

from shared import clock
from shared.documents.leases import Lease
from shared.documents.mongo import CollectionSpec, Tx
from shared.events import caught_up, generations
from shared.events.contracts import Refused
from shared.events.digest import Digest, digest, hashes
from shared.events.envelope import Event, Record, Unreadable, source_of
from shared.events.generations import next_of
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
    """The rebuild stopped without taking over; the live generation is as it was."""


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

    def close(self) -> None:
        """Let go."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the live generation equals the rebuilt one; ``differing`` has ids by collection, empty ones left out."""

    live: list[Digest]
    rebuilt: list[Digest]
    differing: Mapping[str, list[str]]


class Rebuild:
    """One rebuild of one house. ``specs`` are the house's collections, for the indexes of the new generation."""

    def __init__(
        self, hearing: Hearing, specs: Sequence[CollectionSpec], connect: Callable[[Sequence[str]], Reader]
    ) -> None:
        self._database = hearing.database
        self._hearing = hearing
        self._projections = hearing.projections
        self._specs = {spec.name: spec for spec in specs}
        self._connect = connect
        self._lease = Lease(self._database, "rebuild", LEASE)

    def take_over(self, *, force: bool = False) -> list[Digest]:
        """Build the next generation and let it take over; returns its digests.

        Raises:
            Interrupted: another rebuild runs, Kafka was away, or (without ``force``) the topics hold so little that
            this looks
                like a lost log rather than like the truth.
        """
        with self._built() as partitions:
            vanished = {topic: self._vanished(one) for topic, one in self._projections.items()}
            if not force:
                self._refuse_a_loss(vanished)
            digests = self._digests(next_of)
            for projection in self._projections.values():
                name = projection.collection
                self._database.collection(next_of(name)).rename(name, dropTarget=True)
            self._database.run(lambda tx: generations.end(tx, swapped=True))
            caught_up.mark(self._database, partitions)
            self._tell_of(vanished)
            return digests

    def verify(self) -> Verdict:
        """Build the next generation, compare it with the live one, and drop it again.

        Raises:
            Interrupted: as for :meth:`take_over`.
        """
        with self._built():
            differing = {one.collection: self._differing(one.collection) for one in self._projections.values()}
            return Verdict(
                live=self._digests(lambda name: name),
                rebuilt=self._digests(next_of),
                differing={name: ids for name, ids in differing.items() if ids},
            )

    @contextmanager
    def _built(self) -> Iterator[list[Partition]]:
        if not self._lease.hold():
            raise Interrupted("Another rebuild of this house is running, or was killed within the last minute.")
        try:
            self._drop_next()
            self._database.ensure([self._next_spec(one.collection) for one in self._projections.values()])
            self._database.run(generations.begin)
            reader = self._connect(sorted(self._projections))
            try:
                self._fill(reader, reader.ends(reader.partitions))
            finally:
                reader.close()
            yield reader.partitions
        finally:
            if generations.current(self._database).building:
                self._database.run(lambda tx: generations.end(tx, swapped=False))
            self._drop_next()
            self._lease.release()

    def _fill(self, reader: Reader, ends: Mapping[Partition, int]) -> None:
        moved_at = clock.monotonic()
        # The position, not the last record: a transaction marker at the end takes an offset too.
        while any(reader.position(one) < end for one, end in ends.items()):
            if not self._lease.hold():
                raise Interrupted("The lease of this rebuild ran out while it slept; run it again.")
            for (topic, _), records in reader.poll(0.5).items():
                moved_at = clock.monotonic()
                events = self._readable(records)
                for start in range(0, len(events), CHUNK):
                    self._keep(self._projections[topic], events[start : start + CHUNK])
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

    def _keep(self, projection: Projection, piece: Sequence[Event]) -> None:
        self._database.run(lambda tx: projection.apply(tx, piece, collections=[next_of(projection.collection)]))

    def _vanished(self, projection: Projection) -> dict[str, int]:
        """id -> version of what lives now and has no record any more: erased, and the tombstone is gone too."""
        # Live first: what the listener adds in between is in both, and then found in the second.
        live = self._database.collection(projection.collection).find({}, {"version": 1, "erased": 1})
        versions = {row["_id"]: row["version"] for row in live if not row.get("erased")}
        for row in self._database.collection(next_of(projection.collection)).find({}, {"_id": 1}):
            versions.pop(row["_id"], None)
        return versions

    def _refuse_a_loss(self, vanished: Mapping[str, Mapping[str, int]]) -> None:
        for topic, gone in vanished.items():
            live = self._database.collection(self._projections[topic].collection).count_documents({})
            if len(gone) > 1 and len(gone) * 2 > live:
                raise Interrupted(
                    f"{topic} no longer tells of {len(gone)} of {live} documents that are known here. If its log was"
                    " lost, run `announce` in the house that owns it first; if all this was really erased, add --force."
                )

    def _tell_of(self, vanished: Mapping[str, Mapping[str, int]]) -> None:
        """What the house does on an erasure it does now for those whose tombstone nobody can hear any more."""
        for topic, gone in vanished.items():
            after = self._projections[topic].after
            if after is not None:
                for id, version in gone.items():
                    self._tell_one(after, _tombstone(topic, id, version + 1))

    def _tell_one(self, after: Callable[[Tx, Event], None], event: Event) -> None:
        self._database.run(lambda tx: after(tx, event))

    def _differing(self, name: str) -> list[str]:
        live = hashes(self._database.collection(name).find())
        rebuilt = hashes(self._database.collection(next_of(name)).find())
        ids = [id for id in live.keys() | rebuilt.keys() if live.get(id) != rebuilt.get(id)]
        deadline = clock.monotonic() + SETTLE_SECONDS
        while ids and clock.monotonic() < deadline:
            time.sleep(0.5)
            ids = self._database.run(partial(_still_differing, name, ids))
        return sorted(ids)

    def _digests(self, named: Callable[[str], str]) -> list[Digest]:
        names = sorted(one.collection for one in self._projections.values())
        return [digest(name, hashes(self._database.collection(named(name)).find())) for name in names]

    def _next_spec(self, name: str) -> CollectionSpec:
        spec = self._specs.get(name, CollectionSpec(name))
        return CollectionSpec(next_of(name), spec.indexes, spec.validator)

    def _drop_next(self) -> None:
        for projection in self._projections.values():
            self._database.collection(next_of(projection.collection)).drop()


def _still_differing(name: str, ids: list[str], tx: Tx) -> list[str]:
    # In one transaction, which sees both generations between two writes of the listener.
    live, rebuilt = (hashes(tx.collection(one).find({"_id": {"$in": ids}})) for one in (name, next_of(name)))
    return [id for id in ids if live.get(id) != rebuilt.get(id)]


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
