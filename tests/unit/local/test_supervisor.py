"""The supervisor: groups in order, restarts with a growing pause, nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pymongo
import pytest
from pymongo.errors import AutoReconnect, OperationFailure

from deploy.local import log_files, supervisor
from deploy.local.answers import Broken, mongodb
from deploy.local.problems import Fault
from deploy.local.supervisor import Program, Stopped, Supervisor

pytestmark = pytest.mark.slow
"""Programs that start, die and start again: nearly all of their quarter of a minute is waiting."""

FOREVER = "import time; time.sleep(600)"


class Heard:
    """Collects what the supervisor tells."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def __call__(self, name: str, line: str) -> None:
        self.lines.append((name, line))

    def from_(self, name: str, line: str) -> bool:
        return (name, line) in self.lines

    def has(self, words: str) -> bool:
        return any(words in line for _, line in self.lines)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def watcher(tmp_path: Path, heard: Heard) -> Iterator[Supervisor]:
    running = Supervisor(logs=tmp_path, tell=heard)
    yield running
    running.stop(kill=True)


def python(name: str, code: str, folder: Path, **more: object) -> Program:
    return Program(
        name=name,
        command=[sys.executable, "-c", code],
        environment={"PATH": os.environ["PATH"]},
        folder=folder,
        **more,  # type: ignore[arg-type]
    )


def started(watcher: Supervisor, times: int) -> bool:
    (running,) = watcher.running()
    return running.starts == times and running.pid is not None


