"""For tests of two things at the same moment: a function stops inside its first call until the test lets it go on."""

import threading
from collections.abc import Callable
from typing import Any

# Longer than the conflicts of any test, shorter than the patience of the transaction that waits for this one.
SECONDS = 8.0


class Paused:
    """Put in a function's place. The first call stops before the function runs, or after it; later ones pass through.

    A transaction that collides runs its work again; the second run is not held up.
    """

    def __init__(self, function: Callable[..., Any], *, after: bool) -> None:
        self._function = function
        self._after = after
        self._first = threading.Lock()
        self._reached = threading.Event()
        self._go = threading.Event()

    def __call__(self, *args: Any, **options: Any) -> Any:
        if not self._first.acquire(blocking=False):
            return self._function(*args, **options)
        if not self._after:
            self._stop()
        result = self._function(*args, **options)
        if self._after:
            self._stop()
        return result

    def wait(self) -> None:
        """Until the first call has come to its stop."""
        assert self._reached.wait(SECONDS), "the function was not called"

    def go(self) -> None:
        """Let the first call go on."""
        self._go.set()

    def _stop(self) -> None:
        self._reached.set()
        assert self._go.wait(SECONDS), "nobody let it go on"
