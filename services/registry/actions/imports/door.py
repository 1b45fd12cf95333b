"""For the routes of imports: take a file in, and tell how far it is and what came of it."""

from collections.abc import Mapping
from typing import Any

from services.registry.actions.house import Document, House
from services.registry.problems import NoSuchImport
from services.registry.schemas.sheet import COLUMNS
from shared import clock, ids, trace
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.http.uploads import Upload
from shared.sheets import read, write_template

KIND = "import"
"""Of the job that judges and saves."""


def start(caller: Caller, house: House, upload: Upload, *, dry_run: bool, only_good: bool) -> Document:
    """Take a file in. It is read at once, so that a broken one is refused here; a job judges its rows a moment later.

    ``dry_run`` judges and saves nothing. ``only_good`` saves the good rows although others are bad; without it a file
    with one bad row saves nothing.

    Raises:
        FileRefused, Invalid: the file cannot be read, or its columns do not fit.
    """
    caller.need("candidates:write")
    sheet = read(upload.content, COLUMNS)
    document = {
        "_id": ids.new(),
        "state": "QUEUED",
        "dry_run": dry_run,
        "only_good": only_good,
        "file": upload.remembered(),
        "unknown_columns": [unread.cell.address for unread in sheet.unread],
        "rows": len(sheet.rows),
        "done": 0,
        "counts": {},
        "faults": [],
        "finished_at": None,
        "trace": trace.current(),
        "by": caller.remembered(),
    }

    def save(tx: Tx) -> Document:
        saved = house.imports.create(tx, document, upload.content)
        house.jobs.put(tx, KIND, saved["_id"], clock.now())
        return saved

    return house.database.run(save)


def report(caller: Caller, house: House, id: str) -> Document:
    """How far an import is, and the sum of what came of it."""
    caller.need("candidates:write")
    document = house.imports.load(id)
    if document is None:
        raise NoSuchImport()
    return document


def rows(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """A page of what became of each row, in the order of the file; ``args["outcome"]`` leaves out the others."""
    report(caller, house, id)
    return house.imports.page_of_rows(id, args.get("outcome"), args)


def template(caller: Caller) -> bytes:
    """An empty XLSX with all columns, drop-downs and instructions."""
    caller.need("candidates:write")
    return write_template(COLUMNS, title="Calon", stamp={"template": "candidates", "version": "1"})
