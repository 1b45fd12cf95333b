"""For the routes of an import door: take a file in, whatever it holds; a job judges its items a moment later."""

from collections.abc import Mapping
from typing import Any

from shared import clock, ids, trace
from shared.documents.mongo import Database, Document, Tx
from shared.http.callers import Caller
from shared.imports.rows import kept
from shared.imports.sheets import unread_faults
from shared.imports.store import Imports
from shared.jobs import Jobs

KIND = "import"
"""Of the job that judges and saves."""

EXPIRY = "import_expiry"
"""Of the job that lets go of what somebody typed."""


def start(
    database: Database,
    imports: Imports,
    jobs: Jobs,
    *,
    caller: Caller,
    kind: str,
    content: bytes,
    rows: int,
    file: Mapping[str, Any],
    dry_run: bool,
    only_good: bool,
    head: Mapping[str, Any] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Document:
    """Keep the file and put the job, in one transaction. Returns the import as its sender sees it.

    Args:
        file: `{kind, sha256, bytes}` of what was sent, so that a broken upload is recognised.
        dry_run: judge and save nothing.
        only_good: save the good items although others are bad; without it one bad item keeps the whole file out.
        head: what the file says of itself: sheets, columns, what nobody reads.
        extra: what the house wants to know again when the job runs.
    """
    document = {
        "_id": ids.new(),
        "kind": kind,
        "state": "QUEUED",
        "phase": "WAITING",
        "dry_run": dry_run,
        "only_good": only_good,
        "file": dict(file),
        "rows": rows,
        "done": 0,
        "counts": {},
        "faults": [],
        "annotated": None,
        "finished_at": None,
        "expires_at": None,
        "trace": trace.current(),
        "by": caller.remembered(),
        **(extra or {}),
    }

    def save(tx: Tx) -> Document:
        saved = imports.create(tx, document, content, head or {})
        jobs.put(tx, KIND, saved["_id"], clock.now())
        return saved

    return database.run(save)


def shown(document: Document) -> Document:
    """An import as an answer tells of it: what the file said of itself stands beside what became of it."""
    empty: Document = {"sheets": [], "columns": [], "unread": [], "skipped": [], "warnings": []}
    unread = [kept(fault) for fault in unread_faults(document["head"])]
    told = {**empty, **document, **document["head"], "id": document["_id"]}
    return {**told, "faults": [*unread, *document["faults"]]}
