"""For items that are judged by doing and undoing: a dry run says what will happen because it is what happens."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from marshmallow import Schema, ValidationError

from shared.documents.mongo import Database, Document, Tx
from shared.http.callers import Caller
from shared.http.faults import faults
from shared.http.merging import merged_members
from shared.http.problems import Fault, Invalid, Problem, say
from shared.imports.job import Kind
from shared.imports.rows import CHANGED, NEW, SAME, Change, Judged
from shared.imports.store import IMPORTS
from shared.sheets.wording import in_words

OUTCOME = {"CREATED": NEW, "CHANGED": CHANGED, "UNCHANGED": SAME}

Find = Callable[[str], Document | None]
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


def loaded(schema: Schema, item: Any, stood: Document | None = None) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The item as its schema loads it, or None and what is wrong.

    Of something on record (``stood``) an item says what changes, as a PATCH does: what it leaves out stays.
    """
    if not isinstance(item, dict):
        return None, [_NO_OBJECT]
    try:
        if stood is None:
            return schema.load(item), []
        item = merged_members(schema, stood, item)
        return schema.load(item, partial=tuple(schema.fields)), []
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


def _changes(said: Mapping[str, Any], stood: Document, then: Document) -> tuple[Change, ...]:
    """What an item changes of what it says, from what to what."""
    return tuple(
        Change(name, say(name, name), in_words(stood.get(name)), in_words(then.get(name)))
        for name in said
        if name in then and not _same(stood.get(name), then[name])
    )


def _same(before: Any, after: Any) -> bool:
    """Are two values one? Of an object by the members that it has now: the form in which it is sent may name more."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return all(before.get(name) == value for name, value in after.items())
    return bool(before == after)


_NO_OBJECT = Fault(
    "",
    "not_an_object",
    {"id": "Setiap isian adalah satu objek.", "en": "Every item is an object."},
    {"id": 'Tulis {"code": ...}.', "en": 'Write {"code": ...}.'},
)


def of_documents(
    database: Database,
    schema: Schema,
    key: Callable[[Mapping[str, Any]], str | None],
    find: Find,
    put: Put,
    *,
    whole: bool = False,
) -> Kind:
    """A kind whose items are the documents of a JSON list, each recognised by its ``key``.

    ``find`` gives what stands under a key, in the form in which it is sent: the item then says what changes, and what
    it leaves out stays, unless every item is ``whole``.
    ``put`` takes one loaded item in: `(tx, caller, data, import) -> (saved, CREATED | CHANGED | UNCHANGED)`.
    """

    def judge(document: Document, caller: Caller, some: Sequence[tuple[int, Any]]) -> Sequence[Judged]:
        return [_judged(document, caller, at, item) for at, item in some]

    def _judged(document: Document, caller: Caller, at: int, item: Any) -> Judged:
        name = key(item) if isinstance(item, dict) else None
        judged = Judged(at, at, NEW, key=name, claims=(name,) if name else ())
        stood = find(name) if name else None
        data, found = loaded(schema, item, None if whole else stood)
        if data is None:
            return judged.bad(found)
        try:
            saved, result = undone(database, lambda tx: put(tx, caller, data, document))
        except Problem as problem:
            return judged.bad(faults_of(problem))
        target = None if result == "CREATED" else saved["_id"]
        changes = _changes(data, stood, saved) if stood and result == "CHANGED" else ()
        changed = tuple(one.field for one in changes)
        changes = () if whole else changes
        return replace(judged, outcome=OUTCOME[result], target=target, payload=item, changes=changes, changed=changed)

    def save(tx: Tx, caller: Caller, document: Document, one: Judged) -> Judged:
        # Begins the picture that this transaction sees: whoever changes what is found now collides with it, so what an
        # item leaves out is what stands there when it is saved, and not what stood there when it was judged.
        tx.collection(IMPORTS).find_one({"_id": document["_id"]}, {"_id": 1})
        stood = find(one.key) if one.key else None
        data, found = loaded(schema, one.payload, None if whole else stood)
        if data is None:
            raise Invalid(errors=found)
        saved, result = put(tx, caller, data, document)
        changes = _changes(data, stood, saved) if stood and result == "CHANGED" else ()
        return replace(
            one,
            outcome=OUTCOME[result],
            target=saved["_id"],
            changes=() if whole else changes,
            changed=tuple(change.field for change in changes),
        )

    def clashes(claim: str, items: Sequence[tuple[int, Any]]) -> Mapping[int, Fault]:
        return {at: repeated(items[0][0]) for at, _ in items[1:]}

    return Kind(open=lambda content: json.loads(content), judge=judge, save=save, clashes=clashes)
