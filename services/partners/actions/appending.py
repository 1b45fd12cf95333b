"""A change that was heard becomes an entry of the feed, in the transaction that keeps what is known of its document.

A change whose person, course or order was not heard of yet waits for it: the topics of a bus keep no order among each
other, and nobody who asks for a regency may miss an event because its place came a moment later.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from services.partners.actions.house import House
from services.partners.model import knowledge
from services.partners.model.telling import Change, Missing, told
from services.partners.store.known import looking
from shared import clock
from shared.documents.mongo import Document, Tx
from shared.events.envelope import Event

REFERRED_TO = (knowledge.PEOPLE, knowledge.COURSES, knowledge.ORDERS)
"""Topics of documents that events of other topics belong to."""

Before = Document | None


def heard(tx: Tx, house: House, changes: Sequence[tuple[Before, Event]]) -> None:
    """Append these changes of one topic, and those that waited for their documents."""
    if not changes:
        return
    topic = changes[0][1].topic
    released = _released(tx, house, topic, [event.key for _, event in changes])
    _append(tx, house, [*(_change_of(before, event) for before, event in changes), *released])


def person_heard(tx: Tx, house: House, events: Sequence[Event]) -> None:
    """A person is known now: what waited for them is told. One who was erased takes their entries along."""
    erased = [event.key for event in events if event.data is None]
    if erased:
        house.feed.forget(tx, erased)
        house.deliveries.forget(tx, erased)
    known = [event.key for event in events if event.data is not None]
    _append(tx, house, _released(tx, house, knowledge.PEOPLE, known))


def _released(tx: Tx, house: House, topic: str, ids: Iterable[str]) -> list[Document]:
    documents = [f"{topic}/{id}" for id in ids]
    return house.feed.unpark(tx, documents) if topic in REFERRED_TO and documents else []


def _append(tx: Tx, house: House, changes: Sequence[Document]) -> None:
    look = looking(tx)
    entries = []
    for change in changes:
        try:
            entry = _entry_of(change, look)
        except Missing as missing:
            person = (change["data"] or {}).get("candidate_id")
            house.feed.park(tx, f"{missing.topic}/{missing.id}", person, change)
            continue
        if entry is not None:
            entries.append(entry)
    house.feed.append(tx, entries)


def _change_of(before: Before, event: Event) -> Document:
    return {
        "key": f"{event.topic}/{event.key}/{event.version}",
        "topic": event.topic,
        "type": event.type,
        "subject": event.key,
        "version": event.version,
        "data": event.data,
        "before": before,
        "event_id": event.id,
        "time": event.time,
        "trace": event.trace,
    }


def _entry_of(change: Document, look: Any) -> Document | None:
    said = told(
        Change(
            topic=change["topic"],
            type=change["type"],
            key=change["subject"],
            version=change["version"],
            data=change["data"],
            before=change["before"],
        ),
        look,
    )
    if said is None:
        return None
    return {
        "key": change["key"],
        "type": said.type,
        "topic": change["topic"],
        "subject": change["subject"],
        "version": change["version"],
        "event_id": change["event_id"],
        "time": change["time"],
        "trace": change["trace"],
        "heard_at": clock.wall(),
        "regions": list(said.regions),
        "about": said.about,
        "of": said.of,
        "minimal": said.minimal,
        "more": said.more,
    }
