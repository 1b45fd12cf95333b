"""`/periksa`: what the officer does next follows from what was found, and a licence is told as it stands."""

from typing import Any

import pytest

from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import Visits

TEXT = {"id": "Kalimatnya. Lanjutannya.", "en": "The sentence. The rest."}


def said(fakes: FakeHouses, verdict: str, *codes: str, **more: Any) -> None:
    findings = [{"code": code, "text": {"id": f"Temuan {code}.", "en": f"Finding {code}."}} for code in codes]
    body = {"verdict": verdict, "text": TEXT, "findings": findings, "company": None, "job_order": None, "near": {}}
    fakes.says("placement", "GET /v1/check", {**body, "checked_on": "2026-12-01", **more})


@pytest.mark.parametrize(
    ("verdict", "codes", "step"),
    [
        ("REAL", [], None),
        ("NOT_REAL", ["COMPANY_UNKNOWN"], "Catat laporan dan beri tahu pengawas"),
        ("NOT_REAL", ["ORDER_UNLAWFUL", "ORDER_CLOSED"], "Catat laporan dan beri tahu pengawas"),
        ("NOT_REAL", ["ORDER_CLOSED"], "tawarkan lowongan lain"),
        ("CAUTION", ["ORDER_FULL"], "tawarkan lowongan lain"),
        ("CAUTION", ["ORDER_NOT_OPEN_YET"], "tawarkan lowongan lain"),
        ("CAUTION", ["COMPANY_ALONE"], "minta nomor lowongannya"),
        ("CAUTION", ["COMPANY_UNCLEAR"], "pilih yang dimaksud di bawah"),
        ("CAUTION", ["ORDER_NOT_JUDGED"], "Periksa lagi nanti"),
        ("CAUTION", ["ORDER_UNVERIFIED", "ORDER_FULL"], "Periksa lagi nanti"),
    ],
)
def test_an_officer_reports_only_what_deceives(
    visits: Visits, fakes: FakeHouses, verdict: str, codes: list[str], step: str | None
) -> None:
    said(fakes, verdict, *codes)
    page = visits.as_("officer").get("/periksa?lowongan=JO-1").get_data(as_text=True)
    assert ("Untuk petugas" in page) is (step is not None)
    assert step is None or step in page
    assert ("Catat laporan" in page) is (step == "Catat laporan dan beri tahu pengawas")
    assert "Untuk petugas" not in visits.nobody().get("/periksa?lowongan=JO-1").get_data(as_text=True)


def test_a_stopped_licence_shows_no_later_day(visits: Visits, fakes: FakeHouses) -> None:
    company = {
        "name": "PT Uji", "sip3mi": "1", "status": "SUSPENDED", "licensed": False, "valid_until": "2028-01-05",
        "snapshot_on": "2026-11-01",
        "text": {"id": "Izin perusahaan ini sedang dihentikan.", "en": "The licence of this company is suspended."},
    }  # fmt: skip
    said(fakes, "NOT_REAL", "COMPANY_NOT_LICENSED", company=company)
    page = visits.nobody().get("/periksa?perusahaan=Uji").get_data(as_text=True)
    assert "sedang dihentikan" in page and "2028" not in page
