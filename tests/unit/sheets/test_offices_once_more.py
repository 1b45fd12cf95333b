"""A fifth round of offices' sheets, at both doors: drawings, groups above their parts, places that are one of two."""

from typing import Any

import pytest

from services.registry.schemas import sheet as people
from services.training.schemas import sheet as courses
from shared.http.problems import Problem
from shared.imports.sheets import unsaid
from shared.sheets import records, write_template
from shared.sheets.records import left_empty, rows_apart
from shared.sheets.reporting import lowered
from shared.sheets.telling import head_of
from tests.support.sheets import read_here
from tests.unit.sheets.conftest import workbook
from tests.unit.sheets.test_offices import read, sheet

PEOPLE = ["Nama", "NIK", "Desa"]


def drawn(book: Any, page: Any) -> None:
    page.write_row(0, 0, PEOPLE)
    page.write_row(1, 0, ["Maria Tukan", "9953064404010003", "Lela"])
    page.insert_textbox(2, 0, "Maria dibatalkan")
    page.insert_textbox(9, 0, "Yosef juga")


def test_what_is_drawn_over_the_cells_is_counted_at_the_top() -> None:
    [warning] = unsaid(head_of(read_here(workbook(drawn), people.COLUMNS), []))
    assert (warning.code, "(2)" in warning.message["id"]) == ("drawings_unread", True)


def test_neither_our_template_nor_a_comment_is_a_drawing() -> None:
    template = write_template(people.COLUMNS, title="Calon", stamp={}, rows=[{"full_name": "Maria Tukan"}])
    assert read_here(template, people.COLUMNS).drawings == 0

    def commented(book: Any, page: Any) -> None:
        page.write_row(0, 0, PEOPLE)
        page.write_row(1, 0, ["Maria Tukan", "9953064404010003", "Lela"])
        page.write_comment(1, 1, "NIK lama salah")

    found = read_here(workbook(commented), people.COLUMNS)
    assert (found.drawings, found.comments) == (0, 1)


GROUPED = [
    ("courses", [["No", "Kode", "Pelatihan", None, "Kelas"], [None, None, "Nama", "JP", "Kapasitas"]],
     ["title", "lesson_hours", "seats"]),
    ("courses", [["No", "Kode", "Sertifikat", None, "Peserta"], [None, None, "Jenis", "Masa Berlaku", "Kuota"]],
     ["certificate_kind", "certificate_months", "seats"]),
    ("people", [["No", "Nama", "Asal", None, "KTP"], [None, None, "Kabupaten", "Desa", "No"]],
     ["regency", "village", "nik"]),
]  # fmt: skip


@pytest.mark.parametrize(("door", "head", "keys"), GROUPED)
def test_a_part_below_its_group_is_read_in_either_order(door: str, head: list[Any], keys: list[str]) -> None:
    """``Pelatihan`` over ``Nama`` is Nama Pelatihan."""
    found = sheet(door, *head, [1.0, "K-1", "x", "y", "z"])
    assert [found.pages[0].places.get(key) for key in keys] == [2, 3, 4]
    assert found.unread == ()


PARTS = [
    ("courses", ["Kode", "Judul", "Kuota", None, None], [None, None, "L", "P", "Jml"], ["K-1", "Las", 8.0, 8.0, 16.0],
     {"seats": 16}, ["Kuota L", "Kuota P"]),
    ("courses", ["Kode", "Judul", "Biaya", None], [None, None, "Pemerintah", "Peserta"], ["K-1", "Las", 3e6, 15e5],
     {"cost": 1_500_000}, ["Biaya Pemerintah"]),
    ("people", ["Nama", "NIK", "Telepon", None], [None, None, "Rumah", "Kantor"],
     ["Maria", "9953064404010003", "0380-831234", "0380-831235"], {}, ["Telepon Rumah", "Telepon Kantor"]),
]  # fmt: skip


