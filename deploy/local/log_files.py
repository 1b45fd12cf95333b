"""What processes wrote, on disk: the supervisor appends, `./lumbung logs` reads. Bounded in size and in time."""

import contextlib
import os
import time
from pathlib import Path

LOG_BYTES = 2_000_000  # a log file that grows past this, or is of another day, is put aside as NAME.log.1
LOG_DAYS = 7  # what was put aside and not replaced since is thrown away after so many


def append(path: Path, line: str) -> None:
    """One more line. Of each log there are at most two files: today's, and the one before it."""
    if path.exists():
        known = path.stat()
        if known.st_size > LOG_BYTES or _day(known.st_mtime) != _day(time.time()):
            path.replace(path.with_suffix(".log.1"))
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        file.write(line + "\n")


def _day(moment: float) -> int:
    return int(moment // 86_400)


def forget_old(logs: Path) -> None:
    """Throw away logs that nobody has written to for a week."""
    for path in logs.glob("*.log*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > LOG_DAYS * 86_400:
                path.unlink()
