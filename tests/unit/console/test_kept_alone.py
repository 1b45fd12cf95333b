"""What is typed for a part that is kept from a shared screen is not lost when the screen turns out to be shared."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.console.frame.kept import MARK
from tests.support.console import desks, people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed
from tests.support.console.people import ID
from tests.support.console.visits import Visits, csrf
from tests.unit.console.test_kept_form import fields

NOTES, APART, DATA = f"/calon/{ID}/catatan", f"/calon/{ID}/khusus", f"/calon/{ID}/data"
WORRY = "Pendampingnya menjawab untuknya."
SAID: dict[str, tuple[str, dict[str, str]]] = {
    NOTES: (NOTES, {"severity": "WARN", "text": WORRY}),
    f"{APART}/kesehatan": (APART, {"fitness": "UNFIT", "examined_on": "1/2/2026"}),
    f"{APART}/pinjaman": (APART, {"lender": "SPONSOR", "amount": "7654321"}),
    f"{DATA}/nik": (DATA, {"reason": WORRY}),
}
"""Where it is sent → the page that has the form, and what is typed."""


@pytest.fixture
def budi(visits: Visits, fakes: FakeHouses) -> FlaskClient:
    people.tell(fakes)
    desks.tell(fakes)
    return visits.as_("supervisor", shared=False)


def turned(client: FlaskClient, after: str = "/lanjutkan") -> Any:
    """The shared screen is switched on or off."""
    return client.post("/layar-bersama", data={"csrf_token": csrf(client), "next": after})


@pytest.mark.parametrize("path", SAID)
def test_it_waits_until_its_writer_is_alone_and_is_then_sent_as_it_was_typed(
    budi: FlaskClient, fakes: FakeHouses, path: str
) -> None:
    page, said = SAID[path]
    form = typed(budi.get(page).text, path, **said)
    turned(budi)
    answer = budi.post(path, data=form)
    assert answer.status_code == 409 and "Matikan layar bersama dan lanjutkan" in answer.text
    assert "bukan untuk peran" not in answer.text
    sent = {"PUT", "POST"} & {one.method for one in fakes.asked if one.path.startswith(f"/v1/candidates/{ID}")}
    assert not sent, "nothing is taken beside somebody"
    for shown in (answer.text, budi.get("/lanjutkan").text):
        assert all(value not in shown for value in said.values() if len(value) > 4), "nor is it shown to them"
    assert turned(budi).location == "/lanjutkan"
    again = fields(budi.get("/lanjutkan").text, path)
    assert {name: again[name] for name in said} == said and again["once"] == form["once"]
    budi.post(path, data=again)
    assert [one.method for one in fakes.asked if one.method in ("PUT", "POST") and f"/{ID}/" in one.path]
    assert budi.get("/lanjutkan").location == "/", "it is kept no longer"


def test_it_waits_again_when_it_is_sent_again_beside_somebody(budi: FlaskClient, fakes: FakeHouses) -> None:
    form = typed(budi.get(NOTES).text, NOTES, **SAID[NOTES][1])
    turned(budi)
    for _ in range(2):
        assert budi.post(NOTES, data=form).status_code == 409
        turned(budi)
        form = fields(budi.get("/lanjutkan").text, NOTES)
        turned(budi)
    assert form["text"] == WORRY and fakes.of("registry", "POST *risk-notes") == []


def test_whoever_has_no_such_form_is_sent_away(budi: FlaskClient, fakes: FakeHouses) -> None:
    form = typed(budi.get(NOTES).text, NOTES, **SAID[NOTES][1])
    turned(budi)
    form.pop(MARK)
    assert budi.post(NOTES, data=form).status_code in (400, 403)
    assert fakes.of("registry", "POST *risk-notes") == [] and budi.get("/lanjutkan").location == "/"
