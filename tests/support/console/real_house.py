"""The console in front of one house that is real; the others do not exist."""

import dataclasses
import time
from dataclasses import asdict
from typing import Any, cast

import httpx
from flask.testing import FlaskClient

from services.console.frame.visitor import KEY, SHARED
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import COOKIE, a_visitor, the_console


class OneHouse(FakeHouses):
    """This house is real; the others do not exist here."""

    def __init__(self, name: str, url: str) -> None:
        super().__init__()
        self.real = {f"{name}_url": url}

    @property
    def addresses(self) -> dict[str, str]:
        return {**super().addresses, **self.real}

    @property
    def transport(self) -> httpx.BaseTransport:  # type: ignore[override]
        return httpx.HTTPTransport()


def a_browser(house: str, url: str, role: str, known: httpx.Client, *, shared: bool = True, **more: Any) -> FlaskClient:
    """A browser of somebody of this role, with the credential of ``known``."""
    visits = the_console(OneHouse(house, url))
    token = known.headers["Authorization"].removeprefix("Bearer ")
    someone = dataclasses.replace(a_visitor(role, **more), token=token)
    sessions = cast(Any, visits.app.session_interface)._sessions
    id = sessions.new_id()
    sessions.save(id, {KEY: asdict(someone), SHARED: shared, "seen": time.time()})
    client = visits.app.test_client()
    client.set_cookie(COOKIE, id)
    return client
