"""For actions: where candidates are kept and how they are found again.

Every query on a hot path is an equality, or an equality and a range in the order of one index (see the store rules of
the embedded stack). What is looked up by its content is kept as keyed hashes and name keys beside the document, made
here and nowhere else.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from services.registry import says
from services.registry.model import merged, names, numbers
from services.registry.model.candidate import person_key
from services.registry.store.cuts import Remembered, given
from services.registry.store.named import AT_A_GLANCE, COLLECTION, COUNTERS, Named
from services.registry.store.vault import Vault
from shared import clock
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.documents.spans import first_rows
from shared.http.cursors import page
from shared.progress import Progress

Taken = DuplicateKeyError
"""What is raised when a natural key belongs to somebody who was registered a moment before."""

SPECIFIC = "specific"
APPLICATIONS = "applications"
"""Read model of ``placement.applications.v1``: what became of this person's applications."""
ERASED_NIKS = "erased_niks"
"""Keyed hashes of people who were erased, of the number and of name, birthday and regency together, for one purpose: an
old sheet must not bring them back."""

ERASED_KEPT = timedelta(days=365)

_PEOPLE = {"alive": True}
"""Erased stubs have none of the fields below; a partial index keeps them out of uniqueness."""

_VALIDATOR = {
    "$jsonSchema": {
        "bsonType": "object",
        "required": ["version"],
        "properties": {
            "version": {"bsonType": ["int", "long"], "minimum": 1},
            "nik": {
                "bsonType": ["object", "null"],
                "required": ["sealed", "hash", "last4"],
                "properties": {
                    "sealed": {"bsonType": "binData"},
                    "hash": {"bsonType": "string", "minLength": 64, "maxLength": 64},
                    "last4": {"bsonType": "string", "maxLength": 4},
                },
            },
        },
    }
}
"""The server itself refuses a national id number in the clear, whichever program writes it."""

