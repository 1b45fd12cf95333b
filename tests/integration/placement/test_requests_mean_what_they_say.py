"""Job orders and companies by JSON: what is stored is what was meant, or nothing is."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.integration.placement.conftest import a_company, an_order
from tests.support.meant import REFUSED, Door, Written, check, codes, days, texts, wholes
from tests.support.today import day

WAGE = {"amount": 1_700, "currency": "MYR"}
ORDERS: dict[str, list[Written]] = {
    "term_months": [*wholes(24, 600), (None, None)],
    "wage": [
        (WAGE, WAGE), ({"amount": 1_700.5, "currency": "MYR"}, {"amount": 1_700.5, "currency": "MYR"}), (None, None),
        ("1.700", REFUSED), ({"amount": "1.700", "currency": "MYR"}, REFUSED),
        ({"amount": -1, "currency": "MYR"}, REFUSED),
        ({"amount": 1_700, "currency": "RM"}, REFUSED),
        ({"amount": True, "currency": "MYR"}, REFUSED),
        ({"amount": 1.5, "currency": "IDR"}, REFUSED), ({**WAGE, "per": "hari"}, REFUSED),
    ],
    "closes_on": days(day(80), day(91)),
    "departure_by": [*days(day(120), day(150)), (None, None)],
    "visa_type": [*codes("CALLING", "WORK"), (None, None)],
    "isco08": [("9111", "9111"), (9111, REFUSED), ("911", REFUSED), (["9111"], REFUSED), ("ART", REFUSED)],
    "country": [("MYS", "MYS"), ("Malaysia", REFUSED), ("MY", REFUSED), (458, REFUSED), (["MYS"], REFUSED)],
    "title": [
        ({"id": "Penata rumah", "en": "Housekeeper"}, {"id": "Penata rumah", "en": "Housekeeper"}),
        ("Housekeeper", REFUSED), ({"id": 3, "en": "Housekeeper"}, REFUSED), (None, REFUSED),
    ],
}  # fmt: skip
COMPANIES: dict[str, list[Written]] = {
    "name": [one for one in texts(200) if one[0] != "Ndona 3"],
    "status": [*codes("ACTIVE"), ("aktif", REFUSED)],
    "valid_from": days(day(-399), day(-401)),
    "valid_until": days(day(399), day(401)),
}
DOORS: dict[str, tuple[str, Callable[[], dict[str, Any]], dict[str, list[Written]]]] = {
    "job-orders": ("/v1/job-orders", an_order, ORDERS),
    "companies": ("/v1/companies", a_company, COMPANIES),
}


def a_door(client: httpx.Client, name: str) -> Door:
    address, blank, members = DOORS[name]
    return Door(client, address, lambda made: f"{address}/{made['id']}", blank, members)


@pytest.mark.parametrize("name", list(DOORS))
def test_orders_and_companies(reviewer: httpx.Client, name: str) -> None:
    counts = check(a_door(reviewer, name), seed=13, number=40)
    assert min(counts.values()) > 3


@pytest.mark.deep
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", list(DOORS))
def test_two_thousand_requests_about_orders(reviewer: httpx.Client, name: str) -> None:
    for seed in range(10):
        check(a_door(reviewer, name), seed=seed, number=100)
