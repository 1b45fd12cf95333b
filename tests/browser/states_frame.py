"""The start, the search, help, and pages that cannot be shown."""

from tests.browser.matrix import State
from tests.support.console.fake_houses import FakeHouses


def no_drafts(houses: FakeHouses) -> None:
    houses.says("registry", "GET /v1/drafts", {"items": []})


STATES = [
    State("beranda", "nobody", "/", role=None),
    State("beranda", "empty", "/", prepare=no_drafts, main=True),
    State("beranda", "registry down", "/", prepare=lambda houses: houses.silence("registry")),
    State("cari", "empty", "/cari"),
    State("bantuan", "nobody", "/bantuan", role=None),
    State("terkunci", "nobody", "/terkunci", role=None),
    State("keluar", "nobody", "/sudah-keluar", role=None),
    State("trouble", "another role", "/ops", status=403),
    State("trouble", "not there", "/tidak-ada", status=404),
]
