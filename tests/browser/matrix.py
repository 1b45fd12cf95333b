"""Pages × states: what each page is shown with. A page's states stand in one list here; every view is tried on each."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.console.fake_houses import FakeHouses

Prepare = Callable[[FakeHouses], None]


@dataclass(frozen=True)
class State:
    """One page in one state: who looks (None: nobody), at which address, and what the houses say."""

    page: str
    name: str
    path: str
    role: str | None = "officer"
    prepare: Prepare = lambda houses: None
    status: int | None = 200
    """None: whatever a form answers that was sent with nothing in it, but no failure."""
    shared: bool = True
    main: bool = False
    """Also in `make test`; the others only in `make test-deep`."""

    pressed: bool = False
    """Its first button was pressed with nothing typed."""

    @property
    def id(self) -> str:
        return f"{self.page} {self.name}"
