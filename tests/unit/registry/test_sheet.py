"""A row of a sheet becomes what the API takes, and what is wrong is found in its cell."""

from typing import Any

import pytest

from services.registry.schemas.person import RegistrationSchema
from services.registry.schemas.sheet import COLUMNS, registration
from services.registry.schemas.sheet.columns import FIELDS, Field
from services.registry.schemas.sheet.entries import PARTS
from shared.http.problems import Fault
from shared.sheets import read, records, write_template
from tests.support.sheets import read_here

ABOUT_THE_ROW = {"number", "returns", "requirements"}
"""Columns that say whom a row is about, or are recorded apart from the person."""


def a_row(**cells: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The first row of a CSV with these columns, judged."""
    written = {"full_name": "Maria Tukan", **cells}
    content = "\t".join(written) + "\n" + "\t".join(written.values()) + "\n"
    [record] = records(read_here(content.encode(), COLUMNS), COLUMNS)
    person, faults = registration(record)
    return (person.body if person else None), faults


def good(**cells: str) -> dict[str, Any]:
    body, faults = a_row(**cells)
    assert faults == []
    assert body is not None
    return body


def only_fault(**cells: str) -> tuple[str | None, str]:
    body, faults = a_row(**cells)
    assert body is None
    [fault] = faults
    return fault.cell, fault.code


@pytest.mark.parametrize("field", FIELDS, ids=[field.key for field in FIELDS])
def test_a_column_leads_to_a_field_of_a_registration(field: Field) -> None:
    """Else whatever somebody types there is refused under a name that they never saw."""
    assert field.pointer.split("/")[0] in RegistrationSchema().load_fields or field.key in ABOUT_THE_ROW


def test_words_of_people_become_codes() -> None:
    body = good(
        sex="perempuan", regency="Flores Timur", education_level="SLTP", birth_date="4/4/2001", phone="0811 391 0910"
    )
    assert (body["sex"], body["regency"], body["education"]) == ("F", "53.06", {"level": "SMP"})
    assert (body["birth_date"], body["phone"]) == ("2001-04-04", "+628113910910")


def test_a_list_in_a_cell_becomes_entries() -> None:
    body = good(
        skills="merawat nenek | HOME | 36; masak | HOME",
        work_history="buruh kebun | 24 | Malaysia",
        requirements="PASSPORT | MET | 1/2/2031 | C1234567; FAMILY_CONSENT | MET | | | ya",
        prior_programmes="TITP | CAREGIVING | ya",
    )
    assert body["skills"][0] == {"text": "merawat nenek", "code": None, "source": "HOME", "months": 36}
    assert body["skills"][1]["months"] is None
    assert good(skills="masak | kerja | 2 tahun")["skills"][0]["months"] == 24
    assert good(work_history="ART | 18 bulan")["work_history"][0]["months"] == 18
    assert body["work_history"][0]["country"] == "MYS"
    assert body["requirements"][0]["valid_until"] == "2031-02-01"
    assert body["requirements"][1]["village_head_ack"] is True
    assert body["prior_programmes"][0]["finished"] is True


def test_wishes_hold_only_what_the_row_says() -> None:
    body = good(wish_min_wage="1.500", wish_currency="MYR", wish_boarding_ok="ya")
    assert body["wishes"] == {"min_wage": {"amount": 1500, "currency": "MYR"}, "boarding_ok": True}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Ringgit Malaysia", "MYR"), ("HK$", "HKD"), ("NT$", "TWD"), ("S$", "SGD"), ("US$", "USD"), ("AED", "AED")],
)
def test_a_currency_is_known_by_its_names_and_its_sign(typed: str, code: str) -> None:
    assert good(wish_min_wage="1.500", wish_currency=typed)["wishes"]["min_wage"]["currency"] == code


def test_a_consent_of_a_day_counts_from_its_first_minute_in_the_province() -> None:
    given_at = good(consents="MATCHING | WRITTEN | 24/11/2025")["consents"][0]["given_at"]
    assert given_at.isoformat() == "2025-11-23T16:00:00+00:00"


def test_what_is_wrong_is_found_in_its_cell() -> None:
    assert only_fault(nik="995306440401000") == ("B2", "nik_not_16_digits")
    assert only_fault(skills="masak") == ("B2", "required")
    assert only_fault(skills="masak | HOME | dua tahun") == ("B2", "not_a_number")
    assert only_fault(work_history="kebun | 24 | MYS | 9211 | Johor") == ("B2", "too_many_parts")
    assert only_fault(wish_isco08="9110") == ("B2", "unknown_occupation")
    assert only_fault(education_years="9") == ("B2", "required")
    assert only_fault(requirements="PASPORT | MET") == ("B2", "unknown_code")
    assert only_fault(wish_min_wage="1500", wish_currency="XYZ") == ("B2", "unknown_currency")
    assert only_fault(wish_min_wage="1500", wish_currency="kerang") == ("C2", "unknown_code")
    # A cell that says nothing names no currency: 1500 of nothing is not 1500 rupiah.
    assert only_fault(wish_min_wage="1500", wish_currency="-") == ("B2", "currency_missing")


def test_every_list_column_has_its_parts_in_the_template() -> None:
    lists = {column.key: column for column in COLUMNS if column.many and column.kind == "text"}
    assert set(lists) == set(PARTS)
    for key, names in PARTS.items():
        help = lists[key].help
        assert help is not None
        assert all(part.title in help["id"] and part.name in help["en"] for part in names)


def test_the_template_is_read_by_the_door_it_is_for() -> None:
    rows = [{"full_name": "Maria Tukan", "birth_date": "2001-04-04", "regency": "53.06"}]
    content = write_template(COLUMNS, title="Calon", stamp={"template": "candidates"}, rows=rows)
    [record] = records(read(content, COLUMNS), COLUMNS)
    person, faults = registration(record)
    assert faults == []
    assert person is not None
    assert person.body["birth_date"] == "2001-04-04"


@pytest.mark.parametrize("typed", ["Zubal", "Zubal|Zubal|Zubal|Zubal|Zubal|Zubal", "9117777", "911.777,7 Zubal"])
@pytest.mark.parametrize("column", [column.key for column in COLUMNS])
def test_what_is_typed_into_a_cell_is_never_quoted_in_what_is_kept(column: str, typed: str) -> None:
    _, faults = a_row(**{"nik": "1", column: typed})
    assert faults, "the number of two digits is wrong whatever else is"
    for fault in faults:
        kept = repr((fault.code, fault.pointer, fault.message, fault.fix))
        assert "zubal" not in kept.lower() and "9117777" not in kept, fault


@pytest.mark.parametrize(
    ("column", "typed", "member", "meant"),
    [
        ("phone", "081234567890.0", "phone", "+6281234567890"),
        ("phone", "6281234567890,00", "phone", "+6281234567890"),
        ("nik", "9953064404010003.0", "nik", "9953064404010003"),
        ("nik", "９９５３０６４４０４０１０００３", "nik", "9953064404010003"),
        ("regency", "Flores Timur, NTT", "regency", "53.06"),
        ("regency", "Kab. Sikka - Nusa Tenggara Timur", "regency", "53.07"),
        ("regency", "Ruteng (Flores)", "regency", "53.10"),
        ("birth_date", "4 – 4 – 2001", "birth_date", "2001-04-04"),
        ("birth_date", "4/4/2001.", "birth_date", "2001-04-04"),
        ("birth_date", "4th April 2001", "birth_date", "2001-04-04"),
        ("birth_date", "April 4th, 2001", "birth_date", "2001-04-04"),
        ("sex", "Ny.", "sex", "F"),
        ("sex", "Tn", "sex", "M"),
        ("sex", "Bapak", "sex", "M"),
        ("education_level", "Lulusan SMA", "education", {"level": "SMA"}),
        ("education_level", "MTsN", "education", {"level": "SMP"}),
        ("education_level", "tdk tamat SD", "education", {"level": "NONE"}),
        ("education_level", "Junior High School", "education", {"level": "SMP"}),
        ("education_level", "Sekolah Rakyat", "education", {"level": "SD"}),
    ],
)
def test_what_offices_and_programs_write_is_what_it_means(column: str, typed: str, member: str, meant: Any) -> None:
    """A telephone number that went through a table of numbers once had a digit more, and nobody was told."""
    assert good(**{column: typed})[member] == meant


@pytest.mark.parametrize("typed", ["NTT", "Flores", "Timor", "Flores Timur, Sikka"])
def test_a_province_an_island_or_two_places_are_no_regency(typed: str) -> None:
    assert only_fault(regency=typed)[1] == "unknown_regency"
