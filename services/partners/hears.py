"""What others told the partners house. Every change is kept, newest first known, and told outside at most once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.partners.actions import appending
from services.partners.actions.house import House
from services.partners.model import knowledge
from services.partners.store.known import COLLECTIONS
from shared.documents.mongo import Document, Tx
from shared.events.envelope import Event
from shared.events.hearing import Hears
from shared.events.projection import Projection

Tell = Callable[[Tx, Sequence[tuple[Document | None, Event]]], None]


@dataclass(frozen=True, slots=True)
class Telling(Projection):
    """A read model whose every new version is told too, with what was known before it.

    A projection alone keeps the newest of several versions that come together; the feed has them all.
    """

    tell: Tell | None = None

    def apply(self, tx: Tx, events: Sequence[Event], *, mend: bool = False, new: bool = False) -> int:
        """Keep the newest version of each key and tell every one that is new; returns how many documents changed."""
        rows = tx.collection(self.collection).find({"_id": {"$in": sorted({event.key for event in events})}})
        known: dict[str, Document] = {row["_id"]: row for row in rows}
        changes = []
        for event in events:
            before = known.get(event.key)
            if before is None or event.version > before["version"]:
                changes.append((before, event))
                known[event.key] = self.document(event)
        written = Projection.apply(self, tx, events, mend=mend, new=new)
        if self.tell is not None:
            self.tell(tx, changes)
        return written


def hears(house: House) -> Hears:
    """Topic → what is kept of it."""

    def tell(tx: Tx, changes: Sequence[tuple[Document | None, Event]]) -> None:
        appending.heard(tx, house, changes)

    def person(tx: Tx, events: Sequence[Event]) -> None:
        appending.person_heard(tx, house, events)

    people = Projection(COLLECTIONS[knowledge.PEOPLE], shape=knowledge.person, after=person)
    told = {
        topic: Telling(COLLECTIONS[topic], shape=shape, tell=tell)
        for topic, shape in knowledge.SHAPES.items()
        if topic != knowledge.PEOPLE
    }
    return {knowledge.PEOPLE: people, **told}
