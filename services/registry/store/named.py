"""For the search box: people by the keys of their names, in a time that does not grow with how many share a key.

The embedded engine reads all that match before it stops at a limit. So a key is asked for together with a span of
birthdays, which one index holds: first a month, then as many as should hold what is still wanted.
"""

from collections.abc import Callable, Mapping
from functools import partial

from services.registry.model import names
from shared import clock
from shared.documents.mongo import Database, Document, Tx
from shared.progress import Progress

COLLECTION = "candidates"
COUNTERS = "counters"

AT_A_GLANCE = {
    "number": 1, "full_name": 1, "birth_date": 1, "regency": 1, "village": 1, "centre": 1, "updated_at": 1,
    "version": 1,
}  # fmt: skip
"""All that a list or a search result needs to know of a person."""

OLDEST, MOST_ARE_OLDER = 100, 25
"""Ages. People are looked up from the second one on, where most are, up to the first, and then the younger ones."""

EDITION = "name-keys"
"""The counter of the edition that everybody's keys are of."""

OLD_INDEX = "name_keys_1"
"""Of homes whose keys are of the first edition. An engine might choose it for what the longer one is there for."""

PORTIONS = [(f"{first:02x}", f"{first + 1:02x}" if first < 255 else "g") for first in range(256)]
"""All ids, which are hexadecimal, by their first two digits."""


class Named:
    """Candidates as their names find them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(COLLECTION)
        self._counters = database.collection(COUNTERS)

    def of_key(self, key: str, year: str | None, most: int) -> list[Document]:
        """People of one key of :mod:`names`, at a glance: at most so many, in no order; born in ``year`` if it is
        known."""
        if year is not None:
            return self._within(key, 12 * int(year), 12 * int(year) + 12, most)
        this = 12 * clock.today().year
        oldest, grown = this - 12 * OLDEST, this - 12 * MOST_ARE_OLDER
        found = self._within(key, oldest, grown, most)
        if len(found) < most:
            found += self._within(key, grown, this + 12, most - len(found))
        for rest in ({"$lt": _month(oldest)}, None):
            found += self._born(key, rest) if len(found) < most else []
        return found[:most]

    def _within(self, key: str, first: int, until: int, most: int) -> list[Document]:
        """Those born in a span of months; the last month first, then as many as should hold what is still wanted."""
        found: list[Document] = []
        months = 1
        while len(found) < most and until > first:
            since = max(until - months, first)
            some = self._born(key, {"$gte": _month(since), "$lt": _month(until)})
            found += some
            months, until = max(1, (most - len(found)) * (until - since) // max(len(some), 1)), since
        return found[:most]

    def _born(self, key: str, when: Mapping[str, str] | None) -> list[Document]:
        return list(self._rows.find({"name_keys": key, "birth_date": when}, AT_A_GLANCE))

    def are_of(self, edition: int) -> bool:
        """Were everybody's keys made by this edition of :mod:`names`?"""
        row = self._counters.find_one({"_id": EDITION})
        return row is not None and row["value"] >= edition

    def make_all(self, edition: int, keep: Callable[[], None]) -> int:
        """Make the keys of everybody anew. How many people there are; ``keep`` is called between portions."""
        made = 0
        portions = PORTIONS if self._rows.estimated_document_count() > len(PORTIONS) else [("", "g")]
        with Progress("name keys", len(portions)) as progress:
            for number, (first, last) in enumerate(portions, 1):
                made += self._database.run(partial(self._make, first, last))
                progress.at(number)
                keep()
        if OLD_INDEX in self._rows.index_information():
            self._rows.drop_index(OLD_INDEX)
        self._counters.update_one({"_id": EDITION}, {"$set": {"value": edition}}, upsert=True)
        return made

    def _make(self, first: str, last: str, tx: Tx) -> int:
        within = {"_id": {"$gte": first, "$lt": last}}
        rows = tx.collection(COLLECTION).find(within, {"full_name": 1, "alive": 1})
        made = {row["_id"]: names.keys(row["full_name"]) for row in rows if row.get("alive")}
        # In a transaction: whoever changes the person at the same moment collides, and writes keys of this edition.
        for id, keys in made.items():
            tx.collection(COLLECTION).update_one({"_id": id}, {"$set": {"name_keys": keys}})
        return len(made)


def _month(number: int) -> str:
    """``1999-05`` of months counted from the year 0; every birthday of it is at or after."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
