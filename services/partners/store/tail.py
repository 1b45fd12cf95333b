"""One thread of a web process looks for new events, and wakes everybody who waits: long polls and streams.

A hundred waiting partners so cost one small question every tenth of a second, and not a hundred.
"""

import logging
import threading

from pymongo.errors import PyMongoError

from services.partners.store.feed import Feed
from shared import clock
from shared.logs import words_of

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.1
IDLE_AFTER_SECONDS = 10.0
"""Without anybody waiting for so long, the thread ends; the next who waits starts it again."""


class Tail:
    """Where the feed ends, as far as this process knows. Safe for threads."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._changed = threading.Condition()
        self._newest = -1
        self._waiting = 0
        self._wanted_at = 0.0
        self._running = False
        self._stopping = False

    def wait_beyond(self, position: int, seconds: float) -> bool:
        """Wait until the feed reaches further than this position; False when it did not in time."""
        deadline = clock.monotonic() + seconds
        with self._changed:
            self._waiting += 1
            try:
                self._look_out()
                while self._newest <= position and not self._stopping:
                    left = deadline - clock.monotonic()
                    if left <= 0 or not self._changed.wait(left):
                        return self._newest > position
                return self._newest > position
            finally:
                self._waiting -= 1
                self._wanted_at = clock.monotonic()

    def stop(self) -> None:
        """Wake everybody: the process ends."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def _look_out(self) -> None:
        self._wanted_at = clock.monotonic()
        if not self._running:
            self._running = True
            self._newest = -1
            threading.Thread(target=self._watch, name="feed tail", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while True:
            try:
                newest = self._feed.ends().newest
            except PyMongoError as error:
                log.warning("The tail of the feed waits: %s", words_of(error))
                newest = self._newest
            with self._changed:
                if newest != self._newest:
                    self._newest = newest
                    self._changed.notify_all()
                idle = not self._waiting and clock.monotonic() - self._wanted_at > IDLE_AFTER_SECONDS
                if idle or self._stopping:
                    self._running = False
                    return
            pause.wait(LOOK_EVERY_SECONDS)
