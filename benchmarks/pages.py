"""How long does each page of the console take with a province of 100,000 people? On an embedded stack of its own.

    python -m benchmarks.pages                       100,000 people
    python -m benchmarks.pages --people 10000        fewer of them
    python -m benchmarks.pages --looks 40            how often each page is opened

The demo's story and three hundred people go in through the doors. They are then copied side by side into the houses
that keep people, with new ids, numbers, names and keys, straight into the engine: what is measured is looking, not
registering. Each page is opened by somebody who may, without scripts; a second person's page is opened each time, so
that no answer is an old one. Prints milliseconds from the request to the last byte. The promise: 95 of 100 looks
within 500 ms on secantusd-py, 250 ms on a faster engine.
"""

import argparse
import logging
import os
import re
import secrets
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pymongo

from deploy import demo
from deploy.demo import province
from deploy.demo.browser import Browser
from deploy.demo.visitors import Visitors
from deploy.local import ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from services.registry.model import names, numbers
from shared import clock

Document = dict[str, Any]

SEEDED = 300
TOGETHER = 1_000
PROMISE_MS = 500
FIRST_COPY = 1_000
"""Serial number of the first copy."""
COPIES = (("matching", "people"), ("training", "people"), ("placement", "candidates"))
"""Where else a person is kept, by the same id."""

PAGES: Sequence[tuple[str, str | None]] = (
    ("/", None),
    ("/kursus-terbuka", None),
    ("/capaian", None),
    ("/capaian/wilayah", None),
    ("/periksa?perusahaan=Flobamora", None),
    ("/", "Ana Petugas"),
    ("/calon/{id}", "Ana Petugas"),
    ("/calon/{id}/data?bagian=identitas", "Ana Petugas"),
    ("/calon/{id}/rujukan/baru", "Ana Petugas"),
    ("/calon/{id}/jalur-saya", "Ana Petugas"),
    ("/calon/{id}/jalur-saya/jalur.pdf", "Ana Petugas"),
    ("/calon/{id}/whatsapp", "Ana Petugas"),
    ("/calon/{id}/riwayat", "Ana Petugas"),
    ("/calon/{id}/syarat/PASSPORT", "Ana Petugas"),
    ("/calon/baru", "Ana Petugas"),
    ("/kiriman", "Ana Petugas"),
    ("/pengawas", "Budi Pengawas"),
    ("/pekerjaan", "Budi Pengawas"),
    ("/tinjau", "Rina Peninjau"),
    ("/kelola-capaian", "Maya Pengelola"),
    ("/ops", "Oka Operator"),
    ("/ops/gagal", "Oka Operator"),
    ("/kursus", "BLK Flobamora"),
    ("/rujukan-masuk", "BLK Flobamora"),
    ("/lowongan-kami", "PT Flobamora"),
)
"""Address, and who looks; None: nobody in particular. What else links lead each of them to comes by itself."""

SIGNS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|(?<=/)(\d\d\.\d\d|[A-Z_]{4,})$")
"""What stands for one record, regency or paper in an address: of all pages that differ by it, one is opened."""
NO_PAGE = re.compile(r"/(bahasa|masuk|keluar|lanjutkan|static|kursi)\b")

LISTS = ("?limit=20", "?limit=20&newest=true", "?limit=20&updated_since=2020-01-01T00:00:00Z")


