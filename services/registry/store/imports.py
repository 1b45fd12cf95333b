"""For the import door: the file while it waits, how far its job is, and what became of each row.

The file is sealed while it waits and gone when its job ends. A row remembers its outcome, the cells that were wrong and
the candidate that it led to; never a value that somebody typed. Nor does the report keep the file's name or its unknown
headings: an office may have typed somebody's name there.

``import_turns`` has one row, written by whoever keeps rows and by whoever erases a person, so that a report made at the
moment of an erasure does not bring the person's id back.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel

from services.registry.store.candidates import COLLECTION as CANDIDATES
from services.registry.store.vault import Vault
from shared import clock
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

COLLECTION = "imports"
FILES = "import_files"
ROWS = "import_rows"
TURNS = "import_turns"

SPECS = (
    CollectionSpec(COLLECTION),
    CollectionSpec(FILES),
    CollectionSpec(TURNS),
    CollectionSpec(
        ROWS,
        [
            IndexModel([("import_id", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("import_id", ASCENDING), ("outcome", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("candidate_id", ASCENDING)]),
        ],
    ),
)


class Imports:
    """All imports of the house."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._aggregates = Aggregates(database, COLLECTION, None, dict)
        self._imports = database.collection(COLLECTION)
        self._files = database.collection(FILES)
        self._rows = database.collection(ROWS)

    def create(self, tx: Tx, document: Document, content: bytes) -> Document:
        """Keep an import that waits for its job, with its file."""
        sealed = Binary(self._vault.seal(content, document["_id"]))
        tx.collection(FILES).insert_one({"_id": document["_id"], "sealed": sealed})
        return self._aggregates.create(tx, document, type="")

    def load(self, id: str) -> Document | None:
        return self._imports.find_one({"_id": id})

    def content(self, id: str) -> bytes | None:
        """The file, or None when the job ended before."""
        row = self._files.find_one({"_id": id})
        return self._vault.open(bytes(row["sealed"]), id) if row else None

    def report(self, id: str, progress: Mapping[str, Any]) -> None:
        """How far the job is; everybody who asks for the import sees it."""
        self._imports.update_one({"_id": id}, {"$set": {**progress, "updated_at": clock.now()}, "$inc": {"version": 1}})

    def end(self, id: str, result: Mapping[str, Any]) -> None:
        """The job is done: the result stays, the file goes."""
        self.report(id, {**result, "finished_at": clock.now()})
        self._files.delete_one({"_id": id})

    def keep_rows(self, id: str, rows: Iterable[Document]) -> None:
        """Outcomes of some rows, all at once. Rows kept before a crash are written again, the same."""
        kept = [{**row, "_id": f"{id}/{row['row']:06d}", "import_id": id} for row in rows]
        if kept:
            self._database.run(lambda tx: self._keep(tx, id, kept))

    def _keep(self, tx: Tx, id: str, kept: list[Document]) -> None:
        _take_turns(tx)
        known = [row["candidate_id"] for row in kept if row["candidate_id"]]
        found = tx.collection(CANDIDATES).find({"_id": {"$in": known}}, {"erased": 1})
        erased = {row["_id"] for row in found if row.get("erased")}
        rows = tx.collection(ROWS)
        rows.delete_many({"import_id": id, "_id": {"$gte": kept[0]["_id"], "$lte": kept[-1]["_id"]}})
        staying = [row for row in kept if row["candidate_id"] not in erased]
        if staying:
            rows.insert_many(staying)

    def page_of_rows(self, id: str, outcome: str | None, args: Mapping[str, Any]) -> Document:
        """``{items, next}`` in the order of the file."""
        where = {"import_id": id} if outcome is None else {"import_id": id, "outcome": outcome}
        return page(self._rows, where, args)

    def forget(self, tx: Tx, candidate_id: str) -> None:
        """Take an erased person out of every report."""
        _take_turns(tx)
        tx.collection(ROWS).delete_many({"candidate_id": candidate_id})


def _take_turns(tx: Tx) -> None:
    tx.collection(TURNS).update_one({"_id": "rows"}, {"$inc": {"turn": 1}}, upsert=True)