SPECS = (
    CollectionSpec(
        COLLECTION,
        [
            IndexModel([("natural_key", ASCENDING)], unique=True, partialFilterExpression=_PEOPLE),
            IndexModel([("number", ASCENDING)], unique=True, partialFilterExpression=_PEOPLE),
            IndexModel([("nik.hash", ASCENDING)]),
            IndexModel([("person_hash", ASCENDING)]),
            IndexModel([("phone", ASCENDING)]),
            IndexModel([("birth_date", ASCENDING), ("regency", ASCENDING)]),
            IndexModel([("name_keys", ASCENDING), ("birth_date", ASCENDING)]),
            IndexModel([("centre", ASCENDING), ("number", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("alive", ASCENDING), ("number", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("centre", ASCENDING), ("regency", ASCENDING), ("number", ASCENDING)]),
            # What was changed since, of one centre or of all.
            IndexModel([("centre", ASCENDING), ("updated_at", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("alive", ASCENDING), ("updated_at", ASCENDING), ("_id", ASCENDING)]),
        ],
        validator=_VALIDATOR,
    ),
    CollectionSpec(COUNTERS),
    CollectionSpec(ERASED_NIKS),
)

MOST_OF_ONE_KEY = 300
"""People of one telephone, birthday or number who are looked at."""


def aggregates(database: Database) -> Aggregates:
    """Candidates with their events; what is told of health and records is read from its own collection."""
    return Aggregates(database, COLLECTION, says.CANDIDATES, says.candidate, beside=SPECIFIC)


class Candidates:
    """All candidates of the house."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.vault = vault
        self.aggregates = aggregates(database)
        self.named = Named(database)
        self._rows = database.collection(COLLECTION)
        self._counters = database.collection(COUNTERS)
        self._cuts = Remembered(self._counters, self._rows)

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """The document, an erased stub, or None."""
        return self.aggregates.load(id, tx)

    def kept(self, document: Document, tx: Tx | None = None) -> Document:
        """The record that is kept of somebody whose other records were merged, one into the other; or this very one."""
        while document.get("merged_into") and (into := self.load(document["merged_into"], tx)) is not None:
            document = into
        return document

    def create(self, tx: Tx, document: Document, *, beside: Document | None = None) -> Document:
        """Save a new candidate with its event; ``beside`` is the specific data that was kept with it.

        Raises:
            Taken: the natural key belongs to somebody who was registered a moment before.
        """
        return self.aggregates.create(tx, self._findable(document), type=says.Type.REGISTERED, beside=beside)

    def change(self, tx: Tx, document: Document, *, type: str = says.Type.CHANGED) -> Document:
        """Save a changed candidate with its event; ``document["version"]`` is the guard.

        Raises:
            Stale: somebody else was faster.
            Taken: the new natural key belongs to somebody else.
        """
        return self.aggregates.change(tx, self._findable(document), type=type)

    def erase(self, tx: Tx, id: str) -> Document:
        """Leave a stub and send a tombstone."""
        return self.aggregates.erase(tx, id, type=says.Type.ERASED)

    def leave_pointer(self, tx: Tx, document: Document, *, into: str) -> Document:
        """Of a record that was merged into another one, leave its id and number, pointing there, and say so."""
        stub = {"_id": document["_id"], "version": document["version"], "alive": False, "number": document["number"]}
        return self.aggregates.change(tx, {**stub, "merged_into": into}, type=says.Type.CHANGED)

    def remember_erased(self, tx: Tx, hashed: str) -> datetime:
        """Keep a hash by which an erased person would be known for a year. Returns the end of that year."""
        now = clock.now()
        until = now + ERASED_KEPT
        kept = {"erased_at": now, "until": until}
        tx.collection(ERASED_NIKS).update_one({"_id": hashed}, {"$set": kept}, upsert=True)
        return until

    def erased(self, hashes: Sequence[str]) -> dict[str, datetime]:
        """When the people who were known by these hashes were erased, of those who were within the last year."""
        found = self.database.collection(ERASED_NIKS).find({"_id": {"$in": list(hashes)}})
        return {row["_id"]: row["erased_at"] for row in found if row["until"] > clock.now()}

    def welcome_back(self, tx: Tx, hashed: str) -> None:
        """The person who was known by this has registered again."""
        tx.collection(ERASED_NIKS).delete_one({"_id": hashed})

    def forget_nik(self, hashed: str) -> None:
        """The year is over."""
        self.database.collection(ERASED_NIKS).delete_one({"_id": hashed, "until": {"$lte": clock.now()}})

    def hold(self, tx: Tx, id: str) -> None:
        """Let an erasure at the same moment collide with this transaction."""
        self.aggregates.hold(tx, id)

    def next_number(self, year: int) -> str:
        """A candidate number nobody has. Taken outside of the registration's transaction, so that two counters do not
        wait for each other; a registration that then fails leaves a gap, which harms nothing."""
        return numbers.number(year, self.next_serials(year, 1)[0])

    def next_serials(self, year: int, count: int) -> range:
        """``count`` serial numbers of a year in one step, for imports."""
        name = f"number-{year}"
        while True:
            row = self._counters.find_one({"_id": name})
            if row is None:
                self._counters.update_one({"_id": name}, {"$setOnInsert": {"value": 0}}, upsert=True)
                continue
            after = row["value"] + count
            # The old value is the guard: whoever lost the race reads again.
            if self._counters.update_one(
                {"_id": name, "value": row["value"]}, {"$set": {"value": after}}
            ).matched_count:
                return range(row["value"] + 1, after + 1)

    def reseal(self) -> tuple[int, int]:
        """Seal every number with the vault's own key that another one sealed. How many were, and how many there are."""
        ids = [row["_id"] for row in self._rows.find({"nik.sealed": {"$exists": True}}, {"_id": 1})]
        with Progress("sealing numbers", len(ids)) as progress:
            renewed = 0
            for number, id in enumerate(ids, 1):
                renewed += self.database.run(partial(self._reseal, id))
                progress.at(number)
        return renewed, len(ids)

    def _reseal(self, id: str, tx: Tx) -> bool:
        row = tx.collection(COLLECTION).find_one({"_id": id}, {"nik": 1})
        fresh = self.vault.renewed(bytes(row["nik"]["sealed"]), id) if row and row.get("nik") else None
        if fresh is not None:
            # In a transaction: whoever changes the person at the same moment collides, and reads the new one.
            tx.collection(COLLECTION).update_one({"_id": id}, {"$set": {"nik.sealed": Binary(fresh)}})
        return fresh is not None

    def nik_hash(self, digits: str) -> str:
        return self.vault.fingerprint("nik", digits)

    def person_hash(self, person: Mapping[str, Any]) -> str | None:
        """The keyed hash of name, birthday and regency; None when one of them is unknown."""
        described = person_key(person)
        return self.vault.fingerprint("person", described) if described else None

    def by_nik_hashes(self, hashes: Sequence[str]) -> dict[str, list[Document]]:
        """Whole documents by the hash of their NIK, for an import that looks up hundreds of rows at once."""
        return _grouped(self._rows.find({"nik.hash": {"$in": list(hashes)}}), lambda row: row["nik"]["hash"])

    def by_person_hashes(self, hashes: Sequence[str]) -> dict[str, list[Document]]:
        """Whole documents by the hash of name, birthday and regency."""
        return _grouped(self._rows.find({"person_hash": {"$in": list(hashes)}}), lambda row: row["person_hash"])

    def applications(self, id: str) -> list[Document]:
        """``{_id, job_order_id, state}`` of every application that the placement house told of."""
        return list(self.database.collection(APPLICATIONS).find({"candidate_id": id}).sort("_id", ASCENDING))

    def several(self, ids: Iterable[str]) -> list[Document]:
        """The people of these ids, erased stubs included."""
        return list(self._rows.find({"_id": {"$in": sorted(ids)}}))

    def page(self, *, centre: str | None, args: Mapping[str, Any], everybody: bool = False) -> Document:
        """``{items, next}`` of one centre's candidates (None: of those who belong to none), or of all, by number (or as
        ``newest`` and ``updated_since`` of the request say).
        """
        where = _PEOPLE if everybody else {"centre": centre} if centre else {"alive": True, "centre": None}
        newest = bool(args.get("newest"))
        return page(self._rows, where, args, order="number", newest=newest, projection=AT_A_GLANCE, cuts=self._cuts)

    def register(self, *, centre: str | None, regency: str | None, most: int) -> list[Document]:
        """Whole documents of one centre's people (None: of those who belong to none), by number; at most ``most``."""
        where = {"centre": centre} | ({"regency": regency} if regency else {})

        def within(span: Mapping[str, Any], many: int) -> list[Document]:
            rows = self._rows.find({**where, **({"number": span} if span else {})}).sort("number", ASCENDING)
            return list(itertools.islice((row for row in rows if row.get("alive")), many))

        return first_rows(within, self._cuts("number"), most, since={}, until={})

    def by_whole_numbers(self, numbers: Sequence[str]) -> dict[str, Document]:
        """Whole documents by candidate number, for an import."""
        found = self._rows.find({"alive": True, "number": {"$in": list(numbers)}})
        return {row["number"]: row for row in found}

    def by_nik(self, nik: str) -> list[Document]:
        return self._glance({"nik.hash": self.vault.fingerprint("nik", nik)})

    def by_number(self, number: str) -> list[Document]:
        found = self._glance({"alive": True, "number": number})
        if found:
            return found
        # The number of a record that was merged stands on papers: it finds the one that was kept.
        pointers = self._rows.find({"alive": False, "number": number})
        kept = [self.kept(pointer)["_id"] for pointer in pointers]
        return [row for id in kept for row in self._glance({"_id": id, "alive": True})]

    def years(self) -> list[int]:
        """In which numbers were given, the newest first."""
        return list(given(self._counters))

    def by_numbers(self, spans: Iterable[tuple[str, str]], most: int) -> list[Document]:
        """People whose numbers lie in these spans (first, last), in their order; at most ``most``."""
        found: dict[str, Document] = {}
        for first, last in spans:
            # Up to just beyond the last: the embedded engine loses it to "$lte" in an index of several fields.
            rows = self._rows.find({"alive": True, "number": {"$gte": first, "$lt": f"{last} "}}, AT_A_GLANCE)
            found |= {row["_id"]: row for row in rows.sort("number", ASCENDING).limit(most) if row["_id"] not in found}
            if len(found) >= most:
                break
        return list(found.values())[:most]

    def by_phone(self, phone: str) -> list[Document]:
        return self._glance({"phone": phone})

    def by_birth(self, birth_date: str, regency: str) -> list[Document]:
        return self._glance({"birth_date": birth_date, "regency": regency})

    def _glance(self, where: Mapping[str, Any], limit: int = MOST_OF_ONE_KEY) -> list[Document]:
        return list(self._rows.find(where, AT_A_GLANCE).limit(limit))

    def _findable(self, document: Document) -> Document:
        nik, described = document["nik"], self.person_hash(document)
        key = nik["hash"] if nik else described or document["_id"]
        # Somebody confirmed as another person than the one with the same key keeps a key of their own.
        own = f"{key}#{document['_id']}" if document.get("confirmed_new") else key
        # By whichever way somebody came to be known otherwise.
        known_before = document.get("person_hash") not in (None, described)
        return (
            document
            | ({merged.MARKS: merged.marks(document)} if known_before else {})
            | {
                "alive": True,
                "natural_key": own,
                "person_hash": described,
                "name_keys": names.keys(document["full_name"]),
            }
        )


def _grouped(rows: Iterable[Document], key: Callable[[Document], str]) -> dict[str, list[Document]]:
    groups: dict[str, list[Document]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
