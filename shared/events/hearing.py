"""What a house does with a record, the same for the live listener and for the replay of a dead letter.

``services/<house>/hears.py`` is a table: topic -> a :class:`Projection` (keep it) or an action ``(tx, event)`` that
changes something of the house's own. An action runs once a version, in one transaction with everything it writes.
"""

import logging
from collections.abc import Callable, Mapping, Sequence

from shared import clock, metrics, trace
from shared.documents.mongo import Database, Tx
from shared.events import contracts, dead_letters, inbox
from shared.events.envelope import Event, Record, UnreadableEvent, from_wire
from shared.events.projection import Projection
from shared.waking import HEARD

log = logging.getLogger(__name__)

Action = Callable[[Tx, Event], None]
Hears = Mapping[str, Projection | Action]

# Events of one transaction of a projection. More would keep other writers waiting, fewer would pay for the commit
# more often.
CHUNK = 100


class Hearing:
    """The table of a house, ready to be applied to its database."""

    def __init__(self, database: Database, hears: Hears) -> None:
        self.database = database
        self.hears = hears
        for topic in hears:
            contracts.check_present(topic)

    @property
    def projections(self) -> dict[str, Projection]:
        """The entries that a rebuild can make again from the log."""
        return {topic: entry for topic, entry in self.hears.items() if isinstance(entry, Projection)}

    def read(self, record: Record) -> Event:
        """The event in a record, checked against its contract.

        Raises:
            Unreadable, Refused: see there; both are reasons for a dead letter.
        """
        event = from_wire(record)
        if event.data is not None and not self._is_passed_over(event):
            contracts.check_heard(event.topic, event.data)
            told = event.data.get("id", event.key), event.data.get("version", event.version)
            if told != (event.key, event.version):
                raise UnreadableEvent("id or version of the payload differ from key or ce_sequence.")
        return event

    def _is_passed_over(self, event: Event) -> bool:
        """Nothing will be kept of it, so nobody needs to know whether it is sound."""
        entry = self.hears.get(event.topic)
        return isinstance(entry, Projection) and not entry.keeps(event)

    def apply(self, events: Sequence[Event]) -> None:
        """Handle events of one topic in their order, all in one transaction (an action: one each).

        Raises:
            Refused: an action cannot take this event, now or later.
            Exception: everything else is trouble that may pass; nothing of the transaction was kept.
        """
        entry = self.hears[events[0].topic]
        if isinstance(entry, Projection):
            if kept := [event for event in events if entry.keeps(event)]:
                self.database.run(lambda tx: self._project(tx, entry, kept))
        else:
            for event in events:
                self._act(entry, event)
        HEARD.ring()
        _note(events)

    def _project(self, tx: Tx, projection: Projection, events: Sequence[Event]) -> None:
        projection.apply(tx, events)
        dead_letters.forget(tx, [event for event in events if event.data is None])

    def _act(self, action: Action, event: Event) -> None:
        def once(tx: Tx) -> None:
            if inbox.first_time(tx, event):
                action(tx, event)
            if event.data is None:
                dead_letters.forget(tx, [event])

        with trace.span(event.trace):
            self.database.run(once)


def _note(events: Sequence[Event]) -> None:
    """One line for each trace: what was told by the thousand is one line a transaction."""
    now, topic = clock.now(), events[0].topic
    metrics.EVENTS_HEARD.labels(topic).inc(len(events))
    heard_after = metrics.HEARD_AFTER.labels(topic)
    by_trace: dict[str | None, list[Event]] = {}
    for event in events:
        heard_after.observe(max((now - event.time).total_seconds(), 0.0))
        by_trace.setdefault(event.trace, []).append(event)
    for traced, (first, *more) in by_trace.items():
        with trace.span(traced):
            place = {"topic": topic, "type": first.type, "key": first.key, "version": first.version}
            log.info("Heard", extra=place | ({"and_more": len(more)} if more else {}))
