"""For ``limits``: how much processor time one caller has left. Counting calls alone would let a few dear ones do what
thousands of cheap ones may not.

A bucket for each caller: it holds ``burst`` seconds, what a request took is poured out after its answer, and it fills
again by ``rate`` seconds a second. Kept in memory by each process, as the counters of calls are.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import g, has_request_context

MOST_KNOWN = 20_000
"""Buckets that are kept; full ones say nothing and are thrown away first."""


@dataclass(frozen=True, slots=True)
class Cost:
    """``rate``: seconds of processor time a second that a caller may use for ever; ``burst``: what may be saved up."""

    rate: float
    burst: float


class Buckets:
    """What each caller has left. Safe for threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float, Cost]] = {}

    def wait(self, who: str, cost: Cost) -> int:
        """Whole seconds until this caller may ask again; 0 for now."""
        left = self._level(who, cost)
        return 0 if left > 0 else max(1, math.ceil(-left / cost.rate) + 1)

    def spend(self, who: str, cost: Cost, seconds: float) -> None:
        """A request of this caller took so much processor time. One may take more than is left; none after it."""
        with self._lock:
            if len(self._left) >= MOST_KNOWN:
                self._forget_full()
            self._left[who] = (self._filled(who, cost) - seconds, self._now(), cost)

    def _level(self, who: str, cost: Cost) -> float:
        with self._lock:
            return self._filled(who, cost)

    def _filled(self, who: str, cost: Cost) -> float:
        left, at, _ = self._left.get(who, (cost.burst, self._now(), cost))
        return min(cost.burst, left + (self._now() - at) * cost.rate)

    def _forget_full(self) -> None:
        full = [who for who, (_, _, cost) in self._left.items() if self._filled(who, cost) >= cost.burst]
        for who in full or list(self._left)[: MOST_KNOWN // 2]:
            del self._left[who]


def also_spent(seconds: float) -> None:
    """Another process worked so long for the request at hand, if there is one: its caller pays for that too."""
    if has_request_context():
        g.also_spent = g.get("also_spent", 0.0) + seconds
