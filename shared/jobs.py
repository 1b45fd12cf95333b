"""Actions put here what must happen later or takes long: lapses, expiries, imports. ``work`` runs what is due.

A job is a document that whoever runs it holds for a while; when the process dies another one takes it up again. So
a handler may run more than once for the same job and must say what it does in terms of state ("if it is still held,
let it lapse").
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pymongo import ASCENDING, IndexModel
from pymongo.errors import PyMongoError

from shared import clock, ids, logs, metrics
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events.patience import Patience
from shared.processes import HOST, began

log = logging.getLogger(__name__)

COLLECTION = "jobs"
SPEC = CollectionSpec(COLLECTION, [IndexModel([("held", ASCENDING), ("run_at", ASCENDING)])])

# A process that died on another machine holds a job back for this long (one of this machine until somebody looks); a
# long job calls ``keep`` more often than that.
HELD = timedelta(seconds=60)
# A person waits for an import to begin, a lapse can wait: half a second serves both and costs one small query.
LOOK_EVERY_SECONDS = 0.5
FREE_EVERY_SECONDS = 15.0
SHORTEST_RETRY, LONGEST_RETRY = timedelta(seconds=5), timedelta(minutes=10)
PAGE = 20


class Taken(Exception):
    """The job went to somebody else: this process stood still for longer than it may."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do. ``keep`` tells that it is still being worked on; a long handler calls it between its steps.

    ``keep`` raises Taken where another process has it by now.
    """

    kind: str
    id: str
    data: Document
    attempts: int
    keep: Callable[[], None] = field(repr=False)


# None: it is done. An instant: do it again then.
Handler = Callable[[Job], datetime | None]


class Jobs:
    """The jobs of one house."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs = database.collection(COLLECTION)
        self._holder = ids.new()
        self._free_at = 0.0

    def put(self, tx: Tx, kind: str, id: str, run_at: datetime, data: Document | None = None) -> None:
        """Have ``kind`` done for ``id`` at ``run_at`` (by the house's clock). A second put moves the first."""
        job = {
            "kind": kind,
            "id": id,
            "run_at": run_at,
            "data": data or {},
            "attempts": 0,
            "held": False,
            "holder": None,
        }
        tx.collection(COLLECTION).update_one({"_id": f"{kind}/{id}"}, {"$set": job}, upsert=True)

    def stand(self, kind: str) -> None:
        """Have ``kind`` done now unless it waits already; for work that comes back by itself."""
        job = {
            "kind": kind,
            "id": kind,
            "run_at": clock.now(),
            "data": {},
            "attempts": 0,
            "held": False,
            "holder": None,
        }
        self._jobs.update_one({"_id": f"{kind}/{kind}"}, {"$setOnInsert": job}, upsert=True)

    def cancel(self, tx: Tx, kind: str, id: str) -> None:
        """It need not be done any more."""
        tx.collection(COLLECTION).delete_one({"_id": f"{kind}/{id}"})

    def run(self, handlers: Mapping[str, Handler], stopping: threading.Event) -> None:
        """Do what is due until ``stopping``; the job in hand is finished first.

        Raises:
            OutOfPatience: the database was away for too long.
        """
        # Counted when asked, all of it, and unknown while the database is away: a job that nobody takes up shows.
        due = metrics.Counted(lambda: {"all": self._jobs.count_documents(_due())})
        metrics.JOBS_DUE.set_function(lambda: due.of("all"))
        patience = Patience()
        while not stopping.is_set():
            try:
                done = self.run_due(handlers, stopping)
                patience.restored()
            except PyMongoError as error:
                patience.tried_by(error)
                log.warning("Jobs wait: %s", logs.words_of(error))
                done = 0
            if not done:
                stopping.wait(LOOK_EVERY_SECONDS)

    def run_due(self, handlers: Mapping[str, Handler], stopping: threading.Event | None = None) -> int:
        """Do what is due now, the longest due first. Returns how many jobs were taken up."""
        self._free_abandoned()
        rows = list(self._jobs.find(_due()).sort("run_at", ASCENDING).limit(PAGE))
        taken = 0
        for row in rows:
            if stopping is not None and stopping.is_set():
                break
            handler = handlers.get(row["kind"])
            if handler is not None and self._claim(row):
                taken += 1
                self._do(handler, row)
        return taken

    def _do(self, handler: Handler, row: Document) -> None:
        def keep() -> None:
            longer = {"$set": {"held_until": clock.wall() + HELD}}
            if self._jobs.update_one(mine, longer).matched_count:
                return
            now = self._jobs.find_one({"_id": row["_id"]})
            # Of nobody: the handler itself put it anew.
            if now is not None and now["holder"] not in (None, self._holder):
                raise Taken()

        mine = {"_id": row["_id"], "holder": self._holder}
        attempts = row["attempts"] + 1
        try:
            again = handler(Job(row["kind"], row["id"], row["data"], attempts, keep))
        except Exception as error:
            logs.broke(log, "A job failed and is tried again", error, job=row["_id"], attempts=attempts)
            pause = min(SHORTEST_RETRY * 2 ** min(attempts - 1, 10), LONGEST_RETRY)
            free = {"held": False, "holder": None, "run_at": clock.now() + pause}
            self._jobs.update_one(mine, {"$set": free})
            return
        # "mine" no longer matches when the handler itself put the job anew: then it stays.
        if again is None:
            self._jobs.delete_one(mine)
        else:
            free = {"held": False, "holder": None, "run_at": again, "attempts": 0}
            self._jobs.update_one(mine, {"$set": free})

    def _claim(self, row: Document) -> bool:
        seen = {"_id": row["_id"], "held": False, "run_at": row["run_at"]}
        process = {"host": HOST, "process": os.getpid(), "began": began(os.getpid())}
        held = {"held": True, "holder": self._holder, "held_until": clock.wall() + HELD, "by": process}
        return self._jobs.update_one(seen, {"$set": held, "$inc": {"attempts": 1}}).matched_count == 1

    def _free_abandoned(self) -> None:
        if clock.monotonic() < self._free_at:
            return
        self._free_at = clock.monotonic() + FREE_EVERY_SECONDS
        free = {"$set": {"held": False, "holder": None}}
        self._jobs.update_many({"held": True, "held_until": {"$lt": clock.wall()}}, free)
        for row in self._jobs.find({"held": True}):
            by = row.get("by")
            if by and by["host"] == HOST and began(by["process"]) != by["began"]:
                self._jobs.update_one({"_id": row["_id"], "holder": row["holder"]}, free)


def _due() -> Document:
    return {"held": False, "run_at": {"$lte": clock.now()}}
