"""A house's ``hears.py`` says here what it keeps of another house's documents: the newest version, in its own shape.

Duplicates, replays and reordering change nothing, because an older or equal version is passed over. An erased
document stays behind as ``{_id, version, erased: True}``, so that a late record cannot bring a person back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pymongo import InsertOne, ReplaceOne

from shared import trace
from shared.documents.mongo import Document, Tx
from shared.events.envelope import Event


def everything(data: Document) -> Document:
    """The shape that keeps the payload as it came."""
    return data


@dataclass(frozen=True, slots=True)
class Projection:
    """A read model of one topic.

    ``shape`` turns a payload into the document to keep; it is pure and must not fail on fields that it does not
    know. ``after`` runs in the same transaction, once for every version that was really kept, for instance to count
    it in a sequence. It writes only this house's own documents, and does not run while a rebuild reads history
    again.
    """

    collection: str
    shape: Callable[[Document], Document] = everything
    after: Callable[[Tx, Event], None] | None = None

    def apply(self, tx: Tx, events: Sequence[Event], *, collections: Sequence[str] | None = None) -> int:
        """Keep the newest version of each key; returns how many documents of the first collection changed.

        ``collections`` are the generations to write, the live one first; a rebuild passes only its own, or the
        listener both. ``after`` runs only for the live one.
        """
        newest: dict[str, Event] = {}
        for event in events:
            if event.key not in newest or event.version > newest[event.key].version:
                newest[event.key] = event
        names = collections or (self.collection,)
        kept = [self._keep(tx, name, newest) for name in names]
        if self.after is not None and names[0] == self.collection:
            for event in kept[0]:
                with trace.span(event.trace):
                    self.after(tx, event)
        return len(kept[0])

    def _keep(self, tx: Tx, name: str, newest: Mapping[str, Event]) -> list[Event]:
        collection = tx.collection(name)
        found = collection.find({"_id": {"$in": list(newest)}}, {"version": 1})
        versions = {row["_id"]: row["version"] for row in found}
        fresh = [event for event in newest.values() if event.version > versions.get(event.key, 0)]
        requests: list[InsertOne[Document] | ReplaceOne[Document]] = []
        for event in fresh:
            doc = self._document(event)
            if event.key in versions:
                requests.append(ReplaceOne({"_id": event.key, "version": versions[event.key]}, doc))
            else:
                requests.append(InsertOne(doc))
        if requests:
            # Another writer of the same key collides with this transaction and the whole of it runs again.
            collection.bulk_write(requests, ordered=False)
        return fresh

    def _document(self, event: Event) -> dict[str, Any]:
        if event.data is None:
            return {"_id": event.key, "version": event.version, "erased": True}
        return self.shape(event.data) | {"_id": event.key, "version": event.version}
