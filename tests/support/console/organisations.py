"""What the province's pages of organisations ask: one provider, one company, one partner abroad, and their keys."""

from typing import Any

from shared import clock
from tests.support.console import providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID

Body = dict[str, Any]


def provider(**changes: Any) -> Body:
    return {
        "id": ID,
        "version": 4,
        "code": "BLK-ENDE",
        "name": "BLK Contoh Ende",
        "kind": "BLK",
        "vin": None,
        "regency": "53.08",
        "licence": {"number": "IZIN-7", "from": "2024-01-01", "until": "2099-12-31"},
        "accreditations": [{"programme": "PLRT-LANSIA", "from": "2025-01-01", "until": "2029-12-31"}],
        "active": True,
        "last_verified_on": "2026-11-02",
        **changes,
    }


def company(**changes: Any) -> Body:
    return {
        "id": ID,
        "version": 3,
        "sip3mi": "SIP3MI-CONTOH-01",
        "name": "PT Karya Contoh",
        "status": "ACTIVE",
        "valid_from": "2023-05-01",
        "valid_until": "2099-04-30",
        "snapshot_on": "2026-11-20",
        "concerns": [],
        "created_at": clock.now().isoformat(),
        "updated_at": clock.now().isoformat(),
        **changes,
    }


def partner(**changes: Any) -> Body:
    return {
        "id": ID,
        "version": 2,
        "code": "AGENSI-7",
        "name": "Contoh Agency",
        "country": "MYS",
        "listing": None,
        "listed": False,
        "created_at": clock.now().isoformat(),
        "updated_at": clock.now().isoformat(),
        **changes,
    }


LISTED = {"reason": "UNPAID_WAGES", "from": "2026-01-05", "until": None, "source": "Daftar KBRI"}


def tell(houses: FakeHouses) -> None:
    for house, path, one in (
        ("training", "/v1/providers", provider()),
        ("placement", "/v1/companies", company()),
        ("placement", "/v1/foreign-partners", partner()),
    ):
        houses.says(house, f"GET {path}", {"items": [one], "next": None})
        houses.says(house, f"GET {path}/*", one)
        if "foreign" not in path:
            houses.says(house, f"GET {path}/*/keys", {"items": [providers.key()], "next": None})
