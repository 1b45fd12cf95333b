"""Threads of one `work` process that wait for each other's work are woken here, instead of looking ever more often.

A bell is only a hint, rung when something was committed: whoever waits for one looks by itself too after a while, so a
process that dies between the two loses nothing. Each bell has one thread that waits for it.
"""

import threading


class Bell:
    """`ring` from any thread; `wait` in the one that is to be woken."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self) -> None:
        """There is something to do. Once rung, it stays so until somebody has waited."""
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Come back when it is rung, or after so many seconds."""
        self._rung.wait(seconds)
        self._rung.clear()


TOLD = Bell()
"""Something was put into the outbox: the relay waits for it."""
HEARD = Bell()
"""The listener kept something of what others told."""
