"""Each field takes exactly what it promises and says what to type instead of anything else."""

import json
import time
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from shared.http import fields as ours
from shared.http.faults import Complaint


class Crust(str, Enum):
    THIN = "THIN"
    THICK = "THICK"


def complaint(field: fields.Field[Any], value: Any) -> Complaint:
    with pytest.raises(ValidationError) as caught:
        field.deserialize(value, "x", {"x": value})
    assert isinstance(caught.value.messages, list)
    found = caught.value.messages[0]
    assert isinstance(found, Complaint), found
    assert set(found.message) == {"id", "en"}
    return found


def loaded(field: fields.Field[Any], value: Any) -> Any:
    return field.deserialize(value, "x", {"x": value})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Maria   Goreti ", "Maria Goreti"),
        ("Jose\u0301", "Jos\u00e9"),
        ("a\u00a0b", "a b"),
        ("O'Brien", "O'Brien"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_text_is_trimmed_and_normal(typed: str, kept: str) -> None:
    assert loaded(ours.Text(40), typed) == kept


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "blank"),
        (" \u00a0 ", "blank"),
        ("a\x07b", "control_character"),
        ("a\nb", "control_character"),
        ("x" * 41, "too_long"),
    ],
)
def test_text_that_is_no_line_is_refused(value: str, code: str) -> None:
    assert complaint(ours.Text(40), value).code == code


def test_text_of_several_lines_keeps_its_lines() -> None:
    assert loaded(ours.Text(40, lines=True), "a\r\nb\tc ") == "a\nb\tc"
    assert loaded(ours.Text(40, blank=True), "") == ""


@pytest.mark.parametrize("value", ["thin", "THIN ", "", 5, ["THIN"], {"a": 1}, True])
def test_a_code_is_taken_in_its_own_spelling_only(value: Any) -> None:
    found = complaint(ours.Code(Crust), value)
    assert found.code == "unknown_code"
    assert found.fix is not None and "THIN" in found.fix["id"]


def test_a_listed_code_is_taken() -> None:
    assert loaded(ours.Code(Crust), "THICK") == "THICK"
    assert loaded(ours.Code(["A", "B"]), "A") == "A"


@pytest.mark.parametrize(
    ("value", "code", "fix"),
    [
        ("8/12/2026", "not_a_date", "2026-12-08"),
        ("08-12-2026", "not_a_date", "2026-12-08"),
        ("2026-13-01", "no_such_day", None),
        ("2025-02-29", "no_such_day", None),
        ("20261208", "not_a_date", None),
        ("2026-12-08T00:00:00Z", "not_a_date", None),
        ("2026-W50-2", "not_a_date", None),
        ("1899-12-31", "year_out_of_range", None),
        ("0001-01-01", "year_out_of_range", None),
        ("9999-12-31", "year_out_of_range", None),
        ("31/02/2026", "not_a_date", None),
        ("２０２６-12-08", "not_a_date", None),
        (20261208, "not_a_date", None),
        ({}, "not_a_date", None),
    ],
)
def test_a_day_is_read_in_one_form(value: Any, code: str, fix: str | None) -> None:
    found = complaint(ours.IsoDate(), value)
    assert found.code == code
    if fix:
        assert found.fix is not None and fix in found.fix["en"]


def test_a_day_stays_text_and_shows_as_text() -> None:
    assert loaded(ours.IsoDate(), "2024-02-29") == "2024-02-29"
    assert ours.IsoDate().serialize("x", {"x": date(2024, 2, 29)}) == "2024-02-29"
    assert ours.IsoDate().serialize("x", {"x": "2024-02-29"}) == "2024-02-29"
    assert ours.IsoDate().serialize("x", {"x": None}) is None


@pytest.mark.parametrize(
    "value", ["2026-12-08", "2026-12-08 06:30:00Z", "2026-12-08T06:30:00", "now", 5, "0001-01-01T00:00:00+08:00", None]
)
def test_a_moment_needs_its_zone(value: Any) -> None:
    field = ours.Instant(allow_none=False)
    if value is None:
        with pytest.raises(ValidationError):
            field.deserialize(value)
        return
    assert complaint(field, value).code == "not_a_time"


