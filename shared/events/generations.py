"""Whoever keeps a copy of the read model in memory asks here whether it was rebuilt since.

The number stands in every answer that says what it was made from.
"""

from dataclasses import dataclass

from shared.documents.mongo import CollectionSpec, Database, Tx

COLLECTION = "generations"
SPEC = CollectionSpec(COLLECTION)
_ID = "read_model"


@dataclass(frozen=True, slots=True)
class Generation:
    """``number`` counts the rebuilds of the read model, from 0."""

    number: int


def current(source: Database | Tx) -> Generation:
    """The generation of the read model now; when ``number`` has changed, read everything again."""
    row = source.collection(COLLECTION).find_one({"_id": _ID})
    return Generation(row["number"] if row else 0)


def begin_next(tx: Tx) -> int:
    """The read model was rebuilt; the number of its new generation."""
    number = current(tx).number + 1
    tx.collection(COLLECTION).update_one({"_id": _ID}, {"$set": {"number": number}}, upsert=True)
    return number
