"""For import doors: have a file read by a child, and get its rows without ever holding the file's own objects."""

import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from shared.files.limits import Allowance, Refusal, reason_of

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 2
"""Children of one process at a time: each may take a gigabyte."""

AT_ONCE = 4
"""Files that are read or wait for it, half of the threads of a house: whoever waits holds one."""

LARGE = 4 * 1024 * 1024
"""Bytes. Larger files take seconds, so they are read one after the other: a turn is left for small ones."""

QUEUE_SECONDS = 3
"""How long a file waits for its turn before its sender is asked to come back."""

Work = Callable[[Iterator[Any]], Any]
"""What is to be done with the lines of a large file, to a JSON value. The child gets it by its name (pickle)."""

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from shared.files.child import main; sys.exit(main())"
_turns = threading.BoundedSemaphore(SIDE_BY_SIDE)
_large_turn = threading.BoundedSemaphore(1)
_places = threading.BoundedSemaphore(AT_ONCE)
_LOOK_SECONDS = 0.02


class Busy(Exception):
    """Other files are being read, or the machine does other things; this one can come again in a few seconds."""


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


def ask(
    content: bytes,
    *,
    spent: Callable[[float], None] = lambda seconds: None,
    work: Work | None = None,
    hurried: bool = True,
) -> Lines:
    """Have the file read.

    Args:
        spent: told the seconds of processor time that it took, also when it is refused.
        work: what the child is to do with a large file. Then ``head`` is ``{"done": what came of it}`` alone.
        hurried: somebody waits for the answer, which comes within ten seconds. A job waits for its turn instead.

    Raises:
        Refusal: it cannot be read, or needs more than is given; the code says which.
        Busy: too many files at this moment, or too much else.
    """
    allowed = Allowance.of(len(content), hurried=hurried)
    deadline = time.monotonic() + allowed.patience
    with ExitStack() as turns, _nameless() as given, _nameless() as said, _nameless() as told:
        wanted = [_large_turn, _turns] if len(content) > LARGE else [_turns]
        _wait(turns, [_places, *wanted] if hurried else wanted, QUEUE_SECONDS if hurried else allowed.patience)
        given.write(content)
        given.seek(0)
        if work is not None:
            pickle.dump(work, told)
            told.seek(0)
        code, seconds = _run(given, said, told if work else None, deadline, hurried=hurried)
        spent(seconds)
        if code != 0:
            log.warning("A file could not be read", extra={"exit": code, "bytes": len(content)})
            if code == -signal.SIGKILL and seconds < allowed.seconds - 1:
                # It would have been read in time if nothing else had run.
                raise Busy
            raise Refusal(reason_of(code))
        said.seek(0)
        lines = Lines(said.read())
    if "refused" in lines.head:
        raise Refusal(lines.head["refused"], lines.head["place"])
    return lines


def _wait(turns: ExitStack, wanted: list[threading.BoundedSemaphore], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for one in wanted:
        # A place is there or not: those who have one wait for a turn, and nobody waits for a place.
        patience = 0.0 if one is _places else max(0.0, deadline - time.monotonic())
        if not one.acquire(timeout=patience):
            raise Busy
        turns.callback(one.release)


def _run(
    given: IO[bytes], said: IO[bytes], told: IO[bytes] | None, deadline: float, *, hurried: bool
) -> tuple[int, float]:
    """The child's exit code, and the seconds of processor time that it took."""
    work = told.fileno() if told else -1
    # Nothing of our environment: no secret of ours may stand in a process that reads strangers' files.
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(_ROOT), str(int(hurried)), str(work)],
        stdin=given,
        stdout=said,
        stderr=subprocess.DEVNULL,
        pass_fds=[work] if told else [],
        env={"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
        cwd="/",
    )
    # Popen.wait looks again and again like this, and does not tell what the child used.
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, used.ru_utime + used.ru_stime
        if time.monotonic() > deadline:
            child.kill()
        time.sleep(_LOOK_SECONDS)


def _nameless() -> IO[bytes]:
    """A file without a name, in memory where the system has that: sheets hold personal data."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("sheet"), "w+b")
    return tempfile.TemporaryFile()
