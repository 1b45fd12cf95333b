"""Any one house killed: every page still answers, and says what is missing. New pages are in it by themselves."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.support.console import (
    companies,
    desks,
    operators,
    organisations,
    people,
    providers,
    publics,
    reviewers,
    supervisors,
    systems,
    villages,
)
from tests.support.console.fake_houses import NAMES
from tests.support.console.people import BATCH, ID
from tests.support.console.visits import Visits
from tests.unit.console.test_danger import MAY

pytestmark = pytest.mark.slow  # every page, a house less each time

TELLERS = {
    "reviewer": (reviewers, supervisors, organisations),
    "provider": (providers,),
    "supervisor": (supervisors,),
    "operator": (operators,),
    "company": (companies, organisations),
    "manager": (systems,),
}
SAYS_SO = ("tidak menjawab", "belum bisa dibaca")
PAPERS = {f"/rujukan/{BATCH}/surat.pdf": "officer", f"/calon/{ID}/jalur-saya/jalur.pdf": "officer"}
CHECKS = {"/surat/8C4R9F3D4K": None}


def path_of(name: str, pattern: str) -> str:
    path = re.sub(r"<uuid:[^>]+>", BATCH if name in ("rujukan", "lamaran") else ID, pattern)
    path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
    return (
        re.sub(r"<int:[^>]+>", "2", path)
        .replace("<kode>", "PASSPORT")
        .replace("<jawaban>", "x")
        .replace("<slip>", people.SLIP)
    )


Look = tuple[str, str | None]


@pytest.fixture(scope="module")
def askers(console: Visits) -> dict[str, list[Look]]:
    """House → the pages that ask it while nothing is wrong, each with somebody who may come."""
    pages = console.app.extensions["console.pages"]
    looks = {path_of(name, page.path): role_of(name) for name, page in pages.items()} | PAPERS | CHECKS
    found: dict[str, list[Look]] = {house: [] for house in NAMES}
    for look in looks.items():
        seen(console, look)
        for house in {one.house for one in console.houses.asked}:
            found[house].append(look)
    return found


def seen(console: Visits, look: Look, *, silent: tuple[str, ...] = (), language: str = "id") -> TestResponse:
    """The page, on houses that know everything but those that are silent."""
    path, role = look
    told(console, role)
    console.houses.silence(*silent)
    client = console.as_(role) if role else console.nobody()
    client.set_cookie("bahasa", language)
    return client.get(path)


def told(console: Visits, role: str | None) -> None:
    """The houses know all that somebody of this role may be shown."""
    console.houses.forget()
    console.app.extensions["console.everybody"].forget()
    for teller in (people, desks, villages, publics, *TELLERS.get(role or "", ())):
        teller.tell(console.houses)


@pytest.mark.parametrize("house", NAMES)
def test_every_page_answers_and_says_what_is_missing(
    console: Visits, askers: dict[str, list[Look]], house: str
) -> None:
    quiet = []
    for look in askers[house]:
        answer = seen(console, look, silent=(house,))
        assert answer.status_code in (200, 303, 404, 503), (look, answer.status_code)
        text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else SAYS_SO[0]
        if answer.status_code != 303 and not any(said in text for said in SAYS_SO):
            quiet.append(look[0])
    assert quiet == []
    assert askers[house] or house == "partners"


def role_of(name: str) -> str | None:
    """Somebody who may come to the page; nobody where everybody may, but an officer at the start."""
    if name == "beranda":
        return "officer"
    return min(MAY[name], key=lambda role: (role is not None, role or ""))
