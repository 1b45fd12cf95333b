"""What is typed stands in no address, no log and no cache: every form of every page, taken and refused."""

import logging
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.support.console.fake_houses import NAMES
from tests.support.console.people import ID
from tests.support.console.visits import Visits
from tests.unit.console.test_danger import OFFICERS_PAGES
from tests.unit.console.test_one_house_down import path_of, role_of, told

pytestmark = pytest.mark.slow  # every form

MARKER = "Nggadasmarker"
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>")
TEXTS = ("text", "search", "tel", "email", "number", None)


def of(tag: str, name: str) -> str | None:
    """The value of an attribute of this tag."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def filled(form: str) -> dict[str, str]:
    """Every field with something in it: the marker where words may stand, else the first that can be chosen."""
    fields: dict[str, str] = {}
    for found in FIELD.finditer(form):
        kind, tag = found.groups()
        name, value = of(tag, "name"), of(tag, "value") or ""
        if kind == "select":
            options = form[found.end() : form.index("</select>", found.end())]
            value = next(iter(re.findall(r'<option[^>]*value="([^"]+)"', options)), "")
        elif kind == "textarea" or of(tag, "type") in TEXTS:
            value = MARKER
        if name and of(tag, "type") != "file":
            fields.setdefault(name, value)
    return fields


def forms_of(client: FlaskClient, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(where it is sent, what is typed) of each form of a page that is posted and takes words."""
    for head, inside in FORM.findall(client.get(path).get_data(as_text=True)):
        if 'method="post"' in head and MARKER in (fields := filled(inside)).values():
            yield of(head, "action") or path, fields


@pytest.mark.parametrize("taken", [True, pytest.param(False, marks=pytest.mark.deep)], ids=["taken", "refused"])
def test_what_is_typed_stands_in_no_address_no_log_and_no_cache(
    console: Visits, caplog: pytest.LogCaptureFixture, taken: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    pages = console.app.extensions["console.pages"]
    looks = [(path_of(name, page.path), role_of(name)) for name, page in pages.items()]
    sent: set[str] = set()
    for path, role in [*looks, *((path, "officer") for path in OFFICERS_PAGES if "?" in path)]:
        told(console, role)
        if taken:
            for house in NAMES:
                for method in ("POST", "PUT", "PATCH", "DELETE"):
                    console.houses.says(
                        house, f"{method} *", {"id": ID, "version": 2, "items": [], "nik": "9" * 16}, status=201
                    )
        client = console.as_(role, shared=False) if role else console.nobody()
        for action, fields in list(forms_of(client, path)):
            answer = client.post(action, data=fields)
            assert answer.status_code < 500 or answer.status_code == 503, (path, action, answer.status_code)
            assert MARKER not in str(answer.headers), (path, action)
            assert role is None or answer.headers["Cache-Control"] == "no-store", (path, action)
            sent.add(path)
        for one in console.houses.asked:
            assert MARKER not in one.path + str(one.params), (path, one.path)
    assert MARKER not in "\n".join(str(record.__dict__) for record in caplog.records)
    home = f"/calon/{ID}"
    for form in ("/cari", "/calon/baru", "/laporkan", "/desa", f"{home}/data?bagian=identitas", f"{home}/keputusan"):
        assert form in sent, f"{form} has no form that takes words"
