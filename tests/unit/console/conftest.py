"""The console on fake houses, for every test of this folder: made once, empty again before each test."""

import pytest
from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import Visits, the_console


@pytest.fixture(scope="session")
def console() -> Visits:
    return the_console(FakeHouses())


@pytest.fixture
def visits(console: Visits) -> Visits:
    console.memory.rows.clear()
    console.houses.forget()
    console.app.extensions["console.everybody"].forget()
    return console


@pytest.fixture
def fakes(visits: Visits) -> FakeHouses:
    return visits.houses


@pytest.fixture
def ana(visits: Visits, fakes: FakeHouses) -> FlaskClient:
    """An officer, on houses that know the recorded person."""
    people.tell(fakes)
    return visits.as_("officer")
