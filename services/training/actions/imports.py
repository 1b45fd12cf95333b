"""The import door: a provider's sheet of courses and batches is judged row by row, then perhaps saved.

The key of a row is provider + course code + batch, so the same file twice changes nothing; rows that are missing from a
file delete nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.training.actions import batches, courses
from services.training.actions.house import House
from services.training.problems import NoSuchImport, NotYours
from services.training.schemas import sheet
from shared import imports as door
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.http.problems import Fault
from shared.http.uploads import Upload
from shared.imports.job import kept
from shared.jobs import Job
from shared.sheets import Record, read, records, write_template

KIND = door.KIND
SCOPES = ("courses:write", "courses:review")


def start(
    caller: Caller, house: House, upload: Upload, *, provider_id: str | None, dry_run: bool, only_good: bool
) -> Document:
    """Take a sheet in. It is read at once, so that a broken one is refused here; a job judges its rows a moment later.

    Raises:
        FileRefused, Invalid: the file cannot be read, or its columns do not fit.
        NotYours, Refused, NoSuchProvider: whose courses these are is wrong or not said.
    """
    caller.need(*SCOPES)
    owner = courses.provider_of(caller, provider_id)
    courses.owner_of(house, owner)
    file = read(upload.content, sheet.COLUMNS)
    return door.start(
        house.database,
        house.imports,
        house.jobs,
        caller=caller,
        kind="COURSES",
        rows=[_row(record) for record in records(file, sheet.COLUMNS)],
        file=upload.remembered(),
        dry_run=dry_run,
        only_good=only_good,
        extra={"provider_id": owner},
    )


def report(caller: Caller, house: House, id: str) -> Document:
    """How far an import is and what came of it; a provider sees its own."""
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


def template(caller: Caller, house: House) -> bytes:
    """An empty sheet with all columns; for a provider with its own courses filled in."""
    caller.need(*SCOPES)
    known = house.store.courses_of(caller.organisation) if caller.kind == "provider" and caller.organisation else []
    filled = [_as_row(course) for course in known]
    return write_template(sheet.COLUMNS, title="Kursus", rows=filled, stamp={"template": "courses/1"})


def run(house: House, job: Job) -> None:
    """The job: judge every row, save the good ones if that was asked for."""
    kind = door.Kind(sheet.Line(), key=_key, put=_put_in(house), at=_at_cell)
    door.run(house.database, house.imports, {"COURSES": kind}, job)


def _put_in(house: House) -> Any:
    def put(tx: Tx, caller: Caller, data: Mapping[str, Any], document: Document) -> tuple[Document, str]:
        course = dict(data["course"])
        saved, new_course = courses.put(tx, house, document["provider_id"], course.pop("code"), course)
        before = house.store.batch_by_number(saved["_id"], data["batch"]["number"], tx)
        batch, new_batch = batches.put(tx, house, saved, dict(data["batch"]))
        if new_course or new_batch:
            return batch, "CREATED"
        changed = before is not None and before["version"] != batch["version"]
        return batch, "CHANGED" if changed or saved["updated_at"] == batch["updated_at"] else "UNCHANGED"

    return put


def _row(record: Record) -> Document:
    item, found = sheet.line_of(record)
    return {
        "row": record.number,
        "item": item,
        "cells": sheet.addresses(record),
        "faults": [kept(fault) for fault in found],
    }


def _key(item: Mapping[str, Any]) -> str | None:
    code, number = item["course"].get("code"), item["batch"].get("number")
    return f"{code}/{number}" if code and number else None


def _at_cell(row: Document, fault: Fault) -> Fault:
    column = sheet.column_of(fault.pointer)
    return replace(fault, where="file", pointer=f"/rows/{row['row']}/{column}", cell=row["cells"].get(column))


def _as_row(course: Document) -> dict[str, Any]:
    """What a provider's template says of a course that is there already."""
    certificate = course["certificate"] or {}
    return {
        "code": course["code"],
        "title": course["title"]["id"],
        "title_en": course["title"]["en"],
        "programme": course["programme"],
        "isco08": "; ".join(course["isco08"]),
        "outcomes": "; ".join(entry["text"] for entry in course["outcomes"]),
        "certificate_kind": certificate.get("kind"),
        "certificate_scheme": certificate.get("scheme"),
        "certificate_months": certificate.get("valid_months"),
        "lesson_hours": course["lesson_hours"],
        "mode": course["mode"],
        "boarding": "ya" if course["boarding"] else "tidak",
        "cost": course["cost_to_trainee"]["amount"],
        "funding": course["funding"],
        "destinations": "; ".join(course["destinations"]),
    }
