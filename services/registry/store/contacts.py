"""For actions: who was sent to which organisation, as the houses that send them told. Ids, states and days only."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.registry.store.candidates import APPLICATIONS
from shared.documents.mongo import CollectionSpec, Database, Document
from shared.http.cursors import page

ENROLMENTS = "enrolments"
"""Read model of ``training.enrolments.v1``."""
COURSES, ORDERS = "courses", "job_orders"
"""Read models of ``training.courses.v1`` and ``placement.job-orders.v1``: ``{organisation, acts, until}``."""

_OF_AN_ORGANISATION = [
    IndexModel([("candidate_id", ASCENDING), ("_id", ASCENDING)]),
    IndexModel([("organisation", ASCENDING), ("_id", ASCENDING)]),
]

_ACTING = [IndexModel([("organisation", ASCENDING), ("acts", ASCENDING)])]

SPECS = (
    CollectionSpec(ENROLMENTS, _OF_AN_ORGANISATION),
    CollectionSpec(APPLICATIONS, _OF_AN_ORGANISATION),
    CollectionSpec(COURSES, _ACTING),
    CollectionSpec(ORDERS, _ACTING),
)


class Contacts:
    """``kept`` is :data:`ENROLMENTS` for a provider, :data:`APPLICATIONS` for a company."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def may_act(self, told_by: str, organisation: str, today: str) -> bool:
        """Whether no course (no job order) says that its provider (its company) is active no more. While a change is
        told of one after another, some still say what was: the organisation waits until all say that it may."""
        over: list[Document] = [{"acts": False}, {"until": {"$lt": today}}]
        return self._database.collection(told_by).find_one({"organisation": organisation, "$or": over}) is None

    def between(self, kept: str, organisation: str, candidate_id: str) -> list[Document]:
        """What joins a person to an organisation: rows ``{_id, candidate_id, organisation, state, ended_on}``."""
        found = self._database.collection(kept).find({"candidate_id": candidate_id})
        return [row for row in found if row.get("organisation") == organisation]

    def among(self, kept: str, organisation: str, candidate_ids: Sequence[str]) -> list[Document]:
        """The same of several people."""
        found = self._database.collection(kept).find({"candidate_id": {"$in": list(candidate_ids)}})
        return [row for row in found if row.get("organisation") == organisation]

    def page(self, kept: str, organisation: str, args: Mapping[str, Any]) -> Document:
        """``{items, next}`` of all that joins people to an organisation."""
        return page(self._database.collection(kept), {"organisation": organisation}, args)
