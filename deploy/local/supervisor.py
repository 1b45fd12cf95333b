"""Starts the processes of a home, starts again what dies, and stops them in order: under `./lumbung up` and in tests.

One thread does all the starting and watching. It must, on Linux: a child's leash (leash.py) is tied to the thread that
started it, and would pull when a short-lived one ends.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import log_files
from deploy.local.answers import Broken
from deploy.local.leash import leashed
from deploy.local.problems import Fault

TICK = 0.05
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 10.0  # between two starts of a program that keeps dying: doubled each time
STEADY_SECONDS = 30  # one that ran this long starts again with the first pause
SERVED_SECONDS = 3  # and one that answered for this long: whoever is killed again and again is not at fault
HOPELESS = 3  # deaths before it was ever ready, after which the whole start is given up
ASK_SECONDS = 1.0  # between two questions whether a program still answers
SILENT_SECONDS = 30.0  # after which a program that answered once, and then no more, is ended
BROKEN_ANSWERS = 3  # in a row of a program that says that it can do nothing, after which it is ended
LOOK_SECONDS = 0.5  # between two looks whether the kernel has stopped a program, or whether there is room for one
STOPPED_LOOKS = 6  # in a row that find it stopped: it will not answer


Tell = Callable[[str, str], None]


class Stopped(Exception):
    """The supervisor was told to stop while somebody waited for a program to become ready."""


@dataclass(frozen=True, slots=True)
class Program:
    """One process: what to run, and how to know that it serves.

    `answers` asks it something and comes back within seconds; one that answered once and then not for `silent_seconds`
    is ended and started again, because a program that lives and answers nobody is worse than one that is gone; one that
    answers that it is `Broken`, within seconds. While
    `may_start` is false (a full disk) it is not started, and once it is true not a moment later.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    port: int | None = None
    ready: Callable[[], bool] = lambda: True
    stop_seconds: float = 20.0
    answers: Callable[[], bool] | None = None
    silent_seconds: float = SILENT_SECONDS
    may_start: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Running:
    """What is known of a program right now. `pid` is None between a death and the next start."""

    name: str
    pid: int | None
    port: int | None
    starts: int


@dataclass(slots=True)
class _Child:
    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    starts: int = 0
    started: float = 0.0
    due: float = 0.0
    pause: float = FIRST_PAUSE
    look_at: float = 0.0
    stopped: int = 0
    answered: float = 0.0
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=20))


