"""For the `work` process: the job behind an import, from the waiting items to the report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError
from pymongo.errors import DuplicateKeyError

from shared.documents.mongo import Database, Document, Tx
from shared.http.callers import Caller
from shared.http.faults import faults
from shared.http.problems import MOST_FAULTS, Fault, Problem
from shared.imports.store import Imports
from shared.jobs import Job

NEW, CHANGED, SAME, BAD = "NEW", "CHANGED", "SAME", "BAD"
_OUTCOME = {"CREATED": NEW, "CHANGED": CHANGED, "UNCHANGED": SAME}

KEEP_EVERY = 50
"""Items between two words that the job is still alive; a slow item takes tens of milliseconds."""

At = Callable[[Document, Fault], Fault]
Put = Callable[[Tx, Caller, Mapping[str, Any], Document], tuple[Document, str]]


def _where_it_is(row: Document, fault: Fault) -> Fault:
    return fault


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file may hold. `key` tells by which code an item is recognised within the file and in the report.

    `put` takes one loaded item in: `(tx, caller, data, import document) -> (saved, CREATED | CHANGED | UNCHANGED)`.
    `at` moves a fault to the place where the sender sees it, such as a cell.
    """

    schema: Schema
    key: Callable[[Mapping[str, Any]], str | None]
    put: Put
    at: At = _where_it_is


def run(database: Database, imports: Imports, kinds: Mapping[str, Kind], job: Job) -> None:
    """Judge every item, and save the good ones if that was asked for.

    Runs again after a crash: an item's outcome is written in the transaction that saves it, so what was saved is passed
    over.
    """
    document = imports.load(job.id)
    if document is None or document["state"] in ("DONE", "REFUSED"):
        return
    work = _Work(database, imports, kinds[document["kind"]], document)
    imports.report(job.id, {"state": "RUNNING"})
    bad = 0
    for count, row in enumerate(imports.waiting_rows(job.id)):
        bad += work.judge(row) == BAD
        _still_alive(job, count)
    refused = bad > 0 and not document["only_good"] and not document["dry_run"]
    if not document["dry_run"] and not refused:
        for count, row in enumerate(imports.waiting_rows(job.id)):
            if row["outcome"] != BAD:
                work.save(row)
            _still_alive(job, count)
    imports.end(job.id, {"state": "REFUSED" if refused else "DONE", "counts": imports.counts(job.id)})


class _Undo(Exception):
    """Carries what an item would become out of its transaction, and rolls the transaction back."""

    def __init__(self, result: Document) -> None:
        super().__init__()
        self.result = result


class _Work:
    def __init__(self, database: Database, imports: Imports, kind: Kind, document: Document) -> None:
        self._database, self._imports, self._kind, self._document = database, imports, kind, document
        self._caller = Caller.restored(document["by"])
        self._seen: dict[str, int] = {}

    def judge(self, row: Document) -> str:
        """Write down what would become of an item, and return it; nothing else stays of having tried."""
        result = self._judged(row)
        self._imports.judged(row, result)
        outcome: str = result["outcome"]
        return outcome

    def save(self, row: Document) -> None:
        """Take a good item in, and write down in the same transaction that it is in."""

        def work(tx: Tx) -> None:
            saved, result = self._put(tx, self._kind.schema.load(row["item"]))
            done = {"outcome": _OUTCOME[result], "target": saved["_id"], "saved": True}
            self._imports.judged(row, done, tx)

        try:
            self._database.run(work)
        except Problem as problem:
            # Somebody was faster between judging and saving.
            self._imports.judged(row, self._bad(row, row["key"], _faults_of(problem)))
        except DuplicateKeyError:
            self._imports.judged(row, self._bad(row, row["key"], [_TAKEN]))

    def _judged(self, row: Document) -> Document:
        item = row["item"]
        if row["faults"]:
            return {"outcome": BAD, "faults": row["faults"]}
        if not isinstance(item, dict):
            return self._bad(row, None, [_NO_OBJECT])
        key = self._kind.key(item)
        try:
            data = self._kind.schema.load(item)
        except ValidationError as error:
            return self._bad(row, key, faults(error.messages, schema=self._kind.schema, data=item))
        if key in self._seen:
            return self._bad(row, key, [_repeated(self._seen[key])])
        self._seen[key or ""] = row["row"]

        def try_it(tx: Tx) -> None:
            saved, result = self._put(tx, data)
            target = None if result == "CREATED" else saved["_id"]
            raise _Undo({"outcome": _OUTCOME[result], "key": key, "target": target, "faults": []})

        try:
            self._database.run(try_it)
        except _Undo as tried:
            return tried.result
        except Problem as problem:
            return self._bad(row, key, _faults_of(problem))
        raise AssertionError("a tried item ends in _Undo or in a problem")

    def _put(self, tx: Tx, data: Mapping[str, Any]) -> tuple[Document, str]:
        return self._kind.put(tx, self._caller, data, self._document)

    def _bad(self, row: Document, key: str | None, found: list[Fault]) -> Document:
        placed = [kept(self._kind.at(row, fault)) for fault in found[:MOST_FAULTS]]
        return {"outcome": BAD, "key": key, "target": None, "faults": placed}


def kept(fault: Fault) -> dict[str, Any]:
    """A fault as a row keeps it: both languages, the place, never what was typed."""
    return {
        "pointer": fault.pointer,
        "cell": fault.cell,
        "code": fault.code,
        "message": dict(fault.message),
        "fix": dict(fault.fix) if fault.fix else None,
    }


def _still_alive(job: Job, count: int) -> None:
    if count % KEEP_EVERY == KEEP_EVERY - 1:
        job.keep()


def _faults_of(problem: Problem) -> list[Fault]:
    return list(problem.errors) or [Fault("", problem.code, problem.title, problem.detail)]


def _repeated(earlier: int) -> Fault:
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
_TAKEN = Fault("", "already_exists", {"id": "Data yang sama sudah ada.", "en": "The same is there already."})
