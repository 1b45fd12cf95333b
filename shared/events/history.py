"""Rebuild and verify read here what the topics of a house have told from the beginning, beside the listener.

One of them at a time runs in a house; a lease keeps a second one away. While one piece is written, the next are read.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from shared import clock
from shared.documents.leases import Lease
from shared.events.contracts import Refused
from shared.events.envelope import Event, Record, UnreadableEvent
from shared.events.hearing import Hearing
from shared.progress import Progress

log = logging.getLogger(__name__)

Partition = tuple[str, int]
Connect = Callable[[Sequence[str]], "HistoryReader"]
# Is given events of one topic, at most a transaction full of them, in the order of the log.
Take = Callable[[str, Sequence[Event]], None]
Brought = tuple[dict[str, list[Event]], bool, int]
"""The next events of each topic, whether anything came, offsets still to be passed."""

PIECE = 1_000
"""Events of one transaction at most: ten times as many as the listener's, whose events somebody waits for."""
POLL_SECONDS = 0.02
"""One poll waits no longer: past the marker at the end of a transaction, which is no record, it would wait in vain."""
AHEAD = 4
"""Polls that are read while others are written; what they brought by then goes into one transaction."""
LEASE = timedelta(seconds=60)
# A log that stands still before the noted ends for this long is a broker that is away.
STANDSTILL_SECONDS = 60.0
NOTED_EVERY_SECONDS = 2.0


class Interrupted(Exception):
    """It stopped early. What a rebuild has mended until then is right; run it again for the rest."""


class HistoryReader(Protocol):
    """What is needed of ``bus.Reader``: one that reads everything from the beginning."""

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


class History:
    """The log of all topics that a house keeps something of, read once from its beginning and then on."""

    def __init__(self, hearing: Hearing, reader: HistoryReader, lease: Lease) -> None:
        self._hearing = hearing
        self._reader = reader
        self._lease = lease
        self._read = 0
        self._noted_at = 0.0

    @property
    def partitions(self) -> list[Partition]:
        """All partitions of all its topics."""
        return self._reader.partitions

    def read_to_the_end(self, take: Take) -> None:
        """Read on to the ends as they are now.

        Raises:
            Interrupted: Kafka was away, or this process slept through its lease.
        """
        ends = self._reader.ends(self._reader.partitions)
        moved_at = clock.monotonic()
        # The position, not the last record: a transaction marker at the end takes an offset too.
        left = before = self._left(ends)
        if not left:
            return
        with Progress("reading the topics", before) as progress, ThreadPoolExecutor(max_workers=1) as beside:
            ahead = deque(beside.submit(self._read_on, ends) for _ in range(AHEAD))
            while ahead:
                found, moved, left = _all_that_came(ahead)
                while left and len(ahead) < AHEAD:
                    ahead.append(beside.submit(self._read_on, ends))
                if not self._lease.hold():
                    raise Interrupted("The lease of this rebuild ran out while it slept; run it again.")
                for topic, events in found.items():
                    for start in range(0, len(events), PIECE):
                        take(topic, events[start : start + PIECE])
                if moved:
                    moved_at = clock.monotonic()
                elif clock.monotonic() - moved_at > STANDSTILL_SECONDS:
                    raise Interrupted("Kafka brought nothing more before the end of the log; run it again.")
                progress.at(before - left)
                self._note(self._read + before - left, self._read + before)
        self._read += before

    def _read_on(self, ends: Mapping[Partition, int]) -> Brought:
        polled = self._reader.poll(POLL_SECONDS) if self._left(ends) else {}
        found: dict[str, list[Event]] = {}
        for (topic, _), records in polled.items():
            found.setdefault(topic, []).extend(self._readable(records))
        return found, bool(polled), self._left(ends)

    def _note(self, done: int, of: int) -> None:
        """For operators who look from elsewhere."""
        if done == of or clock.monotonic() - self._noted_at > NOTED_EVERY_SECONDS:
            self._noted_at = clock.monotonic()
            self._lease.note(done=done, of=of)

    def _left(self, ends: Mapping[Partition, int]) -> int:
        """Offsets still to be passed."""
        return sum(max(end - self._reader.position(one), 0) for one, end in ends.items())

    def begin_again(self) -> None:
        """Read from the beginning next."""
        for one in self._reader.partitions:
            self._reader.seek(one, 0)

    def _readable(self, records: Sequence[Record]) -> list[Event]:
        events = []
        for record in records:
            try:
                events.append(self._hearing.read(record))
            except (UnreadableEvent, Refused) as error:
                # The listener has made a dead letter of it; a second one would help nobody.
                log.warning("Passed over %s: %s", record.place, error)
        return events


def _all_that_came(ahead: deque[Future[Brought]]) -> Brought:
    """What the first brings, which is waited for, and what came behind it meanwhile, as far as it fits."""
    found, moved, left = ahead.popleft().result()
    while ahead and ahead[0].done() and max(map(len, found.values()), default=0) < PIECE:
        more, came, left = ahead.popleft().result()
        for topic, events in more.items():
            found.setdefault(topic, []).extend(events)
        moved = moved or came
    return found, moved, left


@contextmanager
def opened(hearing: Hearing, connect: Connect) -> Iterator[History]:
    """The history of everything that ``hearing`` keeps.

    Raises:
        Interrupted: another rebuild of this house is running.
    """
    lease = Lease(hearing.database, "rebuild", LEASE)
    if not lease.hold():
        raise Interrupted("Another rebuild of this house is running, or was killed within the last minute.")
    try:
        reader = connect(sorted(hearing.projections))
        try:
            yield History(hearing, reader, lease)
        finally:
            reader.close()
    finally:
        lease.release()
