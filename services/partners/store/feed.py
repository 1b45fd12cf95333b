"""The feed: every event that may be told outside, once, in one row of positions without gaps.

Positions are given in the transaction that hears of the change, and writing the head makes two writers take turns: so
whoever has read up to a position has missed nothing before it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared import clock
from shared.documents.mongo import Database, Document, Tx

FEED, SEQUENCE, WAITING = "feed", "feed_sequence", "feed_waiting"
_HEAD = "feed"

PIECE = 100
"""Rows asked for by name at once. A small engine looks through all ids for a range of them."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The newest position (0 before the first event) and the oldest that is still kept."""

    newest: int
    oldest: int


class Feed:
    """The rows of the feed, and the changes that wait for a document they belong to."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def ends(self, source: Database | Tx | None = None) -> Ends:
        """Where the feed begins and ends now."""
        row = (source or self.database).collection(SEQUENCE).find_one({"_id": _HEAD})
        return Ends(row["newest"], row["oldest"]) if row else Ends(0, 1)

    def append(self, tx: Tx, entries: Sequence[Document]) -> None:
        """Give these entries the next positions, in their order. An entry whose key stands in the feed is left out."""
        if not entries:
            return
        keys = [entry["key"] for entry in entries]
        rows = tx.collection(FEED)
        there = {row["key"] for row in rows.find({"key": {"$in": keys}}, {"key": 1})}
        fresh = list({entry["key"]: entry for entry in entries if entry["key"] not in there}.values())
        if not fresh:
            return
        ends = self.ends(tx)
        rows.insert_many([{"_id": number, **entry} for number, entry in enumerate(fresh, ends.newest + 1)])
        head = {"newest": ends.newest + len(fresh), "oldest": ends.oldest}
        tx.collection(SEQUENCE).update_one({"_id": _HEAD}, {"$set": head}, upsert=True)

    def between(self, after: int, upto: int) -> list[Document]:
        """The entries `after < position <= upto` in their order."""
        found: list[Document] = []
        for start in range(after + 1, upto + 1, PIECE):
            numbers = list(range(start, min(start + PIECE, upto + 1)))
            found += sorted(self.database.collection(FEED).find({"_id": {"$in": numbers}}), key=_position)
        return found

    def at(self, position: int) -> Document | None:
        """One entry."""
        return self.database.collection(FEED).find_one({"_id": position})

    def about_subject(self, subject: str) -> list[Document]:
        """All entries of one document, in their order."""
        return sorted(self.database.collection(FEED).find({"subject": subject}), key=_position)

    def first_since(self, at: datetime) -> int:
        """The position of the first entry that was heard at or after this moment; one past the newest when none was."""
        ends = self.ends()
        low, high = ends.oldest, ends.newest + 1
        while low < high:
            middle = (low + high) // 2
            entry = self.at(middle)
            if entry is not None and entry["heard_at"] < at:
                low = middle + 1
            else:
                high = middle
        return low

    def park(self, tx: Tx, waits_for: str, about: str | None, change: Document) -> None:
        """Keep a change until the document that it belongs to is heard of."""
        row = {"_id": change["key"], "waits_for": waits_for, "about": about, "change": change, "at": clock.wall()}
        tx.collection(WAITING).replace_one({"_id": change["key"]}, row, upsert=True)

    def unpark(self, tx: Tx, documents: Collection[str]) -> list[Document]:
        """Take out the changes that waited for these documents, versions of one document in their order."""
        rows = list(tx.collection(WAITING).find({"waits_for": {"$in": list(documents)}}))
        if rows:
            tx.collection(WAITING).delete_many({"_id": {"$in": [row["_id"] for row in rows]}})
        return sorted((row["change"] for row in rows), key=lambda one: (one["topic"], one["subject"], one["version"]))

    def parked(self, subject: str) -> list[Document]:
        """The changes of one document that wait for another."""
        rows = self.database.collection(WAITING).find({"change.subject": subject})
        return sorted((row["change"] | {"waits_for": row["waits_for"]} for row in rows), key=lambda one: one["version"])

    def waiting(self) -> int:
        """How many changes wait."""
        return self.database.collection(WAITING).count_documents({})

    def forget(self, tx: Tx, people: Sequence[str]) -> None:
        """These people were erased: their entries keep a position and nothing else, so that no cursor breaks."""
        tx.collection(WAITING).delete_many({"about": {"$in": list(people)}})
        rows = tx.collection(FEED)
        for row in list(rows.find({"about": {"$in": list(people)}}, {"_id": 1, "heard_at": 1})):
            left = {"key": f"erased/{row['_id']}", "type": "erased", "erased": True, "about": None}
            rows.replace_one({"_id": row["_id"]}, row | left)

    def prune(self, before: datetime, most: int) -> int:
        """Drop up to `most` of the oldest entries, those heard before this moment. Returns how many."""
        ends = self.ends()
        upto = min(self.first_since(before) - 1, ends.oldest + most - 1)
        if upto < ends.oldest:
            return 0
        numbers = list(range(ends.oldest, upto + 1))

        def drop(tx: Tx) -> None:
            tx.collection(FEED).delete_many({"_id": {"$in": numbers}})
            tx.collection(SEQUENCE).update_one({"_id": _HEAD}, {"$set": {"oldest": upto + 1}})

        self.database.run(drop)
        return len(numbers)


def positions(entries: Iterable[Document]) -> list[int]:
    """Their numbers."""
    return [int(entry["_id"]) for entry in entries]


def _position(entry: Document) -> int:
    return int(entry["_id"])
