"""Files as their child reads them, in this process: a child for each of thousands would take the time of all tests."""

from collections.abc import Sequence

from shared.files import delimited, workbooks
from shared.files.asking import Lines
from shared.files.child import encoded
from shared.sheets import Column, Sheet
from shared.sheets.grids import Book, as_book
from shared.sheets.reading import sheet_of


def in_process(content: bytes) -> Book:
    """What ``book_of`` gives for a file that can be read."""
    said = workbooks.read(content) if content.startswith(b"PK") else delimited.read(content)
    return as_book(Lines("".join(f"{encoded(line)}\n" for line in said).encode()))


def read_here(content: bytes, columns: Sequence[Column]) -> Sheet:
    """What ``read`` gives for a file that can be read."""
    return sheet_of(in_process(content), columns)
