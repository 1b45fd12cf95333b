"""What an operator is told of a bus: silence while all is well, and of each thing that waits too long the way out."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client import Gauge

from deploy.backlog import Backlog
from deploy.drift import Difference
from deploy.local.backlog import PARKED_IN, Letter, Parked, Seen, Unsent, causes, complaints, spoken
from deploy.local.command.bus import document
from deploy.local.doctor import BAD, GOOD, checks
from services.partners.store.feed import WAITING
from shared import clock, metrics
from shared.events import listener as listening
from shared.events.broker import Unavailable
from shared.events.relay import Relay

NOW = datetime(2027, 3, 4, 3, 0, tzinfo=UTC)
TOPIC = "registry.candidates.v1"


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def letter(number: int, cause: str = "Refused: not with raisins", house: str = "matching") -> Letter:
    return Letter(house, f"{TOPIC}/0/{number}", cause, ago(5))


@pytest.mark.parametrize(
    "seen",
    [
        Seen(NOW),
        Seen(NOW, unread=[Backlog("matching", TOPIC, 0, None)], unsent=[Unsent("registry", 0, None)]),
        # Much, but young: a province that is read in.
        Seen(NOW, unread=[Backlog("matching", TOPIC, 90_000, ago(59))], unsent=[Unsent("registry", 9_000, ago(60))]),
        Seen(NOW, parked=[Parked("partners", TOPIC, 9, ago(30))]),
        # A clock of the broker that is a little ahead.
        Seen(NOW, unread=[Backlog("matching", TOPIC, 1, ago(-2))]),
    ],
)
def test_nothing_is_said_while_nothing_waits_too_long(seen: Seen) -> None:
    assert list(complaints(seen)) == []
    assert [found.grade for found in checks.bus([])] == [GOOD]


@pytest.mark.parametrize(
    ("seen", "text", "fix"),
    [
        (
            Seen(NOW, unread=[Backlog("matching", TOPIC, 3, ago(61))]),
            f"matching is 3 records behind with {TOPIC}, the oldest for 61 s",
            "./lumbung rebuild matching",
        ),
        (
            Seen(NOW, unsent=[Unsent("registry", 7, ago(600))]),
            "7 events of registry wait to be sent, the oldest for 10 min",
            "./lumbung logs 'registry work' kafka",
        ),
        (
            Seen(NOW, letters=[letter(1)]),
            "matching has set 1 record aside: Refused: not with raisins",
            "./lumbung bus retry --house matching",
        ),
        (
            Seen(NOW, parked=[Parked("partners", TOPIC, 2, ago(300))]),
            f"partners keeps 2 changes back until it hears of a document of {TOPIC}, the oldest for 5 min",
            "./lumbung announce registry",
        ),
        (
            Seen(NOW, stopped=["training"]),
            "training could not take so many records in a row that its listener stops before the next",
            "./lumbung replay training --reset-fuse",
        ),
        (
            Seen(NOW, drift=[Difference(TOPIC, "has cleanup.policy=delete, declared is compact")]),
            f"Kafka is not as deploy/topics.yaml declares it: {TOPIC} has cleanup.policy=delete, declared is compact",
            "./lumbung topics",
        ),
        (
            Seen(NOW, drift=[Difference(TOPIC, "has 3 partitions, declared are 6", mends=False)]),
            f"Kafka is not as deploy/topics.yaml declares it: {TOPIC} has 3 partitions, declared are 6",
            "./lumbung reset",
        ),
        (Seen(NOW, away=["Kafka does not answer"]), "Kafka does not answer", "./lumbung logs kafka mongodb"),
    ],
)
def test_what_waits_too_long_is_told_with_the_command_that_mends_it(seen: Seen, text: str, fix: str) -> None:
    (found,) = complaints(seen)
    assert found.text == text
    assert fix in found.fix
    (finding,) = checks.bus([found])
    assert (finding.grade, finding.text, finding.fix) == (BAD, found.text, found.fix)


def test_records_set_aside_are_told_once_a_house_and_cause_the_most_frequent_first() -> None:
    letters = [letter(1, "a"), letter(2, "b"), letter(3, "b"), letter(2, "b", "training")]
    assert causes(letters) == [("matching", "b", 2), ("matching", "a", 1), ("training", "b", 1)]
    assert len(list(complaints(Seen(NOW, letters=letters)))) == 3


def test_machines_are_told_the_same_in_seconds() -> None:
    seen = Seen(NOW, [Backlog("matching", TOPIC, 3, ago(90))], [Unsent("registry", 0, None)], [letter(1)])
    told = document(seen)
    assert told["unread"] == [{"house": "matching", "topic": TOPIC, "records": 3, "oldest_seconds": 90.0}]
    assert told["unsent"] == [{"house": "registry", "rows": 0, "oldest_seconds": 0.0}]
    assert told["set_aside"][0]["id"] == f"{TOPIC}/0/1"
    assert len(told["complaints"]) == 2
    parked = document(Seen(NOW, parked=[Parked("partners", TOPIC, 2, ago(30))]))["parked"]
    assert parked == [{"house": "partners", "topic": TOPIC, "changes": 2, "oldest_seconds": 30.0}]


def test_changes_are_looked_for_where_the_house_parks_them() -> None:
    assert WAITING == PARKED_IN


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (119, "119 s"), (121, "2 min"), (7_300, "2 h"), (3 * 86_400, "3 days")]
)
def test_an_age_is_spoken(seconds: float, words: str) -> None:
    assert spoken(seconds) == words


def test_a_listener_that_cannot_reach_kafka_no_longer_shows_its_last_lag(monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = threading.Event()
    metrics.LISTENER_LAG.labels(TOPIC).set(0)

    def connect() -> Any:
        stopping.set()
        raise Unavailable("nobody there")

    monkeypatch.setattr(listening, "DeadLetters", lambda database: None)
    hearing: Any = SimpleNamespace(database=None, hears={TOPIC: None})
    listening.Listener(hearing, connect).run(stopping)
    shown = metrics.LISTENER_LAG.labels(TOPIC)._value.get()
    assert shown != shown, "a lag that nobody measures is not a number"


@pytest.mark.parametrize("moves", [False, True], ids=["stands still", "moves"])
def test_a_partition_that_brings_nothing_although_more_is_there_makes_the_listener_begin_anew(
    monkeypatch: pytest.MonkeyPatch, moves: bool
) -> None:
    now, stopping = [0.0], threading.Event()
    readers: list[int] = []
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    monkeypatch.setattr(listening, "DeadLetters", lambda database: None)
    monkeypatch.setattr(listening, "caught_up", SimpleNamespace(check=lambda *_: None, mark=lambda *_: None))
    monkeypatch.setattr(listening, "operating", SimpleNamespace(note=lambda *_: None))

    def poll(seconds: float) -> dict[Any, Any]:
        now[0] += 5.0
        if now[0] > 200 or len(readers) > 1:
            stopping.set()
        return {}

    def connect() -> Any:
        readers.append(1)
        return SimpleNamespace(
            poll=poll,
            assigned=lambda: {(TOPIC, 0), (TOPIC, 1)},
            ends=lambda partitions: {(TOPIC, 0): 1_000, (TOPIC, 1): 7},
            position=lambda one: (int(now[0]) if moves else 3) if one[1] == 0 else 7,
            close=lambda: None,
        )

    hearing: Any = SimpleNamespace(database=None, hears={TOPIC: None})
    listening.Listener(hearing, connect).run(stopping)
    assert len(readers) == (1 if moves else 2)


def test_an_outbox_that_nobody_can_look_into_is_not_shown_as_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    empty: Any = SimpleNamespace(collection=lambda name: SimpleNamespace(find_one=lambda *_: None))
    lease: Any = SimpleNamespace(hold=lambda: False)
    relay = Relay(empty, lambda: pytest.fail("another relay is the active one"), lease=lease)
    assert _value(metrics.OUTBOX_OLDEST_AGE) != 0
    relay.step()
    assert _value(metrics.OUTBOX_OLDEST_AGE) == 0
    later = clock.monotonic() + 60
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    assert _value(metrics.OUTBOX_OLDEST_AGE) != 0


def test_a_process_that_counts_nothing_shows_no_zero() -> None:
    shown = _shown_by_a_process_that_only("import shared.metrics")
    for name in ("lumbung_dead_letters", "lumbung_outbox_oldest_age_seconds", "lumbung_jobs_due"):
        assert f"{name} NaN" in shown


def _shown_by_a_process_that_only(does: str) -> list[str]:
    code = f"{does}; import prometheus_client as p; print(p.generate_latest().decode())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()


def test_records_set_aside_are_counted_when_the_metric_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "waiting", lambda database: 4)
    hearing: Any = SimpleNamespace(database=None, hears={})
    listening.Listener(hearing, lambda: pytest.fail("not asked to listen"))
    assert _value(metrics.DEAD_LETTERS) == 4


def _value(gauge: Gauge) -> float:
    """What a scrape would show."""
    (family,) = gauge.collect()
    return family.samples[0].value
