"""`make lock`: every requirement file, those that hold others first, and no address of an index."""

from pathlib import Path

from deploy import bootstrap, lock


def test_every_requirement_file_is_locked_after_those_that_hold_it_to_their_versions() -> None:
    wanted = {path.stem: path.read_text(encoding="utf-8") for path in bootstrap.REQUIREMENTS.glob("*.in")}
    assert set(lock.ORDER) == set(wanted)
    for at, name in enumerate(lock.ORDER):
        held = (line for line in wanted[name].splitlines() if line.startswith("-c "))
        holders = {line[3:].strip().removesuffix(".txt") for line in held}
        assert holders <= set(lock.ORDER[:at]), name


def test_only_what_was_asked_for_may_move() -> None:
    said = lock.command(Path("uv"), "house", ["flask", "httpx"])
    assert [word for word in said if word.startswith("--upgrade")] == [
        "--upgrade-package=flask",
        "--upgrade-package=httpx",
    ]
    assert "--upgrade" in lock.command(Path("uv"), "house", ["all"])
    assert {"--generate-hashes", "--universal", "--no-emit-index-url"} <= set(said)
