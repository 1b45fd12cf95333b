"""For the routes of imports: take a file in, and tell how far it is and what came of it."""

from collections.abc import Mapping
from typing import Any

from services.placement.actions.house import Document, House
from services.placement.actions.imports.kinds import KINDS
from services.placement.problems import NoSuchImport, NotYours, Refused
from shared import clock, ids
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.http.problems import Fault

KIND = "import"
"""Of the job that judges and saves."""

MOST_ITEMS = 5_000
"""A province publishes a few hundred orders a month. More in one file is another file by mistake."""


def start(
    caller: Caller, house: House, items: Any, *, kind: str, file: Mapping[str, Any], dry_run: bool, only_good: bool
) -> Document:
    """Take a file in; a job judges its items a moment later.

    Args:
        items: the JSON document of the file; it must be a list.
        dry_run: judge and save nothing.
        only_good: save the good items although others are bad; without it one bad item keeps the whole file out.

    Raises:
        Refused: no list, an empty one, or one that is too long.
    """
    caller.need(*KINDS[kind].scopes)
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS:
        raise Refused(errors=[_NO_LIST])
    document = {
        "_id": ids.new(),
        "kind": kind,
        "state": "QUEUED",
        "dry_run": dry_run,
        "only_good": only_good,
        "file": dict(file),
        "rows": len(items),
        "counts": {},
        "finished_at": None,
        "by": {
            "id": caller.id,
            "kind": caller.kind,
            "organisation": caller.organisation,
            "centre": caller.centre,
            "scopes": sorted(caller.scopes),
        },
    }

    def save(tx: Tx) -> Document:
        saved = house.imports.create(tx, document, items)
        house.jobs.put(tx, KIND, saved["_id"], clock.now())
        return saved

    return house.database.run(save)


def report(caller: Caller, house: House, id: str) -> Document:
    """How far an import is. Whoever sent it may look, and whoever could have."""
    document = house.imports.load(id)
    if document is None:
        raise NoSuchImport()
    if caller.id != document["by"]["id"]:
        if caller.organisation is not None:
            raise NotYours()
        caller.need(*KINDS[document["kind"]].scopes)
    return document


def rows(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """A page of what became of each item, in the order of the file; ``args["outcome"]`` leaves out the others."""
    report(caller, house, id)
    return house.imports.page_of_rows(id, args.get("outcome"), args)


_NO_LIST = Fault(
    "",
    "list_wanted",
    {
        "id": f"Berkas harus berisi daftar JSON dengan 1 sampai {MOST_ITEMS} isian.",
        "en": f"The file must hold a JSON list of 1 to {MOST_ITEMS} items.",
    },
    {
        "id": 'Mulai dengan [ dan tutup dengan ]: [{"code": ...}].',
        "en": 'Begin with [ and end with ]: [{"code": ...}].',
    },
)
