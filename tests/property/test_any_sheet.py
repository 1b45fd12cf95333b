"""Any bytes and any cells are read or refused, never worse; what was read can be given back."""

import csv
import io
from datetime import date, datetime
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.http.problems import Invalid, say
from shared.sheets import Column, annotate, read, records
from shared.sheets.cells import Kind
from shared.sheets.reporting import collapsed

KINDS: tuple[Kind, ...] = ("text", "digits", "code", "place", "country", "whole", "number", "date", "yes_no")
COLUMNS = [Column(kind, say(kind, kind), kind=kind, choices={"Roti": "BREAD"}) for kind in KINDS] + [
    Column("many", say("many", "many"), kind="place", many=True, required=True)
]
HEADER = [column.key for column in COLUMNS]

quietly = settings(max_examples=60, deadline=None)

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20) | st.sampled_from(
    ["53.06", "5306", "Kupang", "8/12/2026", "31/02/2026", "1.200", "1,5", "ya", "MYS", "007", "1E+15", "=1+1", "Roti"]
)
cells = (
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(10**20), 10**20)
    | st.dates(date(1900, 3, 1), date(9999, 12, 30))
    | st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30))
    | texts
)
rows = st.lists(st.lists(cells, min_size=1, max_size=len(HEADER)), min_size=1, max_size=6)


def survives(content: bytes) -> None:
    try:
        sheet = read(content, COLUMNS)
    except Invalid as refused:
        assert refused.code and refused.errors and all(fault.where == "file" for fault in refused.errors)
        return
    found = list(records(sheet, COLUMNS))
    faults = [fault for record in found for fault in record.faults]
    for fault in collapsed(faults):
        assert fault.cell and fault.message["id"] and fault.message["en"]
    again = read(annotate(sheet, faults), COLUMNS)
    assert [row.number for row in again.rows] == [row.number for row in sheet.rows]
    assert [dict(record.values) for record in records(again, COLUMNS) if not record.faults] == [
        dict(record.values) for record in found if not record.faults
    ]


@quietly
@given(content=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"text;many\n"]))
def test_any_bytes(content: bytes, head: bytes) -> None:
    survives(head + content)


@quietly
@given(rows=rows, separator=st.sampled_from(";,\t|"))
def test_any_csv(rows: list[list[Any]], separator: str) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator)
    writer.writerow(HEADER)
    writer.writerows(rows)
    survives(target.getvalue().encode())


@quietly
@given(rows=rows)
def test_any_workbook(rows: list[list[Any]]) -> None:
    target = io.BytesIO()
    compiled = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = compiled.add_worksheet()
    day = compiled.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADER)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, place, value, day)
            elif isinstance(value, str):
                sheet.write_string(line, place, value)
            elif value is not None:
                sheet.write(line, place, value)
    compiled.close()
    survives(target.getvalue())
