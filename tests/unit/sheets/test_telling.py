"""What a file says of itself is the same wherever it is looked through: where it is served, or in the child."""

import time
from datetime import date
from typing import Any

import pytest

from shared.files import child, delimited, workbooks
from shared.files.asking import Lines
from shared.http.problems import Invalid
from shared.sheets.grids import as_book, book_from
from shared.sheets.reading import sheet_of
from shared.sheets.telling import head_of, looked_through, read_at_once, told
from tests.unit.sheets.conftest import COLUMNS, workbook
from tests.unit.sheets.test_child import with_sheets


def fill(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["Kode", "Nama roti", "Dibuat", "Catatan lain"])
    sheet.write_row(1, 0, ["007", "Roti"])
    sheet.write_datetime(1, 2, date(2026, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write(1, 3, "x")
    sheet.write_row(2, 0, ["Jumlah", 1])


def test_the_child_tells_of_a_file_what_its_house_would() -> None:
    content = workbook(fill)
    lines = list(workbooks.read(content))
    here = sheet_of(as_book(Lines("".join(f"{child.encoded(line)}\n" for line in lines).encode())), COLUMNS)
    there = book_from(lines[0], iter(lines[1:]))
    assert there.grids == here.grids
    assert looked_through(COLUMNS, ["catatan lain"], iter(lines)) == {
        "rows": len(here.rows),
        "head": head_of(here, ["catatan lain"]),
    }


def test_a_large_file_is_looked_through_by_its_child() -> None:
    wide = ["Kode", "Nama roti", *(f"Catatan {n}" for n in range(18))]
    rows = [";".join(["7", "Roti", *["x"] * 18])] * 5_100
    content = "\n".join([";".join(wide), *rows]).encode()
    found = told(content, COLUMNS, ["Catatan 3"])
    assert found.rows == 5_100
    assert found.head["unread"][2]["filled"] == 5_100
    assert [one["ignored"] for one in found.head["unread"][2:5]] == [False, True, False]
    with pytest.raises(Invalid) as caught:
        told(content.replace(b"Nama roti", b"Nama toko"), COLUMNS, [])
    with pytest.raises(Invalid) as same:
        sheet_of(as_book(_said(content.replace(b"Nama roti", b"Nama toko"))), COLUMNS)
    assert (caught.value.code, caught.value.detail, caught.value.errors) == (
        same.value.code, same.value.detail, same.value.errors
    )  # fmt: skip


@pytest.mark.slow
def test_sheets_of_many_headings_hold_up_nobody() -> None:
    """A workbook of seven kilobytes whose only sheet stands there thirteen times: three seconds of the house's own time
    before, and a minute for 230 of them."""

    def headings(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Kode", "Nama roti", *("x/" * 55 + str(n) for n in range(198))])
        sheet.write_row(1, 0, ["a"] * 200)

    began = time.process_time()
    assert told(with_sheets(4, workbook(headings)), COLUMNS, []).rows == 5
    with pytest.raises(Invalid) as caught:
        told(with_sheets(12, workbook(headings)), COLUMNS, [])
    assert caught.value.code == "file_holds_too_much"  # nobody confirms two thousand columns
    assert time.process_time() - began < 0.5


@pytest.mark.slow
def test_cells_of_many_letters_hold_up_nobody() -> None:
    """Twenty megabytes in a hundred cells: three seconds of the house's own time before."""
    content = ("Kode;Nama roti\n7;Roti\n" + (";" + " a" * 90_000 + "\n") * 20).encode()
    began = time.process_time()
    assert told(content, COLUMNS, []).rows == 21
    assert time.process_time() - began < 0.3


def test_what_is_judged_while_its_sender_waits_is_small() -> None:
    assert read_at_once(workbook(fill), COLUMNS) is not None
    assert read_at_once(with_sheets(5, workbook(fill)), COLUMNS) is None


def _said(content: bytes) -> Lines:
    return Lines("".join(f"{child.encoded(line)}\n" for line in delimited.read(content)).encode())
