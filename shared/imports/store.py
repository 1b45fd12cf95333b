"""The file while it is needed, how far its job is, and what became of each item.

What somebody typed is kept apart (``head`` of an import, ``told`` of a row, the pieces of a file): it is sealed where a
house hands over a sealer, it goes after :data:`KEPT`, and before that when the person it is about must be forgotten.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel

from shared import clock
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

IMPORTS = "imports"
ROWS = "import_rows"
FILES = "import_files"

SPECS = (
    CollectionSpec(IMPORTS, [IndexModel([("created_at", ASCENDING), ("_id", ASCENDING)])]),
    CollectionSpec(FILES, [IndexModel([("import_id", ASCENDING)])]),
    CollectionSpec(
        ROWS,
        [
            IndexModel([("import_id", ASCENDING), ("outcome", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("marks", ASCENDING)]),
            IndexModel([("target", ASCENDING)]),
        ],
    ),
)

KEPT = timedelta(days=7)
"""How long what somebody typed stays: long enough to mend a file after a weekend."""

PIECE = 8 * 1024 * 1024
"""Bytes of one document of a file: a document of sixteen megabytes is the largest that the engines take."""

ORIGINAL, ANNOTATED = "original", "annotated"


class Sealer(Protocol):
    """Keeps texts so that only the house itself can read them."""

    def seal(self, content: bytes, owner: str) -> bytes: ...

    def open(self, sealed: bytes, owner: str) -> bytes: ...


class Imports:
    """All imports of a house."""

    def __init__(self, database: Database, sealer: Sealer | None = None) -> None:
        self._database = database
        self._sealer = sealer
        self._aggregates = Aggregates(database, IMPORTS, None, dict)
        self._imports = database.collection(IMPORTS)
        self._files = database.collection(FILES)
        self._rows = database.collection(ROWS)

    def create(self, tx: Tx, document: Document, content: bytes, head: Mapping[str, Any]) -> Document:
        """Keep an import that waits for its job, with its file. ``head`` is what the file said of itself."""
        self._keep_file(tx, document["_id"], ORIGINAL, content)
        kept = {**document, "head": self._closed(head, document["_id"])}
        return self._opened(self._aggregates.create(tx, kept, type=""))

    def load(self, id: str) -> Document | None:
        found = self._aggregates.load(id)
        return None if found is None else self._opened(found)

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        """`{items, next}`, the newest first, without what a file said: enough to find one's own again."""
        found = page(self._imports, where, args, order="created_at", newest=True, projection={"head": 0})
        return {**found, "items": [{**row, "id": row["_id"]} for row in found["items"]]}

    def file(self, id: str, name: str = ORIGINAL) -> bytes | None:
        """The file as it was sent, or with its faults beside the cells; None when it has gone."""
        pieces = sorted(self._files.find({"import_id": id}), key=lambda row: str(row["_id"]))
        found = [self._bytes(row) for row in pieces if row["name"] == name]
        return b"".join(found) if found else None

    def keep_file(self, id: str, name: str, content: bytes) -> None:
        """Keep another form of the file; the same again takes its place."""
        self._database.run(lambda tx: self._keep_file(tx, id, name, content))

    def report(self, id: str, progress: Mapping[str, Any]) -> None:
        """How far the job is; everybody who asks for the import sees it."""
        self._imports.update_one({"_id": id}, {"$set": {**progress, "updated_at": clock.now()}, "$inc": {"version": 1}})

    def warn(self, id: str, warnings: Sequence[Mapping[str, Any]]) -> None:
        """Put the warnings of all rows at the top of the report."""
        document = self.load(id)
        if document is not None:
            self.report(id, {"head": self._closed({**document["head"], "warnings": list(warnings)}, id)})

    def drop_file(self, id: str) -> None:
        """The file as it was sent is needed no more."""
        self._files.delete_many({"import_id": id, "name": ORIGINAL})

    def expire(self, id: str) -> None:
        """Let go of everything that somebody typed; outcomes and faults stay."""
        self._files.delete_many({"import_id": id})
        self._rows.update_many({"import_id": id}, {"$unset": {"told": "", "marks": ""}})
        self.report(id, {"head": None, "annotated": None})

    def saved(self, id: str) -> dict[int, str]:
        """Places of the items that an earlier run has saved, and what became of them."""
        found = self._rows.find({"import_id": id, "saved": True}, {"at": 1, "outcome": 1})
        return {row["at"]: row["outcome"] for row in found}

    def keep_rows(self, tx: Tx, id: str, rows: Sequence[Document]) -> None:
        """What became of some items, in the transaction that saves them."""
        kept = [self._closed_row(id, row) for row in self.worth_keeping(tx, rows)]
        if kept:
            tx.collection(ROWS).insert_many(kept)

    def worth_keeping(self, tx: Tx, rows: Sequence[Document]) -> Sequence[Document]:
        """Rows that may be remembered; a house that forgets people leaves theirs out."""
        return rows

    def clear_rows(self, id: str) -> None:
        """Forget what an earlier run only judged, before it is told again."""
        self._rows.delete_many({"import_id": id, "saved": False})

    def page_of_rows(self, id: str, outcome: str | None, args: Mapping[str, Any]) -> Document:
        """`{items, next}` in the order of the file."""
        # Ids begin with the import and its place in the file: rows of every outcome need no index of their own.
        every = {"_id": {"$gte": f"{id}/", "$lt": f"{id}0"}}
        found = page(self._rows, every if outcome is None else {"import_id": id, "outcome": outcome}, args)
        return {**found, "items": [self._opened_row(row) for row in found["items"]]}

    def forget(self, tx: Tx, *, target: str, marks: Sequence[str]) -> None:
        """Take somebody out of every report, and let the files go in which they may stand."""
        rows = tx.collection(ROWS)
        found = [row for mark in marks for row in rows.find({"marks": mark}, {"import_id": 1})]
        found += list(rows.find({"target": target}, {"import_id": 1}))
        for id in {row["import_id"] for row in found}:
            tx.collection(FILES).delete_many({"import_id": id})
            tx.collection(IMPORTS).update_one({"_id": id}, {"$set": {"head": None, "annotated": None}})
        rows.delete_many({"_id": {"$in": [row["_id"] for row in found]}})

    def _keep_file(self, tx: Tx, id: str, name: str, content: bytes) -> None:
        files = tx.collection(FILES)
        files.delete_many({"import_id": id, "name": name})
        for number, at in enumerate(range(0, max(len(content), 1), PIECE)):
            key = f"{id}/{name}/{number:03d}"
            piece = content[at : at + PIECE]
            sealed = self._sealer.seal(piece, key) if self._sealer else piece
            files.insert_one({"_id": key, "import_id": id, "name": name, "sealed": Binary(sealed)})

    def _bytes(self, row: Document) -> bytes:
        kept = bytes(row["sealed"])
        return self._sealer.open(kept, row["_id"]) if self._sealer else kept

    def _closed(self, head: Mapping[str, Any], owner: str) -> Any:
        if self._sealer is None:
            return dict(head)
        return Binary(self._sealer.seal(json.dumps(head, ensure_ascii=False).encode(), owner))

    def _unclosed(self, kept: Any, owner: str) -> dict[str, Any]:
        if not kept:
            return {}
        return json.loads(self._sealer.open(bytes(kept), owner)) if self._sealer else dict(kept)

    def _opened(self, document: Document) -> Document:
        return {**document, "head": self._unclosed(document.get("head"), document["_id"])}

    def _closed_row(self, id: str, row: Document) -> Document:
        key = f"{id}/{row['at']:06d}"
        return {**row, "_id": key, "import_id": id, "told": self._closed(row["told"], key)}

    def _opened_row(self, row: Document) -> Document:
        return {**row, **self._unclosed(row.get("told"), row["_id"])}
