"""The bakery and a client of it, for tests of the door."""

import base64
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.documents.mongo import Database
from shared.http.tokens import DevelopmentIssuer
from shared.settings import Common, read
from tests.integration.http.kitchen import Kitchen
from tests.support.limits import ENDLESS


@pytest.fixture
def kitchen(database: Database, tmp_path: Any) -> Kitchen:
    return Kitchen(database, DevelopmentIssuer(tmp_path, environment="development"))


@pytest.fixture
def client(kitchen: Kitchen) -> Iterator[FlaskClient]:
    with kitchen.app.test_client() as client:
        yield client


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIssuer:
    return DevelopmentIssuer(tmp_path_factory.mktemp("issuer"), environment="development")


@pytest.fixture
def house(request: pytest.FixtureRequest, database: Database, issuer: DevelopmentIssuer) -> FlaskClient:
    """The web application of the house that the test names by its parameter, on a database of its own."""
    name = str(request.param)
    environ = {
        "LUMBUNG_ENV": "development",
        "MONGODB_URI": "mongodb://127.0.0.1:1",
        "MONGODB_DATABASE": "x",
        "KAFKA_BOOTSTRAP": "127.0.0.1:1",
        "KAFKA_USERNAME": "x",
        "KAFKA_PASSWORD": "x",
        "HTTP_PORT": "1",
        "OIDC_JWKS": str(issuer.jwks_path),
    } | {
        key: base64.b64encode(bytes([number]) * 32).decode()
        for number, key in enumerate(("NIK_KEY", "NIK_HASH_KEY", "SNAPSHOT_KEY", "WEBHOOK_KEY", "LETTER_KEY"))
    }
    room = f"services.{name}.settings"
    own = vars(importlib.import_module(room)).values() if Path(room.replace(".", "/") + ".py").exists() else ()
    kind = next((one for one in own if isinstance(one, type) and issubclass(one, Common) and one is not Common), Common)
    specs = importlib.import_module(f"services.{name}.store").SPECS
    house = importlib.import_module("shared.house")
    database.ensure([*house.PLUMBING, *specs])
    app = importlib.import_module(f"services.{name}.app").create_app(
        read(kind, environ), database=database, limits=ENDLESS
    )
    client: FlaskClient = app.test_client()
    return client
