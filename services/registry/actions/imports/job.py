"""For the ``work`` process: the job behind an import, from the waiting file to the report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from services.registry.actions.house import Document, House
from services.registry.actions.imports.judge import BAD, Judged, judge
from services.registry.actions.imports.save import needs_number, save
from services.registry.model import numbers
from services.registry.schemas.sheet import COLUMNS
from shared import clock
from shared.http.callers import Caller
from shared.http.problems import MOST_FAULTS, Fault
from shared.jobs import Job
from shared.sheets import read, records
from shared.sheets.reporting import collapsed

TOGETHER = 200
"""Rows looked up in one query and reported in one write. Fewer would pay for round trips, more would hide progress."""


def run(house: House, job: Job) -> None:
    """Judge every row, save the good ones if that was asked for, and let the file go.

    Runs again after a crash: rows that were saved before are recognised, because a candidate names the import and the
    row that it came from.
    """
    document, content = house.imports.load(job.id), house.imports.content(job.id)
    if document is None or content is None:
        return
    asked = document["by"]
    caller = Caller(**{**asked, "scopes": frozenset(asked["scopes"])})
    house.imports.report(job.id, {"state": "RUNNING"})
    sheet = read(content, document["file"]["name"], COLUMNS)
    judged: list[Judged] = []
    seen: dict[str, int] = {}
    for some in _chunks(records(sheet, COLUMNS)):
        judged += judge(house, some, import_id=job.id, seen=seen)
        job.keep()
    refused = not document["only_good"] and any(row.outcome == BAD for row in judged)
    saving = not document["dry_run"] and not refused
    ended = _each(house, caller, job, judged, saving=saving)
    faults = collapsed([fault for row in ended for fault in row.faults])
    house.imports.end(
        job.id,
        {
            "state": "REFUSED" if refused and not document["dry_run"] else "DONE",
            "faults": [_kept(fault) for fault in faults[:MOST_FAULTS]],
            **_progress(ended),
        },
    )


def _each(house: House, caller: Caller, job: Job, judged: Sequence[Judged], *, saving: bool) -> list[Judged]:
    numbers_left = _numbers(house, sum(map(needs_number, judged))) if saving else iter(())
    ended: list[Judged] = []
    for some in _chunks(judged):
        if saving:
            some = [save(house, caller, row, import_id=job.id, numbers=numbers_left) for row in some]
        house.imports.keep_rows(job.id, [_row(row) for row in some])
        ended += some
        house.imports.report(job.id, _progress(ended))
        job.keep()
    return ended


def _numbers(house: House, count: int) -> Iterator[str]:
    """Candidate numbers for all new people of a file, taken in one step."""
    year = clock.today().year
    return (numbers.number(year, serial) for serial in house.candidates.next_serials(year, count))


def _progress(ended: Sequence[Judged]) -> Document:
    return {"done": len(ended), "counts": dict(Counter(row.outcome for row in ended))}


def _row(row: Judged) -> Document:
    """As the report keeps it: outcome, cells and codes."""
    return {
        "row": row.record.number,
        "outcome": row.outcome,
        "candidate_id": row.known,
        "changed": list(row.changed),
        "faults": [_kept(fault) for fault in row.faults],
    }


def _kept(fault: Fault) -> Document:
    return {
        "cell": fault.cell,
        "pointer": fault.pointer,
        "code": fault.code,
        "message": dict(fault.message),
        "fix": dict(fault.fix) if fault.fix else None,
    }


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, TOGETHER)):
        yield some
