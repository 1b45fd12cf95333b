"""Pages for everybody."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import publics
from tests.support.console.fake_houses import FakeHouses


def told(*silent: str, **more: Any) -> Any:
    def prepare(houses: FakeHouses) -> None:
        publics.tell(houses, **more)
        houses.silence(*silent)

    return prepare


def nothing_open(houses: FakeHouses) -> None:
    houses.says("training", "GET /v1/open-batches", publics.open_batches())


STATES = [
    State("kursus terbuka", "many", "/kursus-terbuka", role=None, prepare=told(), main=True),
    State("kursus terbuka", "none", "/kursus-terbuka?wilayah=53.06", role=None, prepare=nothing_open),
    State("kursus terbuka", "training down", "/kursus-terbuka", role=None, prepare=told("training")),
]
