"""Kafka's jars are fetched once, checked always, and never used with another hash."""

import hashlib
from pathlib import Path

import pytest

from deploy.local import jars
from deploy.local.jars import Jar
from deploy.local.problems import Fault

CONTENT = {"one": b"first jar", "two": b"second jar"}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "small.lock"
    lines = [f"org.example:{name}:1.0  sha256:{hashlib.sha256(body).hexdigest()}" for name, body in CONTENT.items()]
    path.write_text("\n".join(lines) + "\n")
    return path


class Repository:
    """A Maven repository in memory; `serves` can be spoilt by a test."""

    def __init__(self) -> None:
        self.serves = dict(CONTENT)
        self.asked: list[str] = []

    def __call__(self, jar: Jar, room: Path) -> Path:
        self.asked.append(jar.artifact)
        path = room / jar.filename
        path.write_bytes(self.serves[jar.artifact])
        return path


def test_the_first_start_fetches_every_jar_and_reports_its_progress(tmp_path: Path, lock: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = jars.ensure(
        cache=tmp_path, fetch=Repository(), lock=lock, report=lambda done, total: seen.append((done, total))
    )
    assert sorted(path.name for path in folder.iterdir()) == ["one-1.0.jar", "two-1.0.jar"]
    assert seen == [(1, 2), (2, 2)]


def test_a_second_start_asks_nobody(tmp_path: Path, lock: Path) -> None:
    jars.ensure(cache=tmp_path, fetch=Repository(), lock=lock)
    silent = Repository()
    jars.ensure(cache=tmp_path, fetch=silent, lock=lock)
    assert silent.asked == []


def test_a_jar_that_was_altered_on_disk_is_fetched_again(tmp_path: Path, lock: Path) -> None:
    folder = jars.ensure(cache=tmp_path, fetch=Repository(), lock=lock)
    (folder / "two-1.0.jar").write_bytes(b"altered")
    repository = Repository()
    jars.ensure(cache=tmp_path, fetch=repository, lock=lock)
    assert repository.asked == ["two"]
    assert (folder / "two-1.0.jar").read_bytes() == CONTENT["two"]


def test_a_repository_that_serves_another_file_is_named_with_both_hashes(tmp_path: Path, lock: Path) -> None:
    repository = Repository()
    repository.serves["one"] = b"not the first jar"
    with pytest.raises(Fault) as caught:
        jars.ensure(cache=tmp_path, fetch=repository, lock=lock)
    assert "one-1.0.jar has the wrong hash" in caught.value.cause
    assert hashlib.sha256(b"not the first jar").hexdigest() in caught.value.cause
    assert "LUMBUNG_MAVEN_MIRROR" in caught.value.fix
    assert not (jars.folder(tmp_path, lock) / "one-1.0.jar").exists()


def test_one_cut_answer_is_tried_again(tmp_path: Path, lock: Path) -> None:
    class Hiccup(Repository):
        def __call__(self, jar: Jar, room: Path) -> Path:
            path = super().__call__(jar, room)
            if self.asked.count(jar.artifact) == 1:
                path.write_bytes(path.read_bytes()[:3])
            return path

    folder = jars.ensure(cache=tmp_path, fetch=Hiccup(), lock=lock)
    assert (folder / "one-1.0.jar").read_bytes() == CONTENT["one"]


def test_a_failed_fetch_leaves_no_half_files_in_the_cache(tmp_path: Path, lock: Path) -> None:
    def unreachable(jar: Jar, room: Path) -> Path:
        raise Fault("The Maven repository could not be reached.", "Check the network.")

    with pytest.raises(Fault, match="could not be reached"):
        jars.ensure(cache=tmp_path / "cache", fetch=unreachable, lock=lock)
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


def test_a_mirror_that_nobody_answers_at_is_named_with_the_way_out(tmp_path: Path) -> None:
    fetch = jars.from_maven({"LUMBUNG_MAVEN_MIRROR": "http://127.0.0.1:9/maven"})
    with pytest.raises(Fault) as caught:
        fetch(jars.read_lock()[0], tmp_path)
    assert "http://127.0.0.1:9/maven could not be reached" in caught.value.cause
    assert "LUMBUNG_MAVEN_MIRROR" in caught.value.fix


def test_a_line_of_the_lock_that_is_no_jar_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.lock"
    broken.write_text("org.example:one:1.0 md5:abc\n")
    with pytest.raises(Fault, match=r"Line 1 of broken\.lock"):
        jars.read_lock(broken)


def test_the_committed_lock_pins_all_of_kafka() -> None:
    locked = jars.read_lock()
    assert len(locked) == 45
    assert {jar.version for jar in locked if jar.group == "org.apache.kafka"} == {jars.VERSION}
