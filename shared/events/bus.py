"""Relay, listener and rebuild reach Kafka here and nowhere else; no other file imports the client library.

What the library leaves to chance is decided once: transactions with a fixed id on the way out, committed records
only on the way in, time-outs on everything that may block, and three exceptions in the words of this house instead
of a hundred.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, OffsetAndMetadata, TopicPartition
from kafka import errors as kafka_errors
from kafka.admin import KafkaAdminClient

from shared.events.broker import BOOTSTRAP_MS, Broker, Fenced, NotAllowed, Unavailable
from shared.events.envelope import Record

Partition = tuple[str, int]

# Right after a commit the broker is still writing markers and answers "not yet": the default would add 0.1 s a batch.
RETRY_MS = 10
# The default of 16 kB would be five of the judgements that come by the thousand: a request for each few of them.
BATCH_BYTES = 256 * 1024
# An abandoned transaction holds back every reader of its partitions for this long.
TRANSACTION_MS = 10_000
# A record is given up before whoever waits for it loses patience. By default it would be tried for two minutes more,
# in a thread that never rests, beside the sender that has taken over.
REQUEST_MS, DELIVERY_MS = 8_000, 9_000
# Whoever reads to the end of the log asks where that is, and the broker answers a connection in order: behind a request
# for records that are not there yet the question would wait for as long as that does.
TO_THE_END_MS = 10
# A member that died is noticed after this long; a garbage collection or a slow disk must not look like death.
SESSION_MS = 10_000
# Between two looks for records while a heartbeat is not answered: see Reader._stay_a_member.
REST_SECONDS = 0.1
_NOT_A_MEMBER = (
    kafka_errors.CommitFailedError,
    kafka_errors.RebalanceInProgressError,
    kafka_errors.IllegalGenerationError,
    kafka_errors.UnknownMemberIdError,
)
# The bit of "read" and "write" in the operations that a broker says a caller may do (AclOperation in Kafka's protocol).
_READ_BIT, _WRITE_BIT = 1 << 3, 1 << 4


@contextmanager
def _our_words(doing: str) -> Iterator[None]:
    try:
        yield
    except (kafka_errors.ProducerFencedError, kafka_errors.InvalidProducerEpochError) as error:
        raise Fenced(f"{doing}: another process has taken over.") from error
    except (kafka_errors.AuthorizationError, kafka_errors.SaslAuthenticationFailedError) as error:
        raise NotAllowed(f"{doing}: Kafka refuses it ({error}). Check the principal and its rights.") from error
    except kafka_errors.KafkaTimeoutError as error:
        # The library hides a refused sign-in behind a time-out.
        raise Unavailable(
            f"{doing}: no answer in time. Is Kafka up, and are username and password right? ({error})"
        ) from error
    except (kafka_errors.KafkaError, OSError) as error:
        raise Unavailable(f"{doing}: {type(error).__name__} {error}".strip()) from error


class Sender:
    """Sends batches, each in a transaction of its own. Making one fences every older sender with the same id."""

    def __init__(self, broker: Broker, transactional_id: str) -> None:
        """Connect and take over the id.

        Raises:
            Unavailable, NotAllowed: see there.
        """
        self._producer: Any = None
        with _our_words("Starting to send"):
            self._producer = KafkaProducer(
                **broker.options(transactional_id),
                transactional_id=transactional_id,
                transaction_timeout_ms=TRANSACTION_MS,
                max_block_ms=TRANSACTION_MS,
                request_timeout_ms=REQUEST_MS,
                delivery_timeout_ms=DELIVERY_MS,
                # A batch waits for nobody: the relay hands over all that it has at once.
                linger_ms=0,
                batch_size=BATCH_BYTES,
                retry_backoff_ms=RETRY_MS,
                metrics_enabled=False,
            )
        try:
            with _our_words("Taking over the transactional id"):
                self._producer.init_transactions()
        except BaseException:
            self.close()
            raise

    def send(self, records: Sequence[Record]) -> None:
        """Send these records in this order; returns when all are acknowledged and committed.

        After any exception the sender is spent: close it and make a new one. Nothing, or everything, was committed;
        when the answer to the commit did not come, nobody knows which.

        Raises:
            Unavailable, NotAllowed, Fenced: see there.
        """
        with _our_words("Sending"):
            self._producer.begin_transaction()
            futures = [
                self._producer.send(one.topic, key=one.key, value=one.value, headers=list(one.headers))
                for one in records
            ]
            self._producer.flush(timeout=TRANSACTION_MS / 1000)
            for future in futures:
                future.get(timeout=TRANSACTION_MS / 1000)
            self._commit()

    def _commit(self) -> None:
        # The library's own commit waits without end, and drops the request when the broker dies while it looks for the
        # one to send it to. Whether it was committed is then unknown, and sending again is harmless.
        result = self._producer._transaction_manager.begin_commit()
        self._producer._sender.wakeup()
        if not result.wait(timeout_ms=TRANSACTION_MS):
            raise kafka_errors.KafkaTimeoutError("the commit was not answered")

    def close(self) -> None:
        """Let go of the connection; an open transaction is given up and ends by itself."""
        if self._producer is not None:
            # A flush of what can no longer be sent would wait for nothing.
            with _ignored():
                try:
                    self._producer.close(timeout=1)
                except kafka_errors.KafkaTimeoutError:
                    # The library stops half-way while records wait, and its thread would go on by itself. There is no
                    # public way to end that.
                    self._producer._sender.force_close()
                    self._producer._sender.join(1)
                    self._producer.close(timeout=0)


class Reader:
    """Reads committed records: as a member of a consumer group, or (``group`` None) everything from the beginning."""

    def __init__(
        self, broker: Broker, topics: Sequence[str], *, group: str | None, instance: str | None = None
    ) -> None:
        """Connect.

        ``instance`` names a place in the group that only one process at a time takes. Whoever comes back to it, after
        a crash of its own or of the broker, has it at once; without it the group waits for the member that is gone.

        Raises:
            Unavailable, NotAllowed: see there.
        """
        self._group = group
        with _our_words("Starting to read"):
            self._consumer = KafkaConsumer(
                **broker.options(group or f"{broker.username}.rebuild"),
                group_id=group,
                group_instance_id=instance,
                enable_auto_commit=False,
                # "latest", the default, would pass over all that was said before a house first listened.
                auto_offset_reset="earliest",
                isolation_level="read_committed",
                allow_auto_create_topics=False,
                session_timeout_ms=SESSION_MS,
                metrics_enabled=False,
                **({"fetch_max_wait_ms": TO_THE_END_MS} if group is None else {}),
            )
            # Asked for before joining: a group that is formed without this knowledge is formed twice.
            self.partitions = self._all_partitions(topics)
            if group is None:
                self._consumer.assign([TopicPartition(*one) for one in self.partitions])
                self._consumer.seek_to_beginning()
            else:
                self._consumer.subscribe(list(topics))

    def _all_partitions(self, topics: Sequence[str]) -> list[Partition]:
        return [(topic, number) for topic in topics for number in sorted(self._consumer.partitions_for_topic(topic))]

    def poll(self, seconds: float, *, most: int = 500) -> dict[Partition, list[Record]]:
        """Up to ``most`` records by partition, in the order of the log; {} when none came in time."""
        if self._group is not None:
            seconds = self._stay_a_member(seconds)
        with _our_words("Reading"):
            polled = self._consumer.poll(timeout_ms=int(seconds * 1000), max_records=most)
        return {(tp.topic, tp.partition): [_record(one) for one in records] for tp, records in polled.items()}

    def _stay_a_member(self, seconds: float) -> float:
        """Two things that the library (3.0.12) leaves undone; the seconds that are left for waiting."""
        coordinator = self._consumer._coordinator
        # It joins again by itself when it hears of new partitions, and forgets why once it has asked: a join that takes
        # longer than one poll is then never finished. The member would send no heartbeat more, and be put out.
        if coordinator.rebalance_in_progress() and not coordinator.need_rejoin():
            coordinator.request_rejoin()
        # It waits for records no longer than until the next heartbeat is due. One that is sent and not answered (a
        # broker that is overloaded or stopped) is due all the time, so it would ask without rest, use most of a core
        # for as long as that lasts, and slow down the very broker that it waits for. Not while it joins: what is not
        # waited for then is asked anew each time, and never finished.
        elif coordinator.stable() and coordinator.time_to_next_heartbeat() <= 0:
            time.sleep(min(seconds, REST_SECONDS))
            return 0.0
        return seconds

    def assigned(self) -> set[Partition]:
        """The partitions that are this reader's at the moment."""
        return {(tp.topic, tp.partition) for tp in self._consumer.assignment()}

    def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Remember for the group that everything before these offsets is done.

        A member that was put out of the group meanwhile commits nothing: its partitions are somebody else's, who
        does the last records again. That is no trouble, because handling them twice changes nothing.
        """
        done = {TopicPartition(*partition): OffsetAndMetadata(offset, "", -1) for partition, offset in offsets.items()}
        try:
            with _our_words("Committing"):
                self._consumer.commit(done, timeout_ms=BOOTSTRAP_MS)
        except Unavailable as error:
            if not isinstance(error.__cause__, _NOT_A_MEMBER):
                raise

    def position(self, partition: Partition) -> int:
        """The offset that will be read next; a transaction marker takes one too, so compare this with the end."""
        with _our_words("Asking for the position"):
            return int(self._consumer.position(TopicPartition(*partition), timeout_ms=BOOTSTRAP_MS) or 0)

    def ends(self, partitions: Sequence[Partition]) -> dict[Partition, int]:
        """The offset after the last committed record of each partition."""
        with _our_words("Asking for the end of the log"):
            found = self._consumer.end_offsets([TopicPartition(*one) for one in partitions], timeout_ms=BOOTSTRAP_MS)
        return {(tp.topic, tp.partition): offset for tp, offset in found.items()}

    def seek(self, partition: Partition, offset: int) -> None:
        """Read from here next."""
        self._consumer.seek(TopicPartition(*partition), offset)

    def pause(self, partition: Partition) -> None:
        """Bring no more records of this partition until :meth:`resume`."""
        self._consumer.pause(TopicPartition(*partition))

    def resume(self, partition: Partition) -> None:
        """Bring records of this partition again."""
        self._consumer.resume(TopicPartition(*partition))

    def close(self) -> None:
        """Leave the group, so that the partitions move at once."""
        with _ignored():
            self._consumer.close(autocommit=False, timeout_ms=3_000)


def _record(one: Any) -> Record:
    return Record(one.topic, one.key, one.value, one.headers, partition=one.partition, offset=one.offset)


def _ignored() -> suppress:
    # Closing is the last thing done with a connection; what goes wrong with it then concerns nobody.
    return suppress(kafka_errors.KafkaError, OSError, RuntimeError)


def check_rights(broker: Broker, *, reads: Sequence[str] = (), writes: Sequence[str] = ()) -> None:
    """Ask Kafka whether this principal may read and write these topics.

    A consumer without the right to read is told nothing and simply hears nothing, so it is asked for at the start.

    Raises:
        NotAllowed: with one sentence that names the principal, what it lacks, and what is not there.
        Unavailable: see there.
    """
    names = sorted({*reads, *writes})
    with _our_words("Asking for rights"):
        admin = KafkaAdminClient(**broker.options(f"{broker.username}.rights"))
        try:
            said: Mapping[str, Any] = admin.describe_topic_partitions(names)
        finally:
            admin.close()
    may = {one["name"]: one["topic_authorized_operations"] for one in said["topics"] if one["error_code"] == 0}
    lacks = [f"READ on {topic}" for topic in reads if not may.get(topic, 0) & _READ_BIT]
    lacks += [f"WRITE on {topic}" for topic in writes if not may.get(topic, 0) & _WRITE_BIT]
    if lacks:
        raise NotAllowed(
            f"Kafka does not let {broker.username} do what its house needs: {', '.join(lacks)}."
            " Create the topics and rights of deploy/topics.yaml first."
        )
