"""For the `work` process: the job behind an import, from the waiting file to the report.

The file is judged whole before its first item is saved. Items are saved in groups, each group one transaction with what
became of its items; a group that fails is saved item by item, so that one bad item costs nobody else. After a crash the
job begins anew and passes over the items that were saved.
"""

import pickle
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from pymongo.errors import BulkWriteError, DuplicateKeyError

from shared import clock, trace
from shared.documents.mongo import Database, Document, Tx
from shared.http.callers import Caller
from shared.http.problems import MOST_FAULTS, Fault, Problem
from shared.imports import door
from shared.imports.rows import BAD, CHANGED, NEW, Judged, kept, remembered
from shared.imports.sheets import unread_faults, unsaid
from shared.imports.store import ANNOTATED, KEPT, Imports
from shared.jobs import Job, Jobs
from shared.sheets.reporting import collapsed

TOGETHER = 200
"""Items judged and reported at once. Fewer would pay for round trips, more would hide progress."""

GROUP = 100
"""Items of one transaction: a commit costs as much as writing twenty of them."""

AT_ONCE = 2
"""Groups that are saved at the same time: while the engine writes one, the next one is made ready."""

WORTH_IT = 1_000
"""Items from which on groups are saved side by side; fewer are done in a moment."""

TELL_EVERY_SECONDS = 0.25
"""How often the report says how far the job is."""

MOST_ATTEMPTS = 8
"""Starts of one import. With the growing pauses between them this is about twenty minutes; a database that is away for
longer has other alarms, and a file that stops the job each time must not wait for ever."""

MOST_ANNOTATED = 20_000
"""Rows of a file that is given back with its faults; whoever mends more than that by hand splits the file."""


class Items(Protocol):
    """The items of a file by their place; ``SheetItems`` of a sheet, a plain list of a JSON document."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int) -> Any: ...


def _no_clashes(claim: str, items: Sequence[tuple[int, Any]]) -> Mapping[int, Fault]:
    return {}


def _as_it_is(some: Sequence[Judged]) -> Sequence[Judged]:
    return some


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file may hold, and what is done with its items.

    `open`: bytes → items. `judge`: a few items with their places → what would become of them; nothing is written.
    `save`: takes one good item in, within a transaction. `clashes`: items of one claim → what is wrong with those that
    repeat or contradict each other. `prepare`: what must be done to items before their transaction begins. `taken`:
    what is said of an item whose place was taken between judging and saving. ``apart``: no item needs what an earlier
    one of the file has saved, so groups may be saved side by side.
    """

    open: Callable[[bytes], Items]
    judge: Callable[[Document, Caller, Sequence[tuple[int, Any]]], Sequence[Judged]]
    save: Callable[[Tx, Caller, Document, Judged], Judged]
    clashes: Callable[[str, Sequence[tuple[int, Any]]], Mapping[int, Fault]] = _no_clashes
    prepare: Callable[[Sequence[Judged]], Sequence[Judged]] = _as_it_is
    apart: bool = False
    taken: Fault = field(
        default_factory=lambda: Fault(
            "", "already_exists", {"id": "Data yang sama sudah ada.", "en": "The same is there already."}
        )
    )


def run(database: Database, imports: Imports, jobs: Jobs, kinds: Mapping[str, Kind], job: Job) -> None:
    """Judge every item, and save the good ones if that was asked for."""
    document, content = imports.load(job.id), imports.file(job.id)
    if document is None or content is None or document["finished_at"] is not None:
        return
    if job.attempts > MOST_ATTEMPTS:
        imports.report(job.id, {"state": "FAILED", "phase": "ENDED", "finished_at": clock.now()})
        imports.expire(job.id)
        return
    with trace.span(document["trace"]):
        _Run(database, imports, jobs, kinds[document["kind"]], document, job).through(content)


