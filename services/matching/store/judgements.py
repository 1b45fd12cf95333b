"""For the judge: what was heard since it last looked, what is open, and the judgements given.

``to_judge`` gets a row in the transaction that changes a person, an application or an enrolment, and loses it when the
judge has looked; a process that dies in between looks again. Judgements are matching's own record: backed up, and
worked out again when they are lost. Their first version is the second in which they were first made, so that a matching
that lost its database still goes on above the versions that others have heard.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel, InsertOne, ReplaceOne
from pymongo.errors import BulkWriteError, DuplicateKeyError

from services.matching import says
from services.matching.store.read_models import APPLICATIONS, ENROLMENTS, PEOPLE
from shared import clock, ids
from shared.documents.aggregates import Aggregates, Stale
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events import outbox
from shared.events.envelope import Event

JUDGEMENTS, TO_JUDGE = "judgements", "to_judge"
JOB_ORDER = "JOB_ORDER"

SPECS = (
    CollectionSpec(JUDGEMENTS, [IndexModel([("subject", ASCENDING)])]),
    CollectionSpec(TO_JUDGE, [IndexModel([("key", ASCENDING)])]),
)

TOGETHER = 500
"""Rows of ``to_judge`` taken at a time, and ids asked for in one query."""


def note(collection: str, tx: Tx, events: Sequence[Event]) -> None:
    """These documents have changed: have everything that was made from them judged again."""
    rows = [{"_id": ids.new(), "collection": collection, "key": event.key} for event in events]
    tx.collection(TO_JUDGE).insert_many(rows)


def note_people(tx: Tx, events: Sequence[Event]) -> None:
    """As :func:`note` for people. Of an erased one no id is left here; what they had open is told of by itself."""
    erased = [event.key for event in events if event.data is None]
    if erased:
        tx.collection(TO_JUDGE).delete_many({"key": {"$in": erased}})
    if living := [event for event in events if event.data is not None]:
        note(PEOPLE, tx, living)


class Judgements:
    """The questions and writings of the judge."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.aggregates = Aggregates(database, JUDGEMENTS, says.JUDGEMENTS, says.judgement)

    def given(self, ids: Iterable[str]) -> dict[str, Document]:
        """Id of the subject → its judgement, erased stubs included: of these ids, and of all job orders."""
        found = [*self.these(JUDGEMENTS, ids), *self._database.collection(JUDGEMENTS).find({"subject": JOB_ORDER})]
        return {row["_id"]: row for row in found}

    def noted(self) -> list[Document]:
        """Some of what changed since the judge last looked: ``{_id, collection, key}``."""
        return list(self._database.collection(TO_JUDGE).find({}).limit(TOGETHER))

    def looked_at(self, noted: Sequence[Document]) -> None:
        """The judge has seen these."""
        self._database.collection(TO_JUDGE).delete_many({"_id": {"$in": [row["_id"] for row in noted]}})

    def open(self, collection: str, states: Sequence[str]) -> Iterator[Document]:
        """Everything of a collection in one of these states."""
        return iter(self._database.collection(collection).find({"state": {"$in": list(states)}}))

    def of_people(self, collection: str, people: Iterable[str]) -> Iterator[Document]:
        """Applications or enrolments of these people."""
        return self._some(collection, "candidate_id", people)

    def these(self, collection: str, keys: Iterable[str]) -> Iterator[Document]:
        """The documents of these ids, erased ones included."""
        return self._some(collection, "_id", keys)

    def _some(self, collection: str, field: str, values: Iterable[str]) -> Iterator[Document]:
        wanted = sorted(values)
        for start in range(0, len(wanted), TOGETHER):
            where: dict[str, Any] = {field: {"$in": wanted[start : start + TOGETHER]}}
            yield from self._database.collection(collection).find(where)

    def keep(self, judged: Sequence[tuple[Document, Document | None]]) -> list[Document]:
        """Save and tell these judgements, each beside the one that it replaces. Returns them with their versions.

        Raises:
            Stale: another judge was at work; what is known here must be read again.
        """
        now = clock.now()
        told = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        new = [
            document | {"version": _next(before), "judged_at": told, "updated_at": now} for document, before in judged
        ]
        try:
            self._database.run(lambda tx: self._write(tx, new, [before for _, before in judged]))
        except (BulkWriteError, DuplicateKeyError):
            raise Stale(None) from None
        return new

    def take_back(self, id: str) -> None:
        """The subject is erased: leave a stub and tell a tombstone; nothing to do for one that was never judged."""

        def work(tx: Tx) -> None:
            if self.aggregates.load(id, tx) is not None:
                self.aggregates.erase(tx, id, type=says.JUDGEMENT_GONE)

        self._database.run(work)

    def _write(self, tx: Tx, new: Sequence[Document], before: Sequence[Document | None]) -> None:
        writes: list[InsertOne[Document] | ReplaceOne[Document]] = [
            InsertOne(document)
            if old is None
            else ReplaceOne({"_id": document["_id"], "version": old["version"]}, document)
            for document, old in zip(new, before, strict=True)
        ]
        found = tx.collection(JUDGEMENTS).bulk_write(writes, ordered=False)
        if found.inserted_count + found.matched_count < len(writes):
            raise Stale(None)
        outbox.put_many(
            tx,
            [
                outbox.Telling(says.JUDGEMENTS, one["_id"], says.JUDGED, one["version"], says.judgement(one))
                for one in new
            ],
        )


def _next(before: Document | None) -> int:
    return int(clock.wall().timestamp()) if before is None else int(before["version"]) + 1


__all__ = ["APPLICATIONS", "ENROLMENTS", "JUDGEMENTS", "PEOPLE", "SPECS", "TO_JUDGE", "Judgements", "note"]
