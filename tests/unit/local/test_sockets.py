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
