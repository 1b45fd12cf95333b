"""For the child: XLSX to rows of plain values. Reading itself is python-calamine's, in Rust, with the values that
formulas had when the file was saved.
"""

import io
import math
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import python_calamine

from shared.files.archives import Archive
from shared.files.limits import (
    HEADER_WITHIN,
    LONGEST_NAME,
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    MOST_SHEETS,
    Allowance,
    CellCount,
    Refusal,
    checked,
    memory_is_short,
)
from shared.files.parts import Looked, counts_from_1904, sheets_of
from shared.files.remarks import borrowed, comments, drawings, padded_styles, struck_styles, struck_texts
from shared.files.workbook_names import GUIDE_SHEET, LISTS_SHEET, STAMP_SHEET


def read(content: bytes) -> Iterator[Any]:
    """What the child says, line by line: a head for the workbook, then for each sheet its head and its rows.

    Raises Refusal.
    """
    archive = Archive(content, Allowance.of(len(content)))
    parts = sheets_of(archive)
    try:
        yield from _said(content, archive, parts)
    except python_calamine.PasswordError:
        raise Refusal("file_encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Refusal("file_damaged") from None
    except BaseException as error:
        # A panic of the Rust reader arrives as a BaseException of its own; anything else of that rank is not ours.
        if type(error).__name__ != "PanicException":
            raise
        # It panics too when Python has no memory left to give.
        raise Refusal("file_needs_too_much_memory" if memory_is_short() else "file_damaged") from None


def _said(content: bytes, archive: Archive, parts: dict[str, str]) -> Iterator[Any]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    if len(book.sheets_metadata) > MOST_SHEETS:
        raise Refusal("file_too_big")
    stamp: dict[str, str] = {}
    shown: list[str] = []
    hidden: list[str] = []
    for meta in book.sheets_metadata:
        checked(meta.name, LONGEST_NAME)
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet or meta.name in (GUIDE_SHEET, LISTS_SHEET):
            continue
        if meta.name == STAMP_SHEET:
            _look(archive, parts, meta.name)
            lines = book.get_sheet_by_name(meta.name).to_python(nrows=20)
            stamp = {checked(str(line[0])): checked(str(line[1])) for line in lines if len(line) > 1 and line[0]}
        elif meta.visible == python_calamine.SheetVisibleEnum.Visible:
            shown.append(meta.name)
        else:
            hidden.append(meta.name)
    yield {
        "sheets": len(shown),
        "hidden": hidden,
        "stamp": stamp,
        "from_1904": counts_from_1904(archive),
        "comments": comments(archive, stamped=bool(stamp)),
        "drawings": drawings(archive),
    }
    styles, texts, widths = struck_styles(archive), struck_texts(archive), padded_styles(archive)
    counted = CellCount(Allowance.of(len(content)).cells)
    for name in shown:
        yield from _sheet(book, name, _look(archive, parts, name, styles, texts, widths), counted)


def _look(
    archive: Archive,
    parts: dict[str, str],
    name: str,
    styles: frozenset[str] = frozenset(),
    texts: frozenset[bytes] = frozenset(),
    widths: dict[str, int] | None = None,
) -> Looked:
    xml = archive.read(parts.get(name, "")) or b"<none/>"
    looked = Looked(xml, archive.parsed, styles, texts, widths)
    looked.borrowed = borrowed(archive, xml)
    archive.let_go()
    archive.parsed -= looked.tags
    return looked


def _sheet(book: "python_calamine.CalamineWorkbook", name: str, looked: Looked, counted: CellCount) -> Iterator[Any]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS + HEADER_WITHIN:
        raise Refusal("too_many_rows")
    if sheet.total_width > MOST_COLUMNS:
        raise Refusal("too_many_columns")
    merges = list(sheet.merged_cell_ranges or ())
    if len(merges) > MOST_MERGES:
        raise Refusal("file_damaged", "merge")
    broken: dict[int, dict[int, tuple[str, str]]] = {}
    for (line, column), what in looked.broken.items():
        broken.setdefault(line, {})[column] = what
    rows = sheet.to_python(skip_empty_area=False)
    height = max([len(rows), *(line + 1 for line in broken)])
    unseen = {
        "hidden": looked.hidden,
        "hidden_columns": sorted(looked.hidden_columns),
        "struck": sorted(looked.struck),
        "borrowed": looked.borrowed,
    }
    yield {"name": name, "rows": height, "merges": [[*first, *last] for first, last in merges], **unseen}
    for (line, column), width in looked.padded.items():
        if line < len(rows) and column < len(rows[line]):
            rows[line][column] = _as_seen(rows[line][column], width)
    for number, row in enumerate(rows):
        values = [one if isinstance(one, str) and one and not one.isspace() else _value(one) for one in row]
        yield counted.row(_row(values, broken.get(number)))
    for number in range(len(rows), height):
        yield counted.row(_row([], broken.get(number)))


def _row(values: list[Any], broken: dict[int, tuple[str, str]] | None) -> list[Any]:
    for column, (kind, text) in (broken or {}).items():
        values.extend([None] * (column + 1 - len(values)))
        if values[column] is None:
            values[column] = {kind: text}
    return values


def _as_seen(value: Any, width: int) -> Any:
    """A number with the zeros that its format shows in front of it; what is as long anyway stays a number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10 ** (width - 1):
        return value
    return f"{int(value):0{width}d}" if value == int(value) else value


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return None  # Of those that are not blank nobody asks.
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return None if value is None else str(value)
