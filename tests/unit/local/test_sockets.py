"""A home that lies deep: its sockets are elsewhere, and short enough for the kernel wherever TMPDIR points."""

import tempfile
from pathlib import Path

import pytest

from deploy.local.folders import LONGEST_SOCKETS, Home


@pytest.mark.parametrize("letters", [5, 40, 70, 200])
def test_sockets_stay_short_in_any_temporary_folder(monkeypatch: pytest.MonkeyPatch, letters: int) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/tmp/" + "t" * letters)
    for depth in (1, 90, 200):
        assert len(str(Home(Path("/" + "h" * depth)).sockets)) <= LONGEST_SOCKETS


def test_nothing_stays_behind_of_a_home_that_lies_deep(tmp_path: Path) -> None:
    home = Home(tmp_path / ("h" * 90))
    assert home.path not in home.sockets.parents
    home.make()
    assert not home.sockets.exists(), "whoever only looks makes none"
    home.open_sockets()
    assert home.sockets.stat().st_mode & 0o777 == 0o700
    home.close_sockets()
    home.close_sockets()
    assert not home.sockets.exists()
