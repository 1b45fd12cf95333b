"""Workbooks that look right and say something else: values of another file, zeros that a format shows, rows of no
height; and letters that a wrong table of letters has spoiled."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from marshmallow import ValidationError

from services.registry.schemas import sheet as people
from services.training.schemas import sheet as courses
from shared.http.fields import Text
from shared.http.marks import spoiled
from shared.imports.sheets import unsaid
from shared.sheets import Column, SheetRecord, records
from shared.sheets.telling import head_of
from tests.support.sheets import read_here

PEOPLE = ["NIK", "Nama", "Tgl Lahir", "L/P", "Kab/Kota"]
YULIANA = ["9953064404010001", "Yuliana Tupen", "04/04/2001", "P", "Flores Timur"]
COURSES = ["Kode kursus", "Nama Pelatihan", "JP", "Angkatan", "Mulai", "Selesai", "Kursi"]
CLASS = ["K1", "Tata boga", 200, "1", "01/02/2027", "01/04/2027", 20]
Write = Callable[[Any, Any], object]


def workbook(lines: list[list[Any]], more: Write = lambda book, page: None) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    page = book.add_worksheet("Data")
    for number, line in enumerate(lines):
        page.write_row(number, 0, line)
    more(book, page)
    book.close()
    return written.getvalue()


def with_parts(content: bytes, old: bytes = b"", new: bytes = b"", **parts: bytes) -> bytes:
    """The same workbook with other words in its first sheet, and with more parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            xml = before.read(name)
            after.writestr(name, xml.replace(old, new) if name == "xl/worksheets/sheet1.xml" else xml)
        for name, xml in parts.items():
            after.writestr(name, xml)
    return written.getvalue()


def read_rows(content: bytes, columns: tuple[Column, ...]) -> list[SheetRecord]:
    return list(records(read_here(content, columns), columns))


def warnings(content: bytes) -> list[str]:
    return [fault.code for fault in unsaid(head_of(read_here(content, people.COLUMNS), []))]


def test_values_that_come_from_another_file_are_said() -> None:
    def asks(formula: str) -> bytes:
        content = workbook([PEOPLE, YULIANA], lambda book, page: page.write_formula(1, 1, formula, None, "Ana Lama"))
        return with_parts(content, **{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})

    for formula in ("=[1]Sheet1!$A$1", "='[1]Data lama'!A1", "=VLOOKUP(A2,[12]Rekap!$A:$C,2,0)", "=[1]!NamaLama"):
        assert warnings(asks(formula)) == ["values_of_another_file"], formula
    for formula in ('=UPPER("ana")', "=Tabel1[2027]&A1", "=Lain!A1"):
        assert warnings(asks(formula)) == [], formula


def test_a_number_is_read_with_the_zeros_that_its_format_shows() -> None:
    def padded(book: Any, page: Any) -> None:
        three = book.add_format({"num_format": "000"})
        page.write_number(1, 0, 7, three)
        page.write_number(1, 2, 90, three)
        page.write_number(1, 3, 1234, three)
        page.write_number(1, 6, 20, book.add_format({"num_format": "0"}))

    [row] = read_rows(workbook([COURSES, CLASS], padded), courses.COLUMNS)
    assert (row.values["code"], row.values["lesson_hours"], row.values["number"]) == ("007", 90, "1234")
    assert row.values["seats"] == 20


def test_zeros_of_a_format_bring_no_lost_digit_of_a_nik_back() -> None:
    def padded(book: Any, page: Any) -> None:
        page.write_number(1, 0, 9953064404010001, book.add_format({"num_format": "0" * 16}))

    [row] = read_rows(workbook([PEOPLE, YULIANA], padded), people.COLUMNS)
    assert [fault.code for fault in row.faults] == ["number_instead_of_text"]


def test_rows_and_columns_of_no_size_are_hidden_ones() -> None:
    both = workbook([PEOPLE, YULIANA, ["9953064404010002", "Maria Bota", "04/04/2001", "P", "Ende"]])
    flat = with_parts(both, b'<row r="3"', b'<row r="3" ht="0" customHeight="1"')
    hidden = with_parts(both, b'<row r="3"', b'<row r="3" hidden="1"')
    seen = [read_here(content, people.COLUMNS) for content in (both, flat, hidden)]
    assert [one.grids[0].hidden for one in seen] == [frozenset(), {2}, {2}]
    assert seen[1].rows == seen[2].rows and seen[1].skipped == seen[2].skipped
    narrow = with_parts(
        both, b"<sheetData>", b'<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>'
    )
    assert warnings(narrow) == ["column_hidden"]


LINES = f"{';'.join(PEOPLE)}\n9953064404010001;José Nuño;04/04/2001;L;Flores Timur\n"
OF_WINDOWS = "9953064404010002;André Bota;04/04/2001;L;Ende\n".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        pytest.param(LINES.encode(), [False], id="utf-8"),
        pytest.param(LINES.encode("utf-8-sig"), [False], id="utf-8 with its mark"),
        pytest.param(LINES.encode("utf-16"), [False], id="utf-16"),
        pytest.param(LINES.encode("cp1252"), [False], id="windows"),
        pytest.param(f"sep=;\n{LINES}".encode("utf-16"), [False], id="utf-16 with a separator"),
        pytest.param(LINES.encode() + OF_WINDOWS, [True, False], id="utf-8 with a line of windows"),
        pytest.param(LINES.encode().decode("cp1252").encode(), [True], id="spoiled before"),
        pytest.param(LINES.encode("cp1252").decode("utf-8", "replace").encode(), [True], id="letters lost"),
    ],
)
def test_a_name_whose_letters_were_spoiled_is_refused_and_never_kept_so(content: bytes, refused: list[bool]) -> None:
    found = [people.registration(row) for row in read_rows(content, people.COLUMNS)]
    assert [[fault.code for fault in faults] == ["spoiled_letters"] for _, faults in found] == refused
    if not any(refused):
        assert [person and person.body["full_name"] for person, _ in found] == ["José Nuño"]


def test_letters_of_living_languages_are_not_taken_for_spoiled_ones() -> None:
    names = ("José Ângela São João IRMÃ Lúcia", "Åse Ärlig Çelik Ñuñoa", "Nur’aini “Ina” – D’Souza", "Đặng Thị Ánh",
             "王小明 علي", "Î Ï Ä Å Ã Â", "Côte d’Ivoire", "Œuvre Žižek Šárka Ÿ", "10 °C ± 2 µm ½ ©")  # fmt: skip
    assert [name for name in names if spoiled(name)] == []
    assert all(
        spoiled(name.encode().decode("cp1252", "replace")) for name in ("José", "Nuño", "Nur’aini", "Ângela Müller")
    )
    with pytest.raises(ValidationError):
        Text().deserialize("JosÃ©")
