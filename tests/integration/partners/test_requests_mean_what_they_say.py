"""Partners and their subscriptions by JSON: what is stored is what was meant, or nothing is."""

import itertools
from typing import Any

import pytest

from tests.integration.partners.conftest import Partners
from tests.support.meant import REFUSED, Door, Written, check, codes, days, texts
from tests.support.today import day

_numbers = itertools.count(1)

REGIONS: list[Written] = [
    (["53"], ["53"]), (["53.06", "53.01"], ["53.06", "53.01"]), ([], []), ("53", REFUSED), ([53], REFUSED),
    (["5306"], REFUSED), (["53."], REFUSED), (["Flores Timur"], REFUSED), ([None], REFUSED), ([["53"]], REFUSED),
    (["53"] * 101, REFUSED), (None, REFUSED), ({"53": True}, REFUSED),
]  # fmt: skip
EVENTS: list[Written] = [
    (["course.published"], ["course.published"]), ([], []), ("course.published", REFUSED), (["*"], REFUSED),
    (["course.publish"], REFUSED), ([1], REFUSED), (None, REFUSED),
]  # fmt: skip
ORGANISATIONS: dict[str, list[Written]] = {
    "name": texts(120),
    "kind": [*codes("PROVINCE", "MINISTRY"), (None, REFUSED)],
    "legal_basis": texts(300),
    "contact": [
        ("piket@example.go.id", "piket@example.go.id"), (" piket@example.go.id ", "piket@example.go.id"),
        ("piket@", REFUSED), ("piket", REFUSED), ("a b@example.go.id", REFUSED), (None, REFUSED), (1, REFUSED),
        ("0812 3456 7890", REFUSED),
    ],
    "event_types": EVENTS,
    "regions": REGIONS,
    "valid_until": [*days(day(800)), (None, None)],
}  # fmt: skip
SUBSCRIPTIONS: dict[str, list[Written]] = {
    "url": [
        ("https://mitra.example.go.id/lumbung", "https://mitra.example.go.id/lumbung"),
        ("mitra.example.go.id", REFUSED), ("ftp://mitra.example.go.id/", REFUSED), ("", REFUSED), (None, REFUSED),
        ("javascript:alert(1)", REFUSED), (["https://mitra.example.go.id"], REFUSED), ("https://", REFUSED),
    ],
    "event_types": EVENTS,
    "regions": REGIONS,
    "payload_level": [*codes("MINIMAL"), (None, REFUSED)],
    "note": [*texts(200), (None, None)],
}  # fmt: skip


def an_organisation() -> dict[str, Any]:
    return {
        "code": f"uji-{next(_numbers)}", "name": "Mitra uji", "kind": "PROVINCE",
        "legal_basis": "Perjanjian uji 1/2026", "contact": "piket@example.go.id",
    }  # fmt: skip


def a_door(partners: Partners, name: str) -> Door:
    if name == "organisations":
        return Door(
            partners.manager, "/v1/organisations", lambda made: f"/v1/organisations/{made['id']}", an_organisation,
            ORGANISATIONS,
        )  # fmt: skip
    _, client = partners.a_partner()
    blank = {"url": "https://mitra.example.go.id/lumbung"}
    return Door(client, "/v1/subscriptions", lambda made: f"/v1/subscriptions/{made['id']}", blank.copy, SUBSCRIPTIONS)


@pytest.mark.parametrize("name", ["organisations", "subscriptions"])
def test_partners(partners: Partners, name: str) -> None:
    counts = check(a_door(partners, name), seed=17, number=40)
    assert min(counts.values()) > 3


@pytest.mark.deep
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", ["organisations", "subscriptions"])
def test_a_thousand_requests_of_partners(partners: Partners, name: str) -> None:
    # Each with a partner of its own, which may have twenty subscriptions.
    for seed in range(25):
        check(a_door(partners, name), seed=seed, number=40)
