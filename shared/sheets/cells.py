"""For everybody who handles a sheet: cells with their addresses, rows, and the columns that a house knows."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Literal

from shared.http.problems import Text

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]*)")


@dataclass(frozen=True, slots=True)
class Broken:
    """What a cell holds whose value is not there: an error such as ``#N/A``, or a formula that was never computed."""

    error: str | None = None


Value = str | float | bool | date | datetime | time | Broken | None

Kind = Literal[
    "text",
    "digits",
    "code",
    "open_code",
    "occupation",
    "result",
    "place",
    "country",
    "whole",
    "number",
    "date",
    "born_at",
    "span",
    "yes_no",
]
"""What a column holds.

``text`` free words · ``digits`` numbers that are names (NIK, phone, ISCO) · ``code`` one of ``choices`` ·
``open_code`` one of them, or another code in capitals · ``occupation`` four digits of ISCO-08, or what people call it ·
``result`` of a test · ``place`` a
regency by code or name · ``country`` by code or name · ``whole`` and ``number`` with Indonesian or English marks ·
``date`` day first · ``born_at`` place and day of birth in one cell, of which the day is kept · ``span``
first and last day in one cell · ``yes_no``.
"""

Unit = Literal["", "rupiah", "people", "lessons", "hours", "months", "days", "years", "km"]
"""What a number counts. A cell or a heading may say it (``16 orang``, ``Biaya (Rp)``); another unit is refused."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it was stored: its address (``B7``; ``APBN!B7`` where several sheets are read), its value (None when
    empty), whether it hides under a merge."""

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
    hold several values, separated by ``;`` or a new line. A ``required`` column must be in the sheet and filled in
    every row. ``erasable`` False: a cell may not erase what is on record. ``offered`` False: read, but in no template.
    ``listed``: what a drop-down offers when that is not the choices. ``whole_with``: of ``digits``, from how many to
    how many digits a cell that holds a number has lost nothing, no zero in front and no digit at its end. ``unit_said``
    False: the heading of this sheet does not say what is counted.
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
    unit: Unit = ""
    erasable: bool = True
    offered: bool = True
    listed: Sequence[str] = ()
    unit_said: bool = True
    whole_with: tuple[int, int] = (1, 0)

    def names(self) -> set[str]:
        """Every spelling of the header, folded."""
        return {folded(name) for name in (self.key, *self.title.values(), *self.aliases)}


