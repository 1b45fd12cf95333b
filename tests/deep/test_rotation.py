"""Passwords are changed as docs/operating.md says: what runs goes on, who starts gets in, nothing is lost."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import httpx
import pymongo
import pytest
from pymongo.errors import OperationFailure

from deploy import broker, topics
from deploy.local import mongo, ports
from deploy.local.folders import ROOT, Home
from deploy.local.houses import HOUSES
from deploy.local.site import Existing
from deploy.local.stack import Stack
from shared import ids
from shared.documents.mongo import Database
from shared.events import outbox
from shared.events.bus import Reader
from shared.house import PLUMBING
from tests.support.bakery import broker_of, until
from tests.support.engines import a_stack

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Engines of these tests alone, and no house that would carry what is told here."""
    with a_stack(tmp_path_factory.mktemp("rotation")) as running:
        running.start_engines()
        _ = running.issuer  # makes the key set, which houses read when they start
        yield running


@contextmanager
def process(role: str, environment: Mapping[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", "services.training", role]
    running = subprocess.Popen(command, cwd=ROOT, env={"PATH": "", **environment})
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def web(stack: Stack, port: int, **changes: str) -> dict[str, str]:
    return stack.environment("training") | {"HTTP_SOCKET": "", "HTTP_PORT": str(port), "WORK_PORT": ""} | changes


def serves(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=10, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


class Caller(threading.Thread):
    """Asks what needs MongoDB, all the time, of whichever process is in service; as a proxy does that knows which."""

    def __init__(self, in_service: list[int]) -> None:
        super().__init__(daemon=True)
        self.in_service = in_service
        self.asked = self.rounds = 0
        self.failed: list[object] = []
        self.stopping = threading.Event()

    def through(self) -> None:
        """Wait until a whole round was asked of those that are in service now."""
        before = self.rounds
        until(lambda: self.rounds >= before + 2, seconds=180)

    def run(self) -> None:
        while not self.stopping.is_set():
            self.rounds += 1
            for port in list(self.in_service):
                try:
                    # A line of its own each time, so that the pool of the house is asked for more than one connection.
                    status = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=10, trust_env=False).status_code
                    if status != 200:
                        self.failed.append(status)
                except httpx.HTTPError as error:
                    self.failed.append(error)
                self.asked += 1


def test_a_mongodb_password_changes_while_two_webs_serve(own_stack: Stack) -> None:
    """Step by step: a second user, both processes one after the other, the first user dropped."""
    name = mongo.database_name("training")
    admin: pymongo.MongoClient[dict[str, object]] = pymongo.MongoClient(own_stack.mongodb_admin_uri)
    first, second = ports.free().training, ports.free().matching
    before = own_stack.mongodb_uri("training")
    user = own_stack.mongodb.houses["training"]
    after = before.replace(f"//{user.username}:{user.password}@", "//training_2:anew@")
    admin[name].command("createUser", "training_2", pwd="anew", roles=["readWrite", "dbAdmin"])
    try:
        with ExitStack() as running:
            webs = {port: running.enter_context(process("web", web(own_stack, port))) for port in (first, second)}
            until(lambda: serves(first) and serves(second), seconds=180)
            caller = Caller([first, second])
            caller.start()
            for port, other in ((first, second), (second, first)):
                caller.in_service[:] = [other]
                caller.through()  # what was asked of the one that ends is answered
                webs[port].terminate()
                assert webs[port].wait(timeout=60) == 0
                running.enter_context(process("web", web(own_stack, port, MONGODB_URI=after)))
                until(partial(serves, port), seconds=180)
                caller.in_service[:] = [first, second]
                time.sleep(1)
            admin[name].command("dropUser", user.username)
            time.sleep(2)
            caller.stopping.set()
            caller.join()
            assert caller.failed == [] and caller.asked > 10
            with pytest.raises(OperationFailure):
                pymongo.MongoClient(before).get_database().command("ping")
    finally:
        for command, login in (("dropUser", user.username), ("dropUser", "training_2")):
            with suppress(OperationFailure):
                admin[name].command(command, login)
        roles = ["readWrite", "dbAdmin"]
        admin[name].command("createUser", user.username, pwd=user.password, roles=roles, mechanisms=["SCRAM-SHA-256"])
        admin.close()


def test_a_kafka_password_changes_and_no_event_is_lost(own_stack: Stack) -> None:
    """What runs keeps its lines; what starts with the new password gets in; what starts with the old one does not."""
    topic = "training.courses.v1"
    database = Database(own_stack.mongodb_uri("training"), mongo.database_name("training"))
    database.ensure(PLUMBING)
    reader = Reader(broker_of(own_stack, "matching"), [topic], group=None)
    told: set[str] = set()

    def tell() -> str:
        id = ids.new()
        database.run(lambda tx: outbox.put(tx, topic=topic, key=id, type="course.closed", version=1, data=None))
        return id

    def heard(id: str) -> bool:
        for records in reader.poll(0.2).values():
            told.update((record.key or b"").decode() for record in records)
        return id in told

    def relay(**changes: str) -> dict[str, str]:
        return own_stack.environment("training") | {"WORK_PORT": "", "WORK_PULSE": "", "WORK_INSTANCE": ""} | changes

    def give(password: str) -> None:
        broker.apply(own_stack.kafka_admin, topics.load(), {"training": password})

    try:
        with process("work", relay()) as old:
            until(partial(heard, tell()), seconds=120)
            give("an entirely new one")
            during = [tell() for _ in range(5)]
            until(lambda: all(heard(id) for id in during), seconds=120)
            old.terminate()
            assert old.wait(timeout=60) == 0
        waiting = [tell() for _ in range(5)]
        with process("work", relay(KAFKA_PASSWORD="an entirely new one")):
            until(lambda: all(heard(id) for id in waiting), seconds=120)
    finally:
        give(own_stack.credentials("training").password)
        reader.close()
        database.close()


@pytest.mark.parametrize("engine", mongo.present(), ids=lambda engine: engine.kind)
def test_on_one_machine_a_deleted_password_is_made_anew(own_stack: Stack, tmp_path: Path, engine: mongo.Engine) -> None:
    home, chosen, kafka = Home(tmp_path / "home"), ports.free(), Existing(kafka=own_stack.kafka_admin)
    seen = []
    for _ in range(2):
        with Stack(home=home, ports=chosen, existing=kafka, engine=engine) as one:
            one.start_engines()
            for house in HOUSES:
                database = Database(one.mongodb_uri(house), mongo.database_name(house))
                database.ping()
                database.close()
            seen.append(one.mongodb_uri("registry"))
        home.secrets.joinpath("mongodb-registry").unlink()
    assert seen[0] != seen[1]
