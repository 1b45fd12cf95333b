"""How many people were lately shown each order and each batch, so that a crowd is not sent to one door.

One document an offer, no person in it. An exposure fades: after `HALF_LIFE` days it counts half. So that adding to a
count needs no reading first, the stored number is the count times `2 ** (days since EPOCH / HALF_LIFE)`, which never
fades; dividing by today's factor fades it.
"""

import threading
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from pymongo import ASCENDING, IndexModel, UpdateOne
from pymongo.write_concern import WriteConcern

from services.matching.store import changes
from shared import clock
from shared.documents.mongo import Database

EXPOSURES = "exposures"
BY_TIME = IndexModel([("at", ASCENDING)])
HALF_LIFE = 14
"""Days; about the time from an advice to an application. Numbers stay finite for a thousand half-lives: 38 years."""
EPOCH = date(2026, 1, 1)
# Clocks of two machines differ, and a write takes a while to be seen; a document read twice costs nothing.
OVERLAP = timedelta(seconds=5)
# A count lost in a crash changes no answer that anybody would notice, and nobody should wait for a disk.
_QUICK = WriteConcern(w=1)


def factor(day: date) -> float:
    """What one exposure on this day adds to the stored number."""
    return float(2.0 ** ((day - EPOCH).days / HALF_LIFE))


class Exposures:
    """The counts, as every process sees them: `refresh` reads what changed since it last looked."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(EXPOSURES)
        self._sequence = database.collection(changes.SEQUENCE).with_options(write_concern=_QUICK)
        self._noted: int | None = None
        self._known: dict[str, float] = {}
        self._read_to: datetime | None = None
        self._changes = 0
        self._lock = threading.Lock()

    def add(self, offers: Iterable[str]) -> None:
        """One more person was shown these."""
        now, more = clock.wall(), factor(clock.today())
        writes = [
            UpdateOne({"_id": offer}, {"$inc": {"stored": more}, "$set": {"at": now}}, upsert=True) for offer in offers
        ]
        if writes:
            self._collection.with_options(write_concern=_QUICK).bulk_write(writes, ordered=False)
            changes.note_exposures(self._sequence)

    def refresh(self, noted: int | None = None) -> int:
        """Read what changed; how many changes this process has read so far, so equal numbers mean equal counts.

        `noted`: how often exposures were counted, as `changes.news` says; when that is as before, nothing is read.
        """
        with self._lock:
            if noted is not None and noted == self._noted:
                return self._changes
            now = clock.wall()
            where = {} if self._read_to is None else {"at": {"$gte": self._read_to - OVERLAP}}
            for row in self._collection.find(where):
                if self._known.get(row["_id"]) != row["stored"]:
                    self._known[row["_id"]] = row["stored"]
                    self._changes += 1
            self._read_to, self._noted = now, noted
            return self._changes

    def others(self, own: Mapping[str, date]) -> dict[str, float]:
        """Offer → other people it was lately shown to, as of the last `refresh`.

        `own`: offer → day on which whoever asks was first shown it.
        """
        with self._lock:
            stored = dict(self._known)
        today = factor(clock.today())
        for offer, day in own.items():
            if offer in stored:
                stored[offer] = max(0.0, stored[offer] - factor(day))
        return {offer: count for offer, number in stored.items() if (count := round(number / today, 3)) > 0}
