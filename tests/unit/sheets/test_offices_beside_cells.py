"""What a sheet says beside its cells, and what its headings count: a fourth round of offices' sheets, at both doors."""

import io
import zipfile
from typing import Any

import pytest

from services.registry.schemas import sheet as people
from services.registry.schemas.person import RegistrationSchema
from services.training.schemas import sheet as courses
from shared.http.faults import faults
from shared.imports.sheets import unread_faults, unsaid
from shared.sheets import FileRefused, annotate, read, records, write_template
from shared.sheets.telling import head_of
from tests.support.sheets import read_here
from tests.unit.sheets.conftest import workbook
from tests.unit.sheets.test_offices import one_more, sheet

PEOPLE = ["Nama", "NIK", "Desa"]


def two_people(book: Any, sheet: Any, struck: tuple[int, ...]) -> None:
    """Two rows; the cells of the second one at these places are struck through."""
    sheet.write_row(0, 0, PEOPLE)
    sheet.write_row(1, 0, ["Maria Tukan", "9953064404010003", "Lela"])
    line = book.add_format({"font_strikeout": True})
    for place, value in enumerate(["Yosef Lamak", "9953060101990001", "Ndona"]):
        sheet.write_string(2, place, value, line if place in struck else None)


@pytest.mark.parametrize(
    ("struck", "codes"),
    [((0, 1, 2), ["row_struck"]), ((2,), ["cell_struck"]), ((0,), ["cell_struck"]), ((), [])],
)
def test_what_is_struck_through_is_asked_about(struck: tuple[int, ...], codes: list[str]) -> None:
    content = workbook(lambda book, sheet: two_people(book, sheet, struck))
    first, second = records(read_here(content, people.COLUMNS), people.COLUMNS)
    assert ([fault.code for fault in first.faults], [fault.code for fault in second.faults]) == ([], codes)
    assert ("full_name" in second.values) == (codes != ["row_struck"] and 0 not in struck)


def test_a_row_struck_through_by_the_format_of_its_row_is_one() -> None:
    def fill(book: Any, sheet: Any) -> None:
        two_people(book, sheet, ())
        sheet.set_row(1, None, book.add_format({"font_strikeout": True}))
        sheet.write_row(1, 0, ["Maria Tukan", "9953064404010003", "Lela"])

    first, second = records(read_here(workbook(fill), people.COLUMNS), people.COLUMNS)
    assert ([fault.code for fault in first.faults], second.faults) == (["row_struck"], ())


