"""For the routes of imports: take a sheet in, tell how far it is, give it back with its faults, and the template."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.training.actions import courses
from services.training.actions.house import House
from services.training.model.batch import status_on
from services.training.problems import NoSuchImport, NotYours
from services.training.schemas.sheet import COLUMNS, as_row
from shared import clock
from shared import imports as door
from shared.documents.mongo import Document
from shared.http.callers import Caller
from shared.http.uploads import Upload
from shared.jobs import Job
from shared.sheets import write_template
from shared.sheets.telling import told

KIND, EXPIRY = door.KIND, door.EXPIRY
SCOPES = ("courses:write", "courses:review")


def start(
    caller: Caller,
    house: House,
    upload: Upload,
    *,
    provider_id: str | None,
    dry_run: bool,
    only_good: bool,
    ignore: Sequence[str] = (),
) -> Document:
    """Take a sheet in. It is read at once, so that a broken one is refused here; a job judges its rows a moment later.

    Raises:
        FileRefused, Invalid: the file cannot be read, or its columns do not fit.
        NotYours, Refused, NoSuchProvider: whose courses these are is wrong or not said.
    """
    caller.need(*SCOPES)
    owner = courses.provider_of(caller, provider_id)
    courses.owner_of(house, owner)
    sheet = told(upload.content, COLUMNS, [*ignore, *upload.ignored])
    return door.start(
        house.database,
        house.imports,
        house.jobs,
        caller=caller,
        kind="COURSES",
        content=upload.content,
        rows=sheet.rows,
        file=upload.remembered(),
        dry_run=dry_run,
        only_good=only_good,
        head=sheet.head,
        extra={"provider_id": owner},
    )


def listed(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A page of the imports of one's own, the newest first; a reviewer sees those of all providers."""
    caller.need(*SCOPES)
    where = {"provider_id": caller.organisation} if caller.kind == "provider" else {}
    return house.imports.page(where, args)


def report(caller: Caller, house: House, id: str) -> Document:
    """How far an import is and what came of it; a provider sees its own.

    Raises:
        NoSuchImport: there is none of this id.
        NotYours: another provider sent it.
    """
    caller.need(*SCOPES)
    document = house.imports.load(id)
    if document is None:
        raise NoSuchImport()
    if caller.kind == "provider" and caller.organisation != document["provider_id"]:
        raise NotYours()
    return document


def rows(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """A page of what became of each row, in the order of the file."""
    report(caller, house, id)
    return house.imports.page_of_rows(id, args.get("outcome"), args)


def annotated(caller: Caller, house: House, id: str) -> bytes:
    """The file as XLSX with every fault beside its cell.

    Raises:
        NoSuchImport: nothing in it was wrong, or it has gone.
    """
    report(caller, house, id)
    content = house.imports.file(id, door.ANNOTATED)
    if content is None:
        raise NoSuchImport()
    return content


def template(caller: Caller, house: House) -> bytes:
    """An empty sheet with all columns; for a provider with its own courses and their batches filled in."""
    caller.need(*SCOPES)
    known = house.store.courses_of(caller.organisation) if caller.kind == "provider" and caller.organisation else []
    filled = [as_row(course, batch) for course in known for batch in _batches(house, course)]
    return write_template(COLUMNS, title="Kursus", rows=filled, stamp={"template": "courses", "version": "2"})


def expire(house: House, job: Job) -> None:
    """The job that lets go of what somebody typed."""
    house.imports.expire(job.id)


def _batches(house: House, course: Document) -> list[Document]:
    """The batches of a course by their first day, as they are today; one that says nothing for a course without any."""
    today = clock.today()
    found = [{**batch, "status": status_on(batch, today)} for batch in house.store.batches_of(course["_id"])]
    return sorted(found, key=lambda batch: (batch["starts"], batch["number"])) or [{}]
