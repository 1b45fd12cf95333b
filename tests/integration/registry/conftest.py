"""A registry of its own for each test module: its routes over a real socket, its database on the stack's MongoDB."""

import itertools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from services.registry.actions import drafts
from services.registry.actions.house import House
from services.registry.actions.imports import job
from services.registry.actions.imports.door import KIND
from services.registry.app import build_house, create_app
from services.registry.settings import Settings
from services.registry.store import SPECS
from tests.support.served import Served, served

if TYPE_CHECKING:
    from deploy.local.stack import Stack


@dataclass(frozen=True, slots=True)
class Registry(Served[Settings]):
    """The running house; ``rooms`` look behind the counter."""

    rooms: House

    def work(self) -> None:
        """Do the jobs that are due, as the ``work`` process would."""
        self.rooms.jobs.run_due(
            {KIND: lambda due: job.run(self.rooms, due), drafts.KIND: lambda due: drafts.lapse(self.rooms, due.id)}
        )


@pytest.fixture(scope="module")
def registry(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    keys = {"nik_key": b"k" * 32, "nik_hash_key": b"h" * 32}
    with served(stack, tmp_path_factory.mktemp("issuer"), Settings, create_app, SPECS, **keys) as here:
        yield Registry(here.url, here.settings, here.database, here.issuer, build_house(here.settings, here.database))


@pytest.fixture(scope="module")
def officer(registry: Registry) -> Iterator[httpx.Client]:
    with registry.as_("officer") as client:
        yield client


@pytest.fixture(scope="module")
def supervisor(registry: Registry) -> Iterator[httpx.Client]:
    with registry.as_("supervisor", name="Budi Pengawas") as client:
        yield client


@pytest.fixture(scope="module")
def a_person() -> Callable[..., dict[str, Any]]:
    """A registration that no other test has made: its name and NIK are new with every call."""
    return new_person


_SYLLABLES = ("ba", "ko", "ri", "ne", "tu", "la", "mo", "sa", "wi", "do", "pe", "ga", "ju", "hi", "fe", "ra")


_serials = itertools.count(1)


def new_person(**more: Any) -> dict[str, Any]:
    number = uuid.uuid4().int
    name = " ".join(
        "".join(_SYLLABLES[number >> (4 * (3 * word + part)) & 15] for part in range(3)).title() for word in range(3)
    )
    return {
        "full_name": name,
        "nik": f"995306440401{next(_serials):04d}",
        "birth_date": "2001-04-04",
        "sex": "F",
        "regency": "53.06",
        "consents": [{"purpose": "MATCHING", "method": "WRITTEN"}],
        **more,
    }
