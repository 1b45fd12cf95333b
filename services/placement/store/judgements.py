"""For actions: what matching said of orders and applications, and the trail of what law and people did with them.

Of a judgement codes and versions are kept. A row of the trail that is about an application goes with its person.

Judgements of applications come by the thousand, and an engine pays for every row that it writes. So what was heard
together is kept as one row of ``to_settle`` first; it counts from then on, beside what ``judgements`` says, and the
newest version of both is what stands. A moment later it is written to each application and to ``judgements``.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import bson
from bson.codec_options import CodecOptions
from pymongo import ASCENDING, IndexModel

from shared import clock, ids
from shared.documents.many import by_ids
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events.projection import keep_newest
from shared.http.cursors import page

JUDGEMENTS, TRAIL, TO_SETTLE = "judgements", "trail", "to_settle"
SETTLED_TOGETHER = 20
LONGEST_WAIT = timedelta(seconds=10)
"""However much is heard, nothing waits longer than this to be written down."""
_AWARE = CodecOptions(document_class=dict, tz_aware=True)
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
        "candidate_id": data.get("candidate_id"),
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
    """What was heard of matching; read by id, written by the listener and by the settling only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, id: str, tx: Tx | None = None) -> Document | None:
        """The judgement of an order or an application; None = never judged; an erased one is a stub.

        ``denied``: rule → the newest version, of those heard a moment ago, that found it not to be met.
        """
        return self._newest([id], self._database if tx is None else tx).get(id)

    def of(self, subjects: Iterable[str]) -> dict[str, Document]:
        """Those of several subjects by their ids."""
        return self._newest(list(subjects), self._database)

    def several(self, tx: Tx, subjects: Iterable[str]) -> dict[str, Document]:
        """Those of several subjects inside a transaction, erased stubs left out."""
        return {id: row for id, row in self._newest(list(subjects), tx).items() if not row.get("erased")}

    def _newest(self, subjects: Sequence[str], source: Database | Tx) -> dict[str, Document]:
        # What was heard last is asked for first: what is settled in between is then found in its place.
        waiting = [one for row in source.collection(TO_SETTLE).find({}) for one in _kept_in(row, set(subjects))]
        found = {row["_id"]: row for row in by_ids(source, JUDGEMENTS, subjects)}
        denied: dict[str, dict[str, int]] = {}
        for one in waiting:
            if one["_id"] not in found or one["version"] > found[one["_id"]]["version"]:
                found[one["_id"]] = one
            for rule in _not_met(one):
                said = denied.setdefault(one["_id"], {})
                said[rule] = max(one["version"], said.get(rule, 0))
        return {id: unfolded(row) | {"denied": denied.get(id, {})} for id, row in found.items()}

    def put_down(self, tx: Tx, documents: Sequence[Document]) -> None:
        """Judgements of applications, :func:`flat` with ``_id`` and ``version``, were heard: they count from now on."""
        row = {
            "_id": ids.new(),
            "at": clock.wall(),
            "ids": [one["_id"] for one in documents],
            # Many people are told the same; packed, a row costs the engine less.
            "heard": zlib.compress(bson.encode({"heard": list(documents)}), 1),
        }
        tx.collection(TO_SETTLE).insert_one(row)

    def keep(self, tx: Tx, row: Document, subjects: Sequence[str]) -> None:
        """Write these judgements of a row of :meth:`put_aside` to their place, where nothing newer stands."""
        newest: dict[str, Document] = {}
        for one in _kept_in(row, set(subjects)):
            if one["_id"] not in newest or one["version"] > newest[one["_id"]]["version"]:
                newest[one["_id"]] = one
        keep_newest(tx, JUDGEMENTS, list(newest.values()))

    def put_aside(self, before: datetime) -> list[Document]:
        """Some rows of :meth:`put_down`, the oldest first, once nothing newer than this comes any more."""
        rows = sorted(self._database.collection(TO_SETTLE).find({}).limit(SETTLED_TOGETHER), key=lambda row: row["at"])
        quiet = bool(rows) and (rows[-1]["at"] <= before or rows[0]["at"] <= before - LONGEST_WAIT)
        return rows if quiet else []

    def settled(self, row_id: str) -> None:
        """What followed is written."""
        self._database.collection(TO_SETTLE).delete_one({"_id": row_id})


def _not_met(row: Document) -> list[str]:
    """The codes of the rules that a :func:`flat` judgement found not to be met."""
    if '"NOT_MET"' not in row.get("rules", ""):
        return []
    return [rule["rule"] for rule in json.loads(row["rules"]) if rule["status"] == "NOT_MET"]


def _kept_in(row: Document, subjects: set[str]) -> list[Document]:
    """What a row of ``to_settle`` holds of these subjects."""
    if subjects.isdisjoint(row["ids"]) or "heard" not in row:
        return []
    heard = bson.decode(zlib.decompress(row["heard"]), _AWARE)["heard"]
    return [one for one in heard if one["_id"] in subjects]


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

    def overrides(self) -> list[Document]:
        """How often a supervisor answered for each rule: ``[{rule, count, last_at}]``, the most frequent first."""
        found: dict[str, Document] = {}
        for row in self._database.collection(TRAIL).find({"what": "OVERRIDDEN"}, {"rules": 1, "at": 1}):
            for rule in row["rules"]:
                known = found.get(rule, {"rule": rule, "count": 0, "last_at": row["at"]})
                found[rule] = {
                    "rule": rule,
                    "count": known["count"] + 1,
                    "last_at": max(known["last_at"], row["at"]),
                }
        return sorted(found.values(), key=lambda one: (-one["count"], one["rule"]))


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
