"""People by JSON: what is stored is what was meant, or nothing is."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.support.meant import REFUSED, Door, Written, check, codes, days, texts

MEMBERS: dict[str, list[Written]] = {
    "phone": [
        ("0812 3456 7890", "+6281234567890"), ("+62 (0)812-3456-7890", "+6281234567890"),
        ("0812/0345/6789", "+6281203456789"), ("62 812.3456.7890", "+6281234567890"), (None, None),
        ("0812 3456 7890 / 0813 4567 8901", REFUSED), (81234567890, REFUSED), ("8.12E+10", REFUSED),
        ("0812", REFUSED), (["0812 3456 7890"], REFUSED), ("belum ada", REFUSED),
    ],
    "birth_date": [(None, None), *days("2001-04-05", "1988-02-29"), ("2999-01-01", REFUSED)],
    "regency": [*codes("53.01", "53.71"), (None, None), (53.1, REFUSED), ("53.1", REFUSED), ("5306", REFUSED)],
    "sex": [*codes("F", "M"), (None, None), ("P", REFUSED), ("perempuan", REFUSED)],
    "district": [*texts(80), (None, None)],
    "village": [*texts(80), (None, None)],
    "education": [
        ({"level": "SMA"}, {"level": "SMA", "field": None, "years": None}), (None, None), ("SMA", REFUSED),
        ({"level": "SLTA"}, REFUSED), ({"level": 3}, REFUSED), ({"level": "SMA", "tahun": 2019}, REFUSED),
    ],
}  # fmt: skip


def a_door(client: httpx.Client, blank: Callable[..., dict[str, Any]]) -> Door:
    return Door(client, "/v1/candidates", lambda made: f"/v1/candidates/{made['id']}", blank, MEMBERS)


def test_people(officer: httpx.Client, a_person: Callable[..., dict[str, Any]]) -> None:
    counts = check(a_door(officer, a_person), seed=11, number=70)
    assert min(counts.values()) > 5


@pytest.mark.deep
@pytest.mark.timeout(1200)
def test_two_thousand_requests_about_people(officer: httpx.Client, a_person: Callable[..., dict[str, Any]]) -> None:
    for seed in range(20):
        check(a_door(officer, a_person), seed=seed, number=100)
