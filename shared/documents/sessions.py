"""Transactions run in sessions that are written down here, so that those of a process that was killed can be ended.

A killed process leaves its transaction open, and for a minute, until the server gives it up, nobody can change what it
had touched. So each session has a row with its process; whoever starts on the same machine, or collides for longer than
two living writers could, ends the sessions of processes that are gone. Other machines wait for the server's limit,
which deploy/ sets to twenty seconds where the engine knows one.
"""

import os
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel, MongoClient
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from shared import clock
from shared.processes import HOST, began

COLLECTION = "sessions"
INDEXES = [IndexModel([("at", ASCENDING)], expireAfterSeconds=int(timedelta(days=2).total_seconds()))]

# Often enough that the row of a living session does not expire.
WRITTEN_EVERY_SECONDS = 3600.0


@dataclass(slots=True)
class _Mine:
    session: ClientSession
    process: int
    written_at: float


class Sessions:
    """One session for each thread of this process."""

    def __init__(self, client: "MongoClient[dict[str, Any]]", rows: "Collection[dict[str, Any]]") -> None:
        self._client = client
        self._rows = rows
        self._local = threading.local()

    def of_this_thread(self) -> ClientSession:
        """The session to begin a transaction in, written down."""
        mine: _Mine | None = getattr(self._local, "mine", None)
        if mine is None or mine.process != os.getpid():
            mine = self._local.mine = _Mine(self._client.start_session(), os.getpid(), -WRITTEN_EVERY_SECONDS)
        if clock.monotonic() - mine.written_at >= WRITTEN_EVERY_SECONDS:
            row = {"host": HOST, "process": mine.process, "began": began(mine.process), "at": clock.wall()}
            self._rows.update_one({"_id": mine.session.session_id["id"]}, {"$set": row}, upsert=True)
            mine.written_at = clock.monotonic()
        return mine.session

    def end_abandoned(self) -> None:
        """End the sessions of this machine's processes that are gone, and so free what they had locked."""
        rows = self._rows.find({"host": HOST})
        gone = [row["_id"] for row in rows if began(row["process"]) != row["began"]]
        if gone:
            self._client.admin.command({"killSessions": [{"id": one} for one in gone]})
            self._rows.delete_many({"_id": {"$in": gone}})
