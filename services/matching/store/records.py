"""Matching's own record: the answers it gave, as they were shown, and what people decided. Backed up, never rebuilt.

``turns`` has a row for everybody who was ever told something; whoever keeps something about a person and whoever
forgets that person both write it, so that an answer worked out while its person is being erased collides with the
erasure instead of outliving it.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from services.matching import says
from services.matching.store.allocations import Allocations
from services.matching.store.batch_advice import BatchAdvice
from services.matching.store.read_models import PEOPLE
from shared import clock, ids
from shared.documents.aggregates import Aggregates
from shared.documents.many import by_ids
from shared.documents.mongo import Database, Document, Tx
from shared.events.merged import survivor
from shared.http.cursors import page

SNAPSHOTS, DECISIONS, DEMAND, TURNS = "snapshots", "decisions", "demand", "turns"
OPENINGS = "openings"
"""Who looked at an answer whose person took their consent back, and why. Rows are only added; erasure takes the reason
out."""
WITHDRAWN = "withdrawn"
"""Who took their consent back, and when the answers go that they had been given by then: ``{_id, until}``."""

# An answer about a profile that nobody stored has no owner who could ask for its erasure, so it goes by itself.
STRANGERS_KEPT = timedelta(days=90)
# What was said to somebody who took their consent back is a record, not for use; then it goes too, unless they return.
WITHDRAWN_KEPT = timedelta(days=90)
EXPIRY = IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)


def counted(seen: Mapping[str, Any]) -> list[str]:
    """What the exposure of an answer is counted for: its orders, and the batches of its courses."""
    return [row["id"] for row in seen.get("orders", ())] + [row["batch"] for row in seen.get("courses", ())]


class Forgotten(Exception):
    """The person was erased meanwhile, or their record merged into `merged_into`; nothing is kept under it any more."""

    def __init__(self, merged_into: str | None = None) -> None:
        super().__init__()
        self.merged_into = merged_into


@dataclass(frozen=True, slots=True)
class Given:
    """What one person was told before: the ids of the answers, and order or batch → the day it was first shown."""

    ids: Set[str] = frozenset()
    first_shown: Mapping[str, date] = field(default_factory=dict)


class Records:
    """Answers given and decisions taken."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.decisions = Aggregates(database, DECISIONS, says.RECOMMENDATIONS, says.decision)
        self.allocations = Allocations(database)
        self.batch_advice = BatchAdvice(database)
        self.demand = Aggregates(database, DEMAND, says.DEMAND, says.demand)

    def demand_told(self) -> set[str]:
        """Ids of the sums that were told and not taken back."""
        found = self._database.collection(DEMAND).find({}, {"erased": 1})
        return {row["_id"] for row in found if not row.get("erased")}

    def keep(self, id: str, candidate_id: str | None, answer: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
        """Store an answer under its id; False when another request was faster: the same answer is stored once.

        `seen`: what the learning room is taught from, and the counts behind the list; nobody is shown it.

        Raises:
            Forgotten: the answer is about somebody who was erased while it was worked out.
        """
        row: Document = {
            "_id": id,
            "candidate_id": candidate_id,
            "given_at": clock.now(),
            "answer": dict(answer),
            "seen": dict(seen),
        }
        if candidate_id is not None:
            return self._database.run(lambda tx: self._keep(tx, candidate_id, row))
        row["expires_at"] = clock.wall() + STRANGERS_KEPT
        try:
            self._database.collection(SNAPSHOTS).insert_one(row)
        except DuplicateKeyError:
            return False  # the same answer, a moment ago
        return True

    def _keep(self, tx: Tx, candidate_id: str, row: Document) -> bool:
        self.still_known(tx, candidate_id)
        snapshots = tx.collection(SNAPSHOTS)
        if snapshots.find_one({"_id": row["_id"]}, {"_id": 1}) is not None:
            return False
        withdrawn = tx.collection(WITHDRAWN).find_one({"_id": candidate_id})
        snapshots.insert_one(row | ({"expires_at": _withdrawn_until()} if withdrawn else {}))
        return True

    def heed_consent(self, tx: Tx, states: Mapping[str, str]) -> None:
        """Person → consent as it was heard: the answers of who took it back go after `WITHDRAWN_KEPT`, and stay when it
        is given again before that."""
        snapshots, withdrawn = tx.collection(SNAPSHOTS), tx.collection(WITHDRAWN)
        going = {row["_id"] for row in by_ids(tx, WITHDRAWN, states)}
        for id, state in states.items():
            if state == "WITHDRAWN" and id not in going:
                _take_turns(tx, id)  # an answer that is kept at the same moment goes too
                until = _withdrawn_until()
                withdrawn.insert_one({"_id": id, "until": until})
                snapshots.update_many({"candidate_id": id}, {"$set": {"expires_at": until}})
            elif state == "GIVEN" and id in going:
                _take_turns(tx, id)
                withdrawn.delete_one({"_id": id})
                snapshots.update_many({"candidate_id": id}, {"$unset": {"expires_at": ""}})

    def heed_all_consents(self) -> None:
        """The same of everybody of whom it was not done when they were heard of: before it was kept, or in a backup."""
        took_back = self._database.collection(PEOPLE).find({"consent": "WITHDRAWN"}, {"_id": 1})
        going = self._database.collection(WITHDRAWN).find({}, {"_id": 1})
        unheeded = {row["_id"] for row in took_back} ^ {row["_id"] for row in going}
        for id in sorted(unheeded):
            self._database.run(lambda tx, id=id: self._heed_again(tx, id))  # type: ignore[misc]

    def _heed_again(self, tx: Tx, id: str) -> None:
        person = tx.collection(PEOPLE).find_one({"_id": id}, {"consent": 1})
        if person is not None and "consent" in person:
            self.heed_consent(tx, {id: person["consent"]})

    def still_known(self, tx: Tx, candidate_id: str) -> None:
        """Said first by every transaction that keeps something about a person; it takes turns with `forget`.

        Raises:
            Forgotten: the person was erased, or merged into another record.
        """
        _take_turns(tx, candidate_id)
        person = tx.collection(PEOPLE).find_one({"_id": candidate_id}, {"erased": 1, "merged_into": 1})
        if person is None or person.get("erased") or person.get("merged_into"):
            raise Forgotten(person.get("merged_into") if person else None)

    def snapshot(self, id: str) -> Document | None:
        """`{_id, candidate_id, given_at, answer}`, or `{_id, erased: True}`, or None."""
        return self._database.collection(SNAPSHOTS).find_one({"_id": id})

    def opened(self, snapshot: Document, by: str, centre: str | None, reason: str) -> None:
        """Keep that somebody looks at an answer that nobody opens without a reason.

        Raises:
            Forgotten: the person was erased.
        """
        row = {"_id": ids.new(), "recommendation_id": snapshot["_id"], "candidate_id": snapshot["candidate_id"]}
        row |= {"by": by, "centre": centre, "reason": reason, "at": clock.now()}

        def keep(tx: Tx) -> None:
            self.still_known(tx, row["candidate_id"])
            tx.collection(OPENINGS).insert_one(row)

        self._database.run(keep)

    def answers_page(self, candidate_id: str, args: Mapping[str, Any]) -> Document:
        """`{items, next}` of the answers a person was given, newest first, each with what it came to."""
        shown = {"candidate_id": 1, "given_at": 1, "answer.verdict": 1, "answer.as_of": 1}
        snapshots = self._database.collection(SNAPSHOTS)
        return page(snapshots, {"candidate_id": candidate_id}, args, order="given_at", newest=True, projection=shown)

    def decisions_page(self, candidate_id: str, args: Mapping[str, Any]) -> Document:
        """`{items, next}` of what was decided with a person, newest first."""
        found = self._database.collection(DECISIONS)
        return page(found, {"candidate_id": candidate_id}, args, order="created_at", newest=True)

    def openings_page(self, candidate_id: str, args: Mapping[str, Any]) -> Document:
        """`{items, next}` of who opened what was said to a person that withdrew, newest first."""
        found = self._database.collection(OPENINGS)
        return page(found, {"candidate_id": candidate_id}, args, order="at", newest=True)

    def given_to(self, candidate_id: str) -> Given:
        """The answers that a person was given before."""
        given: set[str] = set()
        first: dict[str, date] = {}
        for row in self._database.collection(SNAPSHOTS).find({"candidate_id": candidate_id}, _SEEN):
            given.add(row["_id"])
            _note_first(row, first)
        return Given(given, first)

    def first_shown_to(self, candidate_ids: Sequence[str]) -> dict[str, dict[str, date]]:
        """Person → order or batch → the day it was first shown to them, for several people."""
        found: dict[str, dict[str, date]] = {}
        wanted = {"candidate_id": {"$in": list(candidate_ids)}}
        for row in self._database.collection(SNAPSHOTS).find(wanted, {**_SEEN, "candidate_id": 1}):
            _note_first(row, found.setdefault(row["candidate_id"], {}))
        return found

    def taught(self) -> Iterator[Document]:
        """`{_id, candidate_id, given_at, seen}` of every answer about a stored person, oldest first."""
        fields = {"candidate_id": 1, "given_at": 1, "seen": 1}
        rows = self._database.collection(SNAPSHOTS).find({}, fields)
        kept = [row for row in rows if row.get("candidate_id") and row.get("seen")]
        return iter(sorted(kept, key=lambda row: (row["given_at"], row["_id"])))

    def decided(self) -> Iterator[Document]:
        """Every decision that is not erased."""
        return (row for row in self._database.collection(DECISIONS).find({}) if not row.get("erased"))

    def follow(self, tx: Tx, before: str, after: str) -> None:
        """Two records were of one person: answers and decisions about the one that went are about the one kept. An
        answer opens as it was shown, with the id that it named then."""
        kept = survivor(tx.collection(PEOPLE), after)
        if kept is None:  # erased in between: theirs goes along
            self.forget(tx, before)
            return
        after = kept
        for id in (before, after):
            _take_turns(tx, id)
        withdrawn = tx.collection(WITHDRAWN)
        withdrawn.delete_one({"_id": before})
        # Counted anew, because what the one that was kept allows now may be heard of a moment later.
        going = withdrawn.find_one({"_id": after})
        end: Document = {"$set": {"expires_at": _withdrawn_until()}} if going else {"$unset": {"expires_at": ""}}
        tx.collection(SNAPSHOTS).update_many({"candidate_id": before}, end)
        for kept_in in (SNAPSHOTS, OPENINGS):
            tx.collection(kept_in).update_many({"candidate_id": before}, {"$set": {"candidate_id": after}})
        for row in list(tx.collection(DECISIONS).find({"candidate_id": before})):
            self.decisions.change(tx, {**row, "candidate_id": after}, type=says.DECISION_ANNOUNCED)

    def forget(self, tx: Tx, candidate_id: str) -> None:
        """A person was erased: answers become empty stubs (re-opening says "erased"), decisions become tombstones."""
        _take_turns(tx, candidate_id)
        tx.collection(WITHDRAWN).delete_one({"_id": candidate_id})
        snapshots = tx.collection(SNAPSHOTS)
        for row in list(snapshots.find({"candidate_id": candidate_id}, {"_id": 1})):
            snapshots.replace_one({"_id": row["_id"]}, {"_id": row["_id"], "erased": True})
        for row in list(tx.collection(DECISIONS).find({"candidate_id": candidate_id}, {"_id": 1})):
            self.decisions.erase(tx, row["_id"], type=says.DECIDED)
        tx.collection(OPENINGS).update_many({"candidate_id": candidate_id}, {"$set": {"reason": None}})
        self.allocations.forget(tx, candidate_id)
        self.batch_advice.forget(tx, candidate_id)


def _withdrawn_until() -> datetime:
    """When what is kept now of somebody without consent goes: of an answer that was given afterwards, too."""
    return clock.wall() + WITHDRAWN_KEPT


_SEEN = {"given_at": 1, "seen.orders.id": 1, "seen.courses.batch": 1}


def _note_first(row: Document, first: dict[str, date]) -> None:
    """Add what one answer showed."""
    day = clock.day_of(row["given_at"])
    for offer in counted(row.get("seen", {})):
        first[offer] = min(day, first.get(offer, day))


def _take_turns(tx: Tx, candidate_id: str) -> None:
    # A new value each time: a write that changes nothing would not collide, and a count would tell of the person.
    tx.collection(TURNS).update_one({"_id": candidate_id}, {"$set": {"turn": ids.new()}}, upsert=True)