@dataclass(frozen=True, slots=True)
class Grid:
    """The used area of one sheet from its very first row and column; ``covered`` are cells hidden under a merge.

    ``from_1904``: numbers in its columns of days count from 1904. ``hidden`` and
    ``hidden_columns``: rows and columns, from 0, that nobody sees. ``struck``: cells that are struck through.
    ``borrowed``: formulas that ask another workbook.
    """

    name: str
    values: Sequence[Sequence[Value]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    covered: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    from_1904: bool = False
    hidden: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    struck: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    borrowed: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of the file as it was read. ``last_header`` is its lowest header row; all numbers count from 1.

    ``ticks``: columns that are one for each of their choices (``L`` and ``P``), with the choice of each place.
    """

    name: str
    prefix: str
    headers: Mapping[str, Cell]
    titles: Mapping[str, "Column"]
    places: Mapping[str, int]
    first_header: int
    last_header: int
    covered: frozenset[tuple[int, int]]
    ticks: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    hidden: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    struck: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def ticked(self, key: str, number: int, line: Sequence[Value]) -> Cell:
        """The choice whose cell is ticked, at that cell; all of them where several are."""
        choices = self.ticks[key]
        cells = {place: self.cell(number, place, line) for place in choices}
        filled = [place for place, cell in cells.items() if not cell.is_empty and _is_ticked(cell.value) is not False]
        if not filled:
            return replace(next(iter(cells.values())), value=None)
        first = cells[filled[0]]
        if (
            len(filled) == 1
            and _is_ticked(first.value) is None
            and folded(written(first.value)) != folded(choices[filled[0]])
        ):
            return first
        return replace(first, value=" / ".join(choices[place] for place in filled))

    def unseen(self, key: str) -> list[Cell]:
        """The headings of a column that nobody sees: one, or those of its choices."""
        hidden = [place for place in self.ticks.get(key, (self.places[key],)) if place in self.hidden_columns]
        if key not in self.ticks:
            return [self.headers[key]] if hidden else []
        return [self._of_choice(key, place) for place in hidden]

    def _of_choice(self, key: str, place: int) -> Cell:
        return Cell(f"{self.prefix}{address(self.last_header, place + 1)}", self.ticks[key][place])

    def cell(self, number: int, place: int, line: Sequence[Value]) -> Cell:
        """The cell of a row at an index from 0; an empty one outside of the row."""
        value = line[place] if place < len(line) else None
        return Cell(f"{self.prefix}{address(number, place + 1)}", value, merged=(number - 1, place) in self.covered)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data; ``cells`` by column key. Empty rows do not appear.

    ``doubt`` says why this may be no data at all; such a row is refused until somebody decides.
    """

    number: int
    page: Page
    line: Sequence[Value]
    doubt: str | None = None

    @property
    def cells(self) -> dict[str, Cell]:
        page = self.page
        return {
            key: page.ticked(key, self.number, self.line)
            if key in page.ticks
            else page.cell(self.number, place, self.line)
            for key, place in page.places.items()
        }

    @property
    def sheet(self) -> str:
        return self.page.name


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data: a total, a signature, a section title. ``why`` is the code of the reason."""

    sheet: str
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A column with values that nobody reads, and the nearest one that is known.

    ``fix`` says what to do with its numbers where the heading counts in another unit.
    """

    sheet: str
    cell: Cell
    heading: str
    filled: int
    nearest: Column | None
    fix: Text | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A sheet that was not read: ``why`` is ``hidden``, ``empty`` or ``no_header``."""

    name: str
    rows: int
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read of a file: the rows of all sheets with known headings, and everything that was not read.

    ``grids`` are the visible sheets as stored, for giving the file back; ``comments`` is how many stand at cells,
    ``drawings`` how many pictures and boxes of text lie over them.
    """

    grids: tuple[Grid, ...]
    pages: tuple[Page, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    unread: tuple[Unread, ...]
    others: tuple[Other, ...]
    stamp: Mapping[str, str]
    comments: int = 0
    drawings: int = 0

    @property
    def headers(self) -> Mapping[str, Cell]:
        """Header cell by column key, of every column that some sheet has."""
        found: dict[str, Cell] = {}
        for page in reversed(self.pages):
            found |= page.headers
        return found


TICKS = frozenset("✓✔√☑🗸")
"""A cross is none of them: it says yes on one form and no on another."""
_TICKED, _NOT_TICKED = frozenset({"v", "x", "1", "ya", "ok", "true"}), frozenset({"", "0", "tidak", "false"})
"""What stands in the cell of a choice that is meant; a cross too, since another cell of the row would have it."""


def is_tick(text: str) -> bool:
    """Is this a tick and nothing else?"""
    return text.strip().rstrip("\ufe0f") in TICKS


def _is_ticked(value: Value) -> bool | None:
    """Is the cell of a choice ticked? None when something else stands there."""
    typed = written(value)
    said = folded(typed)
    if is_tick(typed) or said in _TICKED:
        return True
    return False if said in _NOT_TICKED else None


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
    """``B7`` → ``(7, 2)``, so that sorting puts Z before AA. ``(0, column)`` for a column alone; a sheet's name in
    front does not count."""
    found = _ADDRESS.fullmatch(cell.rpartition("!")[2])
    if found is None:
        return (0, 0)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return (int(found[2] or 0), column)


_BRACKETS = re.compile(r"\((wajib|required|optional|opsional)\)")
_WORDS = re.compile(r"[a-z0-9]+")


def folded(text: str) -> str:
    """A header or choice as it compares: no case, no accents, no marks, ``(wajib)`` and stars dropped."""
    return _folded_short(text) if len(text) <= SHORT else _folded(text)


SHORT = 80
"""Characters of a text whose folding is remembered: each cell is asked for several times, and most words of a sheet
stand in it again and again."""


def _folded(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(_WORDS.findall(_BRACKETS.sub(" ", plain.casefold())))


_folded_short = lru_cache(maxsize=8192)(_folded)


def written(value: Value) -> str:
    """A value as the person sees it in the cell, for messages."""
    if value is None:
        return ""
    if isinstance(value, Broken):
        return value.error or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value)