def test_the_plus_of_a_zone_may_be_lost_on_the_way_through_an_address_and_only_there() -> None:
    half_past_six = loaded(ours.Instant(), "2026-12-08T06:30:00Z")
    for sent in ("2026-12-08T14:30:00 08:00", "2026-12-08T14:30:00+08:00", "2026-12-08T14:30:00.000 0800"):
        assert loaded(ours.InstantInAddress(), sent) == half_past_six
    assert complaint(ours.Instant(), "2026-12-08T14:30:00 08:00").code == "not_a_time"
    assert complaint(ours.InstantInAddress(), "2026-12-08 14:30:00").code == "not_a_time"
    assert complaint(ours.InstantInAddress(), "2999-01-01T00:00:00Z").code == "year_out_of_range"


def test_a_moment_is_kept_in_utc() -> None:
    moment = loaded(ours.Instant(), "2026-12-08T14:30:00+08:00")
    assert moment == datetime(2026, 12, 8, 6, 30, tzinfo=UTC)
    assert ours.Instant().serialize("x", {"x": moment}) == "2026-12-08T06:30:00.000Z"
    assert ours.Instant().serialize("x", {"x": "2026-12-08T06:30:00.000Z"}) == "2026-12-08T06:30:00.000Z"


@pytest.mark.parametrize("value", [True, 12.0, 12.5, "12", "", None, [], 2**31, -1])
def test_a_whole_number_in_json_is_a_number(value: Any) -> None:
    with pytest.raises(ValidationError):
        ours.Whole().deserialize(value, "x", {"x": value})


def test_a_whole_number_in_a_query_is_digits() -> None:
    query = MultiDictProxy(MultiDict({"x": "20"}), Schema())
    assert ours.Whole(min=1, max=100).deserialize("20", "x", query) == 20


@pytest.mark.parametrize(("value", "code"), [(-0.5, "too_small"), (1e13, "too_large")])
def test_a_number_has_bounds(value: float, code: str) -> None:
    assert complaint(ours.Number(), value).code == code


@pytest.mark.parametrize("value", ["12", True, float("nan"), float("inf"), [], {}])
def test_a_number_in_json_is_a_finite_number(value: Any) -> None:
    with pytest.raises(ValidationError):
        ours.Number().deserialize(value, "x", {"x": value})


@pytest.mark.parametrize(
    ("value", "fix"),
    [("my", "MYS"), ("Malaysia", "MYS"), ("arab saudi", "SAU"), ("South Korea", "KOR"), ("mys", "MYS")],
)
def test_a_country_by_another_name_is_put_right(value: str, fix: str) -> None:
    found = complaint(ours.Country(), value)
    assert found.fix is not None and fix in found.fix["id"]


@pytest.mark.parametrize("value", ["XXX", "", 5, None, ["MYS"], "MALAYSIA SELATAN"])
def test_no_country_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        ours.Country().deserialize(value, "x", {"x": value})


@pytest.mark.parametrize(
    ("value", "fixes"),
    [
        ("5306", ["53.06 (Kab. Flores Timur)", "53.04 (Kab. Belu)"]),
        (5306, ["53.06", "53.04"]),
        ("5321", ["53.21 (Kab. Malaka)"]),
        ("Flores Timur", ["53.06"]),
        ("kab. flores timur", ["53.06"]),
        ("Flores Timor", ["53.06"]),
        ("TTS", ["53.02"]),
        (53.06, ["53.06"]),
        ("53.99", ["53.06"]),
        ("Kupang", ["53.01 (Kab. Kupang)", "53.71 (Kota Kupang)"]),
    ],
)
def test_a_regency_in_another_system_is_put_right(value: Any, fixes: list[str]) -> None:
    found = complaint(ours.Regency(), value)
    assert found.code == "unknown_regency"
    assert found.fix is not None
    for fix in fixes:
        assert fix in found.fix["id"]


@pytest.mark.parametrize(("value", "near"), [("9111.01", "9111"), ("9110", "9111"), ("911", "9111"), ("0000", None)])
def test_an_occupation_is_a_unit_group(value: str, near: str | None) -> None:
    found = complaint(ours.Isco08(), value)
    assert found.fix is not None and (near or "9111") in found.fix["id"]
    with pytest.raises(ValidationError):
        ours.Isco08().deserialize(9111, "x", {"x": 9111})


