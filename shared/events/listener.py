"""The listener of a house hears the other houses; ``work`` runs it as a thread, one member of the group of its house.

Three kinds of trouble. Unreadable and refused records become dead letters, then their offset is committed.
Everything else passes: the partition is paused and its records are handled again, in place and in order, and when
that lasts too long the process ends, so that the supervisor starts a fresh one.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pymongo.errors import ConnectionFailure, PyMongoError

from shared import clock, logs, metrics
from shared.events import caught_up, operating
from shared.events.broker import Unavailable
from shared.events.contracts import Refused
from shared.events.dead_letters import DeadLetters, FuseBlown, waiting
from shared.events.envelope import Event, Record, UnreadableEvent
from shared.events.hearing import CHUNK, Hearing
from shared.events.patience import Patience
from shared.events.standstill import Standstill
from shared.logs import words_of

log = logging.getLogger(__name__)

Partition = tuple[str, int]
_Piece = list[tuple[Record, Event]]

# How long one poll waits for records. Records end the wait at once; this bounds only how soon a stop is noticed.
POLL_SECONDS = 0.25
SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
# To see that nobody listens costs a millisecond, and people wait from the moment somebody does.
LONGEST_REST = 1.0
LAG_EVERY_SECONDS = 15.0
MARK_EVERY_SECONDS = 60.0


class RecordReader(Protocol):
    """What the listener needs of ``bus.Reader``."""

    def poll(self, seconds: float) -> dict[Partition, list[Record]]:
        """New records by partition."""
        ...

    def assigned(self) -> set[Partition]:
        """Our partitions."""
        ...

    def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Everything before these offsets is done."""
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

    def pause(self, partition: Partition) -> None:
        """No more of this one for now."""
        ...

    def resume(self, partition: Partition) -> None:
        """Go on with this one."""
        ...

    def close(self) -> None:
        """Leave."""
        ...


@dataclass(slots=True)
class _Trouble:
    patience: Patience
    pause: float
    until: float


