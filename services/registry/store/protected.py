"""For actions with stricter rights: specific data (health, records, loans) and risk notes, kept apart."""

from pymongo import ASCENDING, IndexModel

from services.registry.model.specific import NOTHING
from services.registry.store.candidates import SPECIFIC
from shared import clock, ids
from shared.documents.mongo import CollectionSpec, Database, Document, Tx

RISK_NOTES = "risk_notes"

SPECS = (
    CollectionSpec(SPECIFIC),
    CollectionSpec(RISK_NOTES, [IndexModel([("candidate_id", ASCENDING), ("_id", ASCENDING)])]),
)


class Specific:
    """One row a candidate, under the candidate's id; no row means that nothing was recorded."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection(SPECIFIC)

    def load(self, candidate_id: str) -> Document:
        """``{fitness, conditions, records, loans}``."""
        return self._rows.find_one({"_id": candidate_id}) or NOTHING

    def found(self, tx: Tx, candidate_id: str) -> Document | None:
        """The row as it is kept; None when nothing was recorded."""
        return tx.collection(SPECIFIC).find_one({"_id": candidate_id})

    def nothing(self) -> Document:
        """The row of somebody of whom nothing was recorded."""
        return dict(NOTHING)

    def begin(self, tx: Tx, candidate_id: str, parts: Document) -> Document:
        """Keep what a new person brought; answers the whole row."""
        row = {"_id": candidate_id, **NOTHING, **parts}
        tx.collection(SPECIFIC).insert_one(row)
        return row

    def save(self, tx: Tx, candidate_id: str, parts: Document) -> None:
        """Replace these parts; the others stay."""
        rows = tx.collection(SPECIFIC)
        if rows.update_one({"_id": candidate_id}, {"$set": parts}).matched_count == 0:
            rows.insert_one({"_id": candidate_id, **NOTHING, **parts})

    def erase(self, tx: Tx, candidate_id: str) -> None:
        tx.collection(SPECIFIC).delete_one({"_id": candidate_id})


class RiskNotes:
    """What worries an officer about a case. Never part of an event, a score or a shared screen."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection(RISK_NOTES)

    def add(self, tx: Tx, candidate_id: str, note: Document, by: str) -> Document:
        """Keep a note (`{severity, text, indicators}`) of whoever wrote it (`by`); the row with its id and time."""
        at = clock.now()
        row = {
            "_id": f"{at.isoformat(timespec='milliseconds')}/{ids.new()}",
            "candidate_id": candidate_id,
            "at": at,
            "by": by,
            **note,
        }
        tx.collection(RISK_NOTES).insert_one(row)
        return row

    def load(self, id: str) -> Document | None:
        return self._rows.find_one({"_id": id})

    def of(self, candidate_id: str) -> list[Document]:
        """Oldest first."""
        return list(self._rows.find({"candidate_id": candidate_id}).sort("_id", ASCENDING))

    def move(self, tx: Tx, before: str, after: str) -> None:
        """Two records were of one person: the worries about either are about them."""
        tx.collection(RISK_NOTES).update_many({"candidate_id": before}, {"$set": {"candidate_id": after}})

    def erase(self, tx: Tx, candidate_id: str) -> None:
        tx.collection(RISK_NOTES).delete_many({"candidate_id": candidate_id})
