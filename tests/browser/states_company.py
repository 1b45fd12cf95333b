"""The pages of a placement company."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import companies, people
from tests.support.console.companies import BATCH, ORDER
from tests.support.console.fake_houses import FakeHouses

LONG = {"id": "Penata laksana rumah tangga dan pendamping lanjut usia purnawaktu", "en": "Housekeeper and carer"}


def of_a_company(name: str, path: str, *, silent: str = "", main: bool = False, **more: Any) -> State:
    """A state of a page that a company looks at. ``more``: what :func:`companies.tell` takes."""

    def prepare(houses: FakeHouses) -> None:
        companies.tell(houses, **more)
        houses.silence(*filter(None, [silent]))

    return State("perusahaan", name, path, role="company", prepare=prepare, main=main)


def nothing(houses: FakeHouses) -> None:
    houses.says("placement", "GET /v1/job-orders", {"items": [], "next": None})
    houses.says("placement", "GET /v1/applications", {"items": [], "next": None})


ONE, APPLICANT = f"/lowongan-kami/{ORDER}", f"/pelamar/{BATCH}"
STOPPED = people.application("UNLAWFUL", state="STOPPED", stopped_at="SELECTED")

LEAVES = people.application("LAWFUL", state="AGREED", departure={"planned_on": "2026-11-30", "via": ["53.71", "65.03"]})
ASKED = {"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "condition", "code": "COLOUR_VISION"}]}
FOUND = companies.order("UNLAWFUL", requirements=ASKED)

STATES = [
    of_a_company("orders", "/lowongan-kami", one_order=companies.order("UNLAWFUL", title=LONG)),
    State("perusahaan", "no orders", "/lowongan-kami", role="company", prepare=nothing),
    of_a_company("placement down", "/lowongan-kami", silent="placement"),
    of_a_company("findings", ONE, one_order=companies.order("UNLAWFUL"), main=True),
    of_a_company("not judged", ONE, one_order=companies.order(None), shared=False),
    of_a_company("registry down", ONE, silent="registry"),
    of_a_company("publish", "/lowongan-kami/baru"),
    of_a_company("change", f"{ONE}/ubah"),
    of_a_company("change what the law found", f"{ONE}/ubah", one_order=FOUND),
    of_a_company("applicant", APPLICANT),
    of_a_company("applicant leaves", APPLICANT, application=LEAVES),
    of_a_company("applicant stopped", APPLICANT, application=STOPPED, shared=False),
]