class Listener:
    """Runs until told to stop. ``connect`` makes a reader in the house's group."""

    def __init__(self, hearing: Hearing, connect: Callable[[], RecordReader]) -> None:
        self._hearing = hearing
        self._connect = connect
        self._stopping = threading.Event()
        self._broker = Patience()
        self._rest = SHORTEST_PAUSE
        self._troubles: dict[Partition, _Trouble] = {}
        self._checked: set[Partition] = set()
        self._standstill = Standstill()
        self._since: dict[str, datetime] = {}
        self._measure_at = 0.0
        self._mark_at = 0.0
        # Counted when asked: a replay or a discard is another process.
        letters = metrics.Counted(lambda: {"all": waiting(hearing.database)})
        metrics.DEAD_LETTERS.set_function(lambda: letters.of("all"))

    def run(self, stopping: threading.Event) -> None:
        """Hear until ``stopping``; the transaction in hand is finished and committed first.

        Raises:
            MustRebuild: tombstones may have been missed; see there.
            FuseBlown: too many records in a row could not be taken.
            NotAllowed: Kafka refuses this house; waiting would not help.
            OutOfPatience: trouble that lasted too long.
        """
        self._stopping = stopping
        while not stopping.is_set():
            try:
                self._listen()
            except (Unavailable, PyMongoError) as error:
                self._unknown()
                self._broker.tried_by(error)
                log.warning("The listener waits: %s", words_of(error))
                stopping.wait(self._rest)
                self._rest = min(self._rest * 2, LONGEST_REST)

    def _listen(self) -> None:
        letters = DeadLetters(self._hearing.database)
        reader = self._connect()
        self._troubles.clear()
        self._checked.clear()
        self._standstill.forget()
        try:
            while not self._stopping.is_set():
                self._step(reader, letters)
        finally:
            reader.close()

    def _step(self, reader: RecordReader, letters: DeadLetters) -> None:
        """One poll and all that came with it."""
        self._resume(reader)
        polled = reader.poll(POLL_SECONDS)
        self._measure(reader, polled)
        down: Exception | None = None
        offsets: dict[Partition, int] = {}
        try:
            for partition, records in polled.items():
                if self._stopping.is_set():
                    # Not committed, so the next one to read this partition gets them.
                    return
                if down is None:
                    down = self._handle(reader, letters, partition, records, offsets)
                else:
                    self._put_back(reader, partition, records[0].offset, down)
        finally:
            # Once for all of a poll: each commit is a round trip. What a process that dies here has done is done again.
            if offsets:
                reader.commit(offsets)

    def _handle(
        self,
        reader: RecordReader,
        letters: DeadLetters,
        partition: Partition,
        records: Sequence[Record],
        offsets: dict[Partition, int],
    ) -> Exception | None:
        """Handle, and put into ``offsets`` how far it is done.

        Returns the error when the database is away, so that no other partition tries too.
        """
        done = records[0].offset
        try:
            for end, piece in self._pieces(letters, records):
                self._take(letters, piece)
                done = end
                if self._stopping.is_set():
                    break
        except FuseBlown:
            raise
        except Exception as error:
            self._put_back(reader, partition, done, error)
            return error if isinstance(error, ConnectionFailure) else None
        else:
            self._troubles.pop(partition, None)
            return None
        finally:
            if done > records[0].offset:
                offsets[partition] = done

    def _pieces(self, letters: DeadLetters, records: Sequence[Record]) -> Iterator[tuple[int, _Piece]]:
        """The readable records in pieces of one transaction each, with the offset after them; others are set aside."""
        piece: _Piece = []
        for record in records:
            try:
                piece.append((record, self._hearing.read(record)))
            except (UnreadableEvent, Refused) as error:
                # What came before is done first, so that the offset never passes it.
                yield record.offset, piece
                letters.put(record, error)
                piece = []
            if len(piece) == CHUNK:
                yield record.offset + 1, piece
                piece = []
        yield records[-1].offset + 1, piece

    def _take(self, letters: DeadLetters, piece: _Piece) -> None:
        if not piece:
            return
        try:
            self._hearing.apply([event for _, event in piece])
        except Refused as error:
            if len(piece) == 1:
                letters.put(piece[0][0], error)
                return
            for one in piece:
                self._take(letters, [one])
        else:
            letters.all_well()

    def _put_back(self, reader: RecordReader, partition: Partition, offset: int, error: Exception) -> None:
        """Read from ``offset`` again after a pause that grows."""
        trouble = self._troubles.setdefault(partition, _Trouble(Patience(), SHORTEST_PAUSE, 0.0))
        trouble.patience.tried_by(error)
        logs.broke(
            log, f"{partition[0]}/{partition[1]} is tried again in {trouble.pause:.2f} s: {words_of(error)}", error
        )
        trouble.until = clock.monotonic() + trouble.pause
        trouble.pause = min(trouble.pause * 2, LONGEST_PAUSE)
        if partition in reader.assigned():
            reader.seek(partition, offset)
            reader.pause(partition)

    def _resume(self, reader: RecordReader) -> None:
        assigned = reader.assigned()
        # A partition that moved to another member took its trouble along.
        self._troubles = {one: trouble for one, trouble in self._troubles.items() if one in assigned}
        for partition, trouble in self._troubles.items():
            if trouble.until and clock.monotonic() >= trouble.until:
                trouble.until = 0.0
                reader.resume(partition)

    def _unknown(self) -> None:
        """Not a number, rather than the last one: whoever watches must not take an old zero for the truth."""
        for topic in self._hearing.hears:
            metrics.LISTENER_LAG.labels(topic).set(float("nan"))

    def _measure(self, reader: RecordReader, polled: Mapping[Partition, Sequence[Record]]) -> None:
        """Now and then: how far behind, for the operator, and whether too far, for people who were erased."""
        now = clock.monotonic()
        assigned = reader.assigned()
        if not assigned or (now < self._measure_at and assigned <= self._checked):
            return
        self._measure_at = now + LAG_EVERY_SECONDS
        ends = reader.ends(sorted(assigned))
        self._broker.restored()
        self._rest = SHORTEST_PAUSE
        positions = {one: reader.position(one) for one in ends}
        lags = {one: max(end - positions[one], 0) + len(polled.get(one, ())) for one, end in ends.items()}
        # All topics: one whose partitions are another member's by now must not keep the number it had here.
        behind = {topic: sum(lag for one, lag in lags.items() if one[0] == topic) for topic in self._hearing.hears}
        for topic, records in behind.items():
            metrics.LISTENER_LAG.labels(topic).set(records)
        self._since = {topic: self._since.get(topic, clock.wall()) for topic, records in behind.items() if records}
        operating.note(
            self._hearing.database,
            {topic: (records, self._since.get(topic)) for topic, records in behind.items()},
        )
        caught_up.check(self._hearing.database, [one for one in assigned - self._checked if lags[one]])
        self._checked = assigned
        # While others bring records it may only be their turn; one that is paused is tried again by itself.
        idle = [one for one, lag in lags.items() if lag and not polled and one not in self._troubles]
        self._standstill.look({one: positions[one] for one in idle})
        if now >= self._mark_at:
            self._mark_at = now + MARK_EVERY_SECONDS
            caught_up.mark(self._hearing.database, [one for one, lag in lags.items() if lag == 0])
