"""A registry of its own for each test module: its routes over a real socket, its database on the stack's MongoDB."""

import itertools
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from werkzeug.serving import make_server

from services.registry.actions.house import House
from services.registry.actions.imports import job
from services.registry.actions.imports.door import KIND
from services.registry.app import create_app, furnish
from services.registry.settings import Settings
from services.registry.store import SPECS
from shared.documents.mongo import Database
from shared.events import outbox
from shared.events.envelope import Event
from shared.house import PLUMBING
from shared.http.tokens import DevelopmentIssuer

if TYPE_CHECKING:
    from deploy.local.stack import Stack

CENTRE = "KUPANG"


@dataclass(frozen=True, slots=True)
class Registry:
    """The running house: ``as_(role)`` is a client with that role's token, ``rooms`` look behind the counter."""

    url: str
    rooms: House
    issuer: DevelopmentIssuer

    @property
    def database(self) -> Database:
        return self.rooms.database

    def as_(self, role: str = "officer", *, name: str = "Ana Petugas", scopes: list[str] | None = None) -> httpx.Client:
        token = self.issuer.mint(role, name, CENTRE, scopes)
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def work(self) -> None:
        """Do the jobs that are due, as the ``work`` process would."""
        self.rooms.jobs.run_due({KIND: lambda due: job.run(self.rooms, due)})

    def said(self, id: str) -> list[Event]:
        """The events of one candidate that wait for the relay, in their order."""
        return [event for event in outbox.waiting(self.database) if event.key == id]


@pytest.fixture(scope="module")
def registry(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    issuer = DevelopmentIssuer(tmp_path_factory.mktemp("issuer"), environment="development")
    database = Database(stack.mongodb_admin_uri, f"test_{uuid.uuid4().hex[:12]}")
    database.ensure([*PLUMBING, *SPECS])
    settings = Settings(
        lumbung_env="development",
        mongodb_uri=stack.mongodb_admin_uri,
        mongodb_database=database.name,
        kafka_bootstrap=stack.bootstrap,
        kafka_username="registry",
        kafka_password="unused",
        http_port=0,
        oidc_jwks=str(issuer.jwks_path),
        nik_key=b"k" * 32,
        nik_hash_key=b"h" * 32,
    )
    server = make_server("127.0.0.1", 0, create_app(settings, database=database), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Registry(f"http://127.0.0.1:{server.port}", furnish(settings, database), issuer)
    server.shutdown()
    thread.join()
    database.raw.client.drop_database(database.name)
    database.close()


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