@pytest.mark.parametrize(("door", "head", "parts", "line", "means", "unread"), PARTS)
def test_a_group_is_no_column_though_no_part_of_it_is_known(
    door: str, head: list[Any], parts: list[Any], line: list[Any], means: dict[str, Any], unread: list[str]
) -> None:
    """Kuota over L, P and Jml: the first part was read as the whole, half of the seats."""
    columns = courses.COLUMNS if door == "courses" else people.COLUMNS
    found = sheet(door, head, parts, line)
    [record] = records(found, columns)
    assert {key: record.values[key] for key in ("seats", "cost", "phone") if key in record.values} == means
    assert [one.heading for one in found.unread] == unread


def test_headings_repeated_above_a_note_at_the_end_are_not_the_first_ones() -> None:
    """All rows above them were gone, and nothing said so."""
    head = [None, "No", "Kode", "Angkatan", "Kab/Kota"]
    found = sheet("courses", head, [None, 1.0, "K-1", "1", "Ende"], head, ["Catatan: data sementara"])
    assert [row.number for row in found.rows] == [2]
    assert found.pages[0].places == {"code": 2, "number": 3, "regency": 4}


ONE, TWO = ["Maria Tukan", "9953064404010003", "Lela"], ["Yosef Lewo", "9953060101990001", "Nita", "Sikka"]


@pytest.mark.parametrize("between", [[], [[]], [["B. LAKI-LAKI"]], [[], ["Jumlah", "1"]]])
def test_a_narrower_table_above_is_not_gone_without_a_word(between: list[list[Any]]) -> None:
    with pytest.raises(Problem) as caught:
        sheet("people", ["A. PEREMPUAN"], ["Nama", "NIK", "Desa"], ONE, *between, ["Nama", "NIK", "Desa", "Kab"], TWO)
    assert [fault.code for fault in caught.value.errors] == ["another_header"]


@pytest.mark.parametrize(
    "block",
    [[["Kabupaten", "Sikka"], ["Tahun", "2027"]], [["Nama", "Maria Petugas"], ["HP", "0812"]], [["Nama Calon PMI"], []],
     [["Program", "Las", "Angkatan", "1"], ["Kab", "Ende"]]],
)  # fmt: skip
def test_a_block_of_titles_is_no_table(block: list[list[Any]]) -> None:
    found = sheet("people", *block, ["Nama", "NIK", "Desa", "Kab"], TWO)
    assert [row.number for row in found.rows] == [len(block) + 2]


@pytest.mark.parametrize(
    "line",
    [["K-2", None, "16", "2"], [None, None, "0812 3456", "x"], [None, None, "4/4/2001", "x"], ["K-2", "Las", "L", "P"]],
)
def test_a_row_of_data_below_the_headings_is_no_second_one(line: list[Any]) -> None:
    found = sheet("courses", ["Kode", "Judul", "Kuota", None], line, ["K-1", "Las", 8.0])
    assert [row.number for row in found.rows] == [2, 3]


@pytest.mark.parametrize("typed", ["online", "zoom meeting"])
def test_what_is_no_place_is_told_when_there_is_none(typed: str) -> None:
    [fault] = read("courses", "Tempat", typed)[1]
    assert fault.fix is not None and "kosong hanya untuk daring" in fault.fix["id"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Timor Tengah", ["53.02", "53.03"]),
        ("Kab. Timor Tengah", ["53.02", "53.03"]),
        ("Sumba", ["53.11", "53.12", "53.17", "53.18"]),
        ("Lombok", ["52.01", "52.02", "52.03", "52.08"]),
    ],
)
@pytest.mark.parametrize("door", ["people", "courses"])
def test_a_name_that_only_begins_so_is_told_all_that_do(door: str, typed: str, codes: list[str]) -> None:
    [fault] = read(door, "Kab/Kota", typed)[1]
    assert fault.code == "unknown_regency" and fault.fix is not None
    assert all(code in fault.fix["id"] for code in codes)


@pytest.mark.parametrize("typed", ["Timor", "Flores", "Papua", "NTT", "Jawa", "K"])
def test_a_land_with_more_regencies_than_are_called_so_names_none(typed: str) -> None:
    [fault] = read("people", "Kab/Kota", typed)[1]
    assert fault.fix is not None and fault.fix["id"] == "Ketik kode Kemendagri, seperti 53.06."


