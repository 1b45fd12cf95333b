"""What a third round of offices' sheets found, at both import doors: ditto marks between dashes, units that are signs,
periods, spans of years and months, telephone numbers in groups, hidden columns, and remarks under no heading.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from services.registry.model import phones
from services.registry.schemas import sheet as people
from services.registry.schemas.person import RegistrationSchema
from services.training.schemas import sheet as courses
from shared.http.faults import faults
from shared.imports.sheets import unsaid
from shared.sheets import records
from shared.sheets.cells import Cell, Column
from shared.sheets.outcomes import UnreadableCell
from shared.sheets.telling import head_of
from shared.sheets.values import value_of
from tests.support.sheets import read_here
from tests.unit.sheets.conftest import workbook
from tests.unit.sheets.test_offices import one_more, read, sheet

MONTHS = Column("lasts", {"id": "Tahan", "en": "Keeps"}, kind="whole", unit="months")


@pytest.mark.parametrize(
    "mark", ['"', '-"-', "-,,-", "-//-", "//", "- ” -", "ditto", "ibid.", "sama dgn di atas", "as above"]
)
@pytest.mark.parametrize(("door", "heading"), [("courses", "Tgl Mulai"), ("courses", "Kab./Kota"), ("people", "Desa")])
def test_a_mark_for_the_row_above_is_neither_empty_nor_a_text(door: str, heading: str, mark: str) -> None:
    assert [fault.code for fault in read(door, heading, mark)[1]] == ["same_as_above"]


@pytest.mark.parametrize("dash", ["-", "--", "—", "/", ".", "..."])
def test_a_dash_alone_stays_an_empty_cell(dash: str) -> None:
    said, found = read("courses", "Kab./Kota", dash)
    assert ("regency" in said, found) == (False, [])


@pytest.mark.parametrize(
    "heading", ["Biaya ($)", "Biaya (US$)", "Biaya €", "Biaya (%)", "Kuota (%)", "Biaya (ribu rupiah)"]
)
def test_a_unit_in_a_heading_is_never_lost(heading: str) -> None:
    [unread] = one_more("courses", heading, 80.0).unread
    assert unread.heading == heading


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("28 Des - 15 Jan 2027", ("2026-12-28", "2027-01-15")),
        ("1/6/2027-30/6/2027", ("2027-06-01", "2027-06-30")),
        ("1-6-2027 - 30-6-2027", ("2027-06-01", "2027-06-30")),
        ("10 - 20 Januari 2027", ("2027-01-10", "2027-01-20")),
    ],
)
def test_a_period_is_read(typed: str, meant: tuple[str, str]) -> None:
    said, found = read("courses", "Jadwal", typed)
    assert ((said["starts"], said["ends"]), found) == (meant, [])


@pytest.mark.parametrize(
    ("typed", "read_so"),
    [
        ("29 Feb - 10 Jan 2028", ("2028-02-29", "2028-01-10")),
        ("20 Mar - 15 Feb 2027", ("2027-03-20", "2027-02-15")),
    ],
)
def test_a_period_that_runs_backwards_is_not_moved_by_nearly_a_year(typed: str, read_so: tuple[str, str]) -> None:
    """Nor into a year that has no such day; the batch is then refused, for it ends before it begins."""
    assert value_of(Cell("A1", typed), Column("days", {"id": "Jadwal", "en": "Days"}, kind="span"))[0] == read_so


@pytest.mark.parametrize(
    "kind", ["date", "born_at", "span", "whole", "number", "code", "occupation", "place", "yes_no"]
)
@pytest.mark.parametrize("typed", ["1" * 201, f"1{' ' * 200}b"])
def test_what_is_longer_than_any_value_of_its_kind_is_not_looked_at(kind: Any, typed: str) -> None:
    column = Column("one", {"id": "Satu", "en": "One"}, kind=kind)
    for one in (column, replace(column, many=True)):
        with pytest.raises(UnreadableCell) as refused:
            value_of(Cell("A1", typed), one)
        assert (refused.value.code, "200" in (refused.value.fix or {})["id"]) == ("too_long", True)


def test_a_period_with_short_years_is_told_so() -> None:
    assert [fault.code for fault in read("courses", "Jadwal", "01/06/27 s.d 30/06/27")[1]] == ["short_year"]


@pytest.mark.parametrize(
    ("typed", "months"),
    [("2 tahun 6 bulan", 30), ("1 th 3 bln", 15), ("2 thn dan 6 bln", 30), ("1,5 tahun", 18), ("setahun", 12)],
)
def test_years_and_months_are_months(typed: str, months: int) -> None:
    assert value_of(Cell("A1", typed), MONTHS)[0] == months


@pytest.mark.parametrize("typed", ["3-5 tahun", "3 s.d. 5 tahun", "3 – 5 bulan", "2 tahun 18 bulan"])
def test_a_range_is_no_number(typed: str) -> None:
    with pytest.raises(UnreadableCell) as refused:
        value_of(Cell("A1", typed), MONTHS)
    assert "36" in (refused.value.fix or {})["id"]


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("0812/0345/6789", "+6281203456789"),
        ("0812, 0345, 6789", "+6281203456789"),
        ("0812/0345/6789/0813", None),
        ("0812 3456 7890 / 0813 4567 8901", None),
        ("081234567890/0813/4567", None),
    ],
)
def test_a_number_in_groups_is_one_and_two_numbers_are_none(written: str, one: str | None) -> None:
    assert phones.normal(written) == one


def test_a_hidden_column_is_read_and_said_at_the_top() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Nama", "NIK", "Desa"])
        sheet.write_row(1, 0, ["Maria Tukan", "9953064404010003", "Lewotobi"])
        sheet.set_column("C:C", None, None, {"hidden": True})

    found = read_here(workbook(fill), people.COLUMNS)
    head = head_of(found, [])
    assert [one["field"] for one in head["columns"] if one["hidden"]] == ["village"]
    [warning] = unsaid(head)
    assert (warning.code, warning.cell) == ("column_hidden", "C1")


HEAD = "Kode,Nama Pelatihan,Angkatan,Tgl Mulai,Tgl Selesai,Kuota"


def test_a_remark_under_no_heading_is_named_and_refuses_no_row() -> None:
    lines = f"{HEAD}\nK-1,Las 3G,1,1/6/2027,30/6/2027,16,sudah ditelepon\nK-2,Menjahit,1,1/7/2027,30/7/2027,20\n"
    found = read_here(lines.encode(), courses.COLUMNS)
    assert [row.faults for row in records(found, courses.COLUMNS)] == [(), ()]
    [unread] = found.unread
    assert (unread.cell.address, unread.heading, unread.filled) == ("G1", "", 1)


@pytest.mark.parametrize(
    "line",
    [
        "K-1,Las, dasar,1,1/6/2027,30/6/2027,16",
        "K-1,Las 3G,1,1/6/2027,30/6/2027,16,000",
        "K-1,Las 3G,1,1/6/2027,30/6/2027,16,a,b",
        "K-1,Las 3G,1,1/6/2027,30/6/2027,1,5 kelas",
        "K-1,Las, dasar,1,1/6/2027,30/6/2027,penuh",
    ],
)
def test_a_comma_that_has_moved_cells_still_refuses_its_row(line: str) -> None:
    [row] = records(read_here(f"{HEAD}\n{line}\n".encode(), courses.COLUMNS), courses.COLUMNS)
    assert [fault.code for fault in row.faults] == ["row_shifted"]


def test_a_comma_in_a_last_column_of_words_is_not_taken_for_a_remark() -> None:
    lines = b"NIK,Tanggal Lahir,Nama\n9953064404010003,4/4/2001,Maria Tukan, Ny.\n"
    [row] = records(read_here(lines, people.COLUMNS), people.COLUMNS)
    assert [fault.code for fault in row.faults] == ["row_shifted"]


def codes_of(refused: Mapping[str, Any]) -> list[str]:
    return [fault.code for fault in faults(refused, schema=RegistrationSchema(), data={})]


def test_a_lettered_title_between_people_is_no_person() -> None:
    found = sheet(
        "people",
        ["No", "Nama", "NIK"],
        ["A", "KECAMATAN NDONA"],
        [1.0, "Maria Tukan", "9953064404010003"],
        ["II", "Desa Lela", None],
        [2.0, "Desa Ratna", None],
    )
    assert [(row.number, row.why) for row in found.skipped] == [(2, "row_title"), (4, "row_title")]
    assert [row.cells["full_name"].value for row in found.rows] == ["Maria Tukan", "Desa Ratna"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Maria Tukan *)", "not_a_name"),
        ("Maria Tukan 1)", "not_a_name"),
        ("Maria Tukan²", "not_a_name"),
        ("12. Maria Tukan", "not_a_name"),
        ("Maria Tukan & Yuni Lewo", "not_a_name"),
        ("Maria / Yuni", "not_a_name"),
        ("Maria Tukan; Yuni", "not_a_name"),
        ("idem", "not_a_name"),
        ("null", "not_a_name"),
        ("#REF!", "error_cell"),
        ("Maria Tukan 9953064404010003", "number_in_words"),
        ("Maria 9953.0644.0401 0003", "number_in_words"),
        ("Maria (0812-3456-7890)", "number_in_words"),
    ],
)
def test_a_name_holds_neither_footnotes_nor_numbers(name: str, code: str) -> None:
    refused = RegistrationSchema().validate({"full_name": name})
    assert codes_of(refused) == [code]


@pytest.mark.parametrize(
    "name",
    [
        "Drs. H. Yohanes Lawa, M.Pd",
        "Maria/Mery Tukan",
        "Raj A/L Kumar",
        "Ny. Maria Tukan (Alm.)",
        "Nur’aini",
        "M. Tukan II",
        "Maria 3",
        "Anna-Maria",
    ],
)
def test_a_name_with_titles_is_kept_as_it_is(name: str) -> None:
    assert RegistrationSchema().load({"full_name": name})["full_name"] == name


def test_a_number_of_a_person_is_no_village() -> None:
    refused = RegistrationSchema().validate({"full_name": "Maria", "village": "9953064404010003"})
    assert codes_of(refused) == ["number_in_words"]
    refused = RegistrationSchema().validate({"full_name": "Maria", "village": "#N/A"})
    assert codes_of(refused) == ["error_cell"]
    assert RegistrationSchema().load({"full_name": "Maria", "village": "Lela RT 003/004 86153"})


@pytest.mark.parametrize("typed", ["ART/perawat lansia", "ART dan caregiver", "9111 / 5322"])
def test_two_occupations_in_one_cell_are_told_as_a_list(typed: str) -> None:
    [fault] = read("people", "Jabatan diinginkan", typed)[1]
    assert fault.fix is not None and "9111; 5322" in fault.fix["id"]


def test_a_level_in_roman_numbers_is_shown_a_level() -> None:
    [fault] = read("courses", "Level KKNI", "Level II")[1]
    assert fault.fix is not None and "seperti 2." in fault.fix["id"]