def main() -> int:
    """Start a stack, fill it, measure, print; 1 where a page keeps nobody's promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=20)
    options = parser.parse_args()
    logging.getLogger("shared.http.tokens").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
        with Stack(home=Home(Path(folder) / "home"), ports=ports.free(), throw_away=True) as stack:
            stack.start_engines()
            stack.start_houses(console=True)
            demo.run(stack, people=SEEDED, advance=True)
            began = time.monotonic()
            ids = multiplied(stack, options.people)
            print(
                f"{len(ids):,} people in {time.monotonic() - began:.0f} s; {stack.engine.label}, {os.cpu_count()} cores"
            )
            desk = Visitors(stack).staff("registry", "officer", "Ana Petugas").client
            return measured(stack.url("console"), desk, ids, options.looks)


def multiplied(stack: Stack, people: int) -> list[str]:
    """Copies of the people who are there, until there are so many; the ids of all copies."""
    client: pymongo.MongoClient[Document] = pymongo.MongoClient(stack.mongodb_admin_uri, tz_aware=True)
    registry = client["lumbung_registry"]["candidates"]
    grown = [row for row in registry.find({"alive": True}) if row["centre"] == "KUPANG" and row["consents"]]
    beside = {
        (house, kept): {row["_id"]: row for row in client[f"lumbung_{house}"][kept].find()} for house, kept in COPIES
    }
    called = (row["Nama lengkap"] for row in province.people(people, seed=7, today=clock.today()))
    made: list[str] = []
    copies = copied(grown, called, people)
    while some := list(islice(copies, TOGETHER)):
        registry.insert_many([copy for _, copy in some], ordered=False)
        for (house, kept), rows in beside.items():
            also = [{**rows[old], "_id": copy["_id"]} for old, copy in some if old in rows]
            client[f"lumbung_{house}"][kept].insert_many(also, ordered=False)
        made += [copy["_id"] for _, copy in some]
    serial = {"$set": {"value": FIRST_COPY + len(made)}}
    client["lumbung_registry"]["counters"].update_one({"_id": f"number-{clock.today().year}"}, serial, upsert=True)
    return made


def copied(grown: Sequence[Document], called: Iterator[str], people: int) -> Iterator[tuple[str, Document]]:
    """(id of the original, the copy), with all that must differ from person to person made anew."""
    for number, name in enumerate(islice(called, people)):
        person = grown[number % len(grown)]
        nik = {**person["nik"], "hash": secrets.token_hex(32)} if person["nik"] else None
        yield (
            person["_id"],
            {
                **person,
                "_id": str(uuid.uuid4()),
                "number": numbers.number(clock.today().year, FIRST_COPY + number),
                "full_name": name,
                "nik": nik,
                "natural_key": secrets.token_hex(32),
                "person_hash": secrets.token_hex(32),
                "name_keys": names.keys(name),
            },
        )


def measured(console: str, desk: httpx.Client, ids: Sequence[str], looks: int) -> int:
    """Open every page so many times, and search by name, number and beginning; print; 1 where one came late."""
    late = []
    print(f"{'page':<44}{'who':<18}{'median':>8}{'p95':>8}{'max':>8}   load {os.getloadavg()[0]:.1f}")
    windows = {who: Browser(console) for who in dict.fromkeys(who for _, who in PAGES)}
    for who, window in windows.items():
        if who:
            window.sign_in(who)
    others = iter(ids[:: max(len(ids) // ((looks + 1) * len(PAGES)), 1)])
    for path, who in PAGES:
        late += said(path, who or "nobody", partial(opened, windows[who], path, others), looks)
    officer = windows["Ana Petugas"]
    for asked in ("Maria", "Maria Witak", "Yulianna Teffa", "LB-2026-000012", "9953"):
        late += said(f"/cari {asked}", "Ana Petugas", partial(searched, officer, asked), looks)
    for listed in LISTS:
        late += said(f"GET /v1/candidates{listed}", "Ana Petugas", partial(asked_for, desk, listed), looks)
    told = {path.replace("{id}", "·").partition("?")[0] for path, _ in PAGES}
    for who, window in windows.items():
        for page, address in reached(window).items():
            if page not in told:
                told.add(page)
                late += said(page, who or "nobody", partial(opened, window, address, others), looks)
    late += said("the register of an office as a sheet", "Ana Petugas", partial(sheet_of, desk), 1)
    for window in windows.values():
        window.client.close()
    print(f"later than {PROMISE_MS} ms: {', '.join(late) or 'none'}")
    return 1 if late else 0


def reached(window: Browser) -> dict[str, str]:
    """Every page to which links lead from where this person starts, one of each kind → its address."""
    found: dict[str, str] = {}
    ahead = ["/"]
    while ahead:
        address = ahead.pop(0)
        page = SIGNS.sub("·", address.partition("?")[0])
        if page in found or NO_PAGE.match(page):
            continue
        answer = window.client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        found[page] = address
        if answer.headers["Content-Type"].startswith("text/html"):
            ahead += [unescape(link) for link in re.findall(r'<a\b[^>]*\bhref="(/[^"#]*)', answer.text)]
    return found


def opened(window: Browser, path: str, others: Iterator[str]) -> float:
    """Milliseconds of one page, of the next person where it is about one."""
    address = path.format(id=next(others)) if "{id}" in path else path
    began = time.perf_counter()
    answer = window.client.get(address)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return took


def searched(window: Browser, asked: str) -> float:
    """Milliseconds from pressing the button of the search box to the list."""
    window.open("/cari")
    began = time.perf_counter()
    window.press("Cari", q=asked)
    return (time.perf_counter() - began) * 1000


def asked_for(desk: httpx.Client, query: str) -> float:
    """Milliseconds of one page of the list of people, and of the one after it."""
    began = time.perf_counter()
    first = desk.get(f"/v1/candidates{query}").raise_for_status().json()
    took = time.perf_counter() - began
    if first["next"]:
        began = time.perf_counter()
        desk.get(f"/v1/candidates{query}&after={first['next']}").raise_for_status()
        took = max(took, time.perf_counter() - began)
    return took * 1000


def sheet_of(desk: httpx.Client) -> float:
    """Milliseconds until an office has its sheet, or is told that it would have too many rows."""
    began = time.perf_counter()
    answer = desk.post("/v1/candidates:export", json={"reason": "Mengukur lamanya", "regency": "53.06"})
    print(f"{answer.status_code}, {len(answer.content):,} bytes", end="  ")
    return (time.perf_counter() - began) * 1000


def said(page: str, who: str, look: Callable[[], float], looks: int) -> list[str]:
    """Measure one page; its name, where it was late. The first look is not counted: it compiles the template."""
    look()
    took = [look() for _ in range(looks)]
    p95 = statistics.quantiles(took, n=20)[-1] if looks > 1 else took[0]
    print(f"{page:<44}{who:<18}{statistics.median(took):>8.0f}{p95:>8.0f}{max(took):>8.0f}", flush=True)
    return [page] if p95 > PROMISE_MS else []


if __name__ == "__main__":
    sys.exit(main())