class Supervisor:
    """Programs start in groups (`start`), each group after the one before is ready, and stop in the reverse order.

    `tell(name, line)` hears every line a program writes, `news(name, line)` when one died; `changed()` is called after
    each start and death.
    """

    def __init__(
        self, *, logs: Path, tell: Tell, news: Tell | None = None, changed: Callable[[], None] = lambda: None
    ) -> None:
        self._logs = logs
        log_files.forget_old(logs)
        self._tell = tell
        self._news = news or tell
        self._changed = changed
        self._groups: list[list[_Child]] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._kill = False
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._thread.start()

    def start(self, programs: Sequence[Program], *, seconds: float = 120) -> None:
        """Start a group and wait until all of it is ready.

        Raises Fault when one dies again and again or is not ready in time (what runs keeps running until `stop`), and
        Stopped when `stop` is called meanwhile.
        """
        group = [_Child(program) for program in programs]
        with self._lock:
            self._groups.append(group)
        deadline = time.monotonic() + seconds
        waiting = list(group)
        while waiting:
            if self._stopping.is_set():
                raise Stopped
            for child in list(waiting):
                if child.process is not None and child.process.poll() is None and child.program.ready():
                    waiting.remove(child)
                elif child.starts >= HOPELESS and child.process is None:
                    raise self._fault(child, f"ended {child.starts} times before it was ready")
            if waiting and time.monotonic() > deadline:
                raise self._fault(waiting[0], f"was not ready after {seconds:.0f} seconds")
            time.sleep(TICK)

    def running(self) -> list[Running]:
        with self._lock:
            children = [child for group in self._groups for child in group]
        return [
            Running(
                name=child.program.name,
                pid=child.process.pid if child.process is not None else None,
                port=child.program.port,
                starts=child.starts,
            )
            for child in children
        ]

    def pid(self, name: str) -> int:
        """The process of a program, for tests that kill it. Raises KeyError while there is none."""
        for running in self.running():
            if running.name == name and running.pid is not None:
                return running.pid
        raise KeyError(name)

    def stop(self, *, kill: bool = False) -> None:
        """End everything, the last group first. `kill` does not let them finish: for folders that are thrown away."""
        self._kill = kill
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopping.wait(TICK):
            with self._lock:
                children = [child for group in self._groups for child in group]
            for child in children:
                if child.process is None:
                    if time.monotonic() >= child.due and self._may_start(child):
                        self._spawn(child)
                elif child.process.poll() is not None:
                    self._bury(child)
                elif child.program.answers is not None:
                    self._look(child, child.process)
        with self._lock:
            groups, self._groups = list(reversed(self._groups)), []
        for group in groups:
            _end([(child.process, child.program) for child in group if child.process is not None], kill=self._kill)
        self._note_change()

    def _may_start(self, child: _Child) -> bool:
        if child.program.may_start():
            return True
        child.due, child.pause = time.monotonic() + LOOK_SECONDS, FIRST_PAUSE  # what it died of is known, and may pass
        return False

    def _look(self, child: _Child, process: "subprocess.Popen[bytes]") -> None:
        """End what the kernel has stopped. Not in the thread that asks, which may be waiting for its answer."""
        if time.monotonic() < child.look_at:
            return
        child.look_at = time.monotonic() + LOOK_SECONDS
        child.stopped = child.stopped + 1 if _is_stopped(process.pid) else 0
        if child.stopped >= STOPPED_LOOKS:
            self._news(child.program.name, "is stopped: it is ended")
            process.kill()

    def _spawn(self, child: _Child) -> None:
        program = child.program
        child.starts += 1
        child.started, child.stopped, child.answered = time.monotonic(), 0, 0.0
        try:
            child.process = subprocess.Popen(
                leashed([*program.command]),
                cwd=program.folder,
                env=dict(program.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C at the terminal is for the supervisor alone
            )
        except OSError as error:  # no more processes or memory, or its folder is gone: it may pass
            child.last_lines.append(str(error))
            self._start_later(child, f"could not be started ({error})")
            return
        threading.Thread(target=self._read, args=(child, child.process), name=program.name, daemon=True).start()
        if program.answers is not None:
            asking = threading.Thread(target=self._ask, args=(child, child.process), name=f"ask {program.name}")
            asking.daemon = True
            asking.start()
        self._note_change()

    def _ask(self, child: _Child, process: "subprocess.Popen[bytes]") -> None:
        """Ask a process again and again whether it answers, and end it when it does not any more."""
        program = child.program
        assert program.answers is not None
        heard, broken = 0.0, 0
        while not self._stopping.wait(ASK_SECONDS) and process.poll() is None:
            try:
                answered = program.answers()
                broken = 0
            except Broken:
                answered, broken = False, broken + 1
            if answered:
                heard = time.monotonic()
                if child.process is process:
                    child.answered = child.answered or heard
                continue
            if broken >= BROKEN_ANSWERS:
                self._news(program.name, "answers that it can do nothing: it is ended")
                process.kill()
                return
            silent = time.monotonic() - heard if heard else 0.0
            if silent > program.silent_seconds:
                self._news(program.name, f"has not answered for {silent:.0f} s: it is ended")
                process.kill()
                return

    def _bury(self, child: _Child) -> None:
        assert child.process is not None
        code = child.process.returncode
        _sweep(child.process)
        child.process = None
        self._start_later(child, f"was ended by {_name(-code)}" if code < 0 else f"ended with code {code}")

    def _start_later(self, child: _Child, why: str) -> None:
        now = time.monotonic()
        if now - child.started > STEADY_SECONDS or (child.answered and now - child.answered > SERVED_SECONDS):
            child.pause = FIRST_PAUSE
        child.due = now + child.pause
        self._news(child.program.name, f"{why}; starts again in {child.pause:g} s")
        child.pause = min(child.pause * 2, LONGEST_PAUSE)
        self._note_change()

    def _note_change(self) -> None:
        with contextlib.suppress(OSError):  # a full disk must not stop what runs
            self._changed()

    def _read(self, child: _Child, process: "subprocess.Popen[bytes]") -> None:
        """Copy what a process writes into its log file and to `tell`, until it closes its output."""
        assert process.stdout is not None
        path = self._log(child.program)
        with process.stdout as lines:
            for raw in lines:
                line = raw.decode("utf-8", "replace").rstrip()
                child.last_lines.append(line)
                with contextlib.suppress(OSError):  # a full disk must not stop the process that writes
                    log_files.append(path, line)
                self._tell(child.program.name, line)

    def _fault(self, child: _Child, what: str) -> Fault:
        said = next((line for line in reversed(child.last_lines) if line.strip()), "it wrote nothing")
        return Fault(
            f"{child.program.name} {what}: {said[:400]}",
            f"All it wrote is in {self._log(child.program)}; ./lumbung doctor looks for the usual causes.",
        )

    def _log(self, program: Program) -> Path:
        return self._logs / f"{program.name.replace(' ', '-')}.log"


def _is_stopped(pid: int) -> bool:
    """The kernel has stopped it (SIGSTOP, a debugger). Only where there is a /proc; elsewhere silence tells."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] in "Tt"
    except (OSError, IndexError):
        return False


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _end(group: Sequence[tuple["subprocess.Popen[bytes]", Program]], *, kill: bool) -> None:
    for process, _ in group:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
    patience = time.monotonic() + max((program.stop_seconds for _, program in group), default=0)
    for process, _ in group:
        try:
            process.wait(timeout=max(patience - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _sweep(process)


def _sweep(process: "subprocess.Popen[bytes]") -> None:
    """Whatever a dead process left in its session: workers of a web server whose master was killed, for example."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