def test_a_rule_may_name_a_group_of_occupations() -> None:
    assert loaded(ours.Isco08(prefix=True), "91") == "91"
    assert complaint(ours.Isco08(prefix=True), "0900").code == "unknown_occupation"


def test_a_language_by_its_name_is_put_right() -> None:
    found = complaint(ours.Language(), "Jepang")
    assert found.fix == {"id": "Ketik ja.", "en": "Type ja."}
    assert complaint(ours.Language(), "xx").code == "unknown_language"
    assert loaded(ours.Language(), "yue") == "yue"


def test_bare_rupiah_become_money() -> None:
    assert loaded(ours.Money(), 1_200_000) == {"amount": 1_200_000, "currency": "IDR"}
    assert loaded(ours.Money(), {"amount": 1500.5, "currency": "MYR"}) == {"amount": 1500.5, "currency": "MYR"}


def test_the_example_of_an_amount_is_one_that_its_field_takes() -> None:
    """Of a course in rupiah alone no ringgit were ever taken."""
    for field in (ours.Money(), ours.Money(currencies=["IDR"])):
        fix = complaint(field, "x").fix
        assert fix is not None
        assert loaded(field, json.loads(fix["en"].removeprefix("Write ").removesuffix(".")))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "not_money"),
        (12.5, "not_money"),
        ("1500", "not_money"),
        ({"amount": 1}, "not_money"),
        ({"amount": 1, "currency": "MYR", "per": "month"}, "not_money"),
        ({"amount": "1", "currency": "MYR"}, "not_a_number"),
        ({"amount": True, "currency": "MYR"}, "not_a_number"),
        ({"amount": None, "currency": "MYR"}, "not_a_number"),
        ({"amount": 1, "currency": "RM"}, "unknown_currency"),
        ({"amount": 1, "currency": ["MYR"]}, "unknown_currency"),
        ({"amount": -1, "currency": "MYR"}, "too_small"),
        ({"amount": 10**14, "currency": "MYR"}, "too_large"),
        ([], "not_money"),
    ],
)
def test_money_says_how_much_of_what(value: Any, code: str) -> None:
    assert complaint(ours.Money(), value).code == code


@pytest.mark.parametrize(
    "value", ["x", "", 5, "0AF76519-16CD-43DD-8448-EB211C80319C", "0af7651916cd43dd8448eb211c80319c"]
)
def test_an_id_is_copied_whole(value: Any) -> None:
    assert complaint(ours.Uuid(), value).code == "not_an_id"


@pytest.mark.parametrize("value", [1, 0, 1.0, "true", "yes", "", [], None])
def test_only_true_and_false_are_true_and_false(value: object) -> None:
    with pytest.raises(ValidationError):
        ours.Truth().deserialize(value, "x", {"x": value})
    assert ours.Truth().deserialize(True, "x", {"x": True}) is True


def test_invisible_marks_are_stripped_from_texts() -> None:
    sent = "\u202eMar\u200bia\u00ad \ufeffGoreti\u2069"
    assert ours.Text().deserialize(sent, "x", {"x": sent}) == "Maria Goreti"


@pytest.mark.parametrize("amount", [1500.5, 0.1, 1e6 + 0.25])
def test_rupiah_are_whole_and_other_money_may_have_cents(amount: float) -> None:
    with pytest.raises(ValidationError) as caught:
        ours.Money().deserialize({"amount": amount, "currency": "IDR"})
    assert "not_whole_rupiah" in str(caught.value.messages)
    assert ours.Money().deserialize({"amount": amount, "currency": "MYR"})["amount"] == amount
    whole = ours.Money().deserialize({"amount": 1500000.0, "currency": "IDR"})["amount"]
    assert (whole, type(whole)) == (1500000, int)


@pytest.mark.parametrize("field", [ours.Regency(), ours.Country()])
def test_a_text_that_is_no_name_is_compared_with_none(field: fields.Field[Any]) -> None:
    """A megabyte of words took a tenth of a second, for an answer that nobody reads."""
    found = complaint(field, "Kupang " * 140_000)
    began = time.process_time()
    assert found.fix is not None and found.fix["id"].startswith("Ketik kode")
    assert time.process_time() - began < 0.05
