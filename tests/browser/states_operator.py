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


def never_fitted(houses: FakeHouses) -> None:
    operators.tell(houses)
    houses.says("matching", "GET /v1/model", operators.CARDS)


STATES = [
    State("ops", "behind", "/ops", role="operator", prepare=told("training"), main=True),
    State("ops", "all down", "/ops", role="operator", prepare=told(*NAMES)),
    State("ops", "set aside", "/ops/gagal", role="operator", prepare=told()),
    State("pekerjaan", "operator", "/pekerjaan", role="operator", prepare=told()),
    State("pekerjaan", "operator all down", "/pekerjaan", role="operator", prepare=told(*NAMES)),
    State("ops", "model never fitted", "/ops/model", role="operator", prepare=never_fitted),
    State("ops", "model", "/ops/model", role="operator", prepare=told()),
]
