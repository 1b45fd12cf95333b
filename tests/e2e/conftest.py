"""All houses as processes on real engines, and the visitors who use them as anybody could: over their public APIs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from deploy.demo.visitors import Visitors
from shared import clock
from tests.e2e.world import World

if TYPE_CHECKING:
    from deploy.local.stack import Stack


@pytest.fixture(scope="session")
def visitors(stack: "Stack", houses: dict[str, str]) -> Visitors:
    """Whoever knocks at a house."""
    assert set(houses) == {"registry", "training", "placement", "matching"}
    return Visitors(stack)


@pytest.fixture(scope="session")
def world(visitors: Visitors, stack: "Stack") -> World:
    """What the province, one provider and one company have published."""
    clock.follow(stack.home.clock)
    published = World(visitors)
    clock.follow(None)
    return published


@pytest.fixture(autouse=True)
def the_clock_of_the_site(stack: "Stack") -> Iterator[None]:
    """Days are counted from the site's own today, which the tests of this folder move."""
    clock.follow(stack.home.clock)
    yield
    clock.follow(None)
