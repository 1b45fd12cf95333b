"""Set-up: what it installs, when it has nothing to do, and what its failures say."""

from pathlib import Path

import pytest

from deploy import bootstrap


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place instead of .venv; what would be installed is noted in `installed.txt`."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "STAMP", venv / "lumbung-setup")
    monkeypatch.setattr(bootstrap, "_make_venv", lambda: None)
    monkeypatch.setattr(bootstrap, "_fetch_kafka", lambda: None)

    def install(files: list[Path]) -> None:
        with (tmp_path / "installed.txt").open("a") as note:
            note.write(" ".join(file.name for file in files) + "\n")

    monkeypatch.setattr(bootstrap, "_install", install)
    return tmp_path


def installed(checkout: Path) -> list[str]:
    note = checkout / "installed.txt"
    return note.read_text().splitlines() if note.exists() else []


def test_a_run_needs_no_packages_of_tests(checkout: Path) -> None:
    bootstrap.setup("run")
    assert installed(checkout) == ["house.txt words.txt plan.txt local.txt console.txt"]


def test_a_second_set_up_installs_nothing(checkout: Path) -> None:
    bootstrap.setup("run")
    bootstrap.setup("run")
    assert len(installed(checkout)) == 1


def test_who_has_the_packages_of_tests_keeps_them_for_a_run(checkout: Path) -> None:
    bootstrap.setup("test")
    bootstrap.setup("run")
    assert installed(checkout) == ["house.txt words.txt plan.txt local.txt console.txt test.txt cluster.txt"]


def test_a_stamp_that_does_not_fit_the_requirement_files_installs_again(checkout: Path) -> None:
    bootstrap.setup("run")
    bootstrap.STAMP.write_text("run 0123\n")
    bootstrap.setup("run")
    assert len(installed(checkout)) == 2


def test_a_full_disk_stops_before_anything_is_touched(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 400_000_000

    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: Full)
    with pytest.raises(bootstrap.Refused, match=r"nearly full: 0\.4 GB free"):
        bootstrap.setup("run")
    assert installed(checkout) == []


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "did not have its locked hash"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: No matching distribution found for flask==3.1.3", "index has no flask==3.1.3"),
        ("ERROR: Connection timed out", "registry could not be reached"),
        ("something odd", "Packages were not installed: something odd"),
    ],
)
def test_what_pip_says_is_translated(said: str, cause: str) -> None:
    assert cause in bootstrap._explained(said).args[0]


def test_a_package_that_was_withdrawn_is_named_with_the_file_and_the_command_that_renew_it() -> None:
    direct = bootstrap._explained("ERROR: No matching distribution found for flask==3.1.3").args[1]
    assert "version of it in requirements/console.in and requirements/house.in, then make lock" in direct
    of_another = bootstrap._explained("ERROR: No matching distribution found for werkzeug==3.1.9").args[1]
    assert "make lock UPGRADE=werkzeug" in of_another


@pytest.mark.parametrize(
    ("said", "packages"),
    [
        ("warning: `flask==3.1.3` is yanked (reason: \"broken\")\n", ["flask==3.1.3"]),
        ("WARNING: The candidate selected for download or install is a yanked version: 'flask' candidate "
         "(version 3.1.3 at https://example.org/flask.whl)\nReason for being yanked: broken\n", ["flask==3.1.3"]),
        ("Installed 3 packages\n", []),
    ],
    ids=["uv", "pip", "none"],
)  # fmt: skip
def test_a_yanked_package_is_told_from_what_the_installer_says(said: str, packages: list[str]) -> None:
    assert bootstrap.yanked(said) == packages


def test_every_package_is_locked_to_one_version_and_its_hashes() -> None:
    for file in ("setup.txt", "house.txt", "words.txt", "plan.txt", "local.txt", "test.txt"):
        text = (bootstrap.REQUIREMENTS / file).read_text()
        assert "--hash=sha256:" in text
        for line in text.splitlines():
            if line and not line[0].isspace() and not line.startswith("#"):
                assert "==" in line, f"{file}: {line}"
                assert line.endswith("\\"), f"{file}: {line} has no hash"


def test_no_requirement_file_names_a_place_to_download_from() -> None:
    for path in bootstrap.REQUIREMENTS.iterdir():
        assert "://" not in path.read_text(), path.name


def test_every_package_that_we_ask_for_says_why() -> None:
    for path in bootstrap.REQUIREMENTS.glob("*.in"):
        for line in path.read_text().splitlines():
            if "==" in line:
                assert len(line.partition(" # ")[2]) > 3, f"{path.name}: {line}"
