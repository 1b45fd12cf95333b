"""For everybody who handles a sheet: cells with their addresses, rows, and the columns that a house knows."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Literal

from shared.http.problems import Text

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]*)")

Value = str | float | bool | date | datetime | time | None

Kind = Literal["text", "digits", "code", "place", "country", "whole", "number", "date", "yes_no"]
"""What a column holds.

``text`` free words · ``digits`` numbers that are names (NIK, phone, ISCO): a numeric cell is refused, because a
spreadsheet rounds it · ``code`` one of ``choices`` · ``place`` a regency by code or name · ``country`` by code or
name · ``whole`` and ``number`` with Indonesian or English marks · ``date`` day first · ``yes_no``.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it was stored: its address (``B7``), its value (None when empty), whether it hides under a merge."""

    address: str
    value: Value
    merged: bool = False

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a house reads: its key in the data, its title in both languages, other names that people give it.

    ``choices`` maps every accepted spelling to its code; the codes themselves are always accepted. ``many`` columns
    hold several values, separated by ``;`` or a new line.
    """

    key: str
    title: Text
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    help: Text | None = None
    example: str = ""
    width: int = 18

    def names(self) -> set[str]:
        """Every spelling of the header, folded."""
        return {folded(name) for name in (self.key, *self.title.values(), *self.aliases)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header; ``cells`` by column key. Empty rows do not appear."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the rows, the header cell of each column, the headers that nobody knows, the template's stamp.

    ``grid`` is the whole used area as stored, for giving the file back; ``header_row`` counts from 1.
    """

    name: str
    rows: tuple[Row, ...]
    headers: Mapping[str, Cell]
    unknown: tuple[Cell, ...]
    stamp: Mapping[str, str]
    header_row: int
    grid: tuple[tuple[Value, ...], ...]


def address(row: int, column: int) -> str:
    """``(7, 2)`` → ``B7``; both count from 1."""
    return f"{letters(column)}{row}"


@cache
def letters(column: int) -> str:
    """``1`` → ``A``, ``27`` → ``AA``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def split(cell: str) -> tuple[int, int]:
    """``B7`` → ``(7, 2)``, so that sorting puts Z before AA. ``(0, column)`` for a column alone."""
    found = _ADDRESS.fullmatch(cell)
    if found is None:
        return (0, 0)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return (int(found[2] or 0), column)


def folded(text: str) -> str:
    """A header or choice as it compares: no case, no accents, no marks, ``(wajib)`` and stars dropped."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"\((wajib|required|optional|opsional)\)", " ", plain)
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def written(value: Value) -> str:
    """A value as the person sees it in the cell, for messages."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value)
