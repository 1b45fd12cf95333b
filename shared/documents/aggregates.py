"""Actions load, create, change and erase a house's own documents here, and the event is saved with every change.

One number everywhere: the ``version`` that this module counts is the ETag, the event's sequence and the version in
every read model.
"""

from collections.abc import Callable, Sequence

from pymongo import ReplaceOne

from shared import clock, ids
from shared.documents import receipts
from shared.documents.mongo import Database, Document, Tx
from shared.events import outbox


class StaleVersion(Exception):
    """Somebody else changed the document since it was loaded."""

    def __init__(self, current_version: int | None) -> None:
        super().__init__(f"The document is at version {current_version} by now.")
        self.current_version = current_version


class Aggregates:
    """One kind of document that a house owns: a collection, the topic that tells of it, and what is told.

    ``says`` turns a document into the public payload. ``topic`` None: nobody else needs to know (organisations, keys).
    ``beside`` names a collection with a part of each document that is kept under stricter rights, under the same
    ``_id``: ``says`` sees that row as ``doc["beside"]``, and it is never stored in the document itself. None where
    nothing is kept.
    """

    def __init__(
        self,
        database: Database,
        collection: str,
        topic: str | None,
        says: Callable[[Document], Document],
        *,
        beside: str | None = None,
    ) -> None:
        self.database = database
        self.collection = collection
        self.topic = topic
        self.says = says
        self.beside = beside

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """The document, or None; an erased one comes back as ``{_id, version, erased: True}``."""
        if tx is None:
            return self.database.collection(self.collection).find_one({"_id": id})
        return tx.collection(self.collection).find_one({"_id": id})

    def create(self, tx: Tx, doc: Document, *, type: str, beside: Document | None = None) -> Document:
        """Save a new document (with its ``_id``) at version 1, its event, and the receipt of the running request.

        ``beside``: what the caller has just kept beside it, if anything; so nobody needs to look for it.

        Raises:
            DuplicateKeyError: the id, or a unique index of the collection, is taken.
        """
        now = clock.now()
        new = doc | {"version": 1, "created_at": now, "updated_at": now}
        tx.collection(self.collection).insert_one(new)
        receipts.sign(tx, id=new["_id"], version=1)
        self._tell(tx, new, type, whole=new if self.beside is None else new | {"beside": beside})
        return new

    def change(self, tx: Tx, doc: Document, *, type: str) -> Document:
        """Save a changed document and its event. ``doc`` is what was loaded, changed; its ``version`` is the guard.

        Raises:
            StaleVersion: the stored version is another one.
        """
        guard = doc["version"]
        new = doc | {"version": guard + 1, "updated_at": clock.now()}
        self._replace(tx, new, guard)
        self._tell(tx, new, type)
        return new

    def change_many(self, tx: Tx, changes: Sequence[tuple[Document, str]]) -> None:
        """Save many changed documents with their events at once: pairs of the changed document and its event type.

        For kinds of which nothing is kept beside them.

        Raises:
            StaleVersion: one of the stored versions is another one; nothing of the transaction may be kept then.
        """
        now = clock.now()
        new = [doc | {"version": doc["version"] + 1, "updated_at": now} for doc, _ in changes]
        if not new:
            return
        writes = [ReplaceOne({"_id": doc["_id"], "version": doc["version"] - 1}, doc) for doc in new]
        if tx.collection(self.collection).bulk_write(writes, ordered=False).matched_count < len(new):
            raise StaleVersion(None)
        if self.topic is not None:
            tellings = [
                outbox.Telling(self.topic, doc["_id"], type, doc["version"], self.says(doc))
                for doc, (_, type) in zip(new, changes, strict=True)
            ]
            outbox.put_many(tx, tellings)

    def erase(self, tx: Tx, id: str, *, type: str) -> Document:
        """Leave only ``{_id, version, erased: True}`` and send a tombstone. Erasing twice changes nothing.

        Raises:
            KeyError: there never was such a document.
        """
        doc = self.load(id, tx)
        if doc is None:
            raise KeyError(id)
        if doc.get("erased"):
            return doc
        stub = {"_id": id, "version": doc["version"] + 1, "erased": True}
        self._replace(tx, stub, doc["version"])
        self._tell(tx, stub, type)
        return stub

    def hold(self, tx: Tx, id: str) -> None:
        """Let whoever changes or erases the document at the same moment collide with this transaction.

        For what is kept beside a document and depends on it: read first and held, it cannot be written too late.
        """
        # A new value each time: a write that changes nothing would not collide.
        tx.collection(self.collection).update_one({"_id": id}, {"$set": {"held": ids.new()}})

    def announce(self, tx: Tx, id: str, *, type: str) -> bool:
        """Tell the current state again at the same version (erased: a tombstone). False: there is no such document.

        The document is held, so that a change at the same moment is not followed by an older version on the wire.
        """
        doc = self.load(id, tx)
        if doc is None or self.topic is None:
            return False
        self.hold(tx, id)
        self._tell(tx, doc, type)
        return True

    def _replace(self, tx: Tx, new: Document, guard: int) -> None:
        result = tx.collection(self.collection).replace_one({"_id": new["_id"], "version": guard}, new)
        if result.matched_count == 0:
            current = self.load(new["_id"], tx)
            raise StaleVersion(current["version"] if current else None)

    def _tell(self, tx: Tx, doc: Document, type: str, *, whole: Document | None = None) -> None:
        if self.topic is None:
            return
        data = None if doc.get("erased") else self.says(whole or self._whole(tx, doc))
        outbox.put(tx, topic=self.topic, key=doc["_id"], type=type, version=doc["version"], data=data)

    def _whole(self, tx: Tx, doc: Document) -> Document:
        if self.beside is None:
            return doc
        return doc | {"beside": tx.collection(self.beside).find_one({"_id": doc["_id"]})}
