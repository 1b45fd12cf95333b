"""Wherever a relay dies, and however often another takes over, the log gets every version and ends with the newest."""

from collections.abc import Callable, Sequence
from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.events import outbox, relay
from shared.events.broker import Fenced, Unavailable
from shared.events.envelope import Record, from_wire
from shared.events.relay import Relay
from tests.support.memory import MemoryDatabase

TOPIC = "bakery.loaves.v1"
BUNDLED = "bakery.crumbs.v1"
TOGETHER = ("v", "w", "x", "y", "z")


class Killed(Exception):
    """The process is gone."""


class Lease:
    """Grants everything: a sleeper believes in its lease too, so what keeps the log right must be Kafka's fence."""

    def hold(self) -> bool:
        return True

    def wait_out(self) -> None:
        """The next step may try again."""

    def release(self) -> None:
        """Nothing was taken."""


class Broker:
    """A log, and one transactional id: a new sender fences the older ones."""

    def __init__(self) -> None:
        self.log: list[Record] = []
        self.epoch = 0
        self.before_send: Callable[[], None] = lambda: None
        self.after_send: Callable[[], None] = lambda: None

    def connect(self) -> "Sender":
        self.epoch += 1
        return Sender(self, self.epoch)


class Sender:
    def __init__(self, broker: Broker, epoch: int) -> None:
        self._broker, self._epoch = broker, epoch

    def send(self, records: Sequence[Record]) -> None:
        before, self._broker.before_send = self._broker.before_send, lambda: None
        before()
        if self._epoch != self._broker.epoch:
            raise Fenced("another process has taken over")
        self._broker.log += records
        after, self._broker.after_send = self._broker.after_send, lambda: None
        after()

    def close(self) -> None:
        """Nothing to let go."""


class Bakery:
    """Writes versions into the outbox and lets relays carry them."""

    def __init__(self) -> None:
        self.database: Any = MemoryDatabase()
        self.broker = Broker()
        self.written: dict[str, int] = {}
        self.written_together: dict[str, list[int]] = {}
        self.number = 0
        self.active = self.new_relay()

    def new_relay(self) -> Relay:
        return Relay(self.database, self.broker.connect, lease=Lease())  # type: ignore[arg-type]

    def write(self, key: str) -> None:
        version = self.written[key] = self.written.get(key, 0) + 1
        self.database.run(
            lambda tx: outbox.put(tx, topic=TOPIC, key=key, type="bakery.loaf.told", version=version, data=None)
        )

    def write_together(self, many: int) -> None:
        """Many keys at once, each with the next number of one sequence."""
        tellings = []
        for key in TOGETHER[:many]:
            self.number += 1
            self.written_together.setdefault(key, []).append(self.number)
            tellings.append(outbox.Telling(BUNDLED, key, "bakery.crumb.told", self.number, None))
        self.database.run(lambda tx: outbox.put_together(tx, tellings))

    def register(self, many: int) -> None:
        """Many new keys in one large transaction; some are changed a moment later."""
        new = [f"new-{len(self.written)}-{number}" for number in range(many)]

        def work(tx: Any) -> None:
            for key in new:
                outbox.put(tx, topic=TOPIC, key=key, type="bakery.loaf.told", version=1, data=None)

        self.database.run(work, gathering=True)
        self.written |= dict.fromkeys(new, 1)
        for key in new[::2]:
            self.write(key)

    def step(self) -> None:
        self.active.step()

    def dies_before_sending(self) -> None:
        self._dies(before=self._kill)

    def dies_between_sending_and_deleting(self) -> None:
        self._dies(after=self._kill)

    def loses_the_answer(self) -> None:
        """Kafka has committed, and the connection broke before it could say so."""

        def broken() -> None:
            raise Unavailable("no answer")

        self.broker.after_send = broken
        self._attempt()

    def sleeps_while_another_takes_over(self) -> None:
        """It has read its page; meanwhile a second relay fences it, and more is written and carried."""

        def meanwhile() -> None:
            other = self.new_relay()
            for key in self.written:
                self.write(key)
            other.step()

        self.broker.before_send = meanwhile
        self._attempt()

    def _dies(self, **when: Callable[[], None]) -> None:
        self.broker.before_send = when.get("before", lambda: None)
        self.broker.after_send = when.get("after", lambda: None)
        self._attempt()
        self.active = self.new_relay()

    def _attempt(self) -> None:
        try:
            self.active.step()
        except (Killed, Unavailable):
            self.active = self.new_relay()
        self.broker.before_send = self.broker.after_send = lambda: None

    @staticmethod
    def _kill() -> None:
        raise Killed


EVENTS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from("abc")),
    st.tuples(st.just("write_together"), st.integers(1, 5)),
    st.tuples(st.just("register"), st.integers(1, 5)),
    st.tuples(
        st.sampled_from(
            [
                "step",
                "dies_before_sending",
                "dies_between_sending_and_deleting",
                "loses_the_answer",
                "sleeps_while_another_takes_over",
            ]
        )
    ),
)


@settings(deadline=None)
@given(st.lists(EVENTS, min_size=3, max_size=25), st.integers(1, 4))
def test_no_crash_of_a_relay_loses_a_version_or_leaves_an_old_one_last(story: list[Any], page: int) -> None:
    with (
        mock.patch.object(relay, "PAGE", page),
        mock.patch.object(relay, "BUNDLES", page),
        mock.patch.object(outbox, "BUCKETS", 4),
        mock.patch.object(outbox, "BUNDLE", 2),
    ):
        bakery = Bakery()
        for name, *arguments in story:
            getattr(bakery, name)(*arguments)
        bakery.active = bakery.new_relay()
        while bakery.active.step():
            pass
    assert bakery.database.collection(outbox.COLLECTION).rows == {}
    told: dict[str, list[int]] = {}
    for event in map(from_wire, bakery.broker.log):
        told.setdefault(event.key, []).append(event.version)
    for key, newest in bakery.written.items():
        first_times = list(dict.fromkeys(told[key]))
        assert first_times == list(range(1, newest + 1)), "every version, each for the first time in its order"
        assert told[key][-1] == newest
    for key, numbers in bakery.written_together.items():
        first_times = list(dict.fromkeys(told[key]))
        assert first_times == numbers, "those written together as well"
        assert told[key][-1] == numbers[-1]


def test_what_waits_is_counted_in_events_however_many_share_a_row() -> None:
    bakery = Bakery()
    assert outbox.unsent(bakery.database) == (0, None)
    bakery.register(250)
    bakery.write_together(3)
    bakery.write("alone")
    waiting = outbox.waiting(bakery.database)
    events, oldest = outbox.unsent(bakery.database)
    assert oldest is not None
    assert events == len(waiting) == 250 + 125 + 3 + 1 > len(bakery.database.collection(outbox.COLLECTION).rows)
