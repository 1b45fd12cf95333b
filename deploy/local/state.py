"""What runs in a home, on disk: written by the supervisor, read by `status`, `down`, `logs` and `doctor`.

The lock is the truth about *whether* something runs: the kernel lets go of it when the supervisor dies, however it
dies. run.json tells *what* runs; with a free lock it is what a crashed run left behind.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from deploy.local.folders import Home
from deploy.local.problems import Fault


@dataclass(frozen=True, slots=True)
class Process:
    """One running process, with the moment the kernel says it began: a number alone may belong to another by now."""

    name: str
    pid: int
    began: float
    port: int | None = None
    starts: int = 1


@dataclass(frozen=True, slots=True)
class State:
    """One run of a supervisor."""

    pid: int
    since: str
    mongodb: str
    kafka: str
    ready: bool = False
    ports: dict[str, int] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    processes: Sequence[Process] = ()


def write(home: Home, state: State) -> None:
    """Replace run.json at once, so that a reader never sees half of it."""
    draft = home.state.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(state), indent=1))
    draft.replace(home.state)


def read(home: Home) -> State | None:
    try:
        raw: dict[str, Any] = json.loads(home.state.read_text())
        return State(**{**raw, "processes": [Process(**one) for one in raw["processes"]]})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def forget(home: Home) -> None:
    home.state.unlink(missing_ok=True)


def is_locked(home: Home) -> bool:
    """A supervisor runs in this home right now."""
    if not home.lock.exists():
        return False
    with home.lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextlib.contextmanager
def locked(home: Home) -> Iterator[None]:
    """Be the one supervisor of a home. Raises Fault when there is another."""
    home.lock.touch()
    with home.lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            state = read(home)
            who = f" (process {state.pid}, since {state.since})" if state else ""
            raise Fault(
                f"Lumbung already runs in {home.path}{who}.",
                "Use it as it is (./lumbung status), or stop it first: ./lumbung down.",
            ) from None
        yield


def left_behind(state: State) -> list[Process]:
    """The processes of a run that still live."""
    return [process for process in state.processes if _lives(process)]


def end_left_behind(state: State, *, seconds: float = 15) -> list[Process]:
    """End what a crashed run left: politely, then not. Returns what it ended."""
    import psutil

    found = left_behind(state)
    for process in found:
        with contextlib.suppress(psutil.Error):
            psutil.Process(process.pid).terminate()
    deadline = time.monotonic() + seconds
    while left_behind(state) and time.monotonic() < deadline:
        time.sleep(0.1)
    for process in left_behind(state):
        with contextlib.suppress(psutil.Error):
            psutil.Process(process.pid).kill()
    return found


def began(pid: int) -> float:
    """When the kernel says that a process began; 0.0 when it is gone."""
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return 0.0


def _lives(process: Process) -> bool:
    import psutil

    if process.pid == os.getpid() or process.began <= 0:
        return False
    with contextlib.suppress(psutil.Error):
        found = psutil.Process(process.pid)
        return bool(abs(found.create_time() - process.began) < 1 and found.status() != psutil.STATUS_ZOMBIE)
    return False
