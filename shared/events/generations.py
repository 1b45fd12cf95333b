"""Listener, rebuild and readers agree here on which generation of the read model lives and whether one is being built.

The live generation of a projection is the collection of its name; the one being built has ``.next`` behind it and
takes over by a rename. While one is being built the listener writes both.
"""

from dataclasses import dataclass

from shared.documents.mongo import CollectionSpec, Database, Tx, TxCollection

COLLECTION = "generations"
SPEC = CollectionSpec(COLLECTION)
_ID = "read_model"


@dataclass(frozen=True, slots=True)
class Generation:
    """``number`` counts the rebuilds that took over, from 0; ``building`` is true while the next one is being built."""

    number: int
    building: bool


def current(source: Database | Tx) -> Generation:
    """The state of the read model. Whoever keeps a copy in memory reads it again when ``number`` has changed."""
    row = source.collection(COLLECTION).find_one({"_id": _ID})
    if row is None:
        return Generation(number=0, building=False)
    return Generation(number=row["number"], building=row["building"])


def next_of(collection: str) -> str:
    """The name of the generation that is being built."""
    return f"{collection}.next"


def begin(tx: Tx) -> None:
    """From this commit on the listener writes both generations."""
    _set(tx.collection(COLLECTION), current(tx).number, building=True)


def end(tx: Tx, *, swapped: bool) -> None:
    """From this commit on the listener writes the live generation only."""
    _set(tx.collection(COLLECTION), current(tx).number + (1 if swapped else 0), building=False)


def _set(collection: TxCollection, number: int, *, building: bool) -> None:
    collection.update_one({"_id": _ID}, {"$set": {"number": number, "building": building}}, upsert=True)
