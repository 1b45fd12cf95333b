"""A real browser: Debian's Chromium through Playwright, axe for what keeps people out, and what a page weighs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import chromium
from tests.support.console.marked import ALIKE, NAMES, words

FIRST_VIEW_BYTES = 40 * 1024
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
VIEWS: dict[str, dict[str, Any]] = {
    "1280": WIDE,
    "360": {"viewport": {"width": 360, "height": 740}},
    "320": {"viewport": {"width": 320, "height": 700}},
    "forced-colours": {**WIDE, "forced_colors": "active"},
    "print": {"viewport": {"width": 794, "height": 1123}, "media": "print"},
    "long-texts": {"viewport": {"width": 360, "height": 740}, "language": "id-x-long"},
    "long-texts-1280": {**WIDE, "language": "id-x-long", "only": "overflow"},
    "long-texts-320": {"viewport": {"width": 320, "height": 700}, "language": "id-x-long", "only": "overflow"},
    "english": {"viewport": {"width": 360, "height": 740}, "language": "en", "only": "overflow"},
}
"""What is looked at beside the first view without a script. 794 x 1123 is a page of A4 at 96 dots an inch."""
WHOLE = ("1280", "360", "print")
"""Where axe tries all its rules. The other views show the same document in other sizes, lengths and the reader's own
colours: there it tries those that see a difference, a fifth of the work."""
OF_LAYOUT = ["target-size", "scrollable-region-focusable", "link-in-text-block", "css-orientation-lock"]
LANGUAGES = ("id", "id-x-long", "en")
FIRST_BUTTON = "main form[method=post] button.govuk-button:visible"


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
    """What was found of one page in one state. What is wrong stands in the lists, each with the view it was seen in."""

    status: int = 0
    bytes: int = 0
    """On the wire, headers too, of a first view without a script."""
    requests: int = 0
    overflow: dict[str, int] = field(default_factory=dict)
    """View -> pixels that hang over the edge, where any do."""
    violations: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    keyboard: list[str] = field(default_factory=list)


class Eyes:
    """Two windows of one browser that stay open: one without scripts, as pages are made for, one for axe.

    A page is loaded once a language and then seen in many views: loading it for each took three times as long.
    """

    def __init__(self, browser: Browser, base: str, pictures: Path) -> None:
        self._base, self._pictures = base, pictures
        self._bare = browser.new_context(**WIDE, java_script_enabled=False, locale="id-ID")
        self._helped = browser.new_context(**WIDE, bypass_csp=True, locale="id-ID")

    def close(self) -> None:
        self._bare.close()
        self._helped.close()

    def look(
        self,
        name: str,
        path: str,
        views: Sequence[str],
        *,
        cookies: dict[str, str],
        data: str = "",
        pressed: bool = False,
    ) -> Seen:
        """Open the page as a new visitor would, without scripts; then for axe in every one of `views`.

        ``data``: all that the houses said. A text of the page that is made of its words needs no translation.
        ``pressed``: what is looked at is the answer to the first button, pressed with nothing typed.
        """
        seen = Seen()
        self._first_view(name, path, cookies, seen, pressed)
        for language in LANGUAGES:
            wanted = [view for view in views if VIEWS[view].get("language", "id") == language]
            if wanted:
                with self._open(self._helped, {**cookies, "bahasa": language}) as page:
                    self._go(page, path, pressed)
                    self._in_views(page, name, wanted, seen, words(data) | ALIKE | NAMES)
        return seen

    def _first_view(self, name: str, path: str, cookies: dict[str, str], seen: Seen, pressed: bool) -> None:
        sizes: list[int] = []
        with self._open(self._bare, cookies) as page:
            wire = self._bare.new_cdp_session(page)
            wire.send("Network.enable")
            wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
            wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
            seen.status = self._go(page, path, pressed, sizes.clear)
            self._keep(page, "no-script", name)
        seen.bytes, seen.requests = sum(sizes), len(sizes)

    def _in_views(self, page: Page, name: str, views: Sequence[str], seen: Seen, known: set[str]) -> None:
        for view in views:
            how = VIEWS[view]
            page.set_viewport_size(how["viewport"])
            page.emulate_media(media=how.get("media", "screen"), forced_colors=how.get("forced_colors", "none"))
            if (over := int(page.evaluate(_WIDER))) > 0:
                seen.overflow[view] = over
            if "only" in how:
                continue
            seen.violations += [f"{view} {said}" for said in violations(page, view)]
            self._keep(page, view, name)
            if view == "360":
                seen.keyboard += walked(page)
            if how.get("language") == "id-x-long":
                seen.unmarked += [text for text in page.evaluate(_UNMARKED) if not words(text) <= known]

    def _go(self, page: Page, path: str, pressed: bool, opened: Callable[[], None] = lambda: None) -> int:
        """``opened``: called between the page and the answer to its button, which is what is looked at."""
        answer = page.goto(self._base + path)
        if pressed:
            opened()
            with page.expect_navigation() as went:
                page.locator(FIRST_BUTTON).first.click()
            answer = went.value
        return answer.status if answer else 0

    @contextmanager
    def _open(self, context: BrowserContext, cookies: dict[str, str]) -> Iterator[Page]:
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": value, "url": self._base} for name, value in cookies.items()])
        page = context.new_page()
        try:
            yield page
        finally:
            page.close()

    def _keep(self, page: Page, view: str, name: str) -> None:
        picture = self._pictures / view / f"{name.replace(' ', '-')}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture, full_page=True)


def violations(page: Page, view: str) -> list[str]:
    """What axe finds on a page as it is shown now."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    wanted = {"type": "tag", "values": TAGS} if view in WHOLE else {"type": "rule", "values": OF_LAYOUT}
    # Nobody points at paper.
    rules = {"target-size": {"enabled": False}} if VIEWS[view].get("media") == "print" else {}
    found = page.evaluate(_LOOK, {"runOnly": wanted, "rules": rules})
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def walked(page: Page) -> list[str]:
    """What is wrong with the way of the tabulator: something left out, out of order, without a mark, or hidden."""
    expected = page.evaluate(_STOPS)
    wrong: list[str] = []
    for number, stop in enumerate(expected):
        if number:
            page.keyboard.press("Tab")
        else:  # a page may have put the cursor into its search box
            page.evaluate("document.querySelector('[data-stop=\"0\"]').focus()")
        at = page.evaluate(_FOCUSED)
        if at["stop"] != stop["stop"]:
            return [*wrong, f"stop {number}: expected {stop['html']}, came to {at['html']}"]
        if not at["marked"]:
            wrong.append(f"no mark: {at['html']}")
        if not at["seen"]:
            wrong.append(f"out of sight: {at['html']}")
    return wrong


_LOOK = """async ({runOnly, rules}) => (await axe.run({runOnly, rules, resultTypes: ['violations']}))
  .violations.map(one => ({id: one.id, nodes: one.nodes.map(node => ({html: node.html}))}))"""
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_STOPS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  const groups = new Set();
  return all.filter(e => e.type !== 'hidden' && !e.disabled && e.checkVisibility() && e.tabIndex >= 0).filter(e => {
    if (e.type !== 'radio') return true;
    const group = [...(e.form || document).querySelectorAll(`input[type=radio][name="${CSS.escape(e.name)}"]`)];
    const chosen = group.find(one => one.checked);
    if (chosen) return e === chosen;
    if (groups.has(e.name)) return false;
    groups.add(e.name);
    return true;
  }).map((e, number) => { e.dataset.stop = number; return {stop: String(number), html: e.outerHTML.slice(0, 120)}; });
}"""
_FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const outlined = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  const label = e.labels && e.labels[0];
  const beside = label && ['::before', '::after'].some(part => outlined(getComputedStyle(label, part)));
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {stop: e.dataset ? e.dataset.stop : undefined, html: e.outerHTML.slice(0, 120),
          marked: outlined(style) || beside, seen: within};
}"""


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
