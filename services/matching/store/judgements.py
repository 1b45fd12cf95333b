"""For the judge: what was heard since it last looked, what is open, and the telling of what it found.

``to_judge`` gets a row in the transaction that changes a person, an application or an enrolment, and loses it when the
judge has looked; a process that dies in between looks again. Judgements themselves are not kept here: they follow from
what was heard, and a judge that starts tells all of them anew. Their versions are the numbers of one sequence that
begins at the milliseconds of the clock, so that a matching that lost its database still goes on above the versions that
others have heard.
"""

from collections.abc import Iterable, Iterator, Sequence

from pymongo import ASCENDING, IndexModel

from services.matching import says
from services.matching.store.read_models import APPLICATIONS, ENROLMENTS, PEOPLE
from shared import clock, ids
from shared.documents.many import TOGETHER as IDS
from shared.documents.many import by_ids
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events import outbox
from shared.events.envelope import Event

TO_JUDGE, NUMBERS = "to_judge", "judged"

SPECS = (CollectionSpec(TO_JUDGE, [IndexModel([("key", ASCENDING)])]), CollectionSpec(NUMBERS))

TOGETHER = 500
"""Rows of ``to_judge`` taken at a time."""

EVERYTHING = "everything"
"""What is noted when all judgements shall be told again."""
_LAST = "last"


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
    """The questions of the judge, and its telling."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def noted(self) -> list[Document]:
        """Some of what changed since the judge last looked: ``{_id, collection, key}``."""
        return list(self._database.collection(TO_JUDGE).find({}).limit(TOGETHER))

    def looked_at(self, noted: Sequence[Document]) -> None:
        """The judge has seen these."""
        for start in range(0, len(noted), IDS):
            seen = [row["_id"] for row in noted[start : start + IDS]]
            self._database.collection(TO_JUDGE).delete_many({"_id": {"$in": seen}})

    def tell_everything_again(self) -> str:
        """Have the judge that is at work tell all of its judgements again."""
        self._database.collection(TO_JUDGE).insert_one({"_id": ids.new(), "collection": EVERYTHING, "key": ""})
        return "the judge tells everything again."

    def open(self, collection: str, states: Sequence[str]) -> Iterator[Document]:
        """Everything of a collection in one of these states."""
        return iter(self._database.collection(collection).find({"state": {"$in": list(states)}}))

    def these(self, collection: str, keys: Iterable[str]) -> Iterator[Document]:
        """The documents of these ids, erased ones included."""
        return by_ids(self._database, collection, keys)

    def tell(self, judged: Sequence[Document], *, type: str) -> None:
        """Tell these judgements; each gets a number of its own, above all that were told before."""

        def work(tx: Tx) -> None:
            first = _next(tx, len(judged))
            told = clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
            tellings = [
                outbox.Telling(
                    says.JUDGEMENTS,
                    one["_id"],
                    type,
                    first + at,
                    says.judgement({**one, "version": first + at, "judged_at": told}),
                )
                for at, one in enumerate(judged)
            ]
            outbox.put_together(tx, tellings, alike="rules")

        self._database.run(work)

    def take_back(self, ids: Sequence[str]) -> None:
        """The subjects are erased: tell their tombstones."""

        def work(tx: Tx) -> None:
            first = _next(tx, len(ids))
            tellings = [
                outbox.Telling(says.JUDGEMENTS, id, says.JUDGEMENT_GONE, first + at, None) for at, id in enumerate(ids)
            ]
            outbox.put_together(tx, tellings)

        if ids:
            self._database.run(work)


def _next(tx: Tx, many: int) -> int:
    """The first of so many new numbers. Whoever else tells at this moment collides here and takes turns."""
    known = tx.collection(NUMBERS).find_one({"_id": _LAST})
    first = max((known["number"] if known else 0) + 1, int(clock.wall().timestamp() * 1000))
    tx.collection(NUMBERS).update_one({"_id": _LAST}, {"$set": {"number": first + many - 1}}, upsert=True)
    return first


__all__ = ["APPLICATIONS", "ENROLMENTS", "EVERYTHING", "PEOPLE", "SPECS", "TO_JUDGE", "Judgements", "note"]
