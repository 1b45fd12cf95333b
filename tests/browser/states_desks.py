"""The pages behind the counter: sheets of people, double records, erasure."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import desks, people
from tests.support.console.desks import OTHER, TWIN
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID


def told(houses: FakeHouses) -> None:
    people.tell(houses)
    desks.tell(houses)


def ended(name: str, **changes: Any) -> State:
    def prepare(houses: FakeHouses) -> None:
        told(houses)
        houses.says("registry", "GET /v1/imports/*", desks.report(**changes))

    return State("calon unggah", name, f"/calon/unggah/{OTHER}", prepare=prepare, shared=False)


def two_niks(houses: FakeHouses) -> None:
    told(houses)
    houses.says("registry", f"GET /v1/candidates/{TWIN}", desks.twin(nik_last4="0001"))


def nothing_apart(houses: FakeHouses) -> None:
    told(houses)
    empty: dict[str, Any] = {
        "fitness": {"status": "UNTESTED", "on": None},
        "conditions": [],
        "records": None,
        "loans": [],
    }
    houses.says("registry", f"GET /v1/candidates/{ID}/specific", desks.specific(**empty))


def nothing_known(houses: FakeHouses) -> None:
    told(houses)
    houses.silence("training", "placement")


STATES = [
    State("calon unggah", "start", "/calon/unggah", prepare=told),
    State("calon unggah", "report, shared", f"/calon/unggah/{OTHER}", prepare=told),
    State("calon unggah", "report, alone", f"/calon/unggah/{OTHER}", prepare=told, shared=False, main=True),
    ended("saved", dry_run=False),
    ended("refused", dry_run=False, state="REFUSED"),
    State("pekerjaan", "sheets of people", "/pekerjaan", prepare=told),
    State("calon gabung", "whom", f"/calon/{ID}/gabung", prepare=told),
    State("calon gabung", "both", f"/calon/{ID}/gabung?dengan={TWIN}", prepare=told, main=True),
    State("calon gabung", "two niks", f"/calon/{ID}/gabung?dengan={TWIN}", prepare=two_niks),
    State("calon khusus", "shared", f"/calon/{ID}/khusus", role="supervisor", prepare=told),
    State("calon khusus", "some", f"/calon/{ID}/khusus", role="supervisor", prepare=told, shared=False, main=True),
    State("calon khusus", "nothing", f"/calon/{ID}/khusus", role="supervisor", prepare=nothing_apart, shared=False),
    State("calon catatan", "shared", f"/calon/{ID}/catatan", prepare=told),
    State("calon catatan", "officer", f"/calon/{ID}/catatan", prepare=told, shared=False),
    State("calon catatan", "read", f"/calon/{ID}/catatan", role="supervisor", prepare=told, shared=False, main=True),
    State("calon hapus", "asked", f"/calon/{ID}/hapus", prepare=told, main=True),
    State("calon hapus", "houses down", f"/calon/{ID}/hapus", prepare=nothing_known),
]
