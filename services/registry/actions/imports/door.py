"""For the routes of imports: take a file in, tell how far it is and what came of it, and give it back to mend."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.registry.actions.house import Document, House, who
from services.registry.actions.imports.job import PEOPLE
from services.registry.problems import NoSuchImport
from services.registry.schemas.sheet import COLUMNS
from services.registry.store.trail import Did
from shared import imports as door
from shared.http.callers import Caller
from shared.http.uploads import Upload
from shared.jobs import Job
from shared.sheets import write_template
from shared.sheets.telling import told

KIND, EXPIRY = door.KIND, door.EXPIRY


def start(
    caller: Caller, house: House, upload: Upload, *, dry_run: bool, only_good: bool, ignore: Sequence[str] = ()
) -> Document:
    """Take a file in. It is read at once, so that a broken one is refused here; a job judges its rows a moment later.

    ``dry_run`` judges and saves nothing. ``only_good`` saves the good rows although others are bad; without it a file
    with one bad row saves nothing. ``ignore``: headings that nobody reads and that are to be ignored.

    Raises:
        FileRefused, Invalid: the file cannot be read, or its columns do not fit.
    """
    caller.need("candidates:write")
    sheet = told(upload.content, COLUMNS, [*ignore, *upload.ignored])
    return door.start(
        house.database,
        house.imports,
        house.jobs,
        caller=caller,
        kind=PEOPLE,
        content=upload.content,
        rows=sheet.rows,
        file=upload.remembered(),
        dry_run=dry_run,
        only_good=only_good,
        head=sheet.head,
    )


def listed(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A page of the imports that the caller sent, the newest first."""
    caller.need("candidates:write")
    return house.imports.page({"by.id": caller.id}, args)


def report(caller: Caller, house: House, id: str) -> Document:
    """How far an import is, and the sum of what came of it. Whoever sent it may look, and their own centre.

    Raises:
        NoSuchImport: there is none that the caller may know of.
    """
    caller.need("candidates:write")
    document = house.imports.load(id)
    if document is None or (caller.id != document["by"]["id"] and caller.centre != document["by"].get("centre")):
        raise NoSuchImport()
    return document


def rows(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """A page of what became of each row, in the order of the file; ``args["outcome"]`` leaves out the others.

    What a row changes is told from what to what, so the trail knows of whom something was shown.
    """
    report(caller, house, id)
    page = house.imports.page_of_rows(id, args.get("outcome"), args)
    shown = [row["target"] for row in page["items"] if row.get("changes") and row["target"]]
    house.trail.add(None, who(caller), Did.LISTED, shown, about=id)
    return page


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


def template(caller: Caller) -> bytes:
    """An empty XLSX with all columns, drop-downs and instructions."""
    caller.need("candidates:write")
    return write_template(COLUMNS, title="Calon", stamp={"template": "candidates", "version": "2"})


def expire(house: House, job: Job) -> None:
    """The job that lets go of what somebody typed."""
    house.imports.expire(job.id)
