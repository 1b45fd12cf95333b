"""Files as offices keep them are read; files that nobody could read are refused with the way out."""

import gzip
import io
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from shared.files.limits import MOST_BYTES, MOST_ROWS
from shared.http.problems import Invalid, say
from shared.sheets import Column, FileRefused, Sheet, read, reading, records
from tests.support.sheets import read_here
from tests.unit.sheets.conftest import COLUMNS, workbook


def simple(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["Kode", "Nama roti"])
    sheet.write_row(1, 0, ["007", "Roti"])


def names(sheet: Sheet) -> list[Any]:
    return [row.cells["name"].value for row in sheet.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_csv_is_read_in_every_usual_dress(separator: str, encoding: str, ends: str) -> None:
    text = f'Kode{separator}Nama roti\n007{separator}"Croissant é {separator} x"\n008{separator}Roti\n'
    sheet = read_here(text.replace("\n", ends).encode(encoding), COLUMNS)
    assert names(sheet) == [f"Croissant é {separator} x", "Roti"]
    assert sheet.rows[0].cells["name"].address == "B2"


def test_a_line_with_more_cells_than_headings_has_moved_and_is_refused() -> None:
    """``Biaya`` 1,500,000 without quotation marks would be one rupiah."""
    sheet = read_here(b"Kode,Nama roti,Biaya\n007,Roti,1,500,000\n008,Roti,1500000\n009,Roti,0,,\n", COLUMNS)
    rows = list(records(sheet, COLUMNS))
    assert [[fault.code for fault in row.faults] for row in rows] == [["row_shifted"], [], []]
    assert [row.values.get("cost") for row in rows] == [None, 1_500_000, 0]


def test_the_longer_line_of_a_header_over_two_lines_says_how_wide_a_table_is() -> None:
    lines = "Kode;Nama roti;Panggang;;Biaya\n;;Tanggal;Jam\n007;Roti;01/02/2027;8;1500\n"
    columns = [*COLUMNS, Column("hour", say("Panggang jam", "Hour"))]
    [row] = records(read_here(lines.encode(), columns), columns)
    assert (row.faults, row.values["cost"]) == ((), 1_500)


def test_both_lines_of_a_header_over_two_lines_may_come_again_on_each_page() -> None:
    head = "Kode;Nama roti;Rincian;;\n;;Tanggal panggang;Harga;Biaya\n"
    again = "7;Kue;1/2/2027;500;100\n"
    sheet = read_here(f"{head}{again}{head}{again}8;Biaya;;Harga;Biaya\n".encode(), COLUMNS)
    assert [(row.number, row.why) for row in sheet.skipped] == [(4, "row_header_again"), (5, "row_header_again")]
    assert names(sheet) == ["Kue", "Kue", "Biaya"], "beside a code and a name it is data, and refused at its cells"


def test_digits_written_as_a_formula_to_keep_their_zeros_are_those_digits() -> None:
    sheet = read_here(b'Kode;Nama roti\n="007";"=""Roti"""\n', COLUMNS)
    assert [(row.cells["code"].value, row.cells["name"].value) for row in sheet.rows] == [("007", "Roti")]


def test_excels_separator_line_is_no_row() -> None:
    sheet = read_here(b"sep=;\nKode;Nama roti\n007;a,b,c\n", COLUMNS)
    assert names(sheet) == ["a,b,c"]


def test_commas_inside_cells_do_not_hide_the_separator() -> None:
    rows = "\n".join(f'00{n};"a, b, c, d"' for n in range(9))
    assert names(read_here(f"Kode;Nama roti\n{rows}".encode(), COLUMNS)) == ["a, b, c, d"] * 9


def test_rows_keep_their_numbers_when_lines_are_empty_or_broken() -> None:
    sheet = read_here(b'Kode;Nama roti\n\n007;"satu\ndua"\n;;\n008;tiga\n', COLUMNS)
    assert [(row.number, row.cells["name"].value) for row in sheet.rows] == [(3, "satu\ndua"), (5, "tiga")]


def test_headers_match_by_alias_case_accent_and_mark() -> None:
    for title in ("ROTI", " nama  Roti ", "Nama roti (wajib)", "nama_roti*", "name", "Bread", "Náma roti"):
        sheet = read_here(f"kode;{title}\n007;x\n".encode(), COLUMNS)
        assert names(sheet) == ["x"]


def test_a_title_above_the_header_is_passed_over() -> None:
    text = "Daftar roti\nToko Maju\n\nKode;Nama roti\n007;x\n"
    sheet = read_here(text.encode(), COLUMNS)
    assert (sheet.pages[0].last_header, sheet.rows[0].number) == (4, 5)


def test_columns_that_nobody_knows_are_named() -> None:
    sheet = read_here(b"Kode;Nama roti;Warna\n007;x;biru\n", COLUMNS)
    assert [(one.cell.address, one.heading) for one in sheet.unread] == [("C1", "Warna")]


def test_missing_and_doubled_columns_are_named_with_the_nearest_title() -> None:
    with pytest.raises(Invalid) as caught:
        read_here(b"Kode;Nama rotinya;Harga;Harga\n007;x;1;2\n", COLUMNS)
    assert caught.value.code == "template_mismatch"
    found = {fault.code: fault for fault in caught.value.errors}
    assert found["column_twice"].cell == "D1"
    assert found["column_missing"].fix is not None and '"Nama rotinya"' in found["column_missing"].fix["id"]


def test_hidden_sheets_and_the_guide_are_not_data() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Kode", "Nama roti"])
        sheet.write_row(1, 0, ["hidden", "hidden"])
        sheet.hide()
        shown = book.add_worksheet("Roti")
        shown.activate()
        shown.set_first_sheet()
        guide = book.add_worksheet("Petunjuk")
        guide.write_row(0, 0, ["Kode", "Nama roti", "Harga"])
        guide.write_row(1, 0, ["guide", "guide", 1])
        shown.write_row(0, 0, ["Kode", "Nama roti"])
        shown.write_row(1, 0, ["007", "shown"])

    sheet = read_here(workbook(fill), COLUMNS)
    assert names(sheet) == ["shown"]
    assert [page.name for page in sheet.pages] == ["Roti"]
    assert [(other.name, other.why) for other in sheet.others] == [("Data", "hidden")]


def test_the_sheet_with_the_known_header_is_taken() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Ringkasan", "Jumlah"])
        sheet.write_row(1, 0, ["roti", 2])
        other = book.add_worksheet("Isi")
        other.write_row(2, 1, ["Kode", "Nama roti"])
        other.write_row(3, 1, ["007", "Roti"])

    sheet = read_here(workbook(fill), COLUMNS)
    assert [page.name for page in sheet.pages] == ["Isi"]
    assert [(other.name, other.rows, other.why) for other in sheet.others] == [("Data", 2, "no_header")]
    assert sheet.rows[0].cells["code"].address == "B4"


def test_formulas_count_with_the_value_that_was_stored() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Kode", "Nama roti", "Harga"])
        sheet.write_string(1, 0, "007")
        sheet.write_formula(1, 1, '="Roti "&"A"', value="Roti A")
        sheet.write_formula(1, 2, "=600*2", value=1200)
        sheet.write_string(2, 0, "008")
        sheet.write_string(2, 1, "Roti B")
        sheet.write_formula(2, 2, "=1/0", value="#DIV/0!")

    found = list(records(read_here(workbook(fill), COLUMNS), COLUMNS))
    assert dict(found[0].values) == {"code": "007", "name": "Roti A", "price": 1200.0}
    assert "price" not in found[1].values
    assert [(fault.cell, fault.code) for fault in found[1].faults] == [("C3", "error_cell")]


def test_cells_under_a_merge_are_refused_by_name() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Kode", "Nama roti"])
        for row in range(1, 4):
            sheet.write_string(row, 0, f"00{row}")
        sheet.merge_range("B2:B4", "Roti")

    found = list(records(read_here(workbook(fill), COLUMNS), COLUMNS))
    assert found[0].faults == ()
    assert [(f.code, f.cell) for record in found for f in record.faults] == [
        ("merged_cells", "B3"),
        ("merged_cells", "B4"),
    ]


def test_dates_of_the_other_epoch_are_the_same_days() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Kode", "Nama roti", "Tanggal panggang"])
        sheet.write_row(1, 0, ["007", "Roti"])
        sheet.write_datetime(1, 2, date(2026, 12, 8), book.add_format({"num_format": "dd/mm/yyyy"}))

    found = next(records(read_here(workbook(fill, date_1904=True), COLUMNS), COLUMNS))
    assert found.values["baked"] == "2026-12-08"


def rezipped(content: bytes, change: Any) -> bytes:
    """The workbook with its parts changed: ``change(name, data)`` gives the new data, or None to leave the part out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = change(part.filename, old.read(part))
            if data is not None:
                new.writestr(part.filename, data)
    return target.getvalue()


def with_sheet_xml(pattern: bytes, replacement: bytes) -> bytes:
    def change(name: str, data: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            data, count = re.subn(pattern, replacement, data, count=1)
            assert count == 1
        return data

    return rezipped(workbook(simple), change)


def added(name: str, data: bytes) -> bytes:
    target = io.BytesIO(workbook(simple))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
GOOD = workbook(simple)


def lying_about_its_size() -> bytes:
    """A part that unpacks to far more than the zip's directory says."""
    bomb = bytearray(added("xl/media/a.bin", b"0" * 50_000_000))
    place = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(b"xl/media/a.bin"))
    bomb[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(bomb)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "no_rows"),
        (lambda: b"\n\n  \n", "no_rows"),
        (lambda: OLE, "file_is_xls"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (lambda: GOOD[: len(GOOD) // 2], "file_cut_off"),
        (lambda: GOOD[:-1], "file_cut_off"),
        (lambda: GOOD[:30], "file_cut_off"),
        (lambda: b"PK\x03\x04" + b"\x00" * 100, "file_cut_off"),
        (lambda: GOOD.replace(b"PK\x03\x04", b"PK\x00\x00", 1)[::-1], "file_not_a_sheet"),
        (lambda: bytes(GOOD[:200]) + b"\xff" * 20 + GOOD[220:], "file_cut_off"),
        (lambda: added("xl/vbaProject.bin", b"x"), "file_has_macros"),
        (lambda: rezipped(GOOD, lambda name, data: None if name == "xl/workbook.xml" else data), "file_not_a_sheet"),
        (lambda: rezipped(GOOD, lambda name, data: b"<x" if name == "xl/workbook.xml" else data), "file_damaged"),
        (lambda: rezipped(GOOD, lambda name, data: None if name.endswith("sheet1.xml") else data), "file_damaged"),
        (lambda: with_sheet_xml(rb"</sheetData>.*", b""), "file_damaged"),
        (lambda: with_sheet_xml(rb"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"), "file_damaged"),
        (lambda: added("xl/media/a.bin", b"0" * 90_000_000), "file_too_big"),
        (lambda: lying_about_its_size(), "file_cut_off"),
        (lambda: b"0" * (MOST_BYTES + 1), "file_too_big"),
        (lambda: with_sheet_xml(rb'r="A2"', b'r="XFD1048576"'), "too_many_columns"),
        (lambda: with_sheet_xml(rb'r="A2"', b"r = 'A1048576'"), "too_many_rows"),
        (lambda: with_sheet_xml(rb'r="A2"', b'r="&#65;2"'), "file_damaged"),
        (lambda: workbook(lambda book, sheet: sheet.write_row(0, 0, ["x"] * 201)), "too_many_columns"),
        (lambda: workbook(lambda book, sheet: None), "no_rows"),
        (lambda: workbook(lambda book, sheet: sheet.write_row(0, 0, ["Kode", "Nama roti"])), "no_rows"),
        (lambda: workbook(lambda book, sheet: sheet.write_row(0, 0, ["a", "b"])), "no_header"),
        (lambda: b"a;b\n1;2\n", "no_header"),
        (lambda: b"Kode;Nama roti\n", "no_rows"),
        (lambda: b'Kode;Nama roti\n007;"x\n', "quote_not_closed"),
        (lambda: b"Kode;Nama roti\n" + b"007;x\n" * (MOST_ROWS + 60), "too_many_rows"),
        (lambda: b"Kode;" * 300 + b"\n", "too_many_columns"),
        (lambda: b"\x00\x01\x02", "file_not_a_sheet"),
        (lambda: b"%PDF-1.7\n\x01", "file_not_a_sheet"),
        (lambda: b"%PDF-1.7\n", "file_not_a_sheet"),
        (lambda: b"\xef\xbb\xbf<html><table><tr><td>Kode</td></tr></table>", "file_not_a_sheet"),
        (lambda: b"\x89PNG\r\n\x1a\n\x00", "file_not_a_sheet"),
        (lambda: b"\xff\xfea", "file_not_text"),
        (lambda: b"Kode;\x81\n", "file_not_text"),
        (lambda: gzip.compress(b"Kode;Nama roti\n"), "file_not_a_sheet"),
        (lambda: b"Kode;Nama roti\n007;" + b"x" * 300_000, "cell_too_long"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(make: Callable[[], bytes], code: str) -> None:
    content = make()
    with pytest.raises(FileRefused) as caught:
        read(content, COLUMNS)
    assert caught.value.code == code
    fault = caught.value.errors[0]
    assert (fault.where, fault.pointer) == ("file", "/file")
    assert fault.fix is not None and fault.fix["id"] and fault.fix["en"]


def test_empty_formatted_cells_far_out_are_harmless() -> None:
    def fill(book: Any, sheet: Any) -> None:
        simple(book, sheet)
        red = book.add_format({"bg_color": "red"})
        sheet.write_blank(1_048_575, 0, None, red)
        sheet.write_blank(1, 16_383, None, red)

    assert names(read_here(workbook(fill), COLUMNS)) == ["Roti"]


def test_as_many_rows_as_allowed_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 500)
    sheet = read(b"Kode;Nama roti\n" + b"007;x\n" * 500, COLUMNS)
    assert len(sheet.rows) == 500
    with pytest.raises(FileRefused) as caught:
        read(b"Kode;Nama roti\n" + b"007;x\n" * 501, COLUMNS)
    assert caught.value.code == "too_many_rows"


def test_no_column_is_needed_but_the_required_ones() -> None:
    loose = [Column("a", say("A", "A")), Column("b", say("B", "B"))]
    sheet = read_here(b"B\nx\n", loose)
    assert [dict(record.values) for record in records(sheet, loose)] == [{"b": "x"}]


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_are_the_same_whatever_day_a_workbook_counts_from(from_1904: bool) -> None:
    born = date(2001, 4, 4)
    number = (born - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))).days

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Kode", "Nama roti", "Tanggal panggang", "Harga"])
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for line in (1, 2):
            sheet.write_string(line, 0, f"00{line}")
            sheet.write_string(line, 1, "Roti")
            sheet.write_number(line, 3, number)
        sheet.write_datetime(1, 2, datetime(2001, 4, 4), day)
        sheet.write_number(2, 2, number)

    sheet = read_here(workbook(fill, date_1904=from_1904), COLUMNS)
    rows = list(records(sheet, COLUMNS))
    assert [row.values["baked"] for row in rows] == [born.isoformat()] * 2
    assert [row.values["price"] for row in rows] == [number] * 2, "other numbers stay numbers"
