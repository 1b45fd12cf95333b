"""``python -m tests.browser.readme`` (`make screenshots`): the pictures of README.md, the same on every day.

The pages are the console's own, shown with the recorded answers that its tests use, on a day that stands still; the
letter is the paper that an officer prints, as a picture.
"""

import io
import logging
import os
import sys
from functools import partial
from pathlib import Path
from unittest import mock

os.environ["TODAY"] = "2026-11-30"  # before the clock of the tests is made

import typst
from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from tests.browser.matrix import State
from tests.browser.states import STATES
from tests.support import today
from tests.support.console.browser import a_browser
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import COOKIE, Visits, on_a_port, the_console

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOST_BYTES = 60 * 1024
WIDTH, HEIGHT = 960, 880
LETTER_PPI = 66
COLOURS = 40

PAGES = {
    "candidate": "calon blocked with a way",
    "upload": "unggah report",
    "figures": "capaian wilayah map",
}
"""File → the state of the matrix that it shows."""
LETTER = "rujukan waiting"


def main() -> int:
    """Make all of them. Returns 1 when one is too heavy for a page that people read on a phone."""
    today.follow()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(parents=True, exist_ok=True)
    visits = the_console(FakeHouses())
    states = {state.id: state for state in STATES}
    with a_browser() as browser, on_a_port(visits) as base:
        for name, state in PAGES.items():
            _page(browser, base, visits, states[state], FOLDER / f"{name}.png")
    _letter(visits, states[LETTER], FOLDER / "letter.png")
    heavy = {path.name: path.stat().st_size for path in FOLDER.glob("*.png") if path.stat().st_size > MOST_BYTES}
    print("\n".join(f"{path.stat().st_size:6} {path.name}" for path in sorted(FOLDER.glob("*.png"))))
    if heavy:
        print(f"Heavier than {MOST_BYTES} bytes: {', '.join(heavy)}.", file=sys.stderr)
    return 1 if heavy else 0


def _page(browser: Browser, base: str, visits: Visits, state: State, picture: Path) -> None:
    cookies = _told(visits, state)
    size: ViewportSize = {"width": WIDTH, "height": HEIGHT}
    with browser.new_context(viewport=size, java_script_enabled=False, locale="id-ID") as context:
        context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(base + state.path)
        _kept(page.screenshot(), picture)


def _letter(visits: Visits, state: State, picture: Path) -> None:
    cookies = _told(visits, state)
    client = visits.app.test_client()
    for name, value in cookies.items():
        client.set_cookie(name, value)
    # The same compiler, template and fonts; only the form differs.
    painted = partial(_as_picture, typst.compile)
    with mock.patch.object(typst, "compile", painted):
        answer = client.get(f"{state.path}/surat.pdf")
    assert answer.status_code == 200, answer.status
    _kept(answer.get_data(), picture)


def _kept(seen: bytes, picture: Path) -> None:
    """In so many colours that nobody sees the difference: a third of the bytes."""
    Image.open(io.BytesIO(seen)).convert("RGB").quantize(COLOURS).save(picture, optimize=True)


def _as_picture(compiled: object, path: str, **how: object) -> bytes:
    del how["pdf_standards"]
    found: bytes = compiled(path, **{**how, "format": "png", "ppi": LETTER_PPI})  # type: ignore[operator]
    return found


def _told(visits: Visits, state: State) -> dict[str, str]:
    visits.houses.forget()
    state.prepare(visits.houses)
    return {COOKIE: visits.session(state.role, shared=state.shared)} if state.role else {}


if __name__ == "__main__":
    sys.exit(main())
