"""The items of a file while they wait, how far the job is, and what became of each item."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared import clock
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

IMPORTS = "imports"
ROWS = "import_rows"

SPECS = (
    CollectionSpec(IMPORTS),
    CollectionSpec(
        ROWS,
        [
            IndexModel([("import_id", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("import_id", ASCENDING), ("outcome", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
)

TOGETHER = 200
"""Rows that one query reads. A query that stays open while each of its rows is judged would run out of time."""


class Imports:
    """All imports of a house. A row holds its item until it is saved, and afterwards only what became of it."""

    def __init__(self, database: Database) -> None:
        self._aggregates = Aggregates(database, IMPORTS, None, dict)
        self._imports = database.collection(IMPORTS)
        self._rows = database.collection(ROWS)

    def create(self, tx: Tx, document: Document, rows: Sequence[Mapping[str, Any]]) -> Document:
        """Keep an import that waits for its job.

        Each row has its `row` number, its `item`, and what else its kind needs; one that has `faults` already is bad
        whatever the job finds.
        """
        waiting: Document = {"outcome": None, "key": None, "target": None, "faults": [], "saved": False}
        kept = [
            {**waiting, **row, "_id": _row_id(document["_id"], row["row"]), "import_id": document["_id"]}
            for row in rows
        ]
        tx.collection(ROWS).insert_many(kept)
        return self._aggregates.create(tx, document, type="")

    def load(self, id: str) -> Document | None:
        return self._aggregates.load(id)

    def waiting_rows(self, id: str) -> Iterator[Document]:
        """The rows that are not saved yet, in the order of the file."""
        after = ""
        while True:
            where = {"import_id": id, "_id": {"$gt": after}}
            found = list(self._rows.find(where).sort("_id", ASCENDING).limit(TOGETHER))
            yield from (row for row in found if not row["saved"])
            if len(found) < TOGETHER:
                return
            after = found[-1]["_id"]

    def judged(self, row: Document, result: Mapping[str, Any], tx: Tx | None = None) -> None:
        """Write down what became, or would become, of a row."""
        rows = self._rows if tx is None else tx.collection(ROWS)
        rows.update_one({"_id": row["_id"]}, {"$set": dict(result)})

    def counts(self, id: str) -> dict[str, int]:
        """Rows by outcome."""
        counts: dict[str, int] = {}
        for row in self._rows.find({"import_id": id}, {"outcome": 1}):
            if row["outcome"] is not None:
                counts[row["outcome"]] = counts.get(row["outcome"], 0) + 1
        return counts

    def report(self, id: str, progress: Mapping[str, Any]) -> None:
        """How far the job is; everybody who asks for the import sees it."""
        self._imports.update_one({"_id": id}, {"$set": {**progress, "updated_at": clock.now()}, "$inc": {"version": 1}})

    def end(self, id: str, result: Mapping[str, Any]) -> None:
        """The job is done: the outcomes stay, the items go."""
        self.report(id, {**result, "finished_at": clock.now()})
        self._rows.update_many({"import_id": id}, {"$unset": {"item": ""}})

    def page_of_rows(self, id: str, outcome: str | None, args: Mapping[str, Any]) -> Document:
        """`{items, next}` in the order of the file."""
        where = {"import_id": id} if outcome is None else {"import_id": id, "outcome": outcome}
        return page(self._rows, where, args)


def _row_id(import_id: str, row: int) -> str:
    return f"{import_id}/{row:06d}"
