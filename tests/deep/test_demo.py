"""`lumbung demo` as a newcomer runs it: it tells the main job, ends with code 0, and leaves nothing on the machine."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.folders import ROOT
from tests.support.bakery import until

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(400)]


class Demo:
    """One run in a temporary folder of its own, by which its processes are known."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.said = folder.parent / "said.txt"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local", "demo", "--people", "12", *arguments],
                cwd=ROOT,
                env={**os.environ, "TMPDIR": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )

    def left(self) -> list[str]:
        """Processes that still work in its folder: every part of a stack has it in its arguments or its environment."""
        found = []
        for process in psutil.process_iter(["pid", "cmdline"]):
            try:
                mine = str(self.folder) in " ".join([*process.cmdline(), *process.environ().values()])
            except psutil.Error:
                continue
            if mine and process.pid != self.process.pid:
                found.append(" ".join(process.info["cmdline"] or []))
        return found


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    yield folder


def test_the_main_job_is_told_and_nothing_is_left(temporary: Path) -> None:
    demo = Demo(temporary, "--json")
    told, _ = demo.process.communicate(timeout=300)
    assert demo.process.returncode == 0, demo.said.read_text()[-2000:]
    story = json.loads(told)
    assert story["person"]["full_name"].endswith("(SYNTHETIC)")
    assert story["application"]["state"] == "APPLIED"
    assert demo.left() == []
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_end_in_the_middle_leaves_no_process(temporary: Path, blow: signal.Signals) -> None:
    demo = Demo(temporary, "--json")
    until(lambda: "Apache Kafka" in demo.said.read_text(), seconds=200)
    assert demo.left() != []
    demo.process.send_signal(blow)
    demo.process.communicate(timeout=60)
    assert demo.process.returncode == (-9 if blow == signal.SIGKILL else 130)
    until(lambda: demo.left() == [], seconds=30)
    if blow != signal.SIGKILL:
        assert list(temporary.iterdir()) == []