class _Run:
    def __init__(
        self, database: Database, imports: Imports, jobs: Jobs, kind: Kind, document: Document, job: Job
    ) -> None:
        self._database, self._imports, self._jobs, self._kind = database, imports, jobs, kind
        self._document, self._job, self._id = document, job, document["_id"]
        self._caller = Caller.restored(document["by"])
        self._counts: Counter[str] = Counter()
        self._ended: Counter[str] = Counter()
        self._done = 0
        self._told_at = float("-inf")
        self._faults: list[Fault] = []
        self._warnings: list[dict[str, Any]] = [kept(one) for one in unsaid(document["head"])]

    def through(self, content: bytes) -> None:
        self._begin("JUDGING")
        items = self._kind.open(content)
        chunks = self._judged(items)
        unread = unread_faults(self._document["head"])
        dry_run, only_good = self._document["dry_run"], self._document["only_good"]
        stopped = bool(unread) or (self._counts[BAD] > 0 and not only_good)
        self._begin("SAVING")
        saved = self._imports.saved(self._id)
        self._imports.clear_rows(self._id)
        keep = self._reported if dry_run or stopped else self._saved
        together = self._kind.apart and len(items) >= WORTH_IT
        for group in (_side_by_side if together else map)(keep, self._groups(chunks, saved)):
            self._told(group)
            self._progress()
        skipped: list[Judged] = getattr(items, "skipped", list)()
        self._told(self._reported(skipped))
        self._annotate(items, unread)
        self._end("REFUSED" if stopped and not dry_run else "DONE")

    def _begin(self, phase: str) -> None:
        self._done = 0
        self._imports.report(self._id, {"state": "RUNNING", "phase": phase, "done": 0})

    def _judged(self, items: Items) -> list[bytes]:
        """All items judged, packed: a hundred thousand of them would not fit side by side."""
        chunks: list[bytes] = []
        first: dict[str, int] = {}
        clashing: dict[str, list[int]] = {}
        for start in range(0, len(items), TOGETHER):
            some = [(at, items[at]) for at in range(start, min(start + TOGETHER, len(items)))]
            judged = self._kind.judge(self._document, self._caller, some)
            for one in judged:
                for claim in one.claims:
                    if claim in first:
                        clashing.setdefault(claim, [first[claim]]).append(one.at)
                    else:
                        first[claim] = one.at
            chunks.append(_packed(judged))
            self._counts.update(one.outcome for one in judged)
            self._done += len(judged)
            self._progress()
        return self._without_clashes(items, chunks, clashing)

    def _without_clashes(self, items: Items, chunks: list[bytes], clashing: Mapping[str, list[int]]) -> list[bytes]:
        """Items that contradict each other are refused together, whichever came first."""
        found: dict[int, dict[str, Fault]] = {}
        for claim, places in clashing.items():
            for at, fault in self._kind.clashes(claim, [(at, items[at]) for at in places]).items():
                found.setdefault(at, {}).setdefault(fault.code, fault)
        touched = {at // TOGETHER for at in found}
        for number in touched:
            judged = [
                one.bad(list(found[one.at].values())) if one.at in found else one for one in _opened(chunks[number])
            ]
            chunks[number] = _packed(judged)
        self._counts = Counter(one.outcome for chunk in chunks for one in _opened(chunk)) if touched else self._counts
        return chunks

    def _reported(self, group: Sequence[Judged]) -> Sequence[Judged]:
        rows = [remembered(one, saved=False) for one in group]
        if rows:
            self._database.run(lambda tx: self._imports.keep_rows(tx, self._id, rows))
        return group

    def _groups(self, chunks: Sequence[bytes], saved: Mapping[int, str]) -> Iterator[Sequence[Judged]]:
        """The items that are to be saved or told of, in groups; of those that an earlier run saved, what became of
        them is told at once."""
        for chunk in chunks:
            opened = _opened(chunk)
            self._told([replace(one, outcome=saved[one.at]) for one in opened if one.at in saved])
            fresh = [one for one in opened if one.at not in saved]
            for start in range(0, len(fresh), GROUP):
                yield fresh[start : start + GROUP]

    def _saved(self, group: Sequence[Judged]) -> Sequence[Judged]:
        """The items of a group, saved together, or one by one where that fails."""
        prepared = list(self._kind.prepare(group))
        try:
            return self._together(prepared)
        except (Problem, DuplicateKeyError, BulkWriteError):
            return [done for one in prepared for done in self._alone(one)]

    def _together(self, group: Sequence[Judged]) -> Sequence[Judged]:
        def work(tx: Tx) -> list[Judged]:
            saved = [self._kind.save(tx, self._caller, self._document, one) if _is_good(one) else one for one in group]
            self._imports.keep_rows(tx, self._id, [remembered(one, saved=True) for one in saved])
            return saved

        return self._database.run(work, gathering=len(group) > 1)

    def _alone(self, one: Judged) -> Sequence[Judged]:
        try:
            return self._together([one])
        except Problem as problem:
            # Somebody was faster between judging and saving.
            found = list(problem.errors) or [Fault("", problem.code, problem.title, problem.detail)]
        except (DuplicateKeyError, BulkWriteError):
            found = [self._kind.taken]
        return self._reported([one.bad(found)])

    def _told(self, some: Sequence[Judged]) -> None:
        """Count what became of items, and gather what stands at the top of the report."""
        for one in some:
            self._ended[one.outcome] += 1
            self._faults.extend(one.faults)
            self._warnings.extend(kept(warning) for warning in one.warnings[: MOST_FAULTS - len(self._warnings)])
        self._done += len(some)

    def _progress(self) -> None:
        # Whoever watches sees no more than a few steps a second, and each costs the engine two writes.
        if clock.monotonic() - self._told_at < TELL_EVERY_SECONDS:
            return
        self._told_at = clock.monotonic()
        self._imports.report(self._id, {"done": self._done, "counts": _known(self._counts)})
        self._job.keep()

    def _annotate(self, items: Items, unread: Sequence[Fault]) -> None:
        give_back, found = getattr(items, "annotated", None), [*unread, *self._faults]
        if give_back is None or not found or len(items) > MOST_ANNOTATED:
            return
        self._imports.keep_file(self._id, ANNOTATED, give_back(found))
        self._imports.report(self._id, {"annotated": f"/v1/imports/{self._id}/annotated.xlsx"})
        self._job.keep()

    def _end(self, state: str) -> None:
        faults = [kept(fault) for fault in collapsed(self._faults)[:MOST_FAULTS]]
        until = clock.now() + KEPT
        self._database.run(lambda tx: self._jobs.put(tx, door.EXPIRY, self._id, until))
        self._imports.warn(self._id, self._warnings)
        self._imports.drop_file(self._id)
        ended = {"state": state, "phase": "ENDED", "finished_at": clock.now(), "expires_at": until, "faults": faults}
        self._imports.report(self._id, {**ended, "done": self._done, "counts": _known(self._ended)})


def _side_by_side(
    save: Callable[[Sequence[Judged]], Sequence[Judged]], groups: Iterable[Sequence[Judged]]
) -> Iterator[Sequence[Judged]]:
    """As ``map``, in the same order, but the next groups are saved while one is still being written."""
    with ThreadPoolExecutor(AT_ONCE, "saving") as pool:
        running: deque[Future[Sequence[Judged]]] = deque()
        for group in groups:
            running.append(pool.submit(copy_context().run, save, group))
            if len(running) > AT_ONCE:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def _is_good(one: Judged) -> bool:
    return one.outcome in (NEW, CHANGED)


def _packed(judged: Sequence[Judged]) -> bytes:
    return zlib.compress(pickle.dumps(list(judged)), 1)


def _opened(chunk: bytes) -> list[Judged]:
    # Only what this very job packed a moment ago is unpacked here.
    found: list[Judged] = pickle.loads(zlib.decompress(chunk))
    return found


def _known(counts: Mapping[str, int]) -> dict[str, int]:
    return {outcome: count for outcome, count in counts.items() if count}
