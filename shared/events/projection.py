"""A house's ``hears.py`` says here what it keeps of another house's documents: the newest version, in its own shape.

Duplicates, replays and reordering change nothing, because an older or equal version is passed over. An erased document
stays behind as ``{_id, version, erased: True}``, so that a late record cannot bring a person back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pymongo import InsertOne, ReplaceOne

from shared import trace
from shared.documents.mongo import Document, Tx
from shared.events.digest import hash_of
from shared.events.envelope import Event

After = Callable[[Tx, Sequence[Event]], None]


def each(do: Callable[[Tx, Event], None]) -> After:
    """An ``after`` that takes the events one by one, each under its own trace: what it tells then points back to it."""

    def after(tx: Tx, events: Sequence[Event]) -> None:
        for event in events:
            with trace.span(event.trace):
                do(tx, event)

    return after


def anything(data: Document) -> bool:
    """Wants every record of its topic."""
    return True


def everything(data: Document) -> Document:
    """The shape that keeps the payload as it came."""
    return data


@dataclass(frozen=True, slots=True)
class Projection:
    """A read model of one topic.

    ``wants`` tells by a payload whether this house keeps the document at all, the same for all versions of a key. It is
    asked before the payload is checked, and says yes to what it does not understand: that becomes a dead letter.
    ``shape`` turns a payload into the document to keep; it is pure and must not fail on fields that it does not know.
    ``after`` runs in the same transaction with the events whose documents were really written, for instance to count
    them in a sequence; it writes only this house's own documents. One version may come twice: after a rebuild mended
    it. What it does for all of them together costs a round trip a transaction instead of one an event; see `each`.
    ``rebuilt`` is told the number of each new generation, in the transaction that begins it.
    """

    collection: str
    shape: Callable[[Document], Document] = everything
    after: After | None = None
    wants: Callable[[Document], bool] = anything
    rebuilt: Callable[[Tx, int], None] | None = None

    def apply(self, tx: Tx, events: Sequence[Event], *, mend: bool = False, new: bool = False) -> int:
        """Keep the newest version of each key; returns how many documents were written.

        ``mend`` (a rebuild) also writes a document that stands at the right version and has the wrong content. ``new``:
        none of them should be kept yet, so nothing is looked up.

        Raises:
            BulkWriteError: one of those that should be ``new`` is there after all.
        """
        newest: dict[str, Event] = {}
        for event in filter(self.keeps, events):
            if event.key not in newest or event.version > newest[event.key].version:
                newest[event.key] = event
        documents = [self.document(event) for event in newest.values()]
        kept = keep_newest(tx, self.collection, documents, mend=mend, new=new)
        if kept and self.after is not None:
            self.after(tx, [newest[id] for id in kept])
        return len(kept)

    def keeps(self, event: Event) -> bool:
        """Whether anything is kept of this record; a tombstone may be of something that was kept."""
        return event.data is None or self.wants(event.data)

    def document(self, event: Event) -> dict[str, Any]:
        """What is kept of an event."""
        if event.data is None:
            return {"_id": event.key, "version": event.version, "erased": True}
        return self.shape(event.data) | {"_id": event.key, "version": event.version}


def keep_newest(
    tx: Tx, collection: str, documents: Sequence[Document], *, mend: bool = False, new: bool = False
) -> list[str]:
    """Write those of ``documents`` (one an id) that are newer than what is kept; returns the ids that were written.

    ``mend`` also writes one that stands at the right version and has the wrong content. ``new``: none should be there.
    """
    if not documents:
        return []
    kept = tx.collection(collection)
    fields = None if mend else {"version": 1}
    ids = [] if new else [one["_id"] for one in documents]
    found = {row["_id"]: row for row in kept.find({"_id": {"$in": ids}}, fields)} if ids else {}
    fresh = [one for one in documents if _is_news(one, found.get(one["_id"]), mend)]
    if fresh:
        # Another writer of the same key collides with this transaction and the whole of it runs again.
        kept.bulk_write([_write(one, found.get(one["_id"])) for one in fresh], ordered=False)
    return [one["_id"] for one in fresh]


def _is_news(one: Document, known: Document | None, mend: bool) -> bool:
    if known is None or one["version"] > known["version"]:
        return True
    return mend and one["version"] == known["version"] and hash_of(one) != hash_of(known)


def _write(one: Document, known: Document | None) -> InsertOne[Document] | ReplaceOne[Document]:
    if known is None:
        return InsertOne(one)
    return ReplaceOne({"_id": one["_id"], "version": known["version"]}, one)
