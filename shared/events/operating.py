"""For operators: what waits in one house, by its own database, and acts on what was set aside. No Kafka is needed.

The listener notes here how far behind it is, which only it can see. Acts are wishes that ``work`` carries out, because
only there a record can be handled as the listener would; who wished what, when and why is kept for good.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pymongo import UpdateOne

from shared import clock, ids, jobs
from shared.documents import leases, receipts
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events import dead_letters, outbox
from shared.jobs import Jobs

BEHIND, ACTS = "behind", "operator_acts"
SPECS = (CollectionSpec(BEHIND), CollectionSpec(ACTS))

RETRY = "retry_letter"
"""The kind of the job that handles one letter again."""

WORK_SHOWN = 50
_IMPORTS = "imports"
"""Where a house that takes sheets keeps them (`shared/imports`); the others have no such collection."""

SHOWN = 200
"""Letters and acts in one answer; of the rest the sums are told."""


def note(database: Database, behind: Mapping[str, tuple[int, datetime | None]]) -> None:
    """By the listener: topic → how many records are not handled yet, and since when it has been behind."""
    now = clock.wall()
    updates = [
        UpdateOne({"_id": topic}, {"$set": {"records": number, "since": since, "at": now}}, upsert=True)
        for topic, (number, since) in behind.items()
    ]
    if updates:
        database.collection(BEHIND).bulk_write(updates, ordered=False)


def look(database: Database) -> Document:
    """All that waits now: `{at, unread, unsent, causes, stopped, jobs}`; ages are moments, wall time."""
    unread = [
        {"topic": row["_id"], "records": row["records"], "since": row["since"], "measured_at": row["at"]}
        for row in database.collection(BEHIND).find({})
    ]
    events, oldest = outbox.unsent(database)
    return {
        "at": clock.wall(),
        "unread": sorted(unread, key=lambda row: str(row["topic"])),
        "unsent": {"rows": events, "oldest": oldest},
        "causes": _causes(database),
        "stopped": dead_letters.is_blown(database),
        "jobs": _jobs(database),
    }


def work(database: Database) -> Document:
    """Long work of a house: `{imports, rebuilding, rebuilt}`. Sums and moments, never who sent what."""
    shown = ("kind", "state", "phase", "dry_run", "rows", "done", "counts", "created_at", "finished_at")
    found = database.collection(_IMPORTS).find({}, dict.fromkeys(shown, 1)).sort("created_at", -1).limit(WORK_SHOWN)
    running = database.collection(leases.COLLECTION).find_one({"_id": "rebuild"})
    rebuilding = running is not None and running["until"] > clock.wall()
    return {
        "imports": [{"id": row["_id"], **{name: row[name] for name in shown}} for row in found],
        "rebuilding": rebuilding,
        "rebuilt": running.get("noted") if running is not None and rebuilding else None,
    }


def letters(database: Database) -> list[Document]:
    """What was set aside, the newest first: place, cause and moment, never the content."""
    found = database.collection(dead_letters.COLLECTION).find({}, {"record": 0}).sort("at", -1).limit(SHOWN)
    return [
        {
            "id": row["_id"],
            "topic": row["topic"],
            "reason": row["reason"],
            "at": row["at"],
            "tried_at": row.get("tried_at"),
        }
        for row in found
    ]


def acts(database: Database) -> list[Document]:
    """What operators did, the newest first."""
    found = database.collection(ACTS).find({}).sort("at", -1).limit(SHOWN)
    return [{name: row[name] for name in ("at", "by", "did", "letters", "number", "reason")} for row in found]


def retry(database: Database, wanted: Sequence[str], *, by: str) -> int:
    """Have these letters handled again, or all if none are named. Returns how many; missing ones are left out."""
    where: Document = {"_id": {"$in": list(wanted)}} if wanted else {}
    found = [row["_id"] for row in database.collection(dead_letters.COLLECTION).find(where, {"_id": 1})]

    def wish(tx: Tx) -> None:
        own = Jobs(database)
        for id in found:
            own.put(tx, RETRY, id, clock.now())
        _write(tx, "RETRIED", found, by=by, reason=None)

    if found:
        database.run(wish)
    return len(found)


def discard(database: Database, id: str, *, reason: str, by: str) -> bool:
    """Give one letter up for good. False: there is none of this id."""
    if not dead_letters.DeadLetters(database).discard(id, reason=reason, by=by):
        return False
    database.run(lambda tx: _write(tx, "DISCARDED", [id], by=by, reason=reason))
    return True


def _write(tx: Tx, did: str, wanted: Sequence[str], *, by: str, reason: str | None) -> None:
    id = ids.new()
    row: Document = {"_id": id, "at": clock.wall(), "by": by, "did": did, "reason": reason}
    tx.collection(ACTS).insert_one({**row, "letters": list(wanted[:20]), "number": len(wanted)})
    receipts.sign(tx, id=id, version=1)


def _causes(database: Database) -> list[Document]:
    counted: Counter[str] = Counter()
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for row in database.collection(dead_letters.COLLECTION).find({}, {"reason": 1, "at": 1}):
        cause = row["reason"]
        counted[cause] += 1
        first[cause] = min(first.get(cause, row["at"]), row["at"])
        last[cause] = max(last.get(cause, row["at"]), row["at"])
    return [
        {"cause": cause, "number": number, "first": first[cause], "last": last[cause]}
        for cause, number in counted.most_common()
    ]


def _jobs(database: Database) -> list[Document]:
    """Work of `work` by kind: how much waits, how much is due, how much is being done, how often the worst failed."""
    now = clock.now()
    found: dict[str, dict[str, Any]] = {}
    fields = {"kind": 1, "run_at": 1, "held": 1, "attempts": 1}
    for row in database.collection(jobs.COLLECTION).find({}, fields):
        one = found.setdefault(row["kind"], {"kind": row["kind"], "waiting": 0, "due": 0, "running": 0, "tries": 0})
        one["waiting"] += 1
        one["due"] += row["run_at"] <= now and not row["held"]
        one["running"] += bool(row["held"])
        one["tries"] = max(one["tries"], row["attempts"])
    return sorted(found.values(), key=lambda one: str(one["kind"]))
