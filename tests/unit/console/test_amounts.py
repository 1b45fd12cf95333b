"""Amounts as people here type them: what is read as one number, and what could be two and is asked for again."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from services.console.frame import AmountField, MoneyField
from services.console.frame.amounts import read_amount, write_amount
from tests.support.console.visits import Visits


@pytest.fixture
def app(visits: Visits) -> Flask:
    return visits.app


FORMS: dict[type, type[Form]] = {
    kind: type("Asked", (Form,), {"amount": kind()}) for kind in (AmountField, MoneyField)
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", 0), ("1500", 1500), ("1.500", 1500), ("1,500", 1500), ("1 500", 1500), ("1\u00a0500\u00a0000", 1_500_000),
        ("1.500.000", 1_500_000), ("1.500.000,00", 1_500_000), ("1,500,000.50", 1_500_000.5), ("1700,5", 1700.5),
        ("1700.50", 1700.5), ("1.700,5", 1700.5), ("0,5", 0.5), ("0.05", 0.05), ("20,5", 20.5), ("12.34", 12.34),
        ("Rp 20.000", 20_000), ("Rp.20.000,-", 20_000), ("rp20.000.-", 20_000), ("IDR 7", 7), (" 7 ", 7),
    ],
)  # fmt: skip
def test_one_number_is_read(typed: str, amount: float) -> None:
    assert read_amount(typed) == amount
    assert isinstance(read_amount(typed), type(amount)), "no fraction, no float"


@pytest.mark.parametrize(
    "typed",
    [
        "20.000.00", "2.0000", "20,000,00", "1,2345", "1234.567", "0,500", "0.125", "007", "1.000,000", "1.000 000",
        "1.00.000", "12.34.56", "1.500.00,5", ".5", "5.", "5,", "1..000", "-5", "+5", "1e5", "²", "٣", "9" * 16, "",
        "1 7", "1 700 5", "lima", "5 juta", "1/2", "NaN", "inf",
    ],
)  # fmt: skip
def test_what_may_be_two_numbers_or_is_none_is_refused_with_what_to_type(app: Flask, typed: str) -> None:
    assert read_amount(typed) is None
    for kind, form in FORMS.items():
        asked = form(of(typed))
        with app.test_request_context():
            assert not (typed and asked.validate()) and asked.amount.data is None, kind
            assert not typed or "misalnya 1.500.000 atau" in asked.errors["amount"][0], kind


@pytest.mark.parametrize("cents", [0, 1, 5, 10, 50, 99, 100, 12_345, 99_999, 100_000, 150_000_05, 10**14])
def test_what_is_written_is_read_as_the_same(app: Flask, cents: int) -> None:
    for language in ("id", "en"):
        with app.test_request_context(headers={"Cookie": f"bahasa={language}"}):
            assert read_amount(write_amount(cents / 100)) == cents / 100


@pytest.mark.parametrize(("kind", "recorded", "typed"), [
    (AmountField, 0.125, "0,1250"), (AmountField, 1700.125, "1700.1250"), (AmountField, 1 / 3, f"{1 / 3}"),
    (MoneyField, {"amount": 100.125, "currency": "MYR"}, "100,1250 MYR"),
])  # fmt: skip
def test_a_finer_amount_on_record_stays_where_it_was_left_as_it_is(
    app: Flask, kind: type, recorded: Any, typed: str
) -> None:
    with app.test_request_context():
        kept = FORMS[kind](of(typed))
        kept.amount.stands(recorded)
        assert kept.validate() and kept.amount.data == recorded
        other = FORMS[kind](of(typed.replace("1", "2").replace("3", "4")))
        other.amount.stands(recorded)
        assert not other.validate() and other.amount.data is None
        changed = FORMS[kind](of("7"))
        changed.amount.stands(recorded)
        assert changed.validate() and changed.amount.data in (7, {"amount": 7, "currency": "IDR"})


def of(typed: str) -> MultiDict[str, str]:
    """What a browser sends of the field."""
    return MultiDict({"amount": typed})


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("Rp5.000.000", 5_000_000, "IDR"), ("Rp5000000", 5_000_000, "IDR"), ("IDR5000000", 5_000_000, "IDR"),
        ("Rp 5.000.000,-", 5_000_000, "IDR"), ("5.000.000 rupiah", 5_000_000, "IDR"),
        ("1.500.000 Rp", 1_500_000, "IDR"),
        ("RM1500", 1500, "MYR"), ("1500 RM", 1500, "MYR"), ("MYR1500,5", 1500.5, "MYR"), ("1500MYR", 1500, "MYR"),
        ("5.000.000", 5_000_000, "IDR"),
    ],
)  # fmt: skip
def test_a_currency_stands_before_or_behind_its_number(app: Flask, typed: str, amount: float, currency: str) -> None:
    with app.test_request_context():
        asked = FORMS[MoneyField](of(typed))
        assert asked.validate() and asked.amount.data == {"amount": amount, "currency": currency}


@pytest.mark.parametrize("typed", ["1,5", "Rp 2.5", "1,5 juta", "Rp 5 MYR", "5 XQZ", "Rp", "rupiah 5"])
def test_rupiah_with_a_fraction_or_two_currencies_are_asked_for_again(app: Flask, typed: str) -> None:
    with app.test_request_context():
        assert not FORMS[MoneyField](of(typed)).validate()


@pytest.mark.parametrize(
    ("typed", "chosen", "fits"),
    [
        ("RM 1500", "MYR", True),
        ("Rp 1.500", "MYR", False),
        ("1500", "MYR", True),
        ("1,5", "IDR", False),
        ("1,5", "MYR", True),
    ],
)
def test_a_currency_beside_the_number_is_the_one_that_was_chosen(
    app: Flask, typed: str, chosen: str, fits: bool
) -> None:
    with app.test_request_context():
        asked = FORMS[AmountField](of(typed))
        assert asked.validate() and asked.amount.fits(chosen) is fits
