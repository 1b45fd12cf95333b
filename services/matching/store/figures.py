"""Public figures: what was counted last, editions of a forum frozen for good, and the promises made there.

Editions and promises are our own record: backed up, never rebuilt. All of it is sums and texts for the public.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo.errors import DuplicateKeyError

from services.matching import says
from services.matching.store.read_models import APPLICATIONS, ENROLMENTS, ReadModels
from services.matching.store.records import SNAPSHOTS
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Document

COUNTED, EDITIONS, PROMISES = "figures", "editions", "promises"
SPECS = (CollectionSpec(COUNTED), CollectionSpec(EDITIONS), CollectionSpec(PROMISES))
LATEST = "latest"


class Figures:
    """What is told to everybody, and what it is counted from."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read_models = ReadModels(database)
        self.editions = Aggregates(database, EDITIONS, says.EDITIONS, says.edition)
        self.promises = Aggregates(database, PROMISES, None, dict)

    def latest(self) -> Document | None:
        """`{counted_at, measures}` of the last count; None before the first."""
        return self._database.collection(COUNTED).find_one({"_id": LATEST})

    def keep(self, counted: Mapping[str, Any]) -> None:
        """The newest count takes the place of the one before."""
        row = {"_id": LATEST, **counted}
        self._database.collection(COUNTED).replace_one({"_id": LATEST}, row, upsert=True)

    def freeze(self, row: Document) -> bool:
        """Store a new edition under its day; False when that day has one."""
        try:
            self._database.run(lambda tx: self.editions.create(tx, row, type=says.EDITION_PUBLISHED))
        except DuplicateKeyError:
            return False
        return True

    def all_editions(self) -> list[Document]:
        """Every edition, the newest first."""
        return sorted(self._database.collection(EDITIONS).find({}), key=lambda row: str(row["_id"]), reverse=True)

    def all_promises(self) -> list[Document]:
        """Every promise, the first due first."""
        return sorted(self._database.collection(PROMISES).find({}), key=lambda row: (row["due"], str(row["_id"])))

    def homes(self) -> dict[str, str | None]:
        """Home regency of everybody with consent."""
        return {row["_id"]: row.get("home_regency") for row in self._read_models.people()}

    def answers(self) -> Iterator[tuple[str, Document]]:
        """Person and verdict of every answer that is kept, oldest first."""
        fields = {"candidate_id": 1, "given_at": 1, "answer.verdict": 1}
        rows = [row for row in self._database.collection(SNAPSHOTS).find({}, fields) if row.get("candidate_id")]
        for row in sorted(rows, key=lambda row: (row["given_at"], row["_id"])):
            yield row["candidate_id"], row["answer"]["verdict"]

    def enrolments(self) -> Iterator[Document]:
        return self._read_models.all(ENROLMENTS)

    def applications(self) -> Iterator[Document]:
        return self._read_models.all(APPLICATIONS)
