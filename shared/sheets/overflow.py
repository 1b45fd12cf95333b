"""For ``reading``: a line of a CSV with more cells than its header. Have they moved, or does a remark stand there?"""

from shared.sheets.cells import Cell, Column, Row, Value
from shared.sheets.outcomes import UnreadableCell
from shared.sheets.values import value_of

_LOOSE = ("text", "open_code", "occupation")
"""Kinds of columns that take nearly any words, and so do not tell whether a cell stands in its own place."""


def has_moved(row: Row, width: int) -> bool:
    """Could a separator inside a cell have pushed the others to the right?

    Not where one single text stands behind the headings and everything before it proves to be in its place: each cell
    of a column that is choosy is read, the last heading has nothing or a cell of that kind under it, and there are at
    least two such cells. That column is then named as one that nobody reads.
    """
    beyond = [value for value in row.line[width:] if value is not None]
    if not beyond:
        return False
    if len(beyond) > 1 or not _is_remark(beyond[0]):
        return True
    cells = row.cells
    proofs = [(row.page.places[key], cells[key], column) for key, column in row.page.titles.items()]
    choosy = [(place, cell, column) for place, cell, column in proofs if column.kind not in _LOOSE or column.many]
    read = [place for place, cell, column in choosy if _reads(cell, column) is True]
    if len(read) < 2 or any(_reads(cell, column) is False for _, cell, column in choosy):
        return True
    last = row.line[width - 1] if width <= len(row.line) else None
    return last is not None and width - 1 not in read


def _reads(cell: Cell, column: Column) -> bool | None:
    """Is the cell one of its column? None for an empty one."""
    if cell.is_empty:
        return None
    try:
        return value_of(cell, column)[0] is not None
    except UnreadableCell:
        return False


def _is_remark(value: Value) -> bool:
    """Words, but not the rest of a number that a comma has split: ``1,5 juta``."""
    return isinstance(value, str) and any(letter.isalpha() for letter in value) and not value.strip()[:1].isdigit()
