"""For actions and for the person: who saw or changed what, when, and why. Rows are only ever added.

A row names fields, never their values, so the trail can outlive an erasure as the minimal audit that UU 27/2022 leaves:
the reasons that people typed are then taken out, because they may name somebody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared import clock, ids, trace
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import any_of, page

COLLECTION = "trail"

OPENINGS = "openings"
"""Who may work on a person of another centre, and until when."""

OPEN_FOR = timedelta(hours=12)
"""A day at the counter; the reason of yesterday is none for today."""

VISITS = "visits"
"""Person → when somebody of the staff last had their page before them. The trail says it too; here a list finds it."""

SPECS = (
    CollectionSpec(COLLECTION, [IndexModel([("candidate_id", ASCENDING), ("_id", ASCENDING)])]),
    CollectionSpec(VISITS),
    CollectionSpec(OPENINGS, [IndexModel([("candidate_id", ASCENDING)])]),
)


class Did(str, Enum):
    REGISTERED = "REGISTERED"
    IMPORTED = "IMPORTED"
    CHANGED = "CHANGED"
    REQUIREMENT_SET = "REQUIREMENT_SET"
    CONSENT_GIVEN = "CONSENT_GIVEN"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    CREDITED = "CREDITED"
    SPECIFIC_CHANGED = "SPECIFIC_CHANGED"
    RISK_NOTED = "RISK_NOTED"
    ERASED = "ERASED"
    LISTED = "LISTED"
    FOUND = "FOUND"
    OPENED = "OPENED"
    SPECIFIC_OPENED = "SPECIFIC_OPENED"
    RISK_OPENED = "RISK_OPENED"
    NIK_REVEALED = "NIK_REVEALED"
    TRAIL_OPENED = "TRAIL_OPENED"
    EXPORTED = "EXPORTED"
    SHEET_MADE = "SHEET_MADE"
    CONTACT_SHOWN = "CONTACT_SHOWN"
    OPENED_ELSEWHERE = "OPENED_ELSEWHERE"
    MERGED = "MERGED"
    SENT_IN = "SENT_IN"
    CLOSED = "CLOSED"


STAFF = ("officer", "supervisor")

VISITED = frozenset({Did.REGISTERED, Did.OPENED, Did.CHANGED, Did.REQUIREMENT_SET, Did.CONSENT_GIVEN})
"""What somebody does with the person before them. What is heard of them, or read from a sheet, is no visit."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever did it: a member of staff with their centre, an organisation, or another house."""

    id: str
    kind: str
    centre: str | None = None
    organisation: str | None = None


class Trail:
    """The trail of all candidates."""

    def __init__(self, database: Database) -> None:
        self.rows = database.collection(COLLECTION)
        self._visits = database.collection(VISITS)
        self._openings = database.collection(OPENINGS)

    def add(
        self,
        tx: Tx | None,
        who: Who,
        did: Did,
        candidate_ids: Iterable[str],
        *,
        fields: Sequence[str] = (),
        reason: str | None = None,
        about: str | None = None,
    ) -> None:
        """One row for each candidate. Inside a change's transaction, or before something is shown, so that nothing
        is seen that the trail does not know of. ``about`` is the id of an import, an enrolment or a note."""
        at = clock.now()
        rows: list[Document] = [
            {
                # Begins with the instant, so that rows of one person come back in order through one index.
                "_id": f"{at.isoformat(timespec='milliseconds')}/{ids.new()}",
                "candidate_id": id,
                "at": at,
                "did": did.value,
                "who": {"id": who.id, "kind": who.kind, "centre": who.centre, "organisation": who.organisation},
                "fields": list(fields),
                "reason": reason,
                "about": about,
                "trace": trace.current(),
            }
            for id in candidate_ids
        ]
        if not rows:
            return
        if tx is None:
            self.rows.insert_many(rows)
        else:
            tx.collection(COLLECTION).insert_many(rows)
        if did in VISITED and who.kind in STAFF:
            visits = self._visits if tx is None else tx.collection(VISITS)
            for row in rows:
                visits.update_one({"_id": row["candidate_id"]}, {"$set": {"at": at}}, upsert=True)

    def open_elsewhere(self, tx: Tx, who: Who, candidate_id: str, reason: str) -> datetime:
        """Let somebody of another centre work on a person; the reason is in the trail. Returns until when."""
        until = clock.now() + OPEN_FOR
        row = {"candidate_id": candidate_id, "until": until}
        tx.collection(OPENINGS).update_one({"_id": f"{candidate_id}/{who.id}"}, {"$set": row}, upsert=True)
        self.add(tx, who, Did.OPENED_ELSEWHERE, [candidate_id], reason=reason)
        return until

    def has_opened(self, candidate_id: str, by: str) -> bool:
        """Did this person give a reason, lately, to work on somebody of another centre?"""
        row = self._openings.find_one({"_id": f"{candidate_id}/{by}"})
        return row is not None and row["until"] > clock.now()

    def visits(self, candidate_ids: Sequence[str]) -> dict[str, datetime]:
        """When each of these people was last here, of those who were."""
        found = self._visits.find({"_id": {"$in": list(candidate_ids)}}) if candidate_ids else ()
        return {row["_id"]: row["at"] for row in found}

    def of(self, candidate_ids: Sequence[str]) -> list[dict[str, Any]]:
        """All rows of one person, oldest first, for the person's own copy; under each id that the person ever had."""
        return list(self.rows.find({"candidate_id": any_of(candidate_ids)}).sort("_id", ASCENDING))

    def page(self, candidate_ids: Sequence[str], args: Mapping[str, Any]) -> Document:
        """``{items, next}`` of one person, oldest first; under each id that the person ever had."""
        return page(self.rows, {"candidate_id": any_of(candidate_ids)}, args)

    def forget_reasons(self, tx: Tx, candidate_id: str) -> None:
        """Take out what people typed. The only change a row ever sees, at erasure."""
        tx.collection(COLLECTION).update_many({"candidate_id": candidate_id}, {"$set": {"reason": None}})
        tx.collection(VISITS).delete_one({"_id": candidate_id})
        tx.collection(OPENINGS).delete_many({"candidate_id": candidate_id})
