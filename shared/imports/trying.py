"""For items that are judged by doing and undoing: a dry run says what will happen because it is what happens."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from marshmallow import Schema, ValidationError

from shared.documents.mongo import Database, Document, Tx
from shared.http.callers import Caller
from shared.http.faults import faults
from shared.http.problems import Fault, Problem
from shared.imports.job import Kind
from shared.imports.rows import CHANGED, NEW, SAME, Judged

OUTCOME = {"CREATED": NEW, "CHANGED": CHANGED, "UNCHANGED": SAME}

Put = Callable[[Tx, Caller, Mapping[str, Any], Document], tuple[Document, str]]


class _Undo(Exception):
    """Carries what an item would become out of its transaction, and rolls the transaction back."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


def undone(database: Database, work: Callable[[Tx], Any]) -> Any:
    """What ``work`` returns, with everything that it wrote taken back."""

    def attempt(tx: Tx) -> Any:
        raise _Undo(work(tx))

    try:
        database.run(attempt)
    except _Undo as tried:
        return tried.result
    raise AssertionError("a tried item ends in _Undo or in a problem")


def loaded(schema: Schema, item: Any) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The item as its schema loads it, or None and what is wrong."""
    if not isinstance(item, dict):
        return None, [_NO_OBJECT]
    try:
        return schema.load(item), []
    except ValidationError as error:
        return None, faults(error.messages, schema=schema, data=item)


def faults_of(problem: Problem) -> list[Fault]:
    """What a refused action says is wrong."""
    return list(problem.errors) or [Fault("", problem.code, problem.title, problem.detail)]


def repeated(earlier: int) -> Fault:
    """The same code twice in one file."""
    return Fault(
        "",
        "repeated_in_file",
        {"id": f"Isian ini sudah ada di nomor {earlier}.", "en": f"This is in the file already, at number {earlier}."},
        {"id": "Hapus salah satunya.", "en": "Delete one of them."},
    )


_NO_OBJECT = Fault(
    "",
    "not_an_object",
    {"id": "Setiap isian adalah satu objek.", "en": "Every item is an object."},
    {"id": 'Tulis {"code": ...}.', "en": 'Write {"code": ...}.'},
)


def of_documents(database: Database, schema: Schema, key: Callable[[Mapping[str, Any]], str | None], put: Put) -> Kind:
    """A kind whose items are the documents of a JSON list, each recognised by its ``key``.

    ``put`` takes one loaded item in: `(tx, caller, data, import) -> (saved, CREATED | CHANGED | UNCHANGED)`.
    """

    def judge(document: Document, caller: Caller, some: Sequence[tuple[int, Any]]) -> Sequence[Judged]:
        return [_judged(document, caller, at, item) for at, item in some]

    def _judged(document: Document, caller: Caller, at: int, item: Any) -> Judged:
        name = key(item) if isinstance(item, dict) else None
        judged = Judged(at, at, NEW, key=name, claims=(name,) if name else ())
        data, found = loaded(schema, item)
        if data is None:
            return judged.bad(found)
        try:
            saved, result = undone(database, lambda tx: put(tx, caller, data, document))
        except Problem as problem:
            return judged.bad(faults_of(problem))
        target = None if result == "CREATED" else saved["_id"]
        return replace(judged, outcome=OUTCOME[result], target=target, payload=data)

    def save(tx: Tx, caller: Caller, document: Document, one: Judged) -> Judged:
        saved, result = put(tx, caller, dict(one.payload), document)
        return replace(one, outcome=OUTCOME[result], target=saved["_id"])

    def clashes(claim: str, items: Sequence[tuple[int, Any]]) -> Mapping[int, Fault]:
        return {at: repeated(items[0][0]) for at, _ in items[1:]}

    return Kind(open=lambda content: json.loads(content), judge=judge, save=save, clashes=clashes)
