"""The bakery and a client of it, for tests of the door."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.documents.mongo import Database
from shared.http.tokens import DevelopmentIssuer
from tests.integration.http.kitchen import Kitchen


@pytest.fixture
def kitchen(database: Database, tmp_path: Any) -> Kitchen:
    return Kitchen(database, DevelopmentIssuer(tmp_path, environment="development"))


@pytest.fixture
def client(kitchen: Kitchen) -> Iterator[FlaskClient]:
    with kitchen.app.test_client() as client:
        yield client
