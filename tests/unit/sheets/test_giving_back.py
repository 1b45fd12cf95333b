"""What a person gets back: a template that is hard to fill in wrongly, a short report, the file with its messages."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from shared.http.problems import Fault, say
from shared.sheets import FileRefused, SheetRecord, annotate, read, records, write_template
from shared.sheets.cells import address, folded, letters, split
from shared.sheets.reporting import collapsed
from tests.unit.sheets.conftest import COLUMNS, workbook


def test_addresses_go_both_ways_and_sort_z_before_aa() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert all(split(address(row, column)) == (row, column) for row in (1, 99) for column in range(1, 800))
    assert sorted(["AA1", "B2", "Z1", "A10", "A9"], key=split) == ["Z1", "AA1", "B2", "A9", "A10"]
    assert split("F") == (0, 6)
    assert split("7") == (0, 0)


def test_titles_compare_without_case_accents_and_marks() -> None:
    assert folded("  Tanggal-Mulai (wajib) * ") == folded("tanggal mulai") == "tanggal mulai"
    assert folded("Tempat\u00a0/ Alámat") == "tempat alamat"


def test_a_template_comes_back_as_it_was_filled() -> None:
    row = {
        "code": "007",
        "name": "Roti =1+1",
        "baked": date(2026, 12, 8),
        "price": 1200,
        "regency": "Kota Kupang",
        "open": True,
        "kind": "Roti tawar",
        "bakers": ["7512", "5120"],
    }
    content = write_template(COLUMNS, title="Roti", stamp={"template": "loaves", "version": "3"}, rows=[row])
    sheet = read(content, COLUMNS)
    assert dict(sheet.stamp) == {"template": "loaves", "version": "3"}
    assert [page.name for page in sheet.pages] == ["Roti"]
    assert set(sheet.headers) == {column.key for column in COLUMNS}
    found = list(records(sheet, COLUMNS))
    assert len(found) == 1 and found[0].faults == ()
    assert dict(found[0].values) == {
        "code": "007",
        "name": "Roti =1+1",
        "baked": "2026-12-08",
        "price": 1200.0,
        "regency": "53.71",
        "open": True,
        "kind": "PLAIN",
        "bakers": ["7512", "5120"],
    }


def test_an_empty_template_has_no_rows_yet() -> None:
    content = write_template(COLUMNS, title="Roti", stamp={"template": "loaves"})
    with pytest.raises(FileRefused) as caught:
        read(content, COLUMNS)
    assert caught.value.code == "no_rows"


def test_a_template_guards_digits_dates_and_lists() -> None:
    content = write_template(COLUMNS, title="Roti", stamp={"template": "loaves"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert 'numFmtId="49"' in styles  # text
    assert "dd/mm/yyyy" in styles
    assert sheet.count('type="list"') == 3  # place, yes or no, kind
    assert sheet.count('type="date"') == 1
    assert book.count('state="veryHidden"') == 2
    assert "Petunjuk" in book
    assert "Kabupaten/Kota" in strings and "Kode (wajib)" in strings


def bad_rows(count: int) -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Kode", "Nama roti", "Harga", "Warna"])
        for row in range(1, count + 1):
            sheet.write_number(row, 0, 5306011005030000 + row)
            sheet.write_string(row, 1, f"Roti {row}")
            sheet.write_string(row, 2, "murah" if row == 3 else "1.500")
            sheet.write_string(row, 3, "=biru")

    return workbook(fill, strings_to_formulas=False)


def test_seventeen_equal_mistakes_are_one_mistake_of_the_column() -> None:
    sheet = read(bad_rows(17), COLUMNS)
    told = collapsed([fault for record in records(sheet, COLUMNS) for fault in record.faults])
    assert [(fault.cell, fault.code) for fault in told] == [("A", "number_instead_of_text"), ("C4", "not_a_number")]
    assert told[0].message["id"].startswith("Kolom A, 17 baris, misalnya sel A2: ")
    assert told[0].pointer == "/rows/-/code"
    assert [(unread.cell.address, unread.heading, unread.filled) for unread in sheet.unread] == [("D1", "Warna", 17)]


def test_sixteen_equal_mistakes_are_told_one_by_one() -> None:
    sheet = read(bad_rows(16), COLUMNS)
    told = collapsed([fault for record in records(sheet, COLUMNS) for fault in record.faults])
    assert len(told) == 17
    assert [fault.cell for fault in told[:4]] == ["A2", "A3", "A4", "C4"]


def test_mistakes_without_a_cell_are_never_lumped_together() -> None:
    lost = [Fault("/file", "x", say("a", "a"), where="file")] * 40
    assert len(collapsed(lost)) == 40


def test_faults_of_a_rule_find_their_cell() -> None:
    sheet = read(b"Kode;Nama roti\n001;a\n", COLUMNS)
    record = next(records(sheet, COLUMNS))
    told = record.refused(
        [
            Fault("/name", "taken", say("sudah ada", "taken")),
            Fault("/bakers/0", "unknown", say("tidak dikenal", "unknown")),
            Fault("", "odd", say("aneh", "odd")),
        ]
    )
    assert [(fault.cell, fault.pointer, fault.where) for fault in told.faults] == [
        ("B2", "/rows/2/name", "file"),
        ("A2", "/rows/2/bakers", "file"),
        ("A2", "/rows/2/", "file"),
    ]
    assert isinstance(told, SheetRecord) and record.faults == ()


def test_the_file_comes_back_with_messages_beside_the_cells_and_can_be_sent_again() -> None:
    sheet = read(bad_rows(3), COLUMNS)
    faults = [fault for record in records(sheet, COLUMNS) for fault in record.faults]
    back = annotate(sheet, faults)
    again = read(back, COLUMNS)
    lines = again.grids[0].values
    assert lines[0] == ["Kode", "Nama roti", "Harga", "Warna", "Perbaikan"]
    assert "Sel A4" in str(lines[3][4]) and "Sel C4" in str(lines[3][4])
    assert lines[1][0] == 5306011005030001.0
    assert lines[1][3] == "=biru"
    assert [unread.heading for unread in again.unread] == ["Warna"]
    twice = read(annotate(again, faults), COLUMNS).grids[0].values
    assert [value for value in twice[0] if value == "Perbaikan"] == ["Perbaikan"]


def test_the_stamp_and_the_days_survive_the_way_back() -> None:
    content = write_template(
        COLUMNS,
        title="Roti",
        stamp={"template": "loaves", "owner": "x"},
        rows=[{"code": "1", "name": "a", "baked": date(2026, 12, 8)}],
    )
    back = read(annotate(read(content, COLUMNS), []), COLUMNS)
    assert dict(back.stamp) == {"template": "loaves", "owner": "x"}
    assert next(records(back, COLUMNS)).values["baked"] == "2026-12-08"


def test_a_csv_comes_back_as_a_workbook() -> None:
    sheet = read(b"Kode;Nama roti\n001;\n", COLUMNS)
    faults = [fault for record in records(sheet, COLUMNS) for fault in record.faults]
    back = read(annotate(sheet, faults, lang="en"), COLUMNS)
    lines = back.grids[0].values
    assert lines[0][2] == "To mend"
    assert "Cell B2" in str(lines[1][2])
