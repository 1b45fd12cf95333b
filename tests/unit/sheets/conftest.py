"""The columns of a bakery's sheet, one of every kind, and workbooks made on the spot."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from shared.http.problems import say
from shared.sheets import Column, SheetRecord, records
from tests.support.sheets import read_here

COLUMNS = [
    Column("code", say("Kode", "Code"), kind="digits", required=True, example="007"),
    Column("name", say("Nama roti", "Bread"), aliases=("roti",), required=True),
    Column("baked", say("Tanggal panggang", "Baked on"), kind="date"),
    Column("price", say("Harga", "Price"), kind="number"),
    Column("cost", say("Biaya", "Cost"), kind="whole", unit="rupiah"),
    Column("seats", say("Tempat duduk", "Seats"), kind="whole", unit="people"),
    Column("lasts", say("Tahan", "Keeps"), kind="whole", unit="months"),
    Column("pieces", say("Jumlah", "Pieces"), kind="whole"),
    Column("regency", say("Kabupaten/Kota", "Regency"), kind="place"),
    Column("country", say("Negara", "Country"), kind="country"),
    Column("open", say("Buka", "Open"), kind="yes_no"),
    Column("kind", say("Jenis", "Kind"), kind="code", choices={"Roti tawar": "PLAIN", "Roti manis": "SWEET"}),
    Column("bakers", say("Kode ISCO", "ISCO codes"), kind="digits", many=True, whole_with=(4, 4)),
]

Fill = Callable[[Any, Any], None]


def workbook(fill: Fill, **options: Any) -> bytes:
    """An XLSX whose first sheet ``fill(book, sheet)`` writes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "nan_inf_to_errors": True, **options})
    fill(book, book.add_worksheet("Data"))
    book.close()
    return target.getvalue()


def typed(key: str, value: Any) -> SheetRecord:
    """The record of one row in which this one cell was filled, besides the required ones."""
    titles = ["Kode", "Nama roti", next(column.title["id"] for column in COLUMNS if column.key == key)]

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, titles if key not in ("code", "name") else titles[:2])
        sheet.write_string(1, 0, "007")
        sheet.write_string(1, 1, "Roti")
        place = {"code": 0, "name": 1}.get(key, 2)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        if hasattr(value, "year"):
            sheet.write_datetime(1, place, value, day)
        elif isinstance(value, str):
            sheet.write_string(1, place, value)
        elif isinstance(value, bool):
            sheet.write_boolean(1, place, value)
        else:
            sheet.write_number(1, place, value)

    sheet = read_here(workbook(fill), COLUMNS)
    return next(records(sheet, COLUMNS))


@pytest.fixture
def columns() -> list[Column]:
    return COLUMNS
