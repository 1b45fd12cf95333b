"""The console in front of real houses: signed in by one click, an officer registers, understands, refers."""

import re
import time
from collections.abc import Iterator
from html import unescape

import pytest

from deploy.demo.browser import Browser
from tests.e2e.world import World

ADVISED_SECONDS = 20


@pytest.fixture
def ana(console: str) -> Iterator[Browser]:
    officer = Browser(console)
    officer.sign_in("Ana Petugas")
    yield officer
    officer.client.close()


def test_an_officer_registers_understands_and_refers(ana: Browser, world: World, visitors: object) -> None:
    world.a_batch(world.course)
    assert "Cari atau daftarkan calon" in ana.words and "bukan login sungguhan" in ana.words
    serial = f"{time.time_ns() % 10_000:04d}"
    ana.open("/calon/baru")
    identity = {"full_name": f"Yuliana Konsol {serial}", "nik": f"995306440400{serial}", "birth_date": "4 April 2000"}
    ana.press("Simpan dan lanjutkan", **identity, sex="F", regency="53.06")
    ana.press("Simpan dan lanjutkan", purposes=["MATCHING", "SHARING_PROVIDER"], method="SPOKEN", given_by="SELF")
    ana.press("Simpan dan lanjutkan", education="SMP", home="masak dan bersih rumah, 5 tahun")
    ana.press("Daftarkan", isco08=["9111"], destinations=["NZL"], boarding_ok="yes")
    assert "terdaftar dengan nomor LB-" in ana.words, ana.words[:600]
    home = ana.url
    deadline = time.monotonic() + ADVISED_SECONDS  # the batch is still on its way to matching
    while "Membuka 1 lowongan resmi" not in ana.words and time.monotonic() < deadline:
        time.sleep(0.3)
        ana.open(home)
    assert "Tujuan yang diminta belum dibuka: Penata laksana rumah tangga, Selandia Baru" in ana.words
    assert "Membuka 1 lowongan resmi" in ana.words
    ana.open(ana.link("Buat rujukan untuk jalur ini"))
    assert "Yang akan terkirim" in ana.words and "nama, nomor calon, dan telepon" in ana.words
    ana.press("Kirim rujukan")
    assert "Rujukan dibuat. Kursi ditahan 72 jam" in ana.words
    ana.open(f"{home}/syarat/PASSPORT")
    ana.press("Simpan", status="MET", number="X100", valid_until="1/2/2040")
    assert "Paspor dicatat." in ana.words


def test_the_screen_of_somebody_who_left_shows_nobody(ana: Browser) -> None:
    ana.press("Keluar")
    assert "Anda sudah keluar" in ana.words
    answer = ana.client.get("/cari", follow_redirects=False)
    assert answer.status_code == 303 and "/masuk" in answer.headers["location"]


def test_people_of_a_provider_sign_in_too_and_hold_its_rights(console: str, world: World) -> None:
    member = Browser(console)
    member.open("/masuk")
    (name,) = re.findall(rf'value="provider\|[^|]*\|{world.provider_id}">([^<]+)<', member.page)
    member.press(unescape(name).strip(), key="who")
    assert unescape(name).strip() in member.words
    assert member.client.get("/cari").status_code == 403, "no business with people"