def eventually(true: Callable[[], object]) -> None:
    """Wait for something that another process does; a machine under load is given ten seconds."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def test_start_comes_back_when_the_program_is_ready(tmp_path: Path, watcher: Supervisor) -> None:
    mark = tmp_path / "ready"
    code = f"import pathlib, time; time.sleep(0.2); pathlib.Path({str(mark)!r}).touch(); time.sleep(600)"
    watcher.start([python("one", code, tmp_path, ready=mark.exists)])
    assert mark.exists()
    assert [(running.name, running.starts) for running in watcher.running()] == [("one", 1)]


def test_a_program_that_is_killed_starts_again(tmp_path: Path, watcher: Supervisor, heard: Heard) -> None:
    watcher.start([python("one", FOREVER, tmp_path)])
    first = watcher.pid("one")
    os.kill(first, signal.SIGKILL)
    eventually(partial(started, watcher, 2))
    assert watcher.pid("one") != first
    assert heard.has("was ended by SIGKILL; starts again in 0.25 s")


def test_the_pause_doubles_while_a_program_keeps_dying(tmp_path: Path, watcher: Supervisor, heard: Heard) -> None:
    watcher.start([python("one", FOREVER, tmp_path)])
    for starts, pause in ((2, "0.25"), (3, "0.5")):
        os.kill(watcher.pid("one"), signal.SIGKILL)
        eventually(partial(started, watcher, starts))
        assert heard.has(f"starts again in {pause} s")


def test_one_that_never_becomes_ready_is_given_up_with_its_last_words(tmp_path: Path, watcher: Supervisor) -> None:
    code = "import sys; sys.exit('MONGODB_URI is not set.')"
    with pytest.raises(Fault) as caught:
        watcher.start([python("registry web", code, tmp_path, ready=lambda: False)])
    assert "registry web ended 3 times before it was ready: MONGODB_URI is not set." in caught.value.cause
    assert str(tmp_path / "registry-web.log") in caught.value.fix


def test_one_that_cannot_be_started_is_given_up_with_the_reason(tmp_path: Path, watcher: Supervisor) -> None:
    with pytest.raises(Fault, match=r"one ended 3 times before it was ready: .*No such file or directory"):
        watcher.start([python("one", FOREVER, tmp_path / "gone")])


def test_one_that_hangs_is_given_up_when_its_time_is_over(tmp_path: Path, watcher: Supervisor) -> None:
    with pytest.raises(Fault, match="was not ready after 0 seconds: it wrote nothing"):
        watcher.start([python("one", FOREVER, tmp_path, ready=lambda: False)], seconds=0.2)


def test_groups_stop_in_the_reverse_order_and_may_finish(tmp_path: Path, heard: Heard) -> None:
    polite = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('bye', time.monotonic(), flush=True), sys.exit(0)))\n"
        "print('up', flush=True)\n"
        "time.sleep(600)"
    )
    watcher = Supervisor(logs=tmp_path, tell=heard)
    for name in ("engine", "house"):
        watcher.start([python(name, polite, tmp_path, ready=partial(heard.from_, name, "up"))])
    watcher.stop()

    def farewells() -> list[tuple[float, str]]:
        # By the moment of saying: on a busy machine two lines may be heard the other way round.
        return sorted((float(line.split()[1]), name) for name, line in heard.lines if line.startswith("bye"))

    eventually(lambda: len(farewells()) == 2)
    assert [name for _, name in farewells()] == ["house", "engine"]


def test_one_that_ignores_sigterm_is_killed(tmp_path: Path, heard: Heard) -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
    )
    watcher = Supervisor(logs=tmp_path, tell=heard)
    watcher.start([python("one", stubborn, tmp_path, stop_seconds=0.3, ready=lambda: heard.has("up"))])
    pid = watcher.pid("one")
    watcher.stop()
    assert not psutil.pid_exists(pid)


def test_what_a_program_started_itself_goes_with_it(tmp_path: Path, watcher: Supervisor, heard: Heard) -> None:
    code = (
        f"import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', {FOREVER!r}]);"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    watcher.start([python("one", code, tmp_path, ready=lambda: heard.lines)])
    grandchild = int(heard.lines[0][1])
    os.kill(watcher.pid("one"), signal.SIGKILL)
    eventually(lambda: not psutil.pid_exists(grandchild))


def test_whoever_waits_is_told_when_the_supervisor_stops(tmp_path: Path, heard: Heard) -> None:
    watcher = Supervisor(logs=tmp_path, tell=heard)
    watcher.stop()
    with pytest.raises(Stopped):
        watcher.start([python("one", FOREVER, tmp_path, ready=lambda: False)])


def test_all_that_was_written_is_kept_in_a_file_that_does_not_grow_for_ever(
    tmp_path: Path, watcher: Supervisor, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_files, "LOG_BYTES", 1_000)
    code = "import time; [print('y' * 99) for _ in range(30)]; print('all', flush=True); time.sleep(600)"
    watcher.start([python("one", code, tmp_path, ready=lambda: heard.has("all"))])
    assert (tmp_path / "one.log").stat().st_size <= 1_200
    assert (tmp_path / "one.log.1").exists()


def test_children_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    code = f"""
import sys
from functools import partial
from pathlib import Path
from deploy.local.supervisor import Program, Supervisor
watcher = Supervisor(logs=Path({str(tmp_path)!r}), tell=lambda name, line: None)
watcher.start([Program(name="one", command=[sys.executable, "-c", {FOREVER!r}], environment={{}}, folder=Path("."))])
print(watcher.pid("one"), flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert psutil.pid_exists(child)
        parent.kill()
    eventually(lambda: not psutil.pid_exists(child))


def test_a_program_that_lives_and_answers_no_more_is_started_again(
    tmp_path: Path, watcher: Supervisor, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "ASK_SECONDS", 0.05)
    answering = [True]
    watcher.start([python("mute", FOREVER, tmp_path, answers=lambda: answering[0], silent_seconds=0.3)])
    time.sleep(0.4)
    assert started(watcher, 1)
    answering[0] = False
    eventually(partial(started, watcher, 2))
    assert heard.has("has not answered for")


def test_a_program_that_says_that_it_can_do_nothing_is_started_again_soon(
    tmp_path: Path, watcher: Supervisor, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "ASK_SECONDS", 0.05)
    broken = [False]

    def answers() -> bool:
        if broken[0] and started(watcher, 1):
            raise Broken
        return True

    watcher.start([python("panicked", FOREVER, tmp_path, answers=answers, silent_seconds=600)])
    time.sleep(0.3)
    assert started(watcher, 1)
    broken[0] = True
    eventually(partial(started, watcher, 2))
    assert heard.has("answers that it can do nothing")


def test_a_mongodb_whose_storage_gave_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Collection:
        failure: Exception = OperationFailure("internal server error", 1)

        def update_one(self, *asked: object, **more: object) -> None:
            raise self.failure

    rows = Collection()
    monkeypatch.setattr(pymongo, "MongoClient", lambda uri, **more: {"lumbung_supervisor": {"beats": rows}})
    ask = mongodb("mongodb://nowhere")
    with pytest.raises(Broken):
        ask()
    rows.failure = OperationFailure("not authorised", 13)
    assert ask() is False
    rows.failure = AutoReconnect("away")
    assert ask() is False


def test_a_program_that_never_answered_is_given_its_time(
    tmp_path: Path, watcher: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "ASK_SECONDS", 0.05)
    watcher.start([python("slow to start", FOREVER, tmp_path, answers=lambda: False, silent_seconds=0.1)])
    time.sleep(0.6)
    assert started(watcher, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere silence tells, later")
def test_a_program_that_is_stopped_is_started_again_soon(
    tmp_path: Path, watcher: Supervisor, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "LOOK_SECONDS", 0.05)
    asking = time.sleep  # a question that is open while it is stopped keeps nobody from seeing it
    watcher.start([python("stopped", FOREVER, tmp_path, answers=lambda: asking(600) is None, silent_seconds=600)])
    time.sleep(0.3)
    os.kill(watcher.pid("stopped"), signal.SIGSTOP)
    eventually(partial(started, watcher, 2))
    assert heard.has("is stopped: it is ended")


def test_what_lacks_room_is_started_as_soon_as_there_is_some(
    tmp_path: Path, watcher: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk kills an engine at each start: after some it would wait ten seconds though there is room again."""
    monkeypatch.setattr(supervisor, "LOOK_SECONDS", 0.05)
    room = [True]
    watcher.start([python("engine", FOREVER, tmp_path, may_start=lambda: room[0])])
    room[0] = False
    os.kill(watcher.pid("engine"), signal.SIGKILL)
    time.sleep(supervisor.FIRST_PAUSE + 0.5)
    (waiting,) = watcher.running()
    assert (waiting.starts, waiting.pid) == (1, None)
    room[0] = True
    eventually(partial(started, watcher, 2))


def test_one_that_served_and_is_killed_again_and_again_need_not_wait_ever_longer(
    tmp_path: Path, watcher: Supervisor, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "ASK_SECONDS", 0.02)
    monkeypatch.setattr(supervisor, "SERVED_SECONDS", 0.1)
    watcher.start([python("victim", FOREVER, tmp_path, answers=lambda: True)])
    for blow in range(1, 4):
        eventually(partial(started, watcher, blow))
        time.sleep(0.4)
        os.kill(watcher.pid("victim"), signal.SIGKILL)
    eventually(partial(started, watcher, 4))
    assert not heard.has("starts again in 0.5 s")
