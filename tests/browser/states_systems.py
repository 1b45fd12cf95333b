"""The pages of partner systems."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import systems
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID


def of(name: str, path: str, one: dict[str, Any] | None = None, silent: str = "", **more: Any) -> State:
    def prepare(houses: FakeHouses) -> None:
        systems.tell(houses, one=one)
        if silent:
            houses.silence(silent)

    return State("mitra", name, path, **{"role": "manager", "prepare": prepare, **more})


TROUBLED = {**systems.failing(), "id": ID}
DISABLED = systems.endpoint(status="DISABLED", reason="FAILING")

STATES = [
    of("list", "/mitra", main=True),
    of("partners down", "/mitra", silent="partners"),
    of("new", "/mitra/baru"),
    of("one", f"/mitra/{ID}", main=True),
    of("keys", f"/mitra/{ID}/kunci"),
    of("new endpoint", f"/mitra/{ID}/langganan-baru"),
    of("endpoint", f"/mitra/langganan/{ID}", main=True),
    of("endpoint failing", f"/mitra/langganan/{ID}", TROUBLED),
    of("endpoint disabled", f"/mitra/langganan/{ID}", DISABLED),
    of("endpoint closed", f"/mitra/langganan/{ID}", systems.endpoint(status="CLOSED")),
]
