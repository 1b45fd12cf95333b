"""For the ``work`` process: the job behind an import, from the waiting file to the report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from services.registry.actions.house import Document, House
from services.registry.actions.imports.judge import BAD, Judged, judge
from services.registry.actions.imports.save import registers, save
from services.registry.model import numbers
from services.registry.schemas.sheet import COLUMNS
from shared import clock, trace
from shared.http.callers import Caller
from shared.http.problems import MOST_FAULTS
from shared.imports.job import kept
from shared.jobs import Job
from shared.sheets import read, records
from shared.sheets.reporting import collapsed

TOGETHER = 200
"""Rows looked up in one query and reported in one write. Fewer would pay for round trips, more would hide progress."""

MOST_ATTEMPTS = 8
"""Starts of one import. With the growing pauses between them this is about twenty minutes; a database that is away for
longer has other alarms, and a file that stops the job each time must not wait for ever."""

SIDE_BY_SIDE = 4
"""Rows saved at once: while one waits for the journal, others are made ready. More would only queue at the database."""


def run(house: House, job: Job) -> None:
    """Judge every row, save the good ones if that was asked for, and let the file go.

    Runs again after a crash: rows that were saved before are recognised, because a candidate names the import and the
    row that it came from.
    """
    document, content = house.imports.load(job.id), house.imports.content(job.id)
    if document is None or content is None:
        return
    if job.attempts > MOST_ATTEMPTS:
        house.imports.end(job.id, {"state": "FAILED"})
        return
    house.imports.report(job.id, {"state": "RUNNING"})
    judged = _judged(house, job, content)
    stopped = not document["only_good"] and any(row.outcome == BAD for row in judged)
    if document["dry_run"] or stopped:
        ended = _reported(house, job, _chunks(judged))
    else:
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            saved = partial(_saved, house, document)
            numbered = _chunks(_numbered(house, judged))
            ended = _reported(house, job, (list(pool.map(saved, some)) for some in numbered))
    faults = collapsed([fault for row in ended for fault in row.faults])
    state = "REFUSED" if stopped and not document["dry_run"] else "DONE"
    told = [kept(fault) for fault in faults[:MOST_FAULTS]]
    house.imports.end(job.id, {"state": state, "faults": told, **_progress(ended)})


def _judged(house: House, job: Job, content: bytes) -> list[Judged]:
    judged: list[Judged] = []
    seen: dict[str, int] = {}
    for some in _chunks(records(read(content, COLUMNS), COLUMNS)):
        judged += judge(house, some, import_id=job.id, seen=seen)
        job.keep()
    return judged


def _numbered(house: House, judged: Sequence[Judged]) -> Iterator[Judged]:
    """The rows, each new person with a candidate number; all numbers of a file are taken in one step."""
    year = clock.today().year
    serials = iter(house.candidates.next_serials(year, sum(map(registers, judged))))
    for row in judged:
        yield replace(row, number=numbers.number(year, next(serials))) if registers(row) else row


def _saved(house: House, document: Document, row: Judged) -> Judged:
    caller = Caller.restored(document["by"])
    with trace.span(document["trace"]):
        return save(house, caller, row, import_id=document["_id"])


def _reported(house: House, job: Job, chunks: Iterable[list[Judged]]) -> list[Judged]:
    """All rows, after each chunk of them was kept for the report."""
    ended: list[Judged] = []
    for some in chunks:
        house.imports.keep_rows(job.id, [_row(row) for row in some])
        ended += some
        house.imports.report(job.id, _progress(ended))
        job.keep()
    return ended


def _progress(ended: Sequence[Judged]) -> Document:
    return {"done": len(ended), "counts": dict(Counter(row.outcome for row in ended))}


def _row(row: Judged) -> Document:
    """As the report keeps it: outcome, cells and codes."""
    return {
        "row": row.record.number,
        "outcome": row.outcome,
        "candidate_id": row.known,
        "changed": list(row.changed),
        "faults": [kept(fault) for fault in row.faults],
    }


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, TOGETHER)):
        yield some
