"""For import doors: have a file read by a child, and get its rows without ever holding the file's own objects."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from shared.files.limits import Allowance, Refusal, reason_of

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 2
"""Children of one process at a time: each may take a gigabyte."""

QUEUE_SECONDS = 9
"""How long a file waits for its turn before its sender is asked to come back."""

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from shared.files.child import main; sys.exit(main())"
_turns = threading.BoundedSemaphore(SIDE_BY_SIDE)


class Busy(Exception):
    """Other files are being read; this one can come again in a few seconds."""


class Lines:
    """What the child said: ``head`` and then, from :meth:`rest`, one JSON value a line; to be read as often as wanted.

    Kept as the bytes that came, because a hundred thousand rows are a tenth as large that way.
    """

    def __init__(self, said: bytes) -> None:
        end = said.find(b"\n")
        self.head: dict[str, Any] = json.loads(said[: end if end >= 0 else len(said)])
        self._said = said

    def rest(self) -> Iterator[Any]:
        """The lines after the head."""
        at = self._said.find(b"\n") + 1
        while 0 < at < len(self._said):
            end = self._said.find(b"\n", at)
            yield json.loads(self._said[at:end])
            at = end + 1


def ask(content: bytes) -> Lines:
    """Have the file read.

    Raises:
        Refusal: it cannot be read, or needs more than is given; the code says which.
        Busy: too many files at this moment.
    """
    if not _turns.acquire(timeout=QUEUE_SECONDS):
        raise Busy
    try:
        with _nameless() as given, _nameless() as said:
            given.write(content)
            given.seek(0)
            code = _run(given, said, Allowance.of(len(content)).patience)
            if code != 0:
                log.warning("A file could not be read", extra={"exit": code, "bytes": len(content)})
                raise Refusal(reason_of(code))
            said.seek(0)
            lines = Lines(said.read())
    finally:
        _turns.release()
    if "refused" in lines.head:
        raise Refusal(lines.head["refused"], lines.head["place"])
    return lines


def _run(given: IO[bytes], said: IO[bytes], patience: float) -> int:
    # Nothing of our environment: no secret of ours may stand in a process that reads strangers' files.
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(_ROOT)],
        stdin=given,
        stdout=said,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
        cwd="/",
    )
    try:
        return child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _nameless() -> IO[bytes]:
    """A file without a name, in memory where the system has that: sheets hold personal data."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("sheet"), "w+b")
    return tempfile.TemporaryFile()
