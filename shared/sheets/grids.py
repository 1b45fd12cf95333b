"""For ``reading`` and ``annotating``: the used area of each sheet of a file, as the child read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.files.asking import Busy, Lines, Work, ask
from shared.files.limits import MOST_BYTES, MOST_COLUMNS, Refusal
from shared.http.costs import also_spent
from shared.http.problems import TooMany
from shared.sheets.cells import Broken, Grid, Value
from shared.sheets.refusing import refused

_MOST_COVERED = 200_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENTS = (b"%PDF", b"{\\rtf", b"<")
"""How pages begin that were only named after a sheet: PDF, RTF, and what programs export as HTML or XML."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets in their order, the names of the hidden ones, the stamp of the template if it has one, and how
    many comments stand at cells and drawings over them."""

    grids: tuple[Grid, ...]
    hidden: tuple[str, ...]
    stamp: dict[str, str]
    comments: int = 0
    drawings: int = 0


def book_of(content: bytes, *, hurried: bool = True) -> Book:
    """The file, read in a child process. ``hurried``: somebody waits for it.

    Raises:
        FileRefused: it cannot be read as a whole.
        TooMany: other files are being read.
    """
    return as_book(lines_of(content, hurried=hurried))


def lines_of(content: bytes, *, work: Work | None = None, hurried: bool = True) -> Lines:
    """What the child says of the file; of a large one, where ``work`` says so, only what came of that.

    Raises as :func:`book_of` does.
    """
    if len(content) > MOST_BYTES:
        raise refused("file_too_big")
    if content.startswith(_OLE):
        raise refused("file_encrypted" if _ENCRYPTED in content else "file_is_xls")
    if content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_DOCUMENTS):
        raise refused("file_not_a_sheet")
    try:
        return ask(content, spent=also_spent, work=work, hurried=hurried)
    except Refusal as refusal:
        raise refused(refusal.code, refusal.place) from None
    except Busy:
        raise TooMany(
            {
                "id": "Berkas lain sedang dibaca. Kirim lagi sebentar lagi.",
                "en": "Other files are being read. Send it again in a moment.",
            },
            headers={"Retry-After": "10"},
        ) from None


def as_book(lines: Lines) -> Book:
    """The file as its child has told it. Raises FileRefused."""
    return book_from(lines.head, lines.rest())


def book_from(head: Mapping[str, Any], rest: Iterator[Any]) -> Book:
    """The same of a head and the lines after it. Raises FileRefused."""
    grids = tuple(_grids(rest, from_1904=bool(head.get("from_1904"))))
    beside = head.get("comments", 0), head.get("drawings", 0)
    return Book(grids, tuple(head["hidden"]), dict(head["stamp"]), *beside)


def _grids(rest: Iterator[Any], *, from_1904: bool) -> Iterator[Grid]:
    left_over = _MOST_COVERED
    for head in rest:
        values = [_values(next(rest)) for _ in range(head["rows"])]
        covered: set[tuple[int, int]] = set()
        for top, left, bottom, right in head["merges"]:
            rows = range(top, min(bottom, len(values)) + 1)
            columns = range(left, min(right, MOST_COLUMNS) + 1)
            # By what is asked for, not by what is new: the same place may be merged ten thousand times.
            left_over -= len(rows) * len(columns) + 1
            if left_over < 0:
                raise refused("file_damaged", place="merge")
            covered.update((row, column) for row in rows for column in columns)
            covered.discard((top, left))
        merges = [tuple(one) for one in head["merges"]]
        yield Grid(
            head["name"],
            values,
            merges,
            frozenset(covered),
            from_1904,
            hidden=frozenset(head.get("hidden", ())),
            hidden_columns=frozenset(head.get("hidden_columns", ())),
            struck=frozenset((row, column) for row, column in head.get("struck", ())),
            borrowed=head.get("borrowed", 0),
        )


def _values(line: list[Any]) -> list[Value]:
    return [_value(one) if isinstance(one, dict) else one for one in line]


def _value(value: dict[str, str]) -> Value:
    [(kind, text)] = value.items()
    if kind == "d":
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == "t" else Broken(text or None)
