"""For import doors: bytes of a CSV or XLSX file to a :class:`Sheet`, or a refusal that says how to save it instead."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from shared.http.problems import Fault, Invalid, Text
from shared.sheets import delimited, workbooks
from shared.sheets.cells import Cell, Column, Row, Sheet, address, folded, split
from shared.sheets.refusing import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, FileRefused, refused
from shared.sheets.workbooks import Grid

__all__ = ["FileRefused", "read"]

HEADER_WITHIN = 20
"""Rows in which the header is looked for: a title, a logo and an address above it are usual, more is another file."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENTS = (b"%PDF", b"{\\rtf", b"<")
"""How pages begin that were only named after a sheet: PDF, RTF, and what programs export as HTML or XML."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(content: bytes, columns: Sequence[Column] = ()) -> Sheet:
    """Read the file's one visible sheet with the known header.

    Without ``columns`` the first filled row is the header, and cells are found by the header's own text.

        Raises: FileRefused: 422 with one of the codes ``file_is_xls``, ``file_encrypted``, ``file_has_macros``,
        ``file_cut_off``, ``file_damaged``, ``file_too_big``, ``file_not_a_sheet``, ``file_not_text``,
        ``too_many_rows``, ``too_many_columns``, ``no_header``, ``no_rows``. Invalid: ``template_mismatch``; its
        errors name missing and doubled columns.
    """
    if len(content) > MOST_BYTES:
        raise refused("file_too_big")
    if content.startswith(_OLE):
        raise refused("file_encrypted" if _ENCRYPTED in content else "file_is_xls")
    if content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_DOCUMENTS):
        raise refused("file_not_a_sheet")
    grids, stamp = workbooks.read(content) if content.startswith(b"PK") else ([delimited.read(content)], {})
    if not any(value is not None for grid in grids for row in grid.values for value in row):
        raise refused("no_rows")
    for grid in grids:
        if len(grid.values) > MOST_ROWS + HEADER_WITHIN:
            raise refused("too_many_rows")
        if max((len(row) for row in grid.values), default=0) > MOST_COLUMNS:
            raise refused("too_many_columns")
    grid, header = _header_of(grids, columns)
    return _sheet(grid, header, columns, stamp)


def _header_of(grids: Sequence[Grid], columns: Sequence[Column]) -> tuple[Grid, int]:
    """The grid and the index of its header row: where most known columns are named; the first of equals."""
    best: tuple[int, Grid, int] | None = None
    names = set().union(*(column.names() for column in columns)) if columns else set()
    for grid in grids:
        for index, row in enumerate(grid.values[:HEADER_WITHIN]):
            filled = [value for value in row if value not in (None, "")]
            if not columns:
                if filled:
                    return grid, index
                continue
            hits = len({folded(value) for value in filled if isinstance(value, str)} & names)
            if best is None or hits > best[0]:
                best = (hits, grid, index)
    if best is None or best[0] == 0:
        raise refused("no_header")
    return best[1], best[2]


def _sheet(grid: Grid, header: int, columns: Sequence[Column], stamp: dict[str, str]) -> Sheet:
    titles = [
        Cell(address(header + 1, index + 1), value)
        for index, value in enumerate(grid.values[header])
        if value not in (None, "") and str(value).strip()
    ]
    places = _places(titles, columns)
    rows: list[Row] = []
    for index in range(header + 1, len(grid.values)):
        cells = {key: grid.cell(index, place) for key, place in places.items()}
        if not all(cell.is_empty for cell in cells.values()):
            rows.append(Row(index + 1, cells))
    if not rows:
        raise refused("no_rows")
    if len(rows) > MOST_ROWS:
        raise refused("too_many_rows")
    known = set(places.values())
    return Sheet(
        name=grid.name,
        rows=tuple(rows),
        headers={key: grid.cell(header, place) for key, place in places.items()},
        unknown=tuple(cell for cell in titles if _place(cell) not in known),
        stamp=stamp,
        header_row=header + 1,
        grid=tuple(tuple(row) for row in grid.values),
    )


def _places(titles: Sequence[Cell], columns: Sequence[Column]) -> dict[str, int]:
    """Column key → index in the row. Every column may be missing but the required ones."""
    if not columns:
        return {str(cell.value).strip(): _place(cell) for cell in titles}
    places: dict[str, int] = {}
    faults: list[Fault] = []
    for cell in titles:
        name = folded(str(cell.value))
        column = next((one for one in columns if name in one.names()), None)
        if column is None:
            continue
        if column.key in places:
            faults.append(
                _fault(
                    cell.address,
                    "column_twice",
                    f'Kolom "{column.title["id"]}" ada dua kali.',
                    f'The column "{column.title["en"]}" is there twice.',
                    {"id": "Hapus salah satunya.", "en": "Delete one of them."},
                )
            )
        else:
            places[column.key] = _place(cell)
    spare = [str(cell.value).strip() for cell in titles if _place(cell) not in places.values()]
    faults.extend(_missing(column, spare) for column in columns if column.required and column.key not in places)
    if faults:
        raise Invalid(
            {
                "id": "Judul kolom tidak cocok dengan templat. Unduh templat terbaru bila perlu.",
                "en": "The column titles do not fit the template. Download the newest template if needed.",
            },
            code="template_mismatch",
            errors=faults,
        )
    return places


def _missing(column: Column, spare: Sequence[str]) -> Fault:
    found = process.extractOne(column.title["id"], spare, scorer=fuzz.WRatio, score_cutoff=70) if spare else None
    near = found[0] if found else None
    fix: Text = (
        {"id": f'Ubah judul "{near}" menjadi "{column.title["id"]}".', "en": f'Rename "{near}" to "{column.key}".'}
        if near
        else {"id": f'Tambahkan kolom "{column.title["id"]}".', "en": f'Add a column "{column.key}".'}
    )
    return _fault(
        "",
        "column_missing",
        f'Kolom "{column.title["id"]}" tidak ada.',
        f'The column "{column.title["en"]}" is missing.',
        fix,
    )


def _fault(cell: str, code: str, indonesian: str, english: str, fix: Text) -> Fault:
    return Fault("/file", code, {"id": indonesian, "en": english}, fix, where="file", cell=cell or None)


def _place(cell: Cell) -> int:
    """The index of a header cell's column."""
    return split(cell.address)[1] - 1
