"""Plans for everybody as they were shown: matching's own record, backed up and never rebuilt.

An edition never changes but for a signature, and for an erased person, who leaves its rows; its sums stay.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared import clock
from shared.documents import receipts
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

ALLOCATIONS = "allocations"
SPEC = CollectionSpec(
    ALLOCATIONS,
    [IndexModel([("people.person", ASCENDING)]), IndexModel([("made_at", ASCENDING), ("_id", ASCENDING)])],
)


class Allocations:
    """Editions `{_id, version, made_by, made_at, signed, shown, people}`; `people` has a row a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self, id: str, made_by: str, shown: Document, people: list[Document], known: Callable[[Tx, str], bool]
    ) -> Document:
        """Store a new edition. `known`: whether a person is still known here; who was erased meanwhile is left out."""

        def save(tx: Tx) -> Document:
            row: Document = {
                "_id": id,
                "version": 1,
                "made_by": made_by,
                "made_at": clock.now(),
                "signed": None,
                "shown": shown,
                "people": [person for person in people if known(tx, person["person"])],
            }
            tx.collection(ALLOCATIONS).insert_one(row)
            receipts.sign(tx, id=id, version=1)
            return row

        return self._database.run(save)

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """The edition, or None."""
        return (tx or self._database).collection(ALLOCATIONS).find_one({"_id": id})

    def page(self, args: Mapping[str, Any]) -> Document:
        """`{items, next}` of the editions without their people and figures, newest first."""
        shown = dict.fromkeys(("people", "shown.figures"), 0)
        return page(self._database.collection(ALLOCATIONS), {}, args, order="made_at", newest=True, projection=shown)

    def sign(self, tx: Tx, edition: Document, by: str) -> Document:
        """The edition with the signature of a second person."""
        signed = {**edition, "version": edition["version"] + 1, "signed": {"by": by, "at": clock.now()}}
        tx.collection(ALLOCATIONS).replace_one({"_id": edition["_id"]}, signed)
        return signed

    def forget(self, tx: Tx, candidate_id: str) -> None:
        """A person was erased: their rows go, and what the groups got stays."""
        editions = tx.collection(ALLOCATIONS)
        for edition in list(editions.find({"people.person": candidate_id})):
            left = [row for row in edition["people"] if row["person"] != candidate_id]
            editions.replace_one({"_id": edition["_id"]}, {**edition, "people": left})
