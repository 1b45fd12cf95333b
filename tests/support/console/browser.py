"""A real browser: Debian's Chromium through Playwright, axe for what keeps people out, and what a page weighs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import chromium
from tests.support.console.marked import ALIKE, NAMES, words

FIRST_VIEW_BYTES = 40 * 1024
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

VIEWS: dict[str, dict[str, Any]] = {
    "1280": {"viewport": {"width": 1280, "height": 900}},
    "360": {"viewport": {"width": 360, "height": 740}},
    "320": {"viewport": {"width": 320, "height": 700}},
    "forced-colours": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    "long-texts": {"viewport": {"width": 360, "height": 740}},
    "english": {"viewport": {"width": 1280, "height": 900}},
    "print": {"viewport": {"width": 794, "height": 1123}},
}
"""Every view is without JavaScript, except while axe looks: it is itself a script."""


@contextmanager
def a_browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "there is no Chromium on this machine"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Seen:
    """What one look at a page found."""

    status: int
    bytes: int
    requests: int
    overflow: int
    violations: list[str]
    unmarked: list[str]
    page: Page


def context_of(browser: Browser, view: str, cookies: dict[str, str], base: str, *, scripts: bool) -> BrowserContext:
    """A fresh browser window of this view with these cookies."""
    context = browser.new_context(**VIEWS[view], java_script_enabled=scripts, bypass_csp=scripts, locale="id-ID")
    speaks = {"long-texts": "id-x-long", "english": "en"}.get(view)
    everything = {**cookies, **({"bahasa": speaks} if speaks else {})}
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in everything.items()])
    return context


def look(
    browser: Browser,
    base: str,
    path: str,
    *,
    view: str = "1280",
    cookies: dict[str, str],
    picture: Path | None = None,
    data: str = "",
) -> Seen:
    """Open a page as a new visitor would, without scripts; then once more for axe and what only a script can ask.

    ``data``: all that the houses said. A text of the page that is made of its words needs no translation.
    """
    known = words(data) | ALIKE | NAMES
    bare = context_of(browser, view, cookies, base, scripts=False)
    page = bare.new_page()
    session = bare.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    answer = page.goto(base + path)
    if view == "print":
        page.emulate_media(media="print")
    if picture:
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture, full_page=True)
    bare.close()
    helped = context_of(browser, view, cookies, base, scripts=True)
    page = helped.new_page()
    page.goto(base + path)
    overflow = int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    violations = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
    unmarked = list(page.evaluate(_UNMARKED)) if view == "long-texts" else []
    unmarked = [text for text in unmarked if not words(text) <= known]
    helped.close()
    return Seen(answer.status if answer else 0, sum(sizes), len(sizes), overflow, violations, unmarked, page)


_UNMARKED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (walker.currentNode.parentElement.closest('[translate=no]')) continue;
    if (text && /[a-z]{3}/i.test(text) && !text.includes('⟦') && !text.includes('⟧')) found.push(text);
  }
  return found;
}"""
