"""All houses as processes on real engines, and the visitors who use them as anybody could: over their public APIs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from deploy.demo.visitors import Visitors
from shared import clock
from tests.e2e.world import World
from tests.support import today

if TYPE_CHECKING:
    from deploy.local.stack import Stack


@pytest.fixture(scope="session")
def visitors(stack: "Stack", houses: dict[str, str]) -> Visitors:
    """Whoever knocks at a house."""
    assert set(houses) == {"registry", "training", "placement", "matching", "partners"}
    return Visitors(stack)


@pytest.fixture(scope="session")
def console(stack: "Stack", houses: dict[str, str]) -> str:
    """The address of the pages for people, and a sign-in beside them."""
    stack.start_console()
    return stack.url("console")


@pytest.fixture(scope="module", autouse=True)
def the_clock_of_the_site(stack: "Stack") -> Iterator[None]:
    """Days are counted from the site's own today, which the tests of this folder move.

    For a whole module, and so before any other fixture of it: what a fixture sends has days in it too. Other folders
    keep the real time, hence not for the session.
    """
    clock.follow(stack.home.clock)
    yield
    today.follow()


@pytest.fixture(scope="module")
def world(published: list[World], visitors: Visitors) -> World:
    """What the province, one provider and one company have published."""
    if not published:
        published.append(World(visitors))
    return published[0]


@pytest.fixture(scope="session")
def published() -> list[World]:
    """The one world of the session, once a module has asked for it under the site's clock."""
    return []
