"""Every page as a machine reads it: its headings, what the keyboard reaches and in which order, and no forgotten text.

A browser looks at the same pages in `tests/browser`, with axe and in every width; this costs a second and runs always.
"""

import gzip
import re

import pytest

from services.console.frame.form_words import SAYS
from tests.support.console.marked import Reader
from tests.support.console.visits import Visits, csrf
from tests.unit.console.test_one_house_down import CHECKS, Look, path_of, role_of, seen, told

pytestmark = pytest.mark.slow  # every page

LONG = "id-x-long"
FIRST_VIEW_BYTES = 40 * 1024
HEADERS = 700
"""Bytes of the headers of one answer, as measured in the browser, and some more."""


@pytest.fixture(scope="module")
def read(console: Visits) -> dict[Look, tuple[Reader, str]]:
    """(page, somebody who may come) → what it shows in the pseudo language, and all that the houses said."""
    pages = console.app.extensions["console.pages"]
    found = {}
    for look in [*((path_of(name, page.path), role_of(name)) for name, page in pages.items()), *CHECKS.items()]:
        answer = seen(console, look, language=LONG)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found[look] = (
                Reader(answer.get_data(as_text=True)),
                f"{console.houses.said} Ana Petugas Kupang BLK Contoh",
            )
    assert len(found) > 60
    return found


def test_a_page_has_one_first_heading_and_skips_no_level(read: dict[Look, tuple[Reader, str]]) -> None:
    for look, (page, _) in read.items():
        assert page.headings.count(1) == 1, look
        levels = page.headings[page.headings.index(1) :]
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), (look, levels)


def test_the_keyboard_goes_as_the_page_is_read_and_first_past_the_menu(read: dict[Look, tuple[Reader, str]]) -> None:
    for look, (page, _) in read.items():
        tag, first = page.stops[0]
        assert (tag, first.get("href")) == ("a", "#content"), look
        assert [found for _, found in page.stops if found.get("tabindex") not in (None, "0")] == [], look
        assert sum("autofocus" in found for _, found in page.stops) <= 1, look
        assert sorted(page.ids) == sorted(set(page.ids)), look


def test_every_field_has_its_label(read: dict[Look, tuple[Reader, str]]) -> None:
    for look, (page, _) in read.items():
        for tag, found in page.stops:
            if tag in ("input", "select", "textarea"):
                assert found.get("id") in page.labels or found.get("aria-label"), (look, found)


def test_every_text_stands_in_both_languages(read: dict[Look, tuple[Reader, str]]) -> None:
    left = {look: unmarked for look, (page, said) in read.items() if (unmarked := page.unmarked(said))}
    assert not left, "\n".join(f"{look}: {sorted(set(texts))}" for look, texts in left.items())


def test_every_button_pressed_with_nothing_typed_is_answered_in_words(console: Visits) -> None:
    """No form breaks on what is missing, and none answers with a sentence of its library."""
    theirs = re.compile("|".join(re.escape(one.split("%")[0]) for one in SAYS if not one.startswith("'")))
    by_blueprint = {page.blueprint.name: name for name, page in console.app.extensions["console.pages"].items()}
    pressed = 0
    for rule in console.app.url_map.iter_rules():
        name = by_blueprint.get(rule.endpoint.split(".")[0])
        if name is None or "POST" not in (rule.methods or ()):
            continue
        role = role_of(name)
        told(console, role)
        client = console.as_(role) if role else console.nobody()
        path = re.sub("<[^>]+>", "x", path_of(name, rule.rule))
        answer = client.post(path, data={"csrf_token": csrf(client, "/laporkan")})
        assert answer.status_code < 500 or "tidak menjawab" in answer.text, (rule.rule, answer.status_code)
        assert not theirs.search(answer.text), rule.rule
        listed = re.search(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
        lines = re.findall(r">([^<]+)</a>", listed[1]) if listed else []
        assert len(lines) == len(set(lines)), (rule.rule, "equal sentences tell no field", lines)
        pressed += 1
    assert pressed > 40


def test_a_first_view_is_light_and_every_button_works_without_a_script(console: Visits) -> None:
    """As a browser counts it (`tests/browser` does, with the headers): the page and all it brings, packed."""
    pages, heaviest = console.app.extensions["console.pages"], 0
    for name, page in pages.items():
        role = role_of(name)
        told(console, role)
        client = console.as_(role) if role else console.nobody()
        packed = {"Accept-Encoding": "gzip"}
        answer = client.get(path_of(name, page.path), headers=packed)
        if answer.status_code != 200:
            continue
        text = gzip.decompress(answer.data).decode() if answer.headers.get("Content-Encoding") else answer.text
        brought = set(re.findall(r'<(?:link|img)[^>]*(?:href|src)="(/[^"]+)"', text))
        weight = len(answer.data) + sum(len(client.get(one, headers=packed).data) for one in brought)
        heaviest = max(heaviest, weight)
        assert brought and weight + HEADERS * (1 + len(brought)) <= FIRST_VIEW_BYTES, (name, weight)
        assert not re.search(r'<script|<style|\son[a-z]+=|\sstyle=|href="#"|javascript:', text), name
        outside = re.sub(r"<form\b.*?</form>", "", text, flags=re.DOTALL)
        assert "<button" not in outside, name
    assert heaviest > 10_000, "it does not count the styles"
