"""Work that only one process of a house may do at a time (relay, rebuild) is done by whoever holds its lease.

A lease runs out by itself when its holder dies. It keeps two honest processes apart; against a holder that slept
through its end the work needs a guard of its own (the relay has Kafka's transactional id, everything else a
version).
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from pymongo.errors import DuplicateKeyError, PyMongoError

from shared import clock, ids
from shared.documents.mongo import CollectionSpec, Database

log = logging.getLogger(__name__)

COLLECTION = "leases"
SPEC = CollectionSpec(COLLECTION)


class Lease:
    """One claim by one process on one piece of work. Times are the machines' own and may differ a little."""

    def __init__(self, database: Database, name: str, lasts: timedelta) -> None:
        self.name = name
        self._leases = database.collection(COLLECTION)
        self._holder = ids.new()
        self._lasts = lasts
        self._not_before = 0.0
        self._renew_at = 0.0
        self._ends_at = 0.0

    def hold(self) -> bool:
        """Take the lease, or keep it; False while somebody else has it.

        Cheap enough to ask before every piece of work: it writes only when a third of the time has passed.
        """
        at = clock.monotonic()
        if at < self._renew_at:
            return True
        if at < self._not_before or not self._claim():
            self._renew_at = self._ends_at = 0.0
            return False
        self._renew_at = at + self._lasts.total_seconds() / 3
        self._ends_at = at + self._lasts.total_seconds()
        return True

    def note(self, **what: object) -> None:
        """Let whoever looks at the lease see how far its work is; gone with the lease, and nothing depends on it."""
        self._leases.update_one({"_id": self.name, "holder": self._holder}, {"$set": {"noted": what}})

    def release(self) -> None:
        """Let the next process begin at once."""
        self._renew_at = self._ends_at = 0.0
        self._leases.delete_one({"_id": self.name, "holder": self._holder})

    def give_back(self) -> None:
        """As :func:`release`, for somebody who is leaving: when the database is away, the lease runs out by itself."""
        try:
            self.release()
        except PyMongoError:
            log.warning("The lease %s could not be given back", self.name)

    def wait_out(self) -> None:
        """Somebody else took the work over: do not ask again before a whole lease has passed."""
        self._renew_at = self._ends_at = 0.0
        self._not_before = clock.monotonic() + self._lasts.total_seconds()

    @property
    def held(self) -> bool:
        """True until the end of the time that was last agreed, without asking anybody."""
        return clock.monotonic() < self._ends_at

    def _claim(self) -> bool:
        now = clock.wall()
        mine, lapsed = {"holder": self._holder}, {"until": {"$lt": now}}
        return self._extend(now, mine) or self._extend(now, lapsed) or self._begin(now)

    def _extend(self, now: datetime, where: Mapping[str, object]) -> bool:
        update: dict[str, object] = {"$set": {"holder": self._holder, "until": now + self._lasts}}
        if where.get("holder") != self._holder:
            update["$unset"] = {"noted": ""}
        return self._leases.update_one({"_id": self.name, **where}, update).matched_count == 1

    def _begin(self, now: datetime) -> bool:
        try:
            self._leases.insert_one({"_id": self.name, "holder": self._holder, "until": now + self._lasts})
        except DuplicateKeyError:
            return False
        return True
