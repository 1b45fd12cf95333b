"""Each page in each state: nothing keeps anybody out, nothing hangs over the edge, nothing is heavy or untranslated.

Pictures are kept in `.lumbung/pictures/` and looked at for each release.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.matrix import State
from tests.browser.states import STATES
from tests.support.console.browser import FIRST_VIEW_BYTES, VIEWS, Seen, context_of, look
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import COOKIE, Visits, on_a_port, the_console

PICTURES = Path(__file__).resolve().parents[2] / ".lumbung" / "pictures"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Visits, str]]:
    visits = the_console(FakeHouses())
    with on_a_port(visits) as base:
        yield visits, base


def seen(browser: Browser, served: tuple[Visits, str], state: State, view: str) -> Seen:
    visits, base = served
    visits.houses.forget()
    visits.app.extensions["console.everybody"].forget()
    state.prepare(visits.houses)
    cookies = {COOKIE: visits.session(state.role, shared=state.shared)} if state.role else {}
    picture = PICTURES / view / f"{state.id.replace(' ', '-')}.png"
    data = f"{visits.houses.said} Ana Petugas Kupang"
    return look(browser, base, state.path, view=view, cookies=cookies, picture=picture, data=data)


def holds(found: Seen, state: State, view: str) -> None:
    assert found.status == state.status
    assert found.violations == []
    assert found.unmarked == []
    if view != "print":
        assert found.overflow <= 0
        assert found.bytes <= FIRST_VIEW_BYTES, f"{found.bytes} bytes in {found.requests} requests"


@pytest.mark.parametrize("view", ["1280", "320"])
@pytest.mark.parametrize("state", [state for state in STATES if state.main], ids=lambda state: state.id)
def test_a_main_page(browser: Browser, served: tuple[Visits, str], state: State, view: str) -> None:
    holds(seen(browser, served, state, view), state, view)


EVERYWHERE = ("1280", "360")
"""Views of every state; the others are tried on the main states, because a look takes a second and more."""

LOOKS = [(state, view) for state in STATES for view in VIEWS if state.main or view in EVERYWHERE]


@pytest.mark.deep
@pytest.mark.parametrize(("state", "view"), LOOKS, ids=[f"{state.id}-{view}" for state, view in LOOKS])
def test_every_page_in_every_state_and_the_main_ones_in_every_view(
    browser: Browser, served: tuple[Visits, str], state: State, view: str
) -> None:
    holds(seen(browser, served, state, view), state, view)


WIDTHS = (1280, 360, 320)
SPOKEN = ("id", "id-x-long")
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.deep
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.id)
def test_every_state_fits_every_width_in_both_lengths_of_text(
    browser: Browser, served: tuple[Visits, str], state: State
) -> None:
    """Without axe, so that no state of any page is left out: nothing hangs over the edge, on screen or on paper."""
    visits, base = served
    visits.houses.forget()
    visits.app.extensions["console.everybody"].forget()
    state.prepare(visits.houses)
    cookies = {COOKIE: visits.session(state.role, shared=state.shared)} if state.role else {}
    over: dict[tuple[str, object], int] = {}
    for spoken in SPOKEN:
        context = context_of(browser, "1280", {**cookies, "bahasa": spoken}, base, scripts=True)
        page = context.new_page()
        answer = page.goto(base + state.path)
        assert answer is not None and answer.status == state.status
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            over[spoken, width] = page.evaluate(_WIDER)
        page.emulate_media(forced_colors="active")
        over[spoken, "forced colours"] = page.evaluate(_WIDER)
        context.close()
    assert {view: by for view, by in over.items() if by > 0} == {}
