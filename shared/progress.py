"""How far a long command is, on standard error: one line that moves on a terminal, now and then a line elsewhere.

What is over within two seconds says nothing. The images carry no library for this, and a line is all that is wanted.
"""

import sys
import time
from typing import TextIO

SILENT_SECONDS = 2.0
MOVED_SECONDS, REPEATED_SECONDS = 0.2, 10.0
BAR = 24


class Progress:
    """Counts up to ``total`` (0: nobody knows it). Use it as a context; the line is ended whatever happened."""

    def __init__(self, what: str, total: int, *, unit: str = "", out: TextIO | None = None) -> None:
        self._what, self._total, self._unit = what, total, f" {unit}" if unit else ""
        self._out = out or sys.stderr
        self._began = self._shown_at = time.monotonic()
        self._shown = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *error: object) -> None:
        if self._shown and self._out.isatty():
            self._out.write("\n")
            self._out.flush()

    def at(self, done: int) -> None:
        """So much is done; shown when it is time to."""
        now = time.monotonic()
        pause = MOVED_SECONDS if self._out.isatty() else REPEATED_SECONDS if self._shown else SILENT_SECONDS
        if now - self._began < SILENT_SECONDS or now - self._shown_at < pause:
            return
        self._shown, self._shown_at = True, now
        self._out.write(f"\r\x1b[2K{self.line(done)}" if self._out.isatty() else f"{self.line(done)}\n")
        self._out.flush()

    def line(self, done: int) -> str:
        """What is shown: words, a bar, numbers, and how long the rest takes at this pace."""
        if self._total <= 0:
            return f"{self._what}: {done:,}{self._unit}"
        done = min(done, self._total)
        bar = "█" * (BAR * done // self._total)
        gone = time.monotonic() - self._began
        left = f", {gone / done * (self._total - done):.0f} s left" if done and gone >= SILENT_SECONDS else ""
        return f"{self._what} {bar:░<{BAR}} {done:,} of {self._total:,}{self._unit}{left}"
