"""An action that follows an event leaves a row here in the same transaction: "seen" is recorded together with "done".

One row a key holds the newest version that was acted on, so the collection grows with the aggregates and not with
their history. Every event carries the whole state; an older version that arrives late has nothing to add.
"""

from shared.documents.mongo import CollectionSpec, Tx
from shared.events.envelope import Event

COLLECTION = "inbox"
SPEC = CollectionSpec(COLLECTION)


def first_time(tx: Tx, event: Event) -> bool:
    """Claim an event for this transaction. False: this version or a newer one of its key was acted on before."""
    inbox = tx.collection(COLLECTION)
    id = f"{event.topic}/{event.key}"
    row = inbox.find_one({"_id": id})
    if row is None:
        inbox.insert_one({"_id": id, "version": event.version})
        return True
    if row["version"] >= event.version:
        return False
    inbox.update_one({"_id": id}, {"$set": {"version": event.version}})
    return True
