"""For ``reading``: XLSX to grids, after the zip around it has been looked at with suspicion.

Reading itself is python-calamine's, in Rust, with the values that formulas had when the file was saved. Before it
sees a byte, this file makes sure that unpacking stays small and that no cell stands so far out that the grid would
not fit into memory.
"""

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import python_calamine

from shared.sheets.cells import Cell, Value, address
from shared.sheets.refusing import MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, refused

STAMP_SHEET = "_lumbung"
"""The hidden sheet by which a template is recognised: keys in column A, values in column B."""

GUIDE_SHEET = "Petunjuk"
"""Instructions for people, never data."""

_MOST_PARTS = 500
_MOST_COVERED = 200_000
_PIECE = 1024 * 1024

# A cell or row outside of what is read (column GR is the 200th). Real files have empty formatted cells out there, so a
# value is asked for too.
_FAR_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"'](?:([A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+|[A-Z]+([0-9]{5,}))[\"']"
    rb"[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"
)
_FAR_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"']([0-9]{5,})[\"'][^>]*(?<!/)>\s*<(?:\w+:)?c\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b")
_ESCAPED_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*[\"'][^\"']*&")


@dataclass(frozen=True, slots=True)
class Grid:
    """The used area of one sheet from its very first row and column; ``covered`` are cells hidden under a merge."""

    name: str
    values: Sequence[Sequence[Value]]
    covered: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def cell(self, row: int, column: int) -> Cell:
        """The cell at these indexes (from 0); an empty one outside of the grid."""
        line = self.values[row] if row < len(self.values) else ()
        value = line[column] if column < len(line) else None
        return Cell(address(row + 1, column + 1), value, merged=(row, column) in self.covered)


def read(content: bytes) -> tuple[list[Grid], dict[str, str]]:
    """The visible sheets in their order, and the stamp of the template (empty without one). Raises FileRefused."""
    _look_into(content)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        seen = python_calamine.SheetVisibleEnum.Visible
        sheet_type = python_calamine.SheetTypeEnum.WorkSheet
        grids, stamp = [], {}
        for meta in book.sheets_metadata:
            if meta.typ != sheet_type:
                continue
            if meta.name == STAMP_SHEET:
                rows = book.get_sheet_by_name(meta.name).to_python()
                stamp = {str(row[0]): str(row[1]) for row in rows[:20] if len(row) > 1 and row[0]}
            elif meta.visible == seen and meta.name != GUIDE_SHEET:
                grids.append(_grid(meta.name, book.get_sheet_by_name(meta.name)))
    except python_calamine.PasswordError:
        raise refused("file_encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise refused("file_damaged") from None
    except BaseException as error:
        # A panic of the Rust reader arrives as a BaseException of its own; anything else of that rank is not ours.
        if type(error).__name__ != "PanicException":
            raise
        raise refused("file_damaged") from None
    return grids, stamp


def _grid(name: str, sheet: "python_calamine.CalamineSheet") -> Grid:
    values = [[_value(one) for one in row] for row in sheet.to_python(skip_empty_area=False)]
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, len(values)) + 1):
            covered.update((row, column) for column in range(left, min(right, MOST_COLUMNS) + 1))
            if len(covered) > _MOST_COVERED:
                raise refused("file_damaged", place="merge")
        covered.discard((top, left))
    return Grid(name, values, frozenset(covered))


def _value(value: object) -> Value:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value  # type: ignore[return-value]


def _look_into(content: bytes) -> None:
    """Refuse zips that are no workbook, hide macros, are damaged, or would unpack to more than we want."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise refused("file_cut_off") from None
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise refused("file_has_macros")
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise refused("file_not_a_sheet")
    if len(parts) > _MOST_PARTS:
        raise refused("file_too_big")
    left = MOST_UNPACKED
    for part in parts:
        plain = _unpacked(content, part, left)
        left -= len(plain)
        if part.filename.lower().startswith("xl/worksheets/") and part.filename.lower().endswith(".xml"):
            _not_too_wide(plain)


def _unpacked(content: bytes, part: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a part, counted while they are unpacked: what the directory of the zip says may be a lie."""
    start = part.header_offset
    if part.flag_bits & 0x1:
        raise refused("file_encrypted")
    if content[start : start + 4] != b"PK\x03\x04" or len(content) < start + 30:
        raise refused("file_cut_off")
    name, extra = struct.unpack("<HH", content[start + 26 : start + 30])
    start += 30 + name + extra
    packed = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        plain = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        plain = _inflated(packed, most)
    else:
        raise refused("file_damaged")
    if len(plain) > most:
        raise refused("file_too_big")
    if len(plain) != part.file_size or zlib.crc32(plain) != part.CRC:
        raise refused("file_cut_off")
    return plain


def _inflated(packed: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size = 0
    try:
        while packed and not unpacker.eof:
            piece = unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
            size += len(piece)
            if size > most:
                raise refused("file_too_big")
            pieces.append(piece)
    except zlib.error:
        raise refused("file_cut_off") from None
    return b"".join(pieces)


def _not_too_wide(xml: bytes) -> None:
    """Refuse a sheet with a value so far out that its rectangle would not fit into memory."""
    if b"<!DOCTYPE" in xml or _ESCAPED_PLACE.search(xml):
        raise refused("file_damaged")
    for found in _FAR_CELL.finditer(xml):
        if found[1]:
            raise refused("too_many_columns")
        if int(found[2]) > MOST_ROWS + 50:
            raise refused("too_many_rows")
    for found in _FAR_ROW.finditer(xml):
        if int(found[1]) > MOST_ROWS + 50:
            end = xml.find(b"row>", found.end())
            if _VALUE.search(xml, found.start(), end if end > 0 else len(xml)):
                raise refused("too_many_rows")