@pytest.mark.parametrize(
    ("typed", "code"),
    [("East Flores", "53.06"), ("South Central Timor", "53.02"), ("West Manggarai", "53.15"), ("Roti", "53.14"),
     ("Kupang City", "53.71"), ("Southwest Sumba", "53.18")],
)  # fmt: skip
def test_a_regency_is_known_by_its_english_name(typed: str, code: str) -> None:
    assert read("people", "Kab/Kota", typed)[0]["regency"] == code


CELLS = [
    ("courses", "Jadwal", "ends", "1 Feb 2027 to 28 Feb 2027", "2027-02-28"),
    ("courses", "Jadwal", "starts", "from 1 Feb 2027 until 28 Feb 2027", "2027-02-01"),
    ("courses", "Jadwal", "starts", "mulai 1 Feb 2027 sampai 28 Feb 2027", "2027-02-01"),
    ("courses", "Jadwal", "ends", "1 to 28 February 2027", "2027-02-28"),
    ("courses", "Kuota", "seats", "16 trainees", 16), ("courses", "Kuota", "seats", "16 pax", 16),
    ("courses", "Masa berlaku", "certificate_months", "5 yrs", 60),
    ("courses", "Moda", "mode", "face to face", "OFFLINE"), ("courses", "Moda", "mode", "e-learning", "ONLINE"),
    ("courses", "Status", "status", "Ongoing", "RUNNING"), ("courses", "Status", "status", "canceled", "CANCELLED"),
    ("courses", "Sumber Dana", "funding", "self-funded", "SELF"),
    ("people", "Pendidikan", "education_level", "D 3", "D3"),
    ("people", "Pendidikan", "education_level", "Tsanawiyah", "SMP"),
    ("people", "Siap dalam", "wish_ready_within_days", "2 minggu", 14),
    ("people", "Siap dalam", "wish_ready_within_days", "1 week", 7),
    ("people", "JK", "sex", "Prempuan", "F"), ("people", "Bersedia asrama", "wish_boarding_ok", "tidak mau", False),
]  # fmt: skip


@pytest.mark.parametrize(("door", "heading", "key", "typed", "meant"), CELLS)
def test_a_cell_of_an_english_office_or_in_a_hurry_is_read(
    door: str, heading: str, key: str, typed: str, meant: Any
) -> None:
    said, found = read(door, heading, typed)
    assert (said.get(key), found) == (meant, [])


def test_a_column_that_the_sheet_does_not_have_is_asked_for_and_no_cell_called_empty() -> None:
    column = next(one for one in courses.COLUMNS if one.key == "lesson_hours")
    assert left_empty(column, there=False) == (
        {"id": "Kolom JP tidak ada.", "en": "There is no column Lesson hours."},
        {"id": 'Buat kolom "JP" dan isi, misalnya 200.',
         "en": 'Make a column "Lesson hours" and fill it in, for example 200.'},
    )  # fmt: skip
    assert left_empty(column)[0]["id"] == "JP masih kosong."
    chosen = next(one for one in courses.COLUMNS if one.key == "certificate_kind")
    assert left_empty(chosen)[1]["id"] == "Isi, misalnya kompetensi."


@pytest.mark.parametrize(("text", "goes_on"), [("JP masih kosong.", "JP"), ("Moda kosong.", "moda")])
def test_an_abbreviation_stays_one_behind_a_colon(text: str, goes_on: str) -> None:
    assert lowered(text).startswith(goes_on)


def test_rows_of_two_sheets_are_told_apart_by_their_sheets() -> None:
    def fill(book: Any, page: Any) -> None:
        for one in (page, book.add_worksheet("APBN")):
            one.write_row(0, 0, PEOPLE)
            one.write_row(1, 0, ["Maria Tukan", "9953064404010003", "Lela"])

    both = list(records(read_here(workbook(fill), people.COLUMNS), people.COLUMNS))
    assert [rows_apart(one, both) for one in both] == ["2 (Data)", "2 (APBN)"]
    assert rows_apart(both[0], both[:1]) == "2"
