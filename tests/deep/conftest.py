"""What the sequences of calls share: one province on running houses."""

import pytest

from deploy.local.stack import Stack
from tests.deep.site import Site


@pytest.fixture(scope="session")
def site(stack: Stack, houses: dict[str, str]) -> Site:
    return Site(stack)
