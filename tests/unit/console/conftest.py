"""The console on fake houses, for every test of this folder."""

import pytest

from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import Visits, the_console


@pytest.fixture
def fakes() -> FakeHouses:
    return FakeHouses()


@pytest.fixture
def visits(fakes: FakeHouses) -> Visits:
    return the_console(fakes)
