"""Each page in each state: nothing keeps anybody out, nothing hangs over the edge, nothing is heavy or untranslated.

Pictures are kept in `.lumbung/pictures/<view>/` and looked at for each release. How long all states in
all views take, and how to look at a share of them only, stands in `tests/README.md`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.matrix import State
from tests.browser.states import STATES
from tests.support.console.browser import FIRST_VIEW_BYTES, VIEWS, Eyes, Seen, violations, walked
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import COOKIE, Visits, on_a_port, the_console

PICTURES = Path(__file__).resolve().parents[2] / ".lumbung" / "pictures"
Served = tuple[Visits, Eyes]


@pytest.fixture(scope="module")
def served(browser: Browser) -> Iterator[Served]:
    visits = the_console(FakeHouses())
    with on_a_port(visits) as base:
        eyes = Eyes(browser, base, PICTURES)
        yield visits, eyes
        eyes.close()


def seen(served: Served, state: State, views: tuple[str, ...]) -> Seen:
    visits, eyes = served
    visits.houses.forget()
    visits.app.extensions["console.everybody"].forget()
    state.prepare(visits.houses)
    cookies = {COOKIE: visits.session(state.role, shared=state.shared)} if state.role else {}
    data = f"{visits.houses.said} Ana Petugas Kupang BLK Contoh Tidak ada"
    return eyes.look(state.id, state.path, views, cookies=cookies, data=data, pressed=state.pressed)


def holds(found: Seen, state: State) -> None:
    assert found.status == state.status or (state.status is None and 200 <= found.status < 500)
    assert found.violations == []
    assert found.overflow == {}
    assert found.keyboard == []
    assert found.unmarked == []
    assert found.bytes <= FIRST_VIEW_BYTES, f"{found.bytes} bytes in {found.requests} requests"


@pytest.mark.parametrize("state", [state for state in STATES if state.main], ids=lambda state: state.id)
def test_a_main_page(served: Served, state: State) -> None:
    holds(seen(served, state, ("1280", "320")), state)


def share(states: list[State]) -> list[State]:
    """Those that this run looks at: all, or one part of as many as MATRIX says."""
    part, parts = (int(number) for number in os.environ.get("MATRIX", "1/1").split("/"))
    return states[part - 1 :: parts]


def test_no_page_is_left_out() -> None:
    visits = the_console(FakeHouses())
    at = visits.app.url_map.bind("console.test")
    paths = [state.path.partition("?")[0] for state in STATES if state.page != "trouble"]
    shown = {at.match(path)[0].rpartition(".")[0] for path in paths}
    assert {page.blueprint.name for page in visits.app.extensions["console.pages"].values()} - shown == set()


BAD = """<html lang=id><title>x</title><main><h1>a</h1><img src='data:,'><p style='color:#ddd;background:#fff'>pudar</p>
<a href=# style='font-size:4px'>kecil</a><a href=# style='font-size:4px'>b</a><button style='outline:none'>k</button>"""


@pytest.mark.deep
def test_what_is_wrong_is_seen(browser: Browser) -> None:
    page = browser.new_page(bypass_csp=True)
    page.set_content(BAD)
    assert {"image-alt", "color-contrast", "target-size"} <= {said.split(":")[0] for said in violations(page, "1280")}
    assert [said.split(":")[0] for said in walked(page)] == ["no mark"]
    page.close()


@pytest.mark.deep
@pytest.mark.parametrize("state", share(STATES), ids=lambda state: state.id)
def test_every_page_in_every_state_and_every_view(served: Served, state: State) -> None:
    holds(seen(served, state, tuple(VIEWS)), state)
