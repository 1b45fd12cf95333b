"""Job orders, companies, foreign partners and policies by JSON: what is stored is what was meant, or nothing is."""

import itertools
from collections.abc import Callable
from dataclasses import replace
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
LISTING = {"reason": "UNPAID_WAGES", "from": day(-330), "source": "Daftar KP2MI", "until": None}
PARTNERS: dict[str, list[Written]] = {
    "name": [one for one in texts(120) if one[0] != "Ndona 3"],
    "country": [*codes("MYS", "HKG"), ("Malaysia", REFUSED), ("MY", REFUSED), (458, REFUSED), (None, REFUSED)],
    "listing": [
        (LISTING, LISTING), (None, None), ({**LISTING, "until": day(30)}, {**LISTING, "until": day(30)}),
        ({**LISTING, "reason": "nakal"}, REFUSED), ({**LISTING, "from": "2/1"}, REFUSED),
        ({**LISTING, "sejak": day(-330)}, REFUSED), ("ya", REFUSED), (True, REFUSED), ([LISTING], REFUSED),
    ],
}  # fmt: skip
BASIS = {"instrument": "Keputusan 12/2026", "article": "Pasal 3", "source": None}
SENTENCE = {"id": "Umur paling sedikit 21 tahun.", "en": "At least 21 years old."}
APPLIES = {"countries": ["HKG"], "employer_type": "HOUSEHOLD", "isco08": None, "schemes": None}
POLICIES: dict[str, list[Written]] = {
    "valid_from": days(day(-210), day(30)),
    "valid_until": [*days(day(760), day(820)), (None, None)],
    "confidence": codes("H", "M", "L"),
    "verified_on": days(day(-180)),
    "text": [
        (SENTENCE, SENTENCE), ({"id": "Umur 21"}, {"id": "Umur 21", "en": "Umur 21"}), ("Umur 21", REFUSED),
        (None, REFUSED), ({"id": "", "en": "x"}, REFUSED), ({**SENTENCE, "ms": "x"}, REFUSED),
    ],
    "legal_basis": [
        (BASIS, BASIS), ({"instrument": "Keputusan 12/2026"}, {**BASIS, "article": None}), ("Keputusan", REFUSED),
        ({"article": "3"}, REFUSED), ({**BASIS, "pasal": "3"}, REFUSED), ({**BASIS, "instrument": 12}, REFUSED),
    ],
    "content": [
        *(({"applies": APPLIES, "min_age": age}, {"applies": APPLIES, "min_age": age}) for age in (21, 23)),
        *(({"applies": APPLIES, "min_age": age}, REFUSED) for age in (17, 61, "21", 21.5, True, None)),
        ({"min_age": 21}, REFUSED), ({"applies": APPLIES, "min_age": 21, "max_age": 40}, REFUSED), ("21", REFUSED),
        ({"applies": {**APPLIES, "countries": ["Hong Kong"]}, "min_age": 21}, REFUSED), ({}, REFUSED),
    ],
}  # fmt: skip


def a_partner() -> dict[str, Any]:
    return {"code": f"AG-UJI-{next(_numbers)}", "name": "Agensi Uji", "country": "MYS"}


def a_policy() -> dict[str, Any]:
    """A floor of ages for households in Hong Kong."""
    return {
        "code": f"UJI-UMUR-{next(_numbers)}", "kind": "AGE_FLOOR", "valid_from": day(-210), "legal_basis": BASIS,
        "confidence": "H", "verified_on": day(-180), "text": SENTENCE,
        "content": {"applies": APPLIES, "min_age": 21},
    }  # fmt: skip


def first_revision(shown: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = shown["revisions"][0]
    return found


_numbers = itertools.count(1)
DOORS: dict[str, tuple[str, Callable[[], dict[str, Any]], dict[str, list[Written]]]] = {
    "job-orders": ("/v1/job-orders", an_order, ORDERS),
    "companies": ("/v1/companies", a_company, COMPANIES),
    "foreign-partners": ("/v1/foreign-partners", a_partner, PARTNERS),
    "policies": ("/v1/policies", a_policy, POLICIES),
}


def a_door(client: httpx.Client, name: str) -> Door:
    address, blank, members = DOORS[name]
    door = Door(client, address, lambda made: f"{address}/{made['id']}", blank, members)
    return replace(door, read=first_revision, changes=False) if name == "policies" else door


@pytest.mark.parametrize("name", list(DOORS))
def test_orders_and_companies(reviewer: httpx.Client, supervisor: httpx.Client, name: str) -> None:
    door = a_door(supervisor if name == "policies" else reviewer, name)
    counts = check(door, seed=13, number=40)
    assert min(count for kind, count in counts.items() if door.changes or kind != "changed") > 3


@pytest.mark.deep
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", list(DOORS))
def test_a_thousand_requests(reviewer: httpx.Client, supervisor: httpx.Client, name: str) -> None:
    for seed in range(10):
        check(a_door(supervisor if name == "policies" else reviewer, name), seed=seed, number=100)
