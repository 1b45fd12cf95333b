"""The province's pages of organisations, and the keys of a company."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import companies, organisations
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID


def of(name: str, path: str, house: str = "", answer: str = "", body: Any = None, **more: Any) -> State:
    """A state of a page of organisations; ``house`` says something else, or nothing at all where there is no body."""

    def prepare(houses: FakeHouses) -> None:
        organisations.tell(houses)
        if answer:
            houses.says(house, answer, body)
        elif house:
            houses.silence(house)

    return State("lembaga", name, path, **{"role": "reviewer", "prepare": prepare, **more})


def own_keys(houses: FakeHouses) -> None:
    companies.tell(houses)
    organisations.tell(houses)


LISTED = organisations.partner(listing=organisations.LISTED, listed=True)
HELD = organisations.company(concerns=[ID])

STATES = [
    of("providers", "/lembaga", main=True),
    of("companies", "/lembaga?jenis=perusahaan"),
    of("partners", "/lembaga?jenis=mitra"),
    of("training down", "/lembaga", "training"),
    of("new provider", "/lembaga/pelatihan/baru"),
    of("new company", "/lembaga/perusahaan/baru"),
    of("new partner", "/lembaga/mitra/baru"),
    of("provider", f"/lembaga/pelatihan/{ID}", main=True),
    of("company held back", f"/lembaga/perusahaan/{ID}", "placement", "GET /v1/companies/*", HELD),
    of("partner listed", f"/lembaga/mitra/{ID}", "placement", "GET /v1/foreign-partners/*", LISTED),
    of("keys", f"/lembaga/perusahaan/{ID}/kunci"),
    State("kunci", "of a company", "/kunci", role="company", prepare=own_keys),
]
