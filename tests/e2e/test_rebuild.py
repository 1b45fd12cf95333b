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
from tests.support.bakery import until

if TYPE_CHECKING:
    from deploy.local.stack import Stack


# Writes go on for as long as the operator's commands take. How many people are asked about in the end must not grow
# with that: on a busy machine it would be thousands.
MOST_PEOPLE = 40


class Counter:
    """An officer who registers people and corrects them, until told to stop; of many only corrections go on."""

    def __init__(self, world: World) -> None:
        self.people: list[Answer] = []
        self.corrected = 0
        self._registry = world.officer("registry")
        self._enough = threading.Event()
        self._failed: list[BaseException] = []

    def work(self) -> None:
        try:
            while not self._enough.is_set():
                if len(self.people) < MOST_PEOPLE:
                    self.people.append(self._registry.post("/v1/candidates", a_candidate()))
                self._correct(self.corrected % len(self.people))
                self._enough.wait(0.1)
        except BaseException as error:
            self._failed.append(error)

    def _correct(self, place: int) -> None:
        person = self.people[place]
        months = {"skills": [{"text": "masak", "source": "WORK", "months": self.corrected % 500}]}
        path = f"/v1/candidates/{person['id']}"
        self.people[place] = self._registry.patch(path, months, version=person["version"])
        self.corrected += 1

    def has_worked(self) -> bool:
        """There is some load by now."""
        if self._failed:
            raise self._failed[0]
        return self.corrected > 5

    @contextmanager
    def open(self) -> Iterator[None]:
        thread = threading.Thread(target=self.work)
        thread.start()
        try:
            until(self.has_worked, seconds=90)
            yield
        finally:
            self._enough.set()
            thread.join()
        self.has_worked()


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
    # These two stay as they are; of somebody who is being corrected nobody could say which version must come back.
    lost, spoilt = (world.officer("registry").post("/v1/candidates", a_candidate()) for _ in range(2))
    for person in (lost, spoilt):
        world.advice(person)
    counter = Counter(world)
    with counter.open():
        code, said = rebuild(stack, "--verify")
        assert code == 0, said
        damage(stack, lost["id"], spoilt["id"])
        code, said = rebuild(stack)
        assert code == 0, said
    code, said = rebuild(stack, "--verify")
    assert code == 0, said
    for person in (*counter.people, lost, spoilt):
        assert world.advice(person)["as_of"]["candidate"] == person["version"]
    assert birth_date(stack, spoilt["id"]) == spoilt["birth_date"]


def damage(stack: "Stack", lost: str, spoilt: str) -> None:
    """Lose one person and spoil another in the read model of matching, as a bad disk would."""
    with known_people(stack) as people:
        assert people.delete_one({"_id": lost}).deleted_count == 1
        assert people.update_one({"_id": spoilt}, {"$set": {"birth_date": "1950-01-01"}}).modified_count == 1


def birth_date(stack: "Stack", id: str) -> str:
    with known_people(stack) as people:
        return str((people.find_one({"_id": id}) or {})["birth_date"])


@contextmanager
def known_people(stack: "Stack") -> Iterator[Any]:
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(stack.mongodb_admin_uri)
    with client:
        yield client["lumbung_matching"]["people"]
