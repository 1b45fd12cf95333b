"""Transactions run in sessions that are written down here, so that those of a process that was killed can be ended.

A killed process leaves its transaction open, and the server keeps what it had touched locked for a minute: everybody
who wants to change the same document collides with nobody. So each session has a row with its process and the last
time it began a transaction. Whoever starts, or collides for longer than two living writers could, ends the sessions of
processes that are gone. It costs one small write every few seconds in a thread that is busy.
"""

import os
import socket
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from shared import clock

COLLECTION = "sessions"

BEAT_SECONDS = 5.0
# Nobody holds a transaction open for this long, so one in a session that was last heard of before is abandoned; a
# session that is only idle loses nothing when it is ended. On the same machine a process that is gone is seen at once.
SILENT = timedelta(seconds=30)
_HOST = socket.gethostname()


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
            mine = self._local.mine = _Mine(self._client.start_session(), os.getpid(), -BEAT_SECONDS)
        if clock.monotonic() - mine.written_at >= BEAT_SECONDS:
            row = {"host": _HOST, "process": mine.process, "at": clock.wall()}
            self._rows.update_one({"_id": mine.session.session_id["id"]}, {"$set": row}, upsert=True)
            mine.written_at = clock.monotonic()
        return mine.session

    def end_abandoned(self) -> int:
        """End the sessions of processes that are gone, and with them what they had locked. Returns how many."""
        silent_since = clock.wall() - SILENT
        gone = [
            row["_id"]
            for row in self._rows.find()
            if row["at"] < silent_since or (row["host"] == _HOST and not _exists(row["process"]))
        ]
        if gone:
            self._client.admin.command({"killSessions": [{"id": one} for one in gone]})
            self._rows.delete_many({"_id": {"$in": gone}})
        return len(gone)


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
