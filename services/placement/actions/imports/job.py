"""For the ``work`` process: the job behind an import, from the waiting items to the report."""

from typing import Any

from marshmallow import ValidationError
from pymongo.errors import DuplicateKeyError

from services.placement.actions.house import Document, House
from services.placement.actions.imports.kinds import KINDS, Kind
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.http.faults import faults
from shared.http.problems import MOST_FAULTS, Fault, Problem
from shared.jobs import Job

NEW, CHANGED, SAME, BAD = "NEW", "CHANGED", "SAME", "BAD"
_OUTCOME = {"CREATED": NEW, "CHANGED": CHANGED, "UNCHANGED": SAME}

KEEP_EVERY = 50
"""Items between two words that the job is still alive; a slow item takes tens of milliseconds."""


def run(house: House, job: Job) -> None:
    """Judge every item, and save the good ones if that was asked for.

    Runs again after a crash: an item's outcome is written in the transaction that saves it, so what was saved is passed
    over.
    """
    document = house.imports.load(job.id)
    if document is None or document["state"] in ("DONE", "REFUSED"):
        return
    asked = document["by"]
    caller = Caller(**{**asked, "scopes": frozenset(asked["scopes"])})
    kind = KINDS[document["kind"]]
    house.imports.report(job.id, {"state": "RUNNING"})
    seen: dict[str, int] = {}
    bad = 0
    for count, row in enumerate(house.imports.waiting_rows(job.id)):
        result = _judge(house, caller, kind, row, seen)
        house.imports.judged(row, result)
        bad += result["outcome"] == BAD
        _still_alive(job, count)
    refused = bad > 0 and not document["only_good"] and not document["dry_run"]
    if not document["dry_run"] and not refused:
        for count, row in enumerate(house.imports.waiting_rows(job.id)):
            if row["outcome"] != BAD:
                _save(house, caller, kind, row)
            _still_alive(job, count)
    house.imports.end(job.id, {"state": "REFUSED" if refused else "DONE", "counts": house.imports.counts(job.id)})


class _Undo(Exception):
    """Carries what an item would become out of its transaction, and rolls the transaction back."""

    def __init__(self, result: Document) -> None:
        super().__init__()
        self.result = result


def _judge(house: House, caller: Caller, kind: Kind, row: Document, seen: dict[str, int]) -> Document:
    """What would become of an item; nothing stays of having tried."""
    item = row["item"]
    if not isinstance(item, dict):
        return _bad(None, [_NO_OBJECT])
    key = item.get(kind.key) if isinstance(item.get(kind.key), str) else None
    try:
        data = kind.schema.load(item)
    except ValidationError as error:
        return _bad(key, faults(error.messages, schema=kind.schema, data=item))
    if key in seen:
        return _bad(key, [_repeated(kind.key, seen[key])])
    seen[key or ""] = row["row"]

    def try_it(tx: Tx) -> None:
        saved, result = kind.put(tx, house, caller, data)
        target = None if result == "CREATED" else saved["_id"]
        raise _Undo({"outcome": _OUTCOME[result], "key": key, "target": target, "faults": []})

    try:
        house.database.run(try_it)
    except _Undo as tried:
        return tried.result
    except Problem as problem:
        return _bad(key, _faults_of(problem))
    raise AssertionError("a tried item ends in _Undo or in a problem")


def _save(house: House, caller: Caller, kind: Kind, row: Document) -> None:
    """Take a good item in, and write down in the same transaction that it is in."""

    def work(tx: Tx) -> None:
        saved, result = kind.put(tx, house, caller, kind.schema.load(row["item"]))
        done = {"outcome": _OUTCOME[result], "target": saved["_id"], "saved": True}
        house.imports.judged(row, done, tx)

    try:
        house.database.run(work)
    except Problem as problem:
        # Somebody was faster between judging and saving.
        house.imports.judged(row, _bad(row["key"], _faults_of(problem)))
    except DuplicateKeyError:
        house.imports.judged(row, _bad(row["key"], [_TAKEN]))


def _still_alive(job: Job, count: int) -> None:
    if count % KEEP_EVERY == KEEP_EVERY - 1:
        job.keep()


def _bad(key: str | None, found: list[Fault]) -> Document:
    return {"outcome": BAD, "key": key, "target": None, "faults": [_kept(fault) for fault in found[:MOST_FAULTS]]}


def _kept(fault: Fault) -> dict[str, Any]:
    return {
        "pointer": fault.pointer,
        "code": fault.code,
        "message": dict(fault.message),
        "fix": dict(fault.fix) if fault.fix else None,
    }


def _faults_of(problem: Problem) -> list[Fault]:
    return list(problem.errors) or [Fault("", problem.code, problem.title, problem.detail)]


def _repeated(name: str, earlier: int) -> Fault:
    return Fault(
        f"/{name}",
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
