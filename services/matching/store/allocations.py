"""Plans for everybody as they were shown: matching's own record, backed up and never rebuilt.

An edition never changes once it is READY but for a signature, and for an erased person, who leaves its rows; its sums
stay. What is being made is there from the first moment, so that it is found again; its rows are shown when all stand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared import clock, ids
from shared.documents import receipts
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page
from shared.jobs import Jobs

ALLOCATIONS, PEOPLE_OF, OPTIONS_OF = "allocations", "allocation_people", "allocation_options"
SPECS = [
    CollectionSpec(ALLOCATIONS, [IndexModel([("made_at", ASCENDING), ("_id", ASCENDING)])]),
    CollectionSpec(
        PEOPLE_OF, [IndexModel([("edition", ASCENDING), ("_id", ASCENDING)]), IndexModel([("person", ASCENDING)])]
    ),
    CollectionSpec(
        OPTIONS_OF, [IndexModel([("edition", ASCENDING), ("_id", ASCENDING)]), IndexModel([("people", ASCENDING)])]
    ),
]
MAKING, READY, FAILED, CANCELLED = "MAKING", "READY", "FAILED", "CANCELLED"
TOGETHER = 100
"""Rows of one transaction."""

Known = Callable[[Tx, str], bool]
"""Whether a person is still known here; who was erased meanwhile is left out."""


class WrittenByAnother(Exception):
    """Another run writes this edition by now."""


class MadeNoMore(Exception):
    """The edition is not being made any more: it was cancelled, or another run was faster."""


class Allocations:
    """Editions `{_id, version, made_by, made_at, signed, state, asked, moment, progress, shown}`, their rows of people,
    and while one is made the options of people in packed groups."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self, id: str, made_by: str, asked: Document, shown: Document, people: list[Document], known: Known
    ) -> Document:
        """Store a new edition that is ready, all or nothing."""

        def save(tx: Tx) -> Document:
            row = _edition(id, made_by, asked, READY)
            row["shown"] = shown
            tx.collection(ALLOCATIONS).insert_one(row)
            self._add(tx, id, people, known)
            receipts.sign(tx, id=id, version=1)
            return row

        return self._database.run(save)

    def begin(self, id: str, made_by: str, asked: Document, people: int, kind: str) -> Document:
        """Store a new edition that a job of this `kind` makes; `people`: for about how many."""

        def save(tx: Tx) -> Document:
            row = _edition(id, made_by, asked, MAKING)
            row["progress"] = {"done": 0, "of": people}
            tx.collection(ALLOCATIONS).insert_one(row)
            Jobs(self._database).put(tx, kind, id, clock.now())
            receipts.sign(tx, id=id, version=1)
            return row

        return self._database.run(save)

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """The edition, or None."""
        return (tx or self._database).collection(ALLOCATIONS).find_one({"_id": id})

    def page(self, args: Mapping[str, Any]) -> Document:
        """`{items, next}` of the editions without their figures, newest first."""
        shown = {"shown.figures": 0}
        return page(self._database.collection(ALLOCATIONS), {}, args, order="made_at", newest=True, projection=shown)

    def people(self, id: str, args: Mapping[str, Any]) -> Document:
        """`{items, next}` of the rows of an edition, in order of the people's ids."""
        found = page(self._database.collection(PEOPLE_OF), {"edition": id}, args)
        return {**found, "items": [row["row"] for row in found["items"]]}

    def how_many(self, id: str) -> int:
        """Rows of an edition."""
        return self._database.collection(PEOPLE_OF).count_documents({"edition": id})

    def sign(self, tx: Tx, edition: Document, by: str) -> Document:
        """The edition with the signature of a second person."""
        signed = {**edition, "version": edition["version"] + 1, "signed": {"by": by, "at": clock.now()}}
        tx.collection(ALLOCATIONS).replace_one({"_id": edition["_id"]}, signed)
        return signed

    def forget(self, tx: Tx, candidate_id: str) -> None:
        """A person was erased: their rows go, and what the groups got stays."""
        tx.collection(PEOPLE_OF).delete_many({"person": candidate_id})
        tx.collection(OPTIONS_OF).delete_many({"people": candidate_id})

    def cancel(self, tx: Tx, edition: Document, by: str, kind: str) -> Document:
        """The edition, which is being made, as one that never will be, and without its job; then `clear` it. A run that
        is under way writes nothing any more."""
        id, told = edition["_id"], {"by": by, "at": clock.now()}
        gone = {**edition, "state": CANCELLED, "cancelled": told, "progress": None, "version": edition["version"] + 1}
        tx.collection(ALLOCATIONS).replace_one({"_id": id}, gone)
        Jobs(self._database).cancel(tx, kind, id)
        return gone

    # While an edition is made:

    def progress(self, id: str, done: int, of: int) -> None:
        """Tell how far it is. Raises: MadeNoMore."""
        where = {"_id": id, "state": MAKING}
        told = {"$set": {"progress": {"done": done, "of": of}}}
        if not self._database.collection(ALLOCATIONS).update_one(where, told).matched_count:
            raise MadeNoMore()

    def still_made(self, id: str) -> None:
        """Nothing, while it is being made. Raises: MadeNoMore."""
        if self._database.collection(ALLOCATIONS).find_one({"_id": id, "state": MAKING}, {"_id": 1}) is None:
            raise MadeNoMore()

    def options(self, id: str, first: str) -> Document | None:
        """What was kept by `keep_options` of the group that begins with this person."""
        return self._database.collection(OPTIONS_OF).find_one({"_id": f"{id}/{first}"})

    def keep_options(self, id: str, people: Sequence[str], made_of: Document, packed: bytes, known: Known) -> bool:
        """Keep the options of a group; False, and nothing kept, when one of them was erased meanwhile.

        Raises:
            MadeNoMore: nothing is kept of it.
        """

        def save(tx: Tx) -> bool:
            if not all(known(tx, person) for person in people):
                return False
            row = {"_id": f"{id}/{people[0]}", "edition": id, "people": list(people), "made_of": made_of}
            tx.collection(OPTIONS_OF).replace_one({"_id": row["_id"]}, {**row, "packed": packed}, upsert=True)
            return True

        kept = self._database.run(save)
        self._sure(id)
        return kept

    def finish(self, id: str, shown: Document, people: Iterator[Document], known: Known) -> None:
        """Write all rows, then show the edition: nobody sees a part of it. Done again after a crash it says the same.

        Whoever comes last writes: a run that was given up and still goes on cannot mix its rows in.

        Raises:
            WrittenByAnother: it does so meanwhile.
            MadeNoMore: it was cancelled meanwhile; no row of it stays.
        """
        editions, writer = self._database.collection(ALLOCATIONS), ids.new()
        if not editions.update_one({"_id": id, "state": MAKING}, {"$set": {"writer": writer}}).matched_count:
            return
        self._database.collection(PEOPLE_OF).delete_many({"edition": id})  # what a run before this one had begun

        def add(tx: Tx, rows: Sequence[Document]) -> None:
            edition = self.load(id, tx)
            if edition is None or edition.get("writer") != writer:
                raise WrittenByAnother()
            self._add(tx, id, rows, known)

        while rows := list(islice(people, TOGETHER)):
            self._database.run(lambda tx, rows=rows: add(tx, rows))  # type: ignore[misc]
            self._sure(id)
        ready = {"$set": {"state": READY, "shown": shown, "progress": None}, "$inc": {"version": 1}}
        editions.update_one({"_id": id, "state": MAKING, "writer": writer}, ready)
        self._database.collection(OPTIONS_OF).delete_many({"edition": id})

    def fail(self, id: str, why: str) -> None:
        """It cannot be made; nothing of it stays but what was asked and why (a code)."""
        where = {"_id": id, "state": MAKING}
        failed = {"$set": {"state": FAILED, "failure": why, "progress": None}, "$inc": {"version": 1}}
        self._database.collection(ALLOCATIONS).update_one(where, failed)
        self.clear(id)

    def clear(self, id: str) -> None:
        """Of an edition that will not be made: what was gathered and written for it goes."""
        for collection in (PEOPLE_OF, OPTIONS_OF):
            self._database.collection(collection).delete_many({"edition": id})

    def _sure(self, id: str) -> None:
        """After something was written: whoever cancelled a moment before did not see it, so it goes now.

        Raises: MadeNoMore."""
        edition = self.load(id)
        if edition is not None and edition["state"] == CANCELLED:
            self.clear(id)
            raise MadeNoMore()

    def _add(self, tx: Tx, id: str, people: Sequence[Document], known: Known) -> None:
        rows = [
            {"_id": f"{id}/{row['person']}", "edition": id, "person": row["person"], "row": row}
            for row in people
            if known(tx, row["person"])
        ]
        if rows:
            tx.collection(PEOPLE_OF).insert_many(rows)


def _edition(id: str, made_by: str, asked: Document, state: str) -> Document:
    return {
        "_id": id,
        "version": 1,
        "made_by": made_by,
        "made_at": clock.now(),
        "signed": None,
        "cancelled": None,
        "state": state,
        "failure": None,
        "progress": None,
        "asked": asked,
        "shown": None,
    }
