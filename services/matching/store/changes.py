"""Any number of web workers keep the catalogue in memory; this is how they agree on what is in it.

The listener writes documents of the catalogue and a row here in one transaction. Changes are numbered without gaps, so
a worker that stands at 17 and finds the head at 20 reads the documents of 18, 19 and 20 and is as fresh as anybody.
A row has the changes of its transaction, under the number of the last one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from pymongo.collection import Collection
from pymongo.errors import PyMongoError

from shared.documents.mongo import Database, Document, Tx
from shared.events import generations
from shared.events.envelope import Event

CHANGES, SEQUENCE = "changes", "sequence"

# A worker further behind than this reads the whole catalogue again, which costs about as much.
KEPT = 20_000
FEW = 100
"""Changes asked for by name, as before nearly every answer. A small engine looks through all ids for a range of them,
which costs as much as a hundred names."""
_HEAD, _PROMOTION, _EXPOSURES, _GENERATION = "catalogue", "promotion", "exposures", "generation"


@dataclass(frozen=True, slots=True)
class Change:
    """Document `key` of `collection` is new, changed or erased."""

    number: int
    collection: str
    key: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest change: its number, the newest number of each collection, and when the newest event happened."""

    number: int
    by_collection: Mapping[str, int]
    heard_at: datetime | None

    def of(self, *collections: str) -> int:
        """The newest change of any of these collections; 0 before the first."""
        return max((self.by_collection.get(name, 0) for name in collections), default=0)


@dataclass(frozen=True, slots=True)
class News:
    """What every answer looks at first, in one reading: where the catalogue stands, and what else has changed.

    `promotion`: number of the last promotion, None before the first; `exposures`: how often exposures were counted;
    `generation`: of the read model, None where nobody has noted it here yet.
    """

    head: Head
    promotion: int | None
    exposures: int
    generation: int | None


def news(database: Database) -> News:
    """The newest of everything that determines answers and is not about a person."""
    rows = {row["_id"]: row for row in database.collection(SEQUENCE).find({})}  # these four and no others
    return News(
        _head_of(rows.get(_HEAD)),
        rows.get(_PROMOTION, {}).get("number"),
        rows.get(_EXPOSURES, {}).get("count", 0),
        rows.get(_GENERATION, {}).get("number"),
    )


def note_promotion(tx: Tx, number: int) -> None:
    """A model was put in force, by the promotion of this number."""
    tx.collection(SEQUENCE).update_one({"_id": _PROMOTION}, {"$set": {"number": number}}, upsert=True)


def note_generation(tx: Tx, number: int) -> None:
    """The read model was rebuilt for the so many-th time; said in the transaction that begins this generation."""
    tx.collection(SEQUENCE).update_one({"_id": _GENERATION}, {"$set": {"number": number}}, upsert=True)


def generation_of(database: Database) -> int:
    """The generation of a house in which it was not noted yet; it is from now on."""

    def note(tx: Tx) -> int:
        number = generations.current(tx).number
        note_generation(tx, number)
        return number

    try:
        return database.run(note)
    except PyMongoError:  # somebody else notes it just now, or nothing can be written; reading it is enough today
        return generations.current(database).number


def note_exposures(sequence: Collection[Document]) -> None:
    """Exposures were counted; said after the counts are written, so that whoever sees this sees them."""
    sequence.update_one({"_id": _EXPOSURES}, {"$inc": {"count": 1}}, upsert=True)


def note(collection: str, tx: Tx, events: Sequence[Event]) -> None:
    """Number these changes, in the transaction that makes them. Two writers collide here and take turns."""
    before = head(tx)
    first, last = before.number + 1, before.number + len(events)
    heard = [event.time for event in events]
    row = {"head": last, f"by.{collection}": last, "heard_at": max([*heard, before.heard_at or heard[0]])}
    tx.collection(SEQUENCE).update_one({"_id": _HEAD}, {"$set": row}, upsert=True)
    changed = {"_id": last, "collection": collection, "keys": [event.key for event in events]}
    tx.collection(CHANGES).insert_one(changed)
    if last > KEPT:
        tx.collection(CHANGES).delete_many({"_id": _numbers(range(max(first - KEPT, 1), last - KEPT + 1))})


def head(source: Database | Tx) -> Head:
    """Where the sequence stands; number 0 before the first change."""
    return _head_of(source.collection(SEQUENCE).find_one({"_id": _HEAD}))


def _head_of(row: Document | None) -> Head:
    return Head(row["head"], row.get("by", {}), row.get("heard_at")) if row else Head(0, {}, None)


def between(database: Database, after: int, head: int) -> list[Change] | None:
    """The changes `after < number <= head` in their order, or None when some are no longer kept."""
    numbers = range(after + 1, head + 1)
    rows = sorted(database.collection(CHANGES).find({"_id": _numbers(numbers)}), key=itemgetter("_id"))
    found = [change for row in rows for change in _changes_of(row) if change.number > after]
    return found if len(found) == len(numbers) else None


def _numbers(numbers: range) -> Document:
    """Asks for all of these."""
    return {"$in": list(numbers)} if len(numbers) <= FEW else {"$gte": numbers.start, "$lt": numbers.stop}


def _changes_of(row: Document) -> list[Change]:
    keys = row.get("keys") or [row["key"]]  # before rows had many: one
    return [Change(number, row["collection"], key) for number, key in enumerate(keys, row["_id"] - len(keys) + 1)]


def by_collection(changes: Iterable[Change]) -> dict[str, set[str]]:
    """The keys that changed, by collection; a document that changed twice is read once."""
    found: dict[str, set[str]] = {}
    for change in changes:
        found.setdefault(change.collection, set()).add(change.key)
    return found
