"""Pages for everybody."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, SLIP


def told(*silent: str, **more: Any) -> Any:
    def prepare(houses: FakeHouses) -> None:
        publics.tell(houses, **more)
        houses.silence(*silent)

    return prepare


def nothing_open(houses: FakeHouses) -> None:
    houses.says("training", "GET /v1/open-batches", publics.open_batches())


def first_day(houses: FakeHouses) -> None:
    publics.nothing_yet(houses)


FORUM = f"/capaian/forum/{publics.day(-80)}"

SEATS = f"/kursi/{BATCH}/{SLIP}"


def link_over(houses: FakeHouses) -> None:
    more = {"detail": "Minta tautan baru dari halaman lembaga."}
    houses.refuses("training", "GET /v1/seat-links/*", 410, "seat_link_over", "Tautan ini sudah lewat waktunya", **more)


STATES = [
    State("kursi", "asked", SEATS, role=None, prepare=told(), main=True),
    State("kursi", "over", SEATS, role=None, prepare=link_over, status=410),
    State("kursi", "training down", SEATS, role=None, prepare=told("training"), status=503),
    State("capaian", "all", "/capaian", role=None, prepare=told(), main=True),
    State("capaian", "first day", "/capaian", role=None, prepare=first_day),
    State("capaian", "matching down", "/capaian", role=None, prepare=told("matching")),
    State("capaian wilayah", "map", "/capaian/wilayah?ukuran=ASSESSED", role=None, prepare=told(), main=True),
    State("capaian wilayah", "first day", "/capaian/wilayah", role=None, prepare=first_day),
    State("capaian kabupaten", "one", "/capaian/53.06", role=None, prepare=told()),
    State("capaian kabupaten", "first day", "/capaian/53.20", role=None, prepare=first_day),
    State("capaian rencana", "some", "/capaian/rencana", role=None, prepare=told()),
    State("capaian rencana", "none", "/capaian/rencana?wilayah=53.20", role=None, prepare=told()),
    State("capaian kebutuhan", "some", "/capaian/kebutuhan", role=None, prepare=told()),
    State("capaian kebutuhan", "training down", "/capaian/kebutuhan", role=None, prepare=told("training")),
    State("capaian forum", "some", "/capaian/forum", role=None, prepare=told()),
    State("capaian forum", "first day", "/capaian/forum", role=None, prepare=first_day),
    State("capaian edisi", "one", FORUM, role=None, prepare=told()),
    State("capaian edisi", "down", FORUM, role=None, prepare=told("matching"), status=503),
    State("data", "tables", "/data", role=None, prepare=told()),
    State("kelola capaian", "manager", "/kelola-capaian", role="manager", prepare=told()),
    State("kelola koreksi", "manager", "/kelola-capaian/koreksi/2026-09-10", role="manager", prepare=told()),
    State("kelola capaian", "matching down", "/kelola-capaian", role="manager", prepare=told("matching")),
    State("kursus terbuka", "many", "/kursus-terbuka", role=None, prepare=told(), main=True),
    State("kursus terbuka", "none", "/kursus-terbuka?wilayah=53.06", role=None, prepare=nothing_open),
    State("kursus terbuka", "training down", "/kursus-terbuka", role=None, prepare=told("training")),
]
