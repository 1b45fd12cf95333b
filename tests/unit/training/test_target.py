"""Months as offices write them."""

import pytest

from services.training.model.target import read_month


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2027-01", "2027-01"),
        ("2027/1", "2027-01"),
        ("2027-01-01", "2027-01"),
        ("2027-01-01 00:00:00", "2027-01"),
        ("1/2027", "2027-01"),
        ("01-01-2027", "2027-01"),
        ("31/12/2027", "2027-12"),
        ("Januari 2027", "2027-01"),
        ("  agustus   2027 ", "2027-08"),
        ("Ags 2027", "2027-08"),
        ("Des. 2027", "2027-12"),
        ("May 2027", "2027-05"),
        ("Nopember 2027", "2027-11"),
        ("13/2027", None),
        ("2027", None),
        ("Januari", None),
        ("Triwulan 2027", None),
        ("1/27", None),
        ("", None),
    ],
)
def test_a_month_is_read_or_refused(typed: str, month: str | None) -> None:
    assert read_month(typed) == month