@pytest.mark.parametrize("way", ["in the table of texts", "in the cell"])
def test_a_part_of_a_text_that_is_struck_through_is_asked_about(way: str) -> None:
    """``Maria ~~Tukan~~ Lamak``: its reader says Maria Tukan Lamak."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, PEOPLE)
        line, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write_rich_string(1, 0, "Maria ", line, "Tukan", plain, " Lamak")
        sheet.write_row(1, 1, ["9953064404010003", "Lela"])
        sheet.write_rich_string(2, 0, "Yosef ", plain, "Lamak")
        sheet.write_row(2, 1, ["9953060101990001", "Ndona"])

    content = workbook(fill, **({"constant_memory": True} if way == "in the cell" else {}))
    first, second = records(read_here(content, people.COLUMNS), people.COLUMNS)
    assert [(fault.cell, fault.code) for fault in first.faults] == [("A2", "cell_struck")]
    assert (second.faults, second.values["full_name"]) == ((), "Yosef Lamak")


def commented(author: str | None) -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        two_people(book, sheet, ())
        sheet.write_comment(1, 1, "NIK lama salah", {"author": author} if author else {})

    return workbook(fill)


@pytest.mark.parametrize("author", [None, "Petugas Ende"])
def test_comments_are_counted_at_the_top(author: str | None) -> None:
    [warning] = unsaid(head_of(read_here(commented(author), people.COLUMNS), []))
    assert (warning.code, "(1)" in warning.message["id"]) == ("comments_unread", True)


def test_comments_are_counted_wherever_a_library_puts_them() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(commented(None))) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename.replace("comments1.xml", "comments/comment1.xml"), old.read(part))
    [warning] = unsaid(head_of(read_here(written.getvalue(), people.COLUMNS), []))
    assert warning.code == "comments_unread"


def test_our_own_comments_are_none_of_theirs() -> None:
    template = write_template(people.COLUMNS, title="Calon", stamp={}, rows=[{"full_name": "Maria Tukan"}])
    assert unsaid(head_of(read_here(template, people.COLUMNS), [])) == []
    broken = read_here(workbook(lambda book, sheet: two_people(book, sheet, (0, 1, 2))), people.COLUMNS)
    given_back = annotate(broken, [one for row in records(broken, people.COLUMNS) for one in row.faults])
    assert unsaid(head_of(read_here(given_back, people.COLUMNS), [])) == []


def with_authors(authors: bytes, part: str = "xl/comments1.xml") -> bytes:
    """A comment at B2 by the first of these authors, those at A2 and A3 by the second."""
    content, out = commented("Petugas Ende"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data, name = old.read(item), item.filename
            if name == "xl/comments1.xml":
                data = data.replace(b"<author>Petugas Ende</author>", authors)
                more = b'<comment ref="A2" authorId="1"/><comment ref="A3" authorId="1"/></commentList>'
                data = data.replace(b"</commentList>", more)
                name = part
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("authors", "count"),
    [
        (b"<author/><author>Lumbung</author>", 1),
        (b"<author>Lumbung</author><author />", 2),
        (b"<author>Lumbung</author><author>Lumbung</author>", 0),
    ],
)
def test_whoever_has_no_name_does_not_lend_it_our_own(authors: bytes, count: int) -> None:
    assert read_here(with_authors(authors), people.COLUMNS).comments == count


def test_comments_are_found_where_openpyxl_puts_them() -> None:
    content = with_authors(b"<author>a</author><author>b</author>", "xl/comments/comment1.xml")
    assert read_here(content, people.COLUMNS).comments == 3


def test_a_template_of_yesterday_explains_itself_in_comments_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.sheets.templates.OURSELVES", "")
    yesterdays = write_template(people.COLUMNS, title="Calon", stamp={"v": "1"}, rows=[{"full_name": "Maria Tukan"}])
    assert b"<author></author>" in zipfile.ZipFile(io.BytesIO(yesterdays)).read("xl/comments1.xml")
    assert read_here(yesterdays, people.COLUMNS).comments == 0


def test_a_hidden_column_of_a_ticked_choice_is_said() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Nama", "NIK", "L", "P"])
        sheet.write_row(1, 0, ["Maria Tukan", "9953064404010003", None, "v"])
        sheet.set_column("D:D", None, None, {"hidden": True})

    head = head_of(read_here(workbook(fill), people.COLUMNS), [])
    [warning] = unsaid(head)
    assert (warning.code, warning.cell, '"P"' in warning.message["id"]) == ("column_hidden", "D1", True)
    assert [one["field"] for one in head["columns"] if one["hidden"]] == ["sex"]


def test_warnings_of_hidden_columns_are_cut_like_all_others() -> None:
    head = {"hidden": [{"cell": f"A{n}", "heading": "x"} for n in range(300)], "comments": 2}
    assert len(unsaid(head)) == 100


UNITS = [
    ("courses", "Biaya (ribu rupiah)", "1.000"), ("courses", "Biaya (Rp juta)", "1.000.000"),
    ("courses", "Biaya x 1000", "1.000"), ("courses", "Biaya pelatihan (dalam ribuan)", "1.000"),
    ("courses", "Biaya (Rp.000)", "1.000"), ("courses", "Biaya (US$)", "rupiah"),
    ("courses", "Biaya per bulan", "seluruhnya"), ("courses", "JP (jam)", "60"), ("courses", "JP (60 menit)", "JP"),
    ("courses", "Masa berlaku (tahun)", "12"), ("courses", "Valid (years)", "12"),
    ("courses", "Cost to trainee (thousands)", "1.000"), ("people", "Siap dalam (minggu)", "7"),
    ("people", "Lama sekolah (bulan)", "12"), ("people", "Jarak maksimal (m)", "1.000"),
    ("people", "Jarak maksimal (mil)", "kilometer"), ("people", "Upah minimum (Rp)", "mata uang"),
    ("people", "Upah minimum (juta)", "1.000.000"), ("courses", "Biaya (Rp x 1.000.000)", "dengan 1.000.000"),
    ("courses", "Biaya x 1000000", "1.000.000"), ("courses", "Lesson hours (minutes)", "JP"),
    ("courses", "Lesson hours (weeks)", "JP"), ("courses", "Cost to trainee in thousand rupiah", "1.000"),
    ("courses", "Biaya dlm ribuan", "1.000"), ("courses", "Cost (k)", "1.000"), ("courses", "Biaya (Rp K)", "1.000"),
    ("courses", "Cost (mn)", "1.000.000"), ("courses", "Valid for (years)", "12"), ("courses", "Validity (yrs)", "12"),
    ("people", "Max distance (miles)", "kilometer"),
]  # fmt: skip


@pytest.mark.parametrize(("door", "heading", "said"), UNITS)
def test_a_heading_in_another_unit_is_told_what_to_do_with_its_numbers(door: str, heading: str, said: str) -> None:
    [fault] = unread_faults(head_of(one_more(door, heading, 80.0), []))
    assert fault.fix is not None and said in fault.fix["id"]
    assert not fault.fix["id"].startswith("Ubah judulnya"), "renamed as it stands, its numbers would be read as others"


@pytest.mark.parametrize("heading", ["Valid (months)", "Berlaku (bulan)", "Masa berlaku (months)"])
def test_a_small_number_under_a_heading_that_says_months_is_no_question(heading: str) -> None:
    """In either language: an office that heads our own sheet in English sends 3 months back."""
    found = one_more("courses", heading, 3.0)
    [row] = records(found, courses.COLUMNS)
    assert ([fault.code for fault in row.faults], row.values["certificate_months"]) == ([], 3)


def test_a_lesson_of_forty_five_minutes_is_a_lesson() -> None:
    assert one_more("courses", "JP (45 menit)", 80.0).unread == ()


@pytest.mark.parametrize("name", ["Maria (batal)", "BATAL - Maria", "Maria - mengundurkan diri", "Maria (cadangan 2)"])
def test_somebody_cancelled_by_a_word_beside_the_name_is_asked_about(name: str) -> None:
    refused = RegistrationSchema().validate({"full_name": name})
    assert [one.code for one in faults(refused, schema=RegistrationSchema(), data={})] == ["not_a_name"]


@pytest.mark.parametrize("name", ["Maria Batal", "Mundur Situmorang", "Gugur Lawa-Batalon"])
def test_a_name_that_only_sounds_so_is_one(name: str) -> None:
    assert RegistrationSchema().load({"full_name": name})["full_name"] == name


def test_somebody_called_like_a_month_is_asked_about_and_a_month_passed_over() -> None:
    found = sheet(
        "people", PEOPLE, ["Maria Tukan", "9953064404010003", "Lela"], ["Bulan Sutena"], ["Bulan Januari 2027"]
    )
    assert [(row.number, row.doubt) for row in found.rows] == [(2, None), (3, "row_doubtful")]
    assert [(row.number, row.why) for row in found.skipped] == [(4, "row_title")]


def test_an_ods_is_told_how_to_be_saved() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", "<office/>")
    with pytest.raises(FileRefused) as caught:
        read(written.getvalue(), courses.COLUMNS)
    assert (caught.value.code, ".xlsx" in (caught.value.errors[0].fix or {})["id"]) == ("file_is_ods", True)


COURSES = ["Kode", "Nama Pelatihan", "Biaya", "Kuota"]


@pytest.mark.parametrize(
    ("units", "cost", "unread"),
    [
        (["", "", "ribu rupiah"], None, ["Biaya (ribu rupiah)"]),
        ([None, None, "(juta Rp)", "(orang)"], None, ["Biaya (juta Rp)"]),
        ([None, None, "$", "orang"], None, ["Biaya ($)"]),
        ([None, None, "(Rp)", "(orang)"], 1500, []),
    ],
)
def test_a_row_of_units_below_the_headings_belongs_to_them(
    units: list[Any], cost: int | None, unread: list[str]
) -> None:
    """Taken for a row of data and deleted as such, it left 1,500 thousands as Rp1,500."""
    found = sheet("courses", COURSES, units, ["K-1", "Las", 1500.0, 16.0])
    [row] = records(found, courses.COLUMNS)
    assert (row.values.get("cost"), row.values["seats"], row.faults) == (cost, 16, ())
    assert [one.heading for one in found.unread] == unread


def test_a_row_of_data_in_units_is_data() -> None:
    found = sheet("courses", COURSES, ["K-1", "Las", "1,5 juta", "16 orang"])
    [row] = records(found, courses.COLUMNS)
    assert (row.values["cost"], row.values["seats"]) == (1_500_000, 16)


def test_what_boarding_costs_is_not_whether_there_is_any() -> None:
    head = ["Kode", "Nama Pelatihan", "Kuota", "Biaya", None], [None, None, None, "Pelatihan", "Asrama"]
    found = sheet("courses", *head, ["K-1", "Las", 16.0, 1_500_000.0, 0.0])
    assert all("boarding" not in row.values for row in records(found, courses.COLUMNS))
    assert [one.cell.address[0] for one in found.unread] == ["E"]


def test_a_total_of_people_is_no_person() -> None:
    found = sheet("people", ["No", *PEOPLE], [1.0, "Maria Tukan", "9953064404010003", "Lela"], ["Jumlah", "1 orang"])
    assert [(row.number, row.why) for row in found.skipped] == [(3, "row_total")]


@pytest.mark.parametrize(
    "title",
    ["Bulan Januari s.d. Maret 2027", "Bulan : Januari - Maret 2027", "Bulan Jan 2027", "Bulan ke-2", "Bulan I",
     "A. Bulan Januari 2027", "Bulan Januari dan Februari"],
)  # fmt: skip
def test_months_of_a_section_are_its_title_however_they_are_written(title: str) -> None:
    found = sheet("people", PEOPLE, ["Maria Tukan", "9953064404010003", "Lela"], [title])
    assert [(row.number, row.why) for row in found.skipped] == [(3, "row_title")]


def test_a_column_above_a_row_of_units_keeps_its_own_heading() -> None:
    """The report says which column was read as what: "(Rp)" is the name of none."""
    head = ["Kode", "Nama Pelatihan", "Biaya", "Biaya alat"]
    found = sheet("courses", head, [None, None, "(Rp)", "(ribu)"], ["K-1", "Las", 80.0, 5.0])
    assert [(cell.address, cell.value) for cell in found.headers.values()][2] == ("C1", "Biaya")
    assert [one.cell.address for one in found.unread] == ["D1"]
