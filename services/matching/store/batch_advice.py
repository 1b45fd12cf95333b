"""What everybody could do next, worked out for all at once: one row a person, replaced by each run, never told outside.

It is made from the read models and can be made again at any time; an erased person leaves it in the same transaction.
"""

from collections.abc import Callable, Iterator, Sequence

from shared.documents.mongo import Database, Document, Tx

BATCH_ADVICE = "batch_advice"


class BatchAdvice:
    """Rows `{_id: candidate, version, holds, made_of, state, orders: [...], courses: [...]}`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, rows: Sequence[Document], known: Callable[[Tx, str], bool]) -> int:
        """Put these rows in the place of what stood there, all or none; how many were put. `known`: not erased."""

        def save(tx: Tx) -> int:
            kept = [row for row in rows if known(tx, row["_id"])]
            for row in kept:
                tx.collection(BATCH_ADVICE).replace_one({"_id": row["_id"]}, row, upsert=True)
            return len(kept)

        return self._database.run(save)

    def of(self, candidate_ids: Sequence[str]) -> dict[str, Document]:
        """Id → what was worked out from what, without the lists: `{_id, version, holds, made_of}`."""
        fields = {"version": 1, "holds": 1, "made_of": 1}
        found = self._database.collection(BATCH_ADVICE).find({"_id": {"$in": list(candidate_ids)}}, fields)
        return {row["_id"]: row for row in found}

    def rows(self, candidate_ids: Sequence[str]) -> Iterator[Document]:
        """The whole rows of these people, in order of id."""
        found = self._database.collection(BATCH_ADVICE).find({"_id": {"$in": list(candidate_ids)}})
        return iter(sorted(found, key=lambda row: str(row["_id"])))

    def drop_all_but(self, consenting: Callable[[Sequence[str]], set[str]], size: int) -> int:
        """Forget the rows of whoever does not consent any more, `size` looked at together; how many went.

        `consenting`: those of some people who do."""
        collection = self._database.collection(BATCH_ADVICE)
        last, dropped = "", 0
        while page := list(collection.find({"_id": {"$gt": last}}, {"_id": 1}).sort("_id", 1).limit(size)):
            ids = [row["_id"] for row in page]
            last = ids[-1]
            for gone in set(ids) - consenting(ids):
                collection.delete_one({"_id": gone})
                dropped += 1
        return dropped

    @staticmethod
    def forget(tx: Tx, candidate_id: str) -> None:
        """A person was erased."""
        tx.collection(BATCH_ADVICE).delete_one({"_id": candidate_id})
