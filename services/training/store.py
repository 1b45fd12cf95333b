"""The only room of the training house that knows MongoDB: its collections, indexes and queries.

``turns`` has a row for everybody who was ever referred; a referral and an erasure both write it, so that a referral
made while its person is being erased collides with the erasure instead of outliving it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.training import says
from services.training.model import attendance
from services.training.model.asked import Asked, together
from shared import ids, imports
from shared.documents.aggregates import Aggregates
from shared.documents.many import by_ids
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events.merged import survivor
from shared.http import cursors, keys

PROVIDERS, COURSES, BATCHES, ENROLMENTS = "providers", "courses", "batches", "enrolments"
PEOPLE = "people"  # read model: who is known, and whether consent is given
JUDGEMENTS = "judgements"  # read model: what the law says of enrolments
TURNS = "turns"
ATTENDANCE = "attendance"  # a row for an enrolment and a day
LETTERS, LETTER_KEYS = "letters", "letter_keys"  # letters of referral; the public keys that ever signed one
TARGETS = "targets"  # places that the province wants, by regency and month
ORDERS = "orders"  # read model: what job orders ask for
DEMAND = "demand"  # read model: how many people need which programme

SPECS = [
    keys.SPEC,
    CollectionSpec(PROVIDERS, [IndexModel([("code", ASCENDING)], unique=True)]),
    CollectionSpec(
        COURSES,
        [
            IndexModel([("provider_id", ASCENDING), ("code", ASCENDING)], unique=True),
            IndexModel([("listed", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("listed", ASCENDING), ("updated_at", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
    CollectionSpec(
        BATCHES,
        [
            IndexModel([("course_id", ASCENDING), ("number", ASCENDING)], unique=True),
            IndexModel([("course_id", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("status", ASCENDING), ("starts", ASCENDING)]),
            IndexModel([("starts", ASCENDING)]),
        ],
    ),
    CollectionSpec(
        ENROLMENTS,
        [
            IndexModel([("candidate_id", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("batch_id", ASCENDING), ("_id", ASCENDING)]),
            # Lists of an organisation or an office are long: whole, by state, and what was changed since.
            *(
                IndexModel([(owner, ASCENDING), *((name, ASCENDING) for name in then), ("_id", ASCENDING)])
                for owner in ("provider_id", "centre")
                for then in (("created_at",), ("state", "created_at"), ("updated_at",))
            ),
        ],
    ),
    CollectionSpec(LETTERS, [IndexModel([("enrolment_id", ASCENDING)]), IndexModel([("candidate_id", ASCENDING)])]),
    CollectionSpec(LETTER_KEYS),
    CollectionSpec(ATTENDANCE, [IndexModel([("batch_id", ASCENDING)]), IndexModel([("enrolment_id", ASCENDING)])]),
    CollectionSpec(PEOPLE),
    CollectionSpec(JUDGEMENTS),
    CollectionSpec(TURNS),
    CollectionSpec(TARGETS),
    CollectionSpec(ORDERS, [IndexModel([("status", ASCENDING), ("closes_on", ASCENDING)])]),
    CollectionSpec(DEMAND, [IndexModel([("regency", ASCENDING), ("_id", ASCENDING)])]),
    *imports.SPECS,
]


class Store:
    """The house's aggregates and the questions asked of them. `listed: true` gives every list an equality to begin."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.providers = Aggregates(database, PROVIDERS, None, dict)
        self.courses = Aggregates(database, COURSES, says.COURSES, says.course)
        self.batches = Aggregates(database, BATCHES, says.BATCHES, says.batch)
        self.enrolments = Aggregates(database, ENROLMENTS, says.ENROLMENTS, says.enrolment)
        self.letters = Aggregates(database, LETTERS, None, dict)

    def page(
        self, collection: str, where: Mapping[str, Any], args: Mapping[str, Any], *, order: str = "_id"
    ) -> Document:
        """`{items, next}` of one list. `where` is an equality that an index begins with."""
        return cursors.page(self.database.collection(collection), where, args, order=order)

    def provider_is_active(self, id: str) -> bool:
        """Read with every key: a provider that is not (or no longer) active does nothing here."""
        return bool((self._collection(PROVIDERS, None).find_one({"_id": id}, {"active": 1}) or {}).get("active"))

    def provider_by_code(self, code: str, tx: Tx | None = None) -> Document | None:
        found: Document | None = self._collection(PROVIDERS, tx).find_one({"code": code})
        return found

    def course_by_code(self, provider_id: str, code: str, tx: Tx | None = None) -> Document | None:
        found: Document | None = self._collection(COURSES, tx).find_one({"provider_id": provider_id, "code": code})
        return found

    def batch_by_number(self, course_id: str, number: str, tx: Tx | None = None) -> Document | None:
        found: Document | None = self._collection(BATCHES, tx).find_one({"course_id": course_id, "number": number})
        return found

    def course_ids_of(self, provider_id: str) -> list[str]:
        found = self.database.collection(COURSES).find({"provider_id": provider_id}, {"_id": 1})
        return sorted(row["_id"] for row in found)

    def courses_of(self, provider_id: str) -> list[Document]:
        found = self.database.collection(COURSES).find({"provider_id": provider_id, "status": "ACTIVE"})
        return sorted(found, key=lambda course: str(course["code"]))

    def listed(self, collection: str) -> list[Document]:
        """All providers, courses or batches that stand in the lists."""
        return list(self.database.collection(collection).find({"listed": True}))

    def doors(self, *, but: str, provider_id: str | None = None, tx: Tx | None = None) -> list[Document]:
        """What the other courses that still run ask for and lead to; of one provider, or of all."""
        where = {"listed": True} if provider_id is None else {"provider_id": provider_id}
        fields = {"prerequisites": 1, "certificate": 1, "certificates": 1, "languages": 1}
        return list(self._collection(COURSES, tx).find({**where, "status": "ACTIVE", "_id": {"$ne": but}}, fields))

    def batches_of(self, course_id: str, tx: Tx | None = None) -> list[Document]:
        return list(self._collection(BATCHES, tx).find({"course_id": course_id}))

    def open_batches(self, after: str) -> list[Document]:
        """Batches that were last said to be open and begin after this day."""
        return list(self.database.collection(BATCHES).find({"status": "OPEN", "starts": {"$gt": after}}))

    def batches_with_people(self) -> list[Document]:
        """Batches that somebody is in and that were not cancelled: what they are of, when, and how they are called."""
        fields = {"course_id": 1, "number": 1, "starts": 1, "ends": 1}
        where = {"taken": {"$gt": 0}, "status": {"$ne": "CANCELLED"}}
        return list(self.database.collection(BATCHES).find(where, fields))

    def batches_between(self, first: str, last: str) -> list[Document]:
        """Batches that begin on one of these days, both included."""
        return list(self.database.collection(BATCHES).find({"starts": {"$gte": first, "$lte": last}}))

    def plan_places(self, wanted: Mapping[tuple[str, str], int], *, by: str) -> int:
        """Set the places of each regency and month. Returns how many are others than before."""

        def save(tx: Tx) -> int:
            targets, changed = tx.collection(TARGETS), 0
            for (regency, month), places in wanted.items():
                id = f"{regency}/{month}"
                known = targets.find_one({"_id": id})
                if known is None or known["places"] != places:
                    row = {"_id": id, "regency": regency, "month": month, "places": places, "by": by}
                    targets.replace_one({"_id": id}, row, upsert=True)
                    changed += 1
            return changed

        return self.database.run(save)

    def planned_places(self, first: str, last: str) -> dict[tuple[str | None, str], int]:
        """Regency and month → places, for these months, both included."""
        rows = self.database.collection(TARGETS).find({"month": {"$gte": first, "$lte": last}})
        return {(row["regency"], row["month"]): row["places"] for row in rows}

    def asked_on(self, day: str) -> Asked:
        """What the job orders that are open on a day ask for together."""
        return together(self.database.collection(ORDERS).find({"status": "OPEN", "closes_on": {"$gte": day}}))

    def all_demand(self) -> list[Document]:
        """How many people need which programme where and when; sums of ten and more."""
        rows = [row for row in self.database.collection(DEMAND).find({}) if not row.get("erased")]
        return sorted(rows, key=lambda row: (-row["count"], row["programme"], row["regency"], row["month"]))

    def enrolments_of(self, candidate_id: str, tx: Tx | None = None) -> list[Document]:
        return list(self._collection(ENROLMENTS, tx).find({"candidate_id": candidate_id}))

    def enrolments_in(self, batch_id: str, tx: Tx | None = None) -> list[Document]:
        return list(self._collection(ENROLMENTS, tx).find({"batch_id": batch_id}))

    def letters_of(self, enrolment_id: str, tx: Tx | None = None) -> list[Document]:
        return list(self._collection(LETTERS, tx).find({"enrolment_id": enrolment_id}))

    def attendance_of(self, batch_id: str) -> list[Document]:
        """`{enrolment_id, day, present}` of everybody and every day that was recorded."""
        return list(self.database.collection(ATTENDANCE).find({"batch_id": batch_id}))

    def record_attendance(self, tx: Tx, batch_id: str, day: str, marks: Mapping[str, bool]) -> None:
        """Enrolment → whether they were there on the day."""
        for enrolment_id, present in marks.items():
            row = {"batch_id": batch_id, "enrolment_id": enrolment_id, "day": day, "present": present}
            tx.collection(ATTENDANCE).replace_one({"_id": attendance.key(enrolment_id, day)}, row, upsert=True)

    def drop_attendance(self, enrolment_id: str, tx: Tx) -> None:
        tx.collection(ATTENDANCE).delete_many({"enrolment_id": enrolment_id})

    def drop_letters(self, candidate_id: str, tx: Tx) -> None:
        """Nothing of them is kept: their initials and what an officer wrote belong to the person."""
        tx.collection(LETTERS).delete_many({"candidate_id": candidate_id})

    def drop_letters_of(self, enrolment_id: str, tx: Tx) -> None:
        """The same of one enrolment, under whichever record of the person they were written."""
        tx.collection(LETTERS).delete_many({"enrolment_id": enrolment_id})

    def keep_letter_key(self, tx: Tx, kid: str, public: bytes) -> None:
        """Remember the public half of a key that signs; letters outlive the key."""
        tx.collection(LETTER_KEYS).update_one({"_id": kid}, {"$setOnInsert": {"public": public}}, upsert=True)

    def letter_keys(self) -> dict[str, bytes]:
        """Name → public bytes of every key that ever signed a letter here."""
        found = self.database.collection(LETTER_KEYS).find({}).sort("_id", ASCENDING)
        return {row["_id"]: bytes(row["public"]) for row in found}

    def person(self, candidate_id: str, tx: Tx) -> Document | None:
        """What we heard of a person: ``{_id, version, consent}`` or an erased stub; takes turns: see the module."""
        self.take_turns(candidate_id, tx)
        return tx.collection(PEOPLE).find_one({"_id": candidate_id})

    def survivor(self, id: str, tx: Tx) -> str | None:
        """The record that is kept of this person, after merges; None when they were erased."""
        return survivor(tx.collection(PEOPLE), id)

    def judgement(self, enrolment_id: str, tx: Tx) -> Document | None:
        """What the law said of an enrolment; None = never judged; an erased one is a stub."""
        return tx.collection(JUDGEMENTS).find_one({"_id": enrolment_id})

    def judgements_of(self, ids: Iterable[str]) -> dict[str, Document]:
        """Those of several enrolments by their ids."""
        return self._by_id(JUDGEMENTS, ids)

    def several(self, collection: str, ids: Iterable[str]) -> dict[str, Document]:
        """Several documents by their ids."""
        return self._by_id(collection, ids)

    def some_enrolments(self, ids: Iterable[str], tx: Tx) -> list[Document]:
        """The enrolments of these ids that are not erased."""
        wanted = list(ids)
        found = tx.collection(ENROLMENTS).find({"_id": {"$in": wanted}}) if wanted else ()
        return [row for row in found if not row.get("erased")]

    def enrolments_under_way(self, states: Sequence[str]) -> list[Document]:
        """Every enrolment in one of these states."""
        fields = {"version": 1, "candidate_id": 1, "course_id": 1, "batch_id": 1, "state": 1}
        return list(self.database.collection(ENROLMENTS).find({"state": {"$in": list(states)}}, fields))

    def _by_id(self, collection: str, ids: Iterable[str]) -> dict[str, Document]:
        return {row["_id"]: row for row in by_ids(self.database, collection, ids)}

    def take_turns(self, candidate_id: str, tx: Tx) -> None:
        """Collide with whoever else refers or forgets this person at the same moment."""
        # A new value each time: a write that changes nothing would not collide, and a count would tell of the person.
        tx.collection(TURNS).update_one({"_id": candidate_id}, {"$set": {"turn": ids.new()}}, upsert=True)

    def _collection(self, name: str, tx: Tx | None) -> Any:
        return self.database.collection(name) if tx is None else tx.collection(name)
