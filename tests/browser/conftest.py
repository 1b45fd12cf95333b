"""One browser for the whole run. Where there is none, tests/conftest.py counts these tests as not run, and says so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.console.browser import a_browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with a_browser() as found:
        yield found
