"""For whoever must mend a file: the same rows back as XLSX, wrong cells red with a comment, all messages at the end.

The stored values are written again with their types and merges; colours and formulas of the original are not kept.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import xlsxwriter

from shared import clock
from shared.files.workbook_names import OURSELVES, STAMP_SHEET
from shared.http.problems import Fault, in_language
from shared.sheets.cells import Broken, Grid, Page, Sheet, split
from shared.sheets.headings import MENDING
from shared.sheets.templates import write_value

Messages = Mapping[tuple[int, int], list[str]]
"""Row and column from 0 → what is wrong there; column -1 gathers what is said of the row."""


def annotate(sheet: Sheet, faults: Iterable[Fault], *, lang: str = "id") -> bytes:
    """The file as XLSX with every fault at its cell and, per row, in one more column.

    Give faults as the records have them; a report has collapsed its own.
    """
    said: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for fault in faults:
        number, column = split(fault.cell or "")
        if number:
            text = " ".join(in_language(part, lang) for part in (fault.message, fault.fix) if part)
            name = (fault.cell or "").rpartition("!")[0] or sheet.pages[0].name
            said[name][number - 1, column - 1].append(text)
            said[name][number - 1, -1].append(text)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    pages = {page.name: page for page in sheet.pages}
    writer = _AnnotationWriter(book, lang)
    for grid in sheet.grids:
        writer.write(grid, pages.get(grid.name), said[grid.name])
    if sheet.stamp:
        hidden = book.add_worksheet(STAMP_SHEET)
        for line, (key, value) in enumerate(sheet.stamp.items()):
            hidden.write_string(line, 0, key)
            hidden.write_string(line, 1, value)
        hidden.very_hidden()
    book.close()
    return target.getvalue()


class _AnnotationWriter:
    def __init__(self, book: "xlsxwriter.Workbook", lang: str) -> None:
        self._book = book
        self._title = MENDING[lang == "en"]
        self._shapes = {
            (wrong, is_day): book.add_format(
                ({"bg_color": "#F6D5D2"} if wrong else {}) | ({"num_format": "dd/mm/yyyy"} if is_day else {})
            )
            for wrong in (True, False)
            for is_day in (True, False)
        }

    def write(self, grid: Grid, read: Page | None, said: Messages) -> None:
        page = self._book.add_worksheet(grid.name[:31] if grid.name != "CSV" else "Data")
        width = _width(grid, read)
        for line, row in enumerate(grid.values):
            for place in range(width):
                value = row[place] if place < len(row) else None
                messages = said.get((line, place))
                if value is not None or messages:
                    self._cell(page, line, place, value, messages)
            if said.get((line, -1)):
                page.write_string(line, width, " · ".join(said[line, -1])[:32_000])
        self._merges(page, grid, width)
        if read is not None:
            page.write_string(read.last_header - 1, width, self._title)
            page.set_column(width, width, 80)
            page.freeze_panes(read.last_header, 0)
        page.set_column(0, max(width - 1, 0), 16)

    def _cell(self, page: Any, line: int, place: int, value: Any, messages: list[str] | None) -> None:
        shape = self._shapes[bool(messages), isinstance(value, date)]
        if value is None:
            page.write_blank(line, place, None, shape)
        elif isinstance(value, Broken):
            page.write_string(line, place, value.error or "#N/A", shape)
        else:
            write_value(page, line, place, value, shape)
        if messages:
            page.write_comment(line, place, "\n".join(messages)[:2000], {"x_scale": 2, "author": OURSELVES})

    def _merges(self, page: Any, grid: Grid, width: int) -> None:
        """Merges of title blocks and section titles; what stands in them is written again by the merge."""
        for top, left, bottom, right in grid.merges[:1000]:
            if (top, left) == (bottom, right) or right >= width or top >= len(grid.values):
                continue
            row = grid.values[top]
            value = row[left] if left < len(row) else None
            if value is None or isinstance(value, str):
                try:
                    page.merge_range(top, left, bottom, right, value or "")
                except xlsxwriter.exceptions.OverlappingRange:
                    continue


def _width(grid: Grid, read: Page | None) -> int:
    """Columns to write again: all but the messages of an earlier round, when the annotated file itself comes back."""
    if read is not None:
        header = grid.values[read.last_header - 1]
        if header and header[-1] in MENDING:
            return len(header) - 1
    return max((len(row) for row in grid.values), default=0)
