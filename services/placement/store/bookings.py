"""For actions: who applied where and who holds a slot. The only rows of this house that point to a person.

A person is an id here. ``people`` has a row for everybody who was ever booked; a booking and an erasure both write it,
so that a booking made while its person is being erased collides with the erasure instead of outliving it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.placement import says
from shared import ids
from shared.documents.aggregates import Aggregates
from shared.documents.many import by_ids
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.events.merged import survivor
from shared.http.cursors import page

CANDIDATES = "candidates"
PEOPLE = "people"
RESERVATIONS = "reservations"
APPLICATIONS = "applications"

_ONE_LIVE = {"unique": True, "partialFilterExpression": {"live": True}}

SPECS = (
    CollectionSpec(CANDIDATES),
    CollectionSpec(PEOPLE),
    CollectionSpec(
        RESERVATIONS,
        [
            IndexModel([("job_order_id", ASCENDING), ("candidate_id", ASCENDING)], **_ONE_LIVE),
            IndexModel([("job_order_id", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("candidate_id", ASCENDING), ("_id", ASCENDING)]),
        ],
    ),
    CollectionSpec(
        APPLICATIONS,
        [
            IndexModel([("job_order_id", ASCENDING), ("candidate_id", ASCENDING)], **_ONE_LIVE),
            IndexModel([("listed", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("candidate_id", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("job_order_id", ASCENDING), ("_id", ASCENDING)]),
            # Lists of a company or an office are long: whole, by state, and what was changed since.
            *(
                IndexModel([(owner, ASCENDING), *((name, ASCENDING) for name in then), ("_id", ASCENDING)])
                for owner in ("company_id", "centre")
                for then in (("created_at",), ("state", "created_at"), ("updated_at",))
            ),
        ],
    ),
)


class Bookings:
    """Reservations of slots, applications, and what is known of the people behind them."""

    def __init__(self, database: Database) -> None:
        self.reservations = Aggregates(database, RESERVATIONS, None, dict)
        self.applications = Aggregates(database, APPLICATIONS, says.APPLICATIONS, says.application)
        self._database = database

    def candidate(self, id: str, tx: Tx) -> Document | None:
        """What we heard of a person: ``{_id, version, consent}`` or an erased stub; None = nothing yet.

        The person's row is touched: see the module.
        """
        _take_turns(tx, id)
        return tx.collection(CANDIDATES).find_one({"_id": id})

    def survivor(self, tx: Tx, id: str) -> str | None:
        """The record that is kept of this person, after merges; None when they were erased. Touches its row."""
        kept = survivor(tx.collection(CANDIDATES), id)
        if kept is not None:
            _take_turns(tx, kept)
        return kept

    def live_reservation(self, tx: Tx, job_order_id: str, candidate_id: str) -> Document | None:
        return self._live(tx, RESERVATIONS, job_order_id, candidate_id)

    def live_application(self, tx: Tx, job_order_id: str, candidate_id: str) -> Document | None:
        return self._live(tx, APPLICATIONS, job_order_id, candidate_id)

    def _live(self, tx: Tx, collection: str, job_order_id: str, candidate_id: str) -> Document | None:
        where = {"job_order_id": job_order_id, "candidate_id": candidate_id, "live": True}
        return tx.collection(collection).find_one(where)

    def anybody_in(self, tx: Tx, job_order_id: str) -> bool:
        """Does anybody hold a slot of this order, or an application to it that is not over?"""
        where = {"job_order_id": job_order_id, "live": True}
        return any(tx.collection(rows).find_one(where, {"_id": 1}) for rows in (RESERVATIONS, APPLICATIONS))

    def of_person(self, tx: Tx, candidate_id: str) -> tuple[list[Document], list[Document]]:
        """Everything that points to a person: ``(reservations, applications)``. Touches the person's row."""
        _take_turns(tx, candidate_id)
        where = {"candidate_id": candidate_id}
        return list(tx.collection(RESERVATIONS).find(where)), list(tx.collection(APPLICATIONS).find(where))

    def versions_of(self, people: Iterable[str]) -> dict[str, int]:
        """Person → the version that was heard of."""
        rows = by_ids(self._database, CANDIDATES, people, {"version": 1})
        return {row["_id"]: row["version"] for row in rows}

    def all_open(self, states: Iterable[str]) -> list[Document]:
        """Every application in one of these states."""
        fields = {"version": 1, "candidate_id": 1, "job_order_id": 1, "state": 1}
        return list(self._database.collection(APPLICATIONS).find({"state": {"$in": [*states, "STOPPED"]}}, fields))

    def counts(self, states: Iterable[str]) -> dict[str, int]:
        """How many applications stand in each of these states, as written."""
        rows = self._database.collection(APPLICATIONS)
        return {state: rows.count_documents({"listed": True, "state": state}) for state in states}

    def some_applications(self, tx: Tx, ids: Iterable[str]) -> list[Document]:
        """The applications of these ids that are not erased."""
        wanted = list(ids)
        found = tx.collection(APPLICATIONS).find({"_id": {"$in": wanted}}) if wanted else ()
        return [row for row in found if not row.get("erased")]

    def forget_reservation(self, tx: Tx, id: str) -> None:
        tx.collection(RESERVATIONS).delete_one({"_id": id})

    def reservations_page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        return page(self._database.collection(RESERVATIONS), where, args)

    def applications_page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        return page(self._database.collection(APPLICATIONS), where, args, order="created_at")


def _take_turns(tx: Tx, candidate_id: str) -> None:
    # A new value each time: a write that changes nothing would not collide, and a count would tell of the person.
    tx.collection(PEOPLE).update_one({"_id": candidate_id}, {"$set": {"turn": ids.new()}}, upsert=True)
