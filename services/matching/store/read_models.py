"""What others told: one collection a topic, each document the newest public state. Can be rebuilt at any time."""

from collections.abc import Iterable, Iterator, Sequence

from shared.documents.mongo import Database, Document

PEOPLE = "people"
COURSES = "courses"
BATCHES = "batches"
ENROLMENTS = "enrolments"
ORDERS = "job_orders"
QUOTAS = "quotas"
POLICIES = "policies"
APPLICATIONS = "applications"

CATALOGUE = (POLICIES, COURSES, BATCHES, ORDERS, QUOTAS)
"""Kept in memory by every worker; people are read one at a time."""

# In these states a slot of the order belongs to the person, so that "full" does not count against them.
HOLDING = ("APPLIED", "SELECTED", "AGREED", "STOPPED")


def slots_held(applications: Iterable[Document]) -> list[str]:
    """Job orders of which a slot is reserved for the person whose applications these are."""
    return [row["job_order_id"] for row in applications if row["reserved"] and row["state"] in HOLDING]


class ReadModels:
    """Questions asked of what others told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def person(self, id: str) -> Document | None:
        """The person's newest state; `{_id, version, erased: True}` for an erased one; None when never heard of."""
        return self._database.collection(PEOPLE).find_one({"_id": id})

    def version_of(self, id: str) -> int:
        """The version of the person that is visible here; 0 when never heard of."""
        row = self._database.collection(PEOPLE).find_one({"_id": id}, {"version": 1})
        return row["version"] if row else 0

    def versions(self) -> dict[str, int]:
        """Id → version of everybody who is not erased."""
        found = self._database.collection(PEOPLE).find({}, {"version": 1, "erased": 1})
        return {row["_id"]: row["version"] for row in found if not row.get("erased")}

    def some_people(self, ids: Sequence[str]) -> list[Document]:
        """The people of these ids."""
        return list(self._database.collection(PEOPLE).find({"_id": {"$in": list(ids)}}))

    def applications(self, id: str) -> list[Document]:
        """The person's applications, whatever became of them."""
        return list(self._database.collection(APPLICATIONS).find({"candidate_id": id}))

    def applications_of(self, ids: Sequence[str]) -> dict[str, list[Document]]:
        """The applications of several people, by person."""
        found: dict[str, list[Document]] = {}
        for row in self._database.collection(APPLICATIONS).find({"candidate_id": {"$in": list(ids)}}):
            found.setdefault(row["candidate_id"], []).append(row)
        return found

    def enrolments(self, id: str) -> list[Document]:
        """The person's enrolments, whatever became of them."""
        return list(self._database.collection(ENROLMENTS).find({"candidate_id": id}))

    def people(self) -> Iterator[Document]:
        """Everybody with consent, for sums over the whole registry."""
        return (row for row in self._database.collection(PEOPLE).find({}) if row.get("consent") == "GIVEN")

    def consenting(self, ids: Sequence[str]) -> set[str]:
        """Those of these people who consent."""
        found = self._database.collection(PEOPLE).find({"_id": {"$in": list(ids)}}, {"consent": 1})
        return {row["_id"] for row in found if row.get("consent") == "GIVEN"}

    def consenting_groups(self, size: int, regency: str | None = None) -> Iterator[list[str]]:
        """The ids of everybody with consent in their order, at most `size` at a time; nobody comes twice.

        `regency`: only those whose home it is."""
        rows: list[Document] = []
        while rows := self._page(rows[-1]["_id"] if rows else "", size):
            ids = [
                row["_id"]
                for row in rows
                if row.get("consent") == "GIVEN" and regency in (None, row.get("home_regency"))
            ]
            if ids:
                yield ids

    def how_many_consent(self, regency: str | None = None) -> int:
        """People with consent, of one home regency or of all."""
        where = {"consent": "GIVEN"} if regency is None else {"consent": "GIVEN", "home_regency": regency}
        return self._database.collection(PEOPLE).count_documents(where)

    def _page(self, after: str, size: int) -> list[Document]:
        people, shown = self._database.collection(PEOPLE), {"consent": 1, "home_regency": 1}
        return list(people.find({"_id": {"$gt": after}}, shown).sort("_id", 1).limit(size))

    def all(self, collection: str) -> Iterator[Document]:
        """The living documents of one collection."""
        return (row for row in self._database.collection(collection).find({}) if not row.get("erased"))

    def some(self, collection: str, ids: Iterable[str]) -> list[Document]:
        """The documents of these ids, erased ones included."""
        return list(self._database.collection(collection).find({"_id": {"$in": sorted(ids)}}))
