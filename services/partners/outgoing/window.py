"""The newest entries of the feed in memory, so that fifty endpoints at its end do not ask fifty times for the same."""

import threading

from services.partners.store.feed import Feed
from shared.documents.mongo import Document

KEPT = 2_000


class Window:
    """Entries by their positions; safe for threads. An entry about a person is read again before it is sent."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._lock = threading.Lock()
        self._entries: dict[int, Document] = {}

    def between(self, after: int, upto: int) -> list[Document]:
        """The entries `after < position <= upto`, from memory as far as they are there."""
        with self._lock:
            missing = [number for number in range(after + 1, upto + 1) if number not in self._entries]
            if missing:
                found = self._feed.between(missing[0] - 1, missing[-1])
                self._entries |= {int(entry["_id"]): entry for entry in found}
            asked = [self._entries[number] for number in range(after + 1, upto + 1) if number in self._entries]
            for number in sorted(self._entries)[:-KEPT]:
                del self._entries[number]
        return asked
