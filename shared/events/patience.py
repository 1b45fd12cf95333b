"""Relay, listener and jobs ask here how long trouble that should pass has lasted already."""

from shared import clock
from shared.logs import words_of

# Longer than a broker or a database needs to come back after a crash (23 s were measured), short enough that a process
# with a connection that never recovers is replaced while its house can still catch up.
PATIENCE_SECONDS = 120.0


class OutOfPatience(Exception):
    """Trouble that should have passed did not; the process ends, so that the supervisor starts a fresh one."""


class Patience:
    """Counts from the first failure in a row to the last."""

    def __init__(self, seconds: float = PATIENCE_SECONDS) -> None:
        self._seconds = seconds
        self._since: float | None = None

    def restored(self) -> None:
        """It works again."""
        self._since = None

    def tried_by(self, error: Exception) -> None:
        """It failed again.

        Raises:
            OutOfPatience: it has failed for too long. ``error`` is its cause.
        """
        if self._since is None:
            self._since = clock.monotonic()
        lasted = clock.monotonic() - self._since
        if lasted > self._seconds:
            raise OutOfPatience(f"for {lasted:.0f} s now: {words_of(error)}") from error
