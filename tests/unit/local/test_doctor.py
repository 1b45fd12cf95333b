"""Every complaint that doctor knows, on a machine that has it and on one that has not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.local.doctor import BAD, GOOD, WARN, checks
from deploy.local.jars import Jar
from deploy.local.java import Java
from deploy.local.mongo import Engine
from deploy.local.problems import Fault
from deploy.local.state import Process, State

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
JAR = Jar(group="org.example", artifact="one", version="1.0", sha256="0" * 64)
CRASHED = State(pid=7, since="2026-11-23 09:00:00", mongodb="m", kafka="k")


def fail(cause: str, fix: str) -> None:
    raise Fault(cause, fix)


def test_a_port_that_a_stranger_holds_is_bad_and_names_the_stranger() -> None:
    found = checks.port("kafka", 9092, free=False, ours=False, holder=lambda number: "java (process 4711)")
    assert (found.grade, found.text) == (BAD, "taken by java (process 4711); kafka could not listen")
    assert "KAFKA_PORT=19092" in found.fix


def test_a_port_that_our_own_run_holds_is_good() -> None:
    found = checks.port("kafka", 9092, free=False, ours=True, holder=lambda number: "never asked")
    assert found.grade == GOOD


def test_no_java_and_no_wheel_of_one_is_bad() -> None:
    found = checks.java(lambda: fail("Kafka needs Java 17 or newer; there is none.", "Install one."))  # type: ignore[arg-type, return-value]
    assert (found.grade, found.fix) == (BAD, "Install one.")


def test_a_java_is_named_with_where_it_came_from() -> None:
    found = checks.java(lambda: Java(path=Path("/opt/java"), version=21, origin="JAVA_HOME"))
    assert (found.grade, found.text) == (GOOD, "version 21 from JAVA_HOME (/opt/java)")


def test_a_jar_with_a_wrong_hash_is_bad_and_says_which_file_to_delete(tmp_path: Path) -> None:
    (tmp_path / JAR.filename).write_bytes(b"altered")
    found = checks.jars(tmp_path, [JAR])
    assert found.grade == BAD
    assert "one-1.0.jar" in found.text
    assert f"rm {tmp_path / JAR.filename}" in found.fix


def test_jars_that_were_never_fetched_are_only_a_warning(tmp_path: Path) -> None:
    assert checks.jars(tmp_path, [JAR]).grade == WARN
    assert checks.jars(tmp_path, []).grade == GOOD


def test_an_unreachable_registry_is_bad_only_when_something_must_be_fetched() -> None:
    def unreachable() -> None:
        fail("The Maven repository could not be reached.", "Name another one in LUMBUNG_MAVEN_MIRROR.")

    assert checks.registry(True, unreachable).grade == BAD
    assert checks.registry(False, unreachable).grade == GOOD


@pytest.mark.parametrize(("free", "grade"), [(200_000_000, BAD), (700_000_000, WARN), (50_000_000_000, GOOD)])
def test_a_full_disk_is_told_before_it_hurts(free: int, grade: int) -> None:
    found = checks.disk(Path("/data"), free)
    assert found.grade == grade
    assert bool(found.fix) == (grade != GOOD)


@pytest.mark.parametrize(("available", "grade"), [(800_000_000, BAD), (2_000_000_000, WARN), (8_000_000_000, GOOD)])
def test_too_little_memory_is_told(available: int, grade: int) -> None:
    assert checks.memory(available, running=False).grade == grade


def test_a_lumbung_that_runs_has_its_memory_already() -> None:
    assert checks.memory(100_000_000, running=True).grade == GOOD


def test_a_crashed_run_that_left_processes_is_bad_and_lists_them() -> None:
    found = checks.crashed(CRASHED, locked=False, left_behind=[Process(name="kafka", pid=4711, began=1.0)])
    assert found.grade == BAD
    assert "stale lock and processes: kafka (4711)" in found.text
    assert "./lumbung down" in found.fix


def test_a_stale_lock_alone_is_a_warning_and_a_held_one_is_good() -> None:
    assert checks.crashed(CRASHED, locked=False, left_behind=[]).grade == WARN
    assert checks.crashed(CRASHED, locked=True, left_behind=[]).grade == GOOD
    assert checks.crashed(None, locked=False, left_behind=[]).grade == GOOD


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(hours=5), "5 hours ahead of the Maven repository"),
        (-timedelta(seconds=45), "45 seconds behind the Maven repository"),
    ],
)
def test_a_skewed_clock_is_bad_and_says_by_how_much_and_against_whom(ahead: timedelta, words: str) -> None:
    found = checks.clock(NOW, {"the Maven repository": NOW - ahead})
    assert found.grade == BAD
    assert words in found.text


def test_seconds_of_difference_do_no_harm() -> None:
    assert checks.clock(NOW, {"the Maven repository": NOW - timedelta(seconds=5)}).grade == GOOD
    assert checks.clock(NOW, {}).grade == GOOD


def test_the_mongodb_that_a_start_would_use_is_named() -> None:
    engine = Engine(kind="mongod", version="8.0.4", binary=Path("/usr/bin/mongod"))
    found = checks.mongodb(lambda: engine, lambda uri: "")
    assert (found.grade, found.text) == (GOOD, "MongoDB 8.0.4 (mongod)")


def test_a_given_mongodb_that_does_not_answer_is_bad() -> None:
    def silent(uri: str) -> str:
        raise Fault("The MongoDB of MONGODB_URI does not answer.", "Start it, or unset MONGODB_URI.")

    found = checks.mongodb(lambda: Engine(kind="existing", version="", uri="mongodb://nobody"), silent)
    assert (found.grade, found.fix) == (BAD, "Start it, or unset MONGODB_URI.")


def test_packages_that_are_not_the_locked_ones_are_a_warning() -> None:
    assert checks.setup("old", "new").fix == "make setup"
    assert checks.setup("same", "same").grade == GOOD
