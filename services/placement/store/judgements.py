"""For actions: what matching said of orders and applications, and the trail of what law and people did with them.

Of a judgement codes and versions are kept. A row of the trail that is about an application goes with its person.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared import clock, ids
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

JUDGEMENTS, TRAIL, TO_SETTLE = "judgements", "trail", "to_settle"
SETTLED_TOGETHER = 20
LONGEST_WAIT = timedelta(seconds=5)
"""However much is heard, nothing waits longer than this to be written down."""
LAW = "LAW"
"""Who acted, where nobody did."""

SPECS = (
    CollectionSpec(JUDGEMENTS),
    CollectionSpec(TO_SETTLE),
    CollectionSpec(
        TRAIL,
        [
            IndexModel([("subject", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("what", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
)


def flat(data: Document) -> Document:
    """A judgement as it is kept: its rules as one text, because an engine pays for every part of a document."""
    return {
        **{name: data[name] for name in ("id", "subject", "day", "outcome", "judged_at")},
        **{f"of_{name}": value for name, value in data["versions"].items()},
        "rules": json.dumps(data["rules"], separators=(",", ":"), ensure_ascii=False),
    }


def unfolded(row: Document) -> Document:
    """As it was heard, with its ``_id``; the stub of an erased subject as it is."""
    if row.get("erased"):
        return row
    versions = {name.removeprefix("of_"): value for name, value in row.items() if name.startswith("of_")}
    return {**row, "versions": versions, "rules": json.loads(row["rules"])}


class Judgements:
    """What was heard of matching; read by id, written by the listener only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """The judgement of an order or an application; None = never judged; an erased one is a stub."""
        rows = self._database.collection(JUDGEMENTS) if tx is None else tx.collection(JUDGEMENTS)
        found = rows.find_one({"_id": id})
        return unfolded(found) if found else None

    def of(self, subjects: Iterable[str]) -> dict[str, Document]:
        """Those of several subjects by their ids, in one query."""
        found = self._database.collection(JUDGEMENTS).find({"_id": {"$in": list(subjects)}})
        return {row["_id"]: unfolded(row) for row in found}

    def several(self, tx: Tx, subjects: Iterable[str]) -> dict[str, Document]:
        """Those of several subjects inside a transaction, erased stubs left out."""
        found = tx.collection(JUDGEMENTS).find({"_id": {"$in": list(subjects)}})
        return {row["_id"]: unfolded(row) for row in found if not row.get("erased")}

    def put_down(self, tx: Tx, applications: Sequence[str]) -> None:
        """Applications were judged: what follows for them is written as soon as there is time."""
        tx.collection(TO_SETTLE).insert_one({"_id": ids.new(), "at": clock.wall(), "ids": list(applications)})

    def put_aside(self, before: datetime) -> list[Document]:
        """Some rows of :meth:`put_down`, the oldest first, once nothing newer than this comes any more."""
        rows = sorted(self._database.collection(TO_SETTLE).find({}).limit(SETTLED_TOGETHER), key=lambda row: row["at"])
        quiet = bool(rows) and (rows[-1]["at"] <= before or rows[0]["at"] <= before - LONGEST_WAIT)
        return rows if quiet else []

    def settled(self, row_id: str) -> None:
        """What followed is written."""
        self._database.collection(TO_SETTLE).delete_one({"_id": row_id})


class Trail:
    """What was done with an order or an application, by whom and why, in the order in which it happened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, tx: Tx, rows: Sequence[Document]) -> None:
        """Rows of :func:`step`."""
        if rows:
            tx.collection(TRAIL).insert_many([dict(row) for row in rows])

    def page(self, subject: str, args: Mapping[str, Any]) -> Document:
        return page(self._database.collection(TRAIL), {"subject": subject}, args)

    def forget(self, tx: Tx, subjects: Sequence[str]) -> None:
        """Their person was erased."""
        for subject in subjects:
            tx.collection(TRAIL).delete_many({"subject": subject})

    def overrides(self) -> dict[str, int]:
        """Rule → how often a supervisor answered for it."""
        counts: dict[str, int] = {}
        for row in self._database.collection(TRAIL).find({"what": "OVERRIDDEN"}, {"rules": 1}):
            for rule in row["rules"]:
                counts[rule] = counts.get(rule, 0) + 1
        return counts


def step(
    subject: str,
    what: str,
    *,
    by: str,
    rules: Iterable[str] = (),
    reason: str | None = None,
    version: int | None = None,
) -> Document:
    """One row: what happened to which document (``version`` after it), by whom, and the rules behind it."""
    now = clock.now()
    return {
        # In the order of time: a row is named by its moment.
        "_id": f"{now:%Y%m%dT%H%M%S%f}-{ids.new()}",
        "subject": subject,
        "what": what,
        "by": by,
        "at": now,
        "rules": list(dict.fromkeys(rules)),
        "reason": reason,
        "version": version,
    }
