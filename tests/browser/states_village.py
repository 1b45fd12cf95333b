"""The page of a village's task force, and what an officer sees of it."""

from tests.browser.matrix import State
from tests.support.console import people, villages
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID


def waiting(houses: FakeHouses) -> None:
    people.tell(houses)
    villages.tell(houses)


def closed(houses: FakeHouses) -> None:
    villages.tell(houses, sent=villages.submission(state="CLOSED", person=None, outcome="REGISTERED", alike=[]))


def down(houses: FakeHouses) -> None:
    houses.silence("registry")


def none(houses: FakeHouses) -> None:
    houses.says("registry", "GET /v1/submissions", {"items": [], "next": None})


STATES = [
    State("desa", "empty", "/desa", role="village_task_force", main=True),
    State("kiriman", "some", "/kiriman", prepare=waiting),
    State("kiriman", "none", "/kiriman", prepare=none),
    State("kiriman", "registry down", "/kiriman", prepare=down),
    State("kiriman satu", "shared", f"/kiriman/{ID}", prepare=waiting),
    State("kiriman satu", "alone", f"/kiriman/{ID}", prepare=waiting, shared=False),
    State("kiriman satu", "closed", f"/kiriman/{ID}", prepare=closed),
]
