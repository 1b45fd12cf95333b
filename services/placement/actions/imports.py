"""The import door: a JSON file of companies, partners, orders or policies is judged item by item, then perhaps saved.

An item is recognised by its own code (a company by its licence number), so the same file twice changes nothing, and
what is missing from a file is not deleted.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.placement.actions import companies, job_orders, partners, policies
from services.placement.actions.house import Document, House
from services.placement.problems import NoSuchImport, NotYours, Refused
from services.placement.schemas.imports import ITEMS
from shared import imports as door
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.http.problems import Fault
from shared.imports.trying import of_documents
from shared.jobs import Job

KIND, EXPIRY = door.KIND, door.EXPIRY

MOST_ITEMS = 5_000
"""A province publishes a few hundred orders a month. More in one file is another file by mistake."""

MOST_VALUES = 100 * MOST_ITEMS
"""Of a file: an order with all that belongs to it holds about sixty."""

Put = Callable[[Tx, House, Caller, Mapping[str, Any]], tuple[Document, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """``key`` names the field by which an item is recognised; any one of ``scopes`` lets a caller send such a file.

    ``find`` gives what stands under it, in the form in which it is sent. ``whole``: an item is all there is of it, as a
    policy with its revisions; of others it says what changes.
    """

    key: str
    scopes: tuple[str, ...]
    find: Callable[[House, str], Document | None]
    put: Put
    whole: bool = False


KINDS: Mapping[str, Kind] = {
    "COMPANIES": Kind(
        "sip3mi",
        ("companies:write",),
        lambda house, number: house.companies.by_sip3mi(number),
        lambda tx, house, caller, data: companies.put(tx, house, data),
    ),
    "FOREIGN_PARTNERS": Kind(
        "code",
        ("companies:write",),
        lambda house, code: house.partners.by_code(code),
        lambda tx, house, caller, data: partners.put(tx, house, data),
    ),
    "JOB_ORDERS": Kind("code", ("job_orders:write", "job_orders:verify"), job_orders.as_sent_by_code, job_orders.put),
    "POLICIES": Kind(
        "code", ("policies:propose",), lambda house, code: house.policies.by_code(code), policies.put, whole=True
    ),
}


def start(
    caller: Caller, house: House, items: Any, *, kind: str, file: Mapping[str, Any], dry_run: bool, only_good: bool
) -> Document:
    """Take a file in; a job judges its items a moment later. ``items`` is the JSON document of the file.

    Raises:
        Refused: no list, an empty one, or one that is too long.
    """
    caller.need(*KINDS[kind].scopes)
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS:
        raise Refused(errors=[_NO_LIST])
    return door.start(
        house.database,
        house.imports,
        house.jobs,
        caller=caller,
        kind=kind,
        content=json.dumps(items).encode(),
        rows=len(items),
        file=file,
        dry_run=dry_run,
        only_good=only_good,
    )


def report(caller: Caller, house: House, id: str) -> Document:
    """How far an import is. Whoever sent it may look, and whoever could have.

    Raises:
        NoSuchImport: there is none of this id.
        NotYours: the caller neither sent it nor could have.
    """
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


def run(house: House, job: Job) -> None:
    """The job: judge every item, save the good ones if that was asked for."""
    door.run(house.database, house.imports, house.jobs, {name: _doing(house, name) for name in KINDS}, job)


def expire(house: House, job: Job) -> None:
    """The job that lets go of what somebody typed."""
    house.imports.expire(job.id)


def _doing(house: House, name: str) -> door.Kind:
    kind = KINDS[name]

    def put(tx: Tx, caller: Caller, data: Mapping[str, Any], document: Document) -> tuple[Document, str]:
        return kind.put(tx, house, caller, data)

    def key(item: Mapping[str, Any]) -> str | None:
        found = item.get(kind.key)
        return found if isinstance(found, str) else None

    return of_documents(house.database, ITEMS[name], key, lambda code: kind.find(house, code), put, whole=kind.whole)


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
