"""What is typed stands in no address, no log and no cache: every form of every page, taken and refused."""

import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared import clock
from tests.support.console.fake_houses import NAMES, Asked
from tests.support.console.people import ID
from tests.support.console.visits import Visits
from tests.unit.console.test_danger import MAY, OFFICERS_PAGES, STAFF
from tests.unit.console.test_one_house_down import path_of, role_of, told

pytestmark = pytest.mark.slow  # every form

MARKER = "Nggadasmarker"
OF_PEOPLE = {name for name, roles in MAY.items() if roles <= {*STAFF, "village_task_force"}} | {"beranda", "laporkan"}
"""Pages on which people are named; what is typed on the others is tried where it is refused only."""

INSTEAD = (f"1/2/{clock.today().year + 1}", "2001-02-03", "12", "9111", "9953064404000077", "-")
"""What is typed where a form takes no words, one after the other."""
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


def kept(asked: Asked) -> dict[str, Any]:
    """What a house answers that takes everything: the same again, under an id."""
    sent = asked.body if isinstance(asked.body, dict) else {}
    return {
        **sent,
        "id": ID,
        "version": 2,
        "items": [],
        "nik": "9" * 16,
        "receipt": "1",
        "made_at": "2026-11-30T01:00:00Z",
        "changed": 1,
        "valid_until": "2026-11-30",
        "state": "MAKING",
        "key": "k",
    }


@pytest.mark.parametrize("taken", [True, pytest.param(False, marks=pytest.mark.deep)], ids=["taken", "refused"])
def test_what_is_typed_stands_in_no_address_no_log_and_no_cache(
    console: Visits, caplog: pytest.LogCaptureFixture, taken: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    pages = console.app.extensions["console.pages"]
    looks = [
        (path_of(name, page.path), role_of(name)) for name, page in pages.items() if not taken or name in OF_PEOPLE
    ]
    sent, done = set[str](), set[str]()
    for path, role in [*looks, *((path, "officer") for path in OFFICERS_PAGES if "?" in path)]:
        told(console, role)
        if taken:
            for house in NAMES:
                for method in ("POST", "PUT", "PATCH", "DELETE"):
                    console.houses.says(house, f"{method} *", kept, status=201)
        client = console.as_(role, shared=False) if role else console.nobody()
        for action, fields in list(forms_of(client, path)):
            for other in INSTEAD:
                answer = client.post(action, data=fields)
                assert answer.status_code < 500 or answer.status_code == 503, (path, action, answer.status_code)
                assert MARKER not in str(answer.headers), (path, action)
                assert role is None or answer.headers["Cache-Control"] == "no-store", (path, action)
                sent.add(path)
                if answer.status_code == 303:
                    done.add(path)
                    break
                for wrong in re.findall(r'href="#([a-z_0-9]+?)(?:-\d+)?"', answer.text):
                    if wrong in fields:
                        fields[wrong] = other
        for one in console.houses.asked:
            assert MARKER not in one.path + str(one.params), (path, one.path)
    assert MARKER not in "\n".join(str(record.__dict__) for record in caplog.records)
    home = f"/calon/{ID}"
    for form in ("/calon/baru", "/desa", f"{home}/data?bagian=identitas", f"{home}/keputusan", f"{home}/buka"):
        assert form in (done if taken else sent), f"{form} was not tried to its end"
    assert {"/cari", "/laporkan"} <= sent
