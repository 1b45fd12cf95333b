"""The pages of an operator."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import operators
from tests.support.console.fake_houses import NAMES, FakeHouses


def told(*silent: str) -> Any:
    def prepare(houses: FakeHouses) -> None:
        operators.tell(houses)
        houses.silence(*silent)

    return prepare


def nothing_wrong(houses: FakeHouses) -> None:
    operators.tell(houses)
    for name in NAMES:
        houses.says(name, "GET /v1/operations/quality", operators.quality(("COURSE_WAITS", 0)))


def never_fitted(houses: FakeHouses) -> None:
    operators.tell(houses)
    houses.says("matching", "GET /v1/model", operators.CARDS)


STATES = [
    State("ops", "behind", "/ops", role="operator", prepare=told("training"), main=True),
    State("ops", "all down", "/ops", role="operator", prepare=told(*NAMES)),
    State("ops", "set aside", "/ops/gagal", role="operator", prepare=told()),
    State("ops", "quality", "/ops/mutu", role="operator", prepare=told()),
    State("ops", "quality nothing wrong", "/ops/mutu", role="operator", prepare=nothing_wrong),
    State("ops", "quality all down", "/ops/mutu", role="operator", prepare=told(*NAMES)),
    State("pekerjaan", "operator", "/pekerjaan", role="operator", prepare=told()),
    State("pekerjaan", "operator all down", "/pekerjaan", role="operator", prepare=told(*NAMES)),
    State("ops", "model never fitted", "/ops/model", role="operator", prepare=never_fitted),
    State("ops", "model", "/ops/model", role="operator", prepare=told()),
]
