"""A matching house of its own for each test module: it hears what a test tells it, and answers over a real socket."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from werkzeug.serving import make_server

from services.matching.app import create_app
from services.matching.hears import hears
from services.matching.settings import Settings
from services.matching.store import SPECS
from services.matching.store.records import Records
from shared import clock, ids
from shared.documents.mongo import Database
from shared.events.envelope import Event
from shared.events.hearing import Hearing
from shared.house import PLUMBING
from shared.http.tokens import DevelopmentIssuer

if TYPE_CHECKING:
    from deploy.local.stack import Stack

TOPICS = {
    "candidate": "registry.candidates.v1",
    "course": "training.courses.v1",
    "batch": "training.batches.v1",
    "enrolment": "training.enrolments.v1",
    "job_order": "placement.job-orders.v1",
    "quota": "placement.quotas.v1",
    "policy": "placement.policies.v1",
    "application": "placement.applications.v1",
}


@dataclass(frozen=True, slots=True)
class Matching:
    """The running house: `hear` tells it something, `officer` asks it."""

    officer: httpx.Client
    hearing: Hearing
    issuer: DevelopmentIssuer

    @property
    def database(self) -> Database:
        return self.hearing.database

    def hear(self, noun: str, data: dict[str, Any] | None, *, key: str = "", version: int = 0) -> None:
        """One record of the noun's topic; `data` None is a tombstone of `key` at `version`."""
        topic = TOPICS[noun]
        if data is not None:
            key, version = data["id"], data["version"]
        owner = topic.partition(".")[0]
        event = Event(
            topic=topic,
            key=key,
            type=f"{owner}.{noun}.changed",
            version=version,
            source=f"/lumbung/{owner}",
            id=ids.new(),
            time=clock.now(),
            trace=None,
            data=data,
        )
        self.hearing.apply([event])


@pytest.fixture(scope="module")
def matching(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matching]:
    with a_matching_house(stack, tmp_path_factory.mktemp("issuer")) as house:
        yield house


@contextmanager
def a_matching_house(stack: "Stack", keys: Path) -> Iterator[Matching]:
    """A house with a database of its own; `keys`: an empty folder for its issuer."""
    issuer = DevelopmentIssuer(keys, environment="development")
    database = Database(stack.mongodb_admin_uri, f"test_{uuid.uuid4().hex[:12]}")
    database.ensure([*PLUMBING, *SPECS])
    settings = Settings(
        lumbung_env="development",
        mongodb_uri=stack.mongodb_admin_uri,
        mongodb_database=database.name,
        kafka_bootstrap=stack.bootstrap,
        kafka_username="matching",
        kafka_password="unused",
        http_port=0,
        oidc_jwks=str(issuer.jwks_path),
        snapshot_key=b"s" * 32,
    )
    server = make_server("127.0.0.1", 0, create_app(settings, database=database), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    token = issuer.mint("officer", "Ana Petugas", "KUPANG")
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    with client:
        yield Matching(client, Hearing(database, hears(Records(database))), issuer)
    server.shutdown()
    thread.join()
    database.raw.client.drop_database(database.name)
    database.close()
