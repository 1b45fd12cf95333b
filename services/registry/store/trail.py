"""For actions and for the person: who saw or changed what, when, and why. Rows are only ever added.

A row names fields, never their values, so the trail can outlive an erasure as the minimal audit that UU 27/2022 leaves:
the reasons that people typed are then taken out, because they may name somebody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared import clock, ids, trace
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.http.cursors import page

COLLECTION = "trail"

VISITS = "visits"
"""Person → when somebody of the staff last had their page before them. The trail says it too; here a list finds it."""

SPECS = (
    CollectionSpec(COLLECTION, [IndexModel([("candidate_id", ASCENDING), ("_id", ASCENDING)])]),
    CollectionSpec(VISITS),
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
    CONTACT_SHOWN = "CONTACT_SHOWN"


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

    def visits(self, candidate_ids: Sequence[str]) -> dict[str, datetime]:
        """When each of these people was last here, of those who were."""
        found = self._visits.find({"_id": {"$in": list(candidate_ids)}}) if candidate_ids else ()
        return {row["_id"]: row["at"] for row in found}

    def of(self, candidate_id: str) -> list[dict[str, Any]]:
        """All rows of one person, oldest first, for the person's own copy."""
        return list(self.rows.find({"candidate_id": candidate_id}).sort("_id", ASCENDING))

    def page(self, candidate_id: str, args: Mapping[str, Any]) -> Document:
        """``{items, next}`` of one person, oldest first."""
        return page(self.rows, {"candidate_id": candidate_id}, args)

    def forget_reasons(self, tx: Tx, candidate_id: str) -> None:
        """Take out what people typed. The only change a row ever sees, at erasure."""
        tx.collection(COLLECTION).update_many({"candidate_id": candidate_id}, {"$set": {"reason": None}})
        tx.collection(VISITS).delete_one({"_id": candidate_id})
