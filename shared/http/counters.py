"""For ``limits``: where Flask-Limiter keeps its counts, in the memory of one process.

The library's own ``memory://`` starts a thread to forget what is over, at every second or third request: as much again
as counting itself. Here that is forgotten while something new is counted.
"""

import threading

from limits.storage import Storage

from shared import clock

MOST_KNOWN = 20_000
"""Counts that are kept; those that are over are thrown away first."""


SCHEME = "counters"
"""By which Flask-Limiter finds them."""


class Counters(Storage):
    """Counts of fixed windows. Safe for threads."""

    STORAGE_SCHEME = [SCHEME]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """There is nothing that could be away."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count so many more; the first begins a window of ``expiry`` seconds."""
        now = _now()
        with self._lock:
            count, until = self._counts.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
                if len(self._counts) >= MOST_KNOWN:
                    self._forget(now)
            self._counts[key] = (count + amount, until)
            return count + amount

    def get(self, key: str) -> int:
        """What has been counted in the window that has begun."""
        count, until = self._counts.get(key, (0, 0.0))
        return count if until > _now() else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970."""
        return max(self._counts.get(key, (0, 0.0))[1], _now())

    def check(self) -> bool:
        """It is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; how much there was."""
        with self._lock:
            known = len(self._counts)
            self._counts.clear()
            return known

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._lock:
            self._counts.pop(key, None)

    def _forget(self, now: float) -> None:
        """Half of them at least, so that not each new one has to look at all: those that are over or end first."""
        kept = [one for one in self._counts.items() if one[1][1] > now]
        kept.sort(key=lambda one: one[1][1])
        self._counts = dict(kept[max(0, len(kept) - MOST_KNOWN // 2) :])


def _now() -> float:
    """The machine's own time, with which the library compares."""
    return clock.wall().timestamp()
