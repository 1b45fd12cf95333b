"""Dates, times and money as people of NTT read them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.codes import texts


@pytest.mark.parametrize(
    ("options", "indonesian", "english"),
    [
        ({}, "8 Desember 2026", "8 December 2026"),
        ({"short": True}, "8 Des 2026", "8 Dec 2026"),
        ({"weekday": True}, "Selasa, 8 Desember 2026", "Tuesday, 8 December 2026"),
    ],
)
def test_days(options: dict[str, Any], indonesian: str, english: str) -> None:
    assert texts.day(date(2026, 12, 8), **options) == indonesian
    assert texts.day("2026-12-08", "en", **options) == english


def test_moments_are_shown_in_the_time_of_ntt() -> None:
    moment = datetime(2026, 12, 8, 17, 5, tzinfo=UTC)
    assert texts.moment(moment) == "9 Des 2026 01.05 WITA"
    assert texts.moment(moment, "en") == "9 Dec 2026 01:05 WITA"


@pytest.mark.parametrize(
    ("amount", "currency", "indonesian", "english"),
    [
        (1_200_000, "IDR", "Rp1.200.000", "Rp1,200,000"),
        (0, "IDR", "Rp0", "Rp0"),
        (1500, "MYR", "RM 1.500", "RM 1,500"),
        (1500.5, "MYR", "RM 1.500,5", "RM 1,500.5"),
        (28_590, "TWD", "TWD 28.590", "TWD 28,590"),
        (0.25, "EUR", "EUR 0,25", "EUR 0.25"),
        (1000.999, "EUR", "EUR 1.001", "EUR 1,001"),
    ],
)
def test_money(amount: float, currency: str, indonesian: str, english: str) -> None:
    assert texts.money(amount, currency) == indonesian
    assert texts.money(amount, currency, "en") == english


def test_an_unknown_language_reads_indonesian() -> None:
    assert texts.day("2026-12-08", "fr") == "8 Desember 2026"
    assert texts.number(1234.5, "fr") == "1.234,5"
