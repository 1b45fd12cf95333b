"""One supervisor per home, and a crashed one is told from one that runs."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from deploy.local import state
from deploy.local.folders import Home
from deploy.local.problems import Fault
from deploy.local.state import Process, State


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    return home


def a_state(*processes: Process) -> State:
    return State(pid=os.getpid(), since="2026-11-24 08:00:00", mongodb="m", kafka="k", processes=list(processes))


def test_what_is_written_is_read_again(home: Home) -> None:
    written = a_state(Process(name="kafka", pid=1, began=2.5, port=9092))
    state.write(home, written)
    assert state.read(home) == written


def test_half_a_file_counts_as_none(home: Home) -> None:
    home.state.write_text('{"pid": 1, "sin')
    assert state.read(home) is None


def test_a_second_supervisor_is_told_who_holds_the_home(home: Home) -> None:
    state.write(home, a_state())
    with state.locked(home), pytest.raises(Fault) as caught, state.locked(home):
        pass
    assert f"process {os.getpid()}, since 2026-11-24 08:00:00" in caught.value.cause
    assert "./lumbung down" in caught.value.fix


def test_the_lock_is_free_again_when_its_holder_was_killed(home: Home) -> None:
    code = (
        "import sys; from pathlib import Path; from deploy.local import state; from deploy.local.folders import Home\n"
        f"with state.locked(Home(Path({str(home.path)!r}))): print('mine', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert state.is_locked(home)
        holder.kill()
    assert not state.is_locked(home)


def test_only_a_process_that_began_at_the_recorded_moment_is_one_of_ours() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as alive:
        began = psutil.Process(alive.pid).create_time()
        ours, a_stranger = Process("kafka", alive.pid, began), Process("old kafka", alive.pid, began - 3_600)
        assert state.left_behind(a_state(ours, a_stranger)) == [ours]
        assert state.end_left_behind(a_state(ours)) == [ours]
        assert alive.wait(timeout=10) != 0
