"""Whoever can count something useful to an operator counts it here; ``/metrics`` of every process shows it."""

import threading
import time
from collections.abc import Callable, Mapping

from prometheus_client import Counter, Gauge, Histogram

OUTBOX_OLDEST_AGE = Gauge("lumbung_outbox_oldest_age_seconds", "Age of the oldest unsent event")
EVENTS_SENT = Counter("lumbung_events_sent_total", "Events acknowledged by Kafka", ["topic"])
EVENTS_HEARD = Counter("lumbung_events_heard_total", "Events handled by the listener", ["topic"])
HEARD_AFTER = Histogram(
    "lumbung_event_heard_after_seconds",
    "From the write in the other house to the end of its handling here",
    ["topic"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
)
LISTENER_LAG = Gauge("lumbung_listener_lag_records", "Records in the log that the listener has not handled", ["topic"])
DEAD_LETTERS = Gauge("lumbung_dead_letters", "Records set aside and not replayed yet")
JUDGED = Counter("lumbung_judged_total", "Judgements told, by kind of subject and outcome", ["subject", "outcome"])
WAITING_FOR_FACTS = Gauge(
    "lumbung_waiting_for_facts",
    "Open subjects that cannot be judged: something of theirs was not heard of",
    ["subject"],
)
WAITING_FOR_JUDGEMENT = Gauge(
    "lumbung_waiting_for_judgement",
    "Open subjects of this house whose judgement is missing or older than its facts",
    ["subject"],
)
OVERRIDDEN = Counter("lumbung_overridden_total", "Rules not known that a supervisor answered for", ["rule"])
JOBS_DUE = Gauge("lumbung_jobs_due", "Jobs whose time has come and that are not done")
# A process that does not look at these (a web worker) must not show a zero that nobody has counted.
for unknown in (OUTBOX_OLDEST_AGE, DEAD_LETTERS, JOBS_DUE):
    unknown.set(float("nan"))


class Counted:
    """Sums that cost a query: counted when they are asked for, and not again for some seconds."""

    KEPT_SECONDS = 5.0

    def __init__(self, count: Callable[[], Mapping[str, int]]) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._until = 0.0
        self._known: Mapping[str, int] = {}

    def of(self, name: str) -> float:
        """One of the sums; not a number while they cannot be counted, so that a scrape never fails for them."""
        with self._lock:
            if time.monotonic() >= self._until:
                try:
                    self._known = self._count()
                except Exception:  # an engine that is away must not hide all other numbers
                    return float("nan")
                self._until = time.monotonic() + self.KEPT_SECONDS
            return float(self._known.get(name, 0))
