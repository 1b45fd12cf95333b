"""The pages behind the counter on the real registry: a sheet, two records, what is kept apart, worries, erasure."""

import io
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from flask.testing import FlaskClient

from services.console.pages.unggah import kirim
from shared.ids import new as new_id
from tests.integration.registry.conftest import Registry
from tests.support.console.forms import typed as shown
from tests.support.console.real_house import a_browser
from tests.support.console.visits import csrf
from tests.support.today import day

Answer = dict[str, Any]
Person = Callable[..., Answer]
EXAMINED = day(-30)


def as_typed(iso: str) -> str:
    """A day as people here write it."""
    return "/".join(reversed(iso.split("-")))


CONSENT = f"MATCHING | WRITTEN | {as_typed(day(-7))}"


@pytest.fixture(scope="module")
def supervising(registry: Registry, supervisor: httpx.Client) -> FlaskClient:
    """A browser of a supervisor who is alone."""
    return a_browser("registry", registry.url, "supervisor", supervisor, shared=False)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kirim, "PATIENCE_SECONDS", 0.0)


def press(pages: FlaskClient, path: str, **data: Any) -> str:
    """Send a form; the address to which it leads."""
    answer = pages.post(path, data={"csrf_token": csrf(pages), "once": new_id(), **data})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def read(pages: FlaskClient, path: str) -> str:
    answer = pages.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def registered(supervisor: httpx.Client, person: Answer) -> Answer:
    answer = supervisor.post("/v1/candidates", json={**person, "confirm_new": True})
    assert answer.status_code == 201, answer.text
    made: Answer = answer.json()
    return made


def test_a_sheet_of_people_is_tried_saved_and_found_again(
    supervising: FlaskClient, registry: Registry, a_person: Person
) -> None:
    one, two = a_person(), a_person()
    lines = ["Nama lengkap;NIK;Tanggal lahir;Jenis kelamin;Kabupaten;Persetujuan;Pendamping"]
    lines += [f"{each['full_name']};{each['nik']};{born};P;Flores Timur;{CONSENT};Ibu X"
              for each, born in ((one, "4/4/2001"), (two, "31/2/2001"))]  # fmt: skip
    content = "\n".join(lines).encode()
    report = press(supervising, "/calon/unggah", file=(io.BytesIO(content), "sheet.csv"))
    assert "memuat ulang sendiri" in read(supervising, report)
    registry.work()
    text = read(supervising, report)
    assert "Simpan 1 baris yang baik" in text and "1 ditolak" in text and "C3" in text, text
    assert supervising.get(f"{report}/perbaikan.xlsx").data[:2] == b"PK"
    form = shown(supervising.get(report).text, f"{report}/simpan")
    column = re.search(r'name="ignore"[^>]*value="([^"]+)"', supervising.get(report).text)
    saved = press(supervising, f"{report}/simpan", ignore=column[1] if column else form["ignore"])
    registry.work()
    assert "1 baris tersimpan" in read(supervising, saved)
    assert "Buka orangnya" in read(supervising, f"{saved}?hasil=NEW")
    assert saved in supervising.get("/pekerjaan").text
    assert supervising.get("/calon/unggah/calon.xlsx").data[:2] == b"PK"


def test_two_records_are_found_compared_and_made_one(
    supervising: FlaskClient, supervisor: httpx.Client, a_person: Person
) -> None:
    first = a_person(phone=None)
    kept = registered(supervisor, first)
    other = registered(supervisor, {**first, "nik": None, "phone": "0812 3000 4111"})
    page = f"/calon/{kept['id']}/gabung"
    found = supervising.post(f"{page}/cari", data={"csrf_token": csrf(supervising), "query": other["number"]})
    assert f"dengan={other['id']}" in found.text
    beside = f"{page}?dengan={other['id']}"
    assert other["number"] in read(supervising, beside)
    form = shown(supervising.get(beside).text, page, reason="KTP dan KK yang sama", sure="y")
    assert press(supervising, page, **form) == f"/calon/{kept['id']}"
    assert supervisor.get(f"/v1/candidates/{other['id']}").status_code == 410
    assert supervisor.get(f"/v1/candidates/{kept['id']}").json()["phone"]
    assert press(supervising, page, **form) == f"/calon/{kept['id']}", "pressed twice"


def test_health_records_loans_and_a_worry_are_kept_and_read_again(
    supervising: FlaskClient, supervisor: httpx.Client, a_person: Person
) -> None:
    person = registered(supervisor, a_person())
    apart = f"/calon/{person['id']}/khusus"

    def save(part: str, **typed: str) -> None:
        form = shown(supervising.get(apart).text, f"{apart}/{part}", **typed)
        assert press(supervising, f"{apart}/{part}", **{k: v for k, v in form.items() if v}) == apart

    save("kesehatan", fitness="FIT", examined_on=as_typed(EXAMINED), c_colour_vision="no")
    save("catatan", kind="ENTRY_BAN", country="MYS", until="8/12/2027")
    save("catatan", kind="STAY", country="SAU", years="4")
    save("pinjaman", lender="BANK", amount="5.000.000")
    kept = supervisor.get(f"/v1/candidates/{person['id']}/specific").json()
    assert kept["fitness"] == {"status": "FIT", "on": EXAMINED}
    assert [(one["code"], one["met"]) for one in kept["conditions"]] == [("COLOUR_VISION", False)]
    assert [one["kind"] for one in kept["records"]] == ["ENTRY_BAN", "STAY"]
    assert kept["loans"][0]["amount"] == {"amount": 5000000, "currency": "IDR"}
    notes = f"/calon/{person['id']}/catatan"
    said = {"text": "Paspornya dipegang orang lain.", "severity": "REFER"}
    assert press(supervising, notes, **said, indicators="RETENTION_OF_ID_DOCUMENTS") == notes
    assert said["text"] in read(supervising, notes) and "dokumennya ditahan" in read(supervising, notes)


def test_a_person_is_erased_by_the_number_that_is_typed(
    supervising: FlaskClient, supervisor: httpx.Client, a_person: Person
) -> None:
    person = registered(supervisor, a_person())
    page = f"/calon/{person['id']}/hapus"
    assert "Yang tinggal, dan mengapa" in read(supervising, page)
    form = shown(supervising.get(page).text, page, reason="PERSON_ASKED", number=person["number"])
    assert press(supervising, page, **form) == "/cari"
    assert supervisor.get(f"/v1/candidates/{person['id']}").json()["code"] == "erased"
    assert press(supervising, page, **form) == "/cari", "pressed twice"
