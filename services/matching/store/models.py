"""Matching's own record of what it learned: every fit, and every promotion with who, why and by what measure.

Like the answers it is backed up and never rebuilt; the files themselves lie in the folder `LUMBUNG_MODELS`.
"""

from collections.abc import Mapping
from typing import Any

from pymongo import DESCENDING

from services.matching.store import changes
from shared import clock, ids
from shared.documents.mongo import Database, Document, Tx

FITS, PROMOTIONS, EXAMS = "fits", "promotions", "exams"
CARDS = "cards"
"""In place of a fingerprint: the hand-set cards alone, where every history starts."""


class Models:
    """Fits by fingerprint, and the numbered promotions. The last promotion says which fit is in force."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, fingerprint: str, facts: Mapping[str, Any]) -> bool:
        """Note a fit; False when the same was fitted before, which then stays as it was noted."""

        def save(tx: Tx) -> bool:
            fits = tx.collection(FITS)
            if fits.find_one({"_id": fingerprint}, {"_id": 1}) is not None:
                return False
            fits.insert_one({"_id": fingerprint, "fitted_at": clock.now(), **facts})
            return True

        return self._database.run(save)

    def fit(self, fingerprint: str) -> Document | None:
        """What was noted of one fit; None for a fingerprint that is not known here."""
        return self._database.collection(FITS).find_one({"_id": fingerprint})

    def fits(self) -> list[Document]:
        """All fits, the newest first."""
        return list(self._database.collection(FITS).find({}).sort("fitted_at", DESCENDING))

    def note_exam(self, fingerprint: str, metrics: Mapping[str, Any]) -> None:
        """An examination that a model sat again, on what is known today: so that drift is seen and not guessed."""
        row = {"_id": ids.new(), "fingerprint": fingerprint, "at": clock.now(), "metrics": dict(metrics)}
        self._database.run(lambda tx: tx.collection(EXAMS).insert_one(row))

    def exams(self, fingerprint: str, most: int = 10) -> list[Document]:
        """The examinations of one model after its fit, the newest first."""
        found = self._database.collection(EXAMS).find({"fingerprint": fingerprint})
        return list(found.sort("at", DESCENDING).limit(most))

    def in_force(self) -> Document | None:
        """The last promotion `{_id: number, action, fingerprint, before, by, why, at, …}`; None before the first."""
        return next(iter(self.history(1)), None)

    def history(self, most: int = 20) -> list[Document]:
        """Promotions and rollbacks, the newest first."""
        return list(self._database.collection(PROMOTIONS).find({}).sort("_id", DESCENDING).limit(most))

    def promote(self, fingerprint: str, facts: Mapping[str, Any]) -> Document:
        """Put a fit in force. `facts`: by, why, metrics."""

        def save(tx: Tx) -> Document:
            last = self._last(tx)
            return self._put(tx, last, "PROMOTE", fingerprint, last["_id"] if last else None, facts)

        return self._database.run(save)

    def roll_back(self, facts: Mapping[str, Any]) -> Document | None:
        """Put in force what was in force before; a second time, what was before that. None when nothing was."""

        def save(tx: Tx) -> Document | None:
            last = self._last(tx)
            if last is None or last["fingerprint"] == CARDS:
                return None
            before = tx.collection(PROMOTIONS).find_one({"_id": last["before"]}) if last["before"] else None
            fingerprint, under = (before["fingerprint"], before["before"]) if before else (CARDS, None)
            return self._put(tx, last, "ROLLBACK", fingerprint, under, facts)

        return self._database.run(save)

    def _last(self, tx: Tx) -> Document | None:
        return next(iter(tx.collection(PROMOTIONS).find({}).sort("_id", DESCENDING).limit(1)), None)

    def _put(
        self,
        tx: Tx,
        last: Document | None,
        action: str,
        fingerprint: str,
        before: int | None,
        facts: Mapping[str, Any],
    ) -> Document:
        row = {
            "_id": (last["_id"] if last else 0) + 1,
            "action": action,
            "fingerprint": fingerprint,
            "before": before,
            "at": clock.now(),
            **facts,
        }
        tx.collection(PROMOTIONS).insert_one(row)
        changes.note_promotion(tx, row["_id"])
        return row
