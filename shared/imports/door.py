"""For the routes of an import door: take a file in, whatever it holds; a job judges its items a moment later."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared import clock, ids
from shared.documents.mongo import Database, Document, Tx
from shared.http.callers import Caller
from shared.imports.store import Imports
from shared.jobs import Jobs

KIND = "import"
"""Of the job that judges and saves."""


def start(
    database: Database,
    imports: Imports,
    jobs: Jobs,
    *,
    caller: Caller,
    kind: str,
    rows: Sequence[Mapping[str, Any]],
    file: Mapping[str, Any],
    dry_run: bool,
    only_good: bool,
    extra: Mapping[str, Any] | None = None,
) -> Document:
    """Keep the rows and put the job, in one transaction. Returns the import as its sender sees it.

    Args:
        file: `{kind, sha256, bytes}` of what was sent, so that a broken upload is recognised.
        dry_run: judge and save nothing.
        only_good: save the good items although others are bad; without it one bad item keeps the whole file out.
        extra: what the house wants to know again when the job runs.
    """
    document = {
        "_id": ids.new(),
        "kind": kind,
        "state": "QUEUED",
        "dry_run": dry_run,
        "only_good": only_good,
        "file": dict(file),
        "rows": len(rows),
        "counts": {},
        "finished_at": None,
        "by": caller.remembered(),
        **(extra or {}),
    }

    def save(tx: Tx) -> Document:
        saved = imports.create(tx, document, rows)
        jobs.put(tx, KIND, saved["_id"], clock.now())
        return saved

    return database.run(save)
