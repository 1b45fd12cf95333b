"""A full disk is said in one sentence, before the start or instead of what followed from it."""

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from deploy.local import space
from deploy.local.command import told
from deploy.local.problems import Fault


def left(monkeypatch: pytest.MonkeyPatch, megabytes: float) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=megabytes * 1e6))


def test_too_little_room_ends_the_start_before_anything_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left(monkeypatch, 99)
    with pytest.raises(Fault, match="Only 99 MB are free under") as caught:
        space.check(tmp_path)
    assert "TMPDIR" in caught.value.fix and "LUMBUNG_HOME" in caught.value.fix
    left(monkeypatch, 101)
    space.check(tmp_path)


def test_what_went_wrong_on_a_full_disk_is_the_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Fault("GET /v1/imports answered 500.", "See the logs.")
    left(monkeypatch, 50)
    assert space.cause_of(problem, tmp_path) is problem
    left(monkeypatch, 0)
    found = space.cause_of(problem, tmp_path)
    assert found.cause.startswith("The disk is full: 0 MB are free") and problem.cause in found.cause
    assert space.cause_of(problem, tmp_path / "gone") is problem
    assert space.cause_of(found, tmp_path) is found, "it is said once"


def test_a_write_of_the_command_itself_that_does_not_fit_is_told_and_no_stack(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def write() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/small/secrets")

    with pytest.raises(SystemExit) as ended:
        told(write)()
    assert ended.value.code == 1
    assert "The disk is full: /small/secrets could not be written." in " ".join(capsys.readouterr().err.split())

    def other() -> None:
        raise OSError(errno.EACCES, "Permission denied")

    with pytest.raises(OSError, match="Permission denied"):
        told(other)()
