"""Everything matching knows of the world can be made again from the topics, while people go on writing."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pymongo

from deploy.demo.visitors import Answer
from deploy.local import houses as processes
from tests.e2e.world import World, a_candidate

if TYPE_CHECKING:
    from deploy.local.stack import Stack


class Counter:
    """An officer who registers and corrects people until told to stop."""

    def __init__(self, world: World) -> None:
        self.people: list[Answer] = []
        self._registry = world.officer("registry")
        self._enough = threading.Event()

    def work(self) -> None:
        while not self._enough.is_set():
            person = self._registry.post("/v1/candidates", a_candidate())
            changes = {"wishes": {"isco08": ["9111"], "destinations": ["MYS"]}}
            self.people.append(self._registry.patch(f"/v1/candidates/{person['id']}", changes, version=1))
            self._enough.wait(0.1)

    @contextmanager
    def open(self) -> Iterator[None]:
        thread = threading.Thread(target=self.work)
        thread.start()
        try:
            yield
        finally:
            self._enough.set()
            thread.join()


def rebuild(stack: "Stack", *options: str) -> tuple[int, str]:
    """The operator's command; its exit code and what it printed."""
    ended = subprocess.run(
        processes.command("matching", "rebuild", *options),
        env={**processes.base_environment(), **stack.environment("matching")},
        cwd=processes.ROOT,
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_a_rebuild_equals_the_live_read_model_and_mends_it_while_writes_go_on(world: World, stack: "Stack") -> None:
    counter = Counter(world)
    world.advice(world.officer("registry").post("/v1/candidates", a_candidate()))
    with counter.open():
        code, said = rebuild(stack, "--verify")
        assert code == 0, said
        lost, outdated = damaged(stack)
        code, said = rebuild(stack)
        assert code == 0, said
    assert len(counter.people) > 3, "there was hardly any load"
    code, said = rebuild(stack, "--verify")
    assert code == 0, said
    for person in (*counter.people, lost, outdated):
        assert world.advice(person)["as_of"]["candidate"] == person["version"]


def damaged(stack: "Stack") -> tuple[Answer, Answer]:
    """Lose one person and spoil another in the read model of matching, as a bad disk would; answers both."""
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(stack.mongodb_admin_uri)
    with client:
        people = client["lumbung_matching"]["people"]
        lost, spoilt = people.find({"consent": "GIVEN"}).sort("_id", 1).limit(2)
        people.delete_one({"_id": lost["_id"]})
        people.update_one({"_id": spoilt["_id"]}, {"$set": {"birth_date": "1950-01-01"}})
    return {"id": lost["_id"], "version": lost["version"]}, {"id": spoilt["_id"], "version": spoilt["version"]}
