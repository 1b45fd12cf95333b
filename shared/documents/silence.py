"""For whoever answers requests: is it worth asking the database, or has it fallen silent?

A server that accepts and does not answer costs each request its whole deadline, and eight threads are soon all waiting.
So the first that waited in vain says so, and until one question a second is answered again, everybody else is told at
once that the service rests.
"""

import threading
import time
from collections.abc import Callable

from pymongo.errors import PyMongoError

AGAIN_SECONDS = 1.0


class Silence:
    """Remembers that nobody answered. ``ping`` asks and raises PyMongoError where there is no answer. Thread-safe."""

    def __init__(self, ping: Callable[[], None], now: Callable[[], float] = time.monotonic) -> None:
        self._ping = ping
        self._now = now
        self._silent = False
        self._again_at = 0.0
        self._asking = threading.Lock()

    def fell(self) -> None:
        """Somebody waited for an answer, and none came."""
        self._silent, self._again_at = True, self._now() + AGAIN_SECONDS

    def lasts(self) -> bool:
        """Still no answer? Whoever comes first after a second asks again; the others do not wait for them."""
        if not self._silent:
            return False
        if self._now() < self._again_at or not self._asking.acquire(blocking=False):
            return True
        try:
            self._ping()
        except PyMongoError:
            self._again_at = self._now() + AGAIN_SECONDS
        else:
            self._silent = False
        finally:
            self._asking.release()
        return self._silent
