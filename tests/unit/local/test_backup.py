"""A backup holds all that matters of a home and nothing else; a restore never overwrites and never half succeeds."""

import io
import tarfile
from pathlib import Path

import pytest

from deploy.local import backup, state
from deploy.local.folders import Home
from deploy.local.problems import Fault


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that something ran in, once."""
    one = Home(tmp_path / "home")
    one.make()
    (one.secrets / "nik-key").write_text("secret")
    one.kafka.mkdir()
    (one.kafka / "00000.log").write_bytes(b"records")
    (one.logs / "kafka.log").write_text("said")
    (one.path / "cache").mkdir()
    return one


def test_what_was_backed_up_is_restored_and_what_a_start_makes_is_left_out(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "kept.tar.gz"
    assert backup.take(home, file) == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0, "it holds the secrets"
    fresh = Home(tmp_path / "other")
    backup.restore(fresh, file)
    assert (fresh.secrets / "nik-key").read_text() == "secret"
    assert (fresh.kafka / "00000.log").read_bytes() == b"records"
    assert not list(fresh.logs.iterdir()) and not (fresh.path / "cache").exists()
    assert fresh.secrets.stat().st_mode & 0o077 == 0


def test_a_backup_replaces_no_file_and_a_restore_no_data(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "kept.tar.gz"
    backup.take(home, file)
    with pytest.raises(Fault, match="there already"):
        backup.take(home, file)
    with pytest.raises(Fault, match="not empty"):
        backup.restore(home, file)
    with pytest.raises(Fault, match="in the home itself"):
        backup.take(home, home.logs / "kept.tar.gz")
    with pytest.raises(Fault, match="is no folder"):
        backup.take(home, tmp_path / "nowhere" / "kept.tar.gz")
    with pytest.raises(Fault, match="nothing in"):
        backup.take(Home(tmp_path / "never"), tmp_path / "other.tar.gz")


def test_nothing_is_copied_while_it_is_written_to(home: Home, tmp_path: Path) -> None:
    with state.locked(home), pytest.raises(Fault, match="already runs"):
        backup.take(home, tmp_path / "kept.tar.gz")
    assert list(tmp_path.iterdir()) == [home.path]


@pytest.mark.parametrize("wrong", ["cut", "text", "empty", "another archive", "missing", "climbing out"])
def test_what_is_no_whole_backup_leaves_an_empty_home(home: Home, tmp_path: Path, wrong: str) -> None:
    file, fresh = tmp_path / "kept.tar.gz", Home(tmp_path / "other")
    if wrong in ("another archive", "climbing out"):
        with tarfile.open(file, "w:gz") as archive:
            names = ["holiday.jpg"] if wrong == "another archive" else ["secrets/key", "../climbed"]
            for name in names:
                archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    elif wrong != "missing":
        (home.kafka / "00001.log").write_bytes(bytes(range(256)) * 4_000)
        backup.take(home, file)
        whole = file.read_bytes()
        file.write_bytes({"cut": whole[: len(whole) // 2], "text": b"hello", "empty": b""}[wrong])
    with pytest.raises(Fault, match="no whole backup|There is no"):
        backup.restore(fresh, file)
    assert not (tmp_path / "climbed").exists()
    assert not list(fresh.secrets.iterdir())
