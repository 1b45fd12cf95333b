"""Any one house killed: every page still answers, and says what is missing. New pages are in it by themselves."""

import re

import pytest

from tests.support.console import companies, operators, people, providers, publics, reviewers, supervisors, villages
from tests.support.console.fake_houses import NAMES, FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.visits import Visits
from tests.unit.console.test_danger import MAY

TELLERS = {
    "reviewer": (reviewers, supervisors),
    "provider": (providers,),
    "supervisor": (supervisors,),
    "operator": (operators,),
    "company": (companies,),
}
SAYS_SO = ("tidak menjawab", "belum bisa dibaca")
PAPERS = {f"/rujukan/{BATCH}/surat.pdf": "officer", f"/calon/{ID}/jalur-saya/jalur.pdf": "officer"}
CHECKS = {"/surat/8C4R9F3D4K": None}


def path_of(name: str, pattern: str) -> str:
    path = re.sub(r"<uuid:[^>]+>", BATCH if name in ("rujukan", "lamaran") else ID, pattern)
    return (
        re.sub(r"<int:[^>]+>", "2", path)
        .replace("<kode>", "PASSPORT")
        .replace("<jawaban>", "x")
        .replace("<slip>", people.SLIP)
    )


@pytest.mark.parametrize("house", NAMES)
def test_every_page_answers_and_says_what_is_missing(visits: Visits, fakes: FakeHouses, house: str) -> None:
    pages = visits.app.extensions["console.pages"]
    looks = {path_of(name, page.path): role_of(name) for name, page in pages.items()} | PAPERS | CHECKS
    quiet = []
    for path, role in looks.items():
        fakes.forget()
        people.tell(fakes)
        villages.tell(fakes)
        publics.tell(fakes)
        for teller in TELLERS.get(role or "", ()):
            teller.tell(fakes)
        fakes.silence(house)
        client = visits.as_(role) if role else visits.nobody()
        answer = client.get(path)
        assert answer.status_code in (200, 303, 404, 503), (path, answer.status_code)
        if not any(one.house == house for one in fakes.asked) or answer.mimetype != "text/html":
            continue
        text = answer.get_data(as_text=True)
        if answer.status_code != 303 and not any(said in text for said in SAYS_SO):
            quiet.append(path)
    assert quiet == []


def role_of(name: str) -> str | None:
    """Somebody who may come to the page; nobody where everybody may, but an officer at the start."""
    if name == "beranda":
        return "officer"
    return min(MAY[name], key=lambda role: (role is not None, role or ""))
