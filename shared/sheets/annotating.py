"""For whoever must mend a file: the same rows back as XLSX, wrong cells red with a comment, all messages at the end.

The stored values are written again with their types; colours and formulas of the original are not kept.
"""

import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import xlsxwriter

from shared import clock
from shared.http.problems import Fault, in_language
from shared.sheets.cells import Sheet, split
from shared.sheets.templates import write_value
from shared.sheets.workbooks import STAMP_SHEET

_TITLE = {"id": "Perbaikan", "en": "To mend"}


def annotate(sheet: Sheet, faults: Iterable[Fault], *, lang: str = "id") -> bytes:
    """The sheet as XLSX with every fault at its cell and, per row, in one more column.

    Give faults as the records have them; a report has collapsed its own.
    """
    at_cell: dict[tuple[int, int], list[str]] = defaultdict(list)
    at_row: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        number, column = split(fault.cell or "")
        if not number:
            continue
        text = " ".join(in_language(part, lang) for part in (fault.message, fault.fix) if part)
        at_cell[number - 1, column - 1].append(text)
        if number != sheet.header_row:
            at_row[number - 1].append(text)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    page = book.add_worksheet(sheet.name[:31] if sheet.name != "CSV" else "Data")
    shapes = {
        (wrong, is_day): book.add_format(
            ({"bg_color": "#F6D5D2"} if wrong else {}) | ({"num_format": "dd/mm/yyyy"} if is_day else {})
        )
        for wrong in (True, False)
        for is_day in (True, False)
    }
    width = _width(sheet)
    for line, row in enumerate(sheet.grid):
        for place in range(width):
            value = row[place] if place < len(row) else None
            messages = at_cell.get((line, place))
            if value is None and not messages:
                continue
            shape = shapes[bool(messages), isinstance(value, date)]
            if value is None:
                page.write_blank(line, place, None, shape)
            else:
                write_value(page, line, place, value, shape)
            if messages:
                page.write_comment(line, place, "\n".join(messages)[:2000], {"x_scale": 2})
        if at_row.get(line):
            page.write_string(line, width, " · ".join(at_row[line])[:32_000])
    page.write_string(sheet.header_row - 1, width, _TITLE[lang if lang in _TITLE else "id"])
    page.set_column(0, max(width - 1, 0), 16)
    page.set_column(width, width, 80)
    page.freeze_panes(sheet.header_row, 0)
    if sheet.stamp:
        hidden = book.add_worksheet(STAMP_SHEET)
        for line, (key, value) in enumerate(sheet.stamp.items()):
            hidden.write_string(line, 0, key)
            hidden.write_string(line, 1, value)
        hidden.very_hidden()
    book.close()
    return target.getvalue()


def _width(sheet: Sheet) -> int:
    """Columns to write again: all but the messages of an earlier round, when the annotated file itself comes back."""
    header = sheet.grid[sheet.header_row - 1]
    if header and header[-1] in _TITLE.values():
        return len(header) - 1
    return max(len(row) for row in sheet.grid)
