"""A page of people is read in short spans, also when a sheet changed thousands of them at once."""

from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from services.registry.model import numbers
from services.registry.store.candidates import COLLECTION, COUNTERS, SPECS, Candidates
from services.registry.store.cuts import NUMBERS, cuts
from services.registry.store.vault import Vault
from shared import clock

if TYPE_CHECKING:
    from shared.documents.mongo import Database

PEOPLE = 1_000
YEAR = 2026
BEGAN = clock.now() - timedelta(minutes=40)


@pytest.fixture
def imported(database: "Database") -> "Database":
    """So many people of one office, three hundred a second."""
    database.ensure(SPECS)
    rows = [
        {
            "_id": f"{serial:032x}",
            "version": 1,
            "alive": True,
            "centre": "KUPANG",
            "number": numbers.number(YEAR, serial),
            "natural_key": f"key {serial}",
            "updated_at": BEGAN + timedelta(milliseconds=serial * 1000 // 300),
        }
        for serial in range(1, PEOPLE + 1)
    ]
    database.collection(COLLECTION).insert_many(rows)
    database.collection(COUNTERS).insert_one({"_id": f"number-{YEAR}", "value": PEOPLE})
    return database


def test_what_a_sheet_changed_at_once_comes_once_in_order_and_in_spans_of_few(imported: "Database") -> None:
    people = imported.collection(COLLECTION)
    found = cuts(imported.collection(COUNTERS), people, "updated_at")
    held = Counter(bisect_right(found, row["updated_at"]) for row in people.find({}, {"updated_at": 1}))
    assert list(found) == sorted(found) and max(held.values()) <= 2 * NUMBERS

    house = Candidates(imported, Vault(seal_key=b"s" * 32, hash_key=b"h" * 32))
    everybody = [numbers.number(YEAR, serial) for serial in range(1, PEOPLE + 1)]
    assert _walked(house, newest=False) == everybody
    assert _walked(house, newest=True) == everybody[::-1]


def _walked(house: Candidates, *, newest: bool) -> list[str]:
    """The numbers of all pages."""
    seen: list[str] = []
    args = {"updated_since": BEGAN, "limit": 200, "newest": newest}
    while True:
        page = house.page(centre="KUPANG", args=args)
        seen += [row["number"] for row in page["items"]]
        if not page["next"]:
            return seen
        args["after"] = page["next"]
