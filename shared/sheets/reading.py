"""For import doors: bytes of a CSV or XLSX file to a :class:`Sheet`, or a refusal that says how to save it instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import TypeGuard

from shared.files.limits import MOST_ROWS
from shared.http.problems import Fault
from shared.sheets.cells import Cell, Column, Grid, Other, Page, Row, Sheet, Skipped, Unread, Value, address, folded
from shared.sheets.grids import Book, book_of
from shared.sheets.header_faults import SCALED, another_header, missing, scaled, twice, without_columns
from shared.sheets.headings import LONGEST_TITLE, MENDING, UNITS, Header, Headings, header_of, is_numbering
from shared.sheets.overflow import has_moved
from shared.sheets.refusing import FileRefused, refused
from shared.sheets.scales import instead
from shared.sheets.sorting import DOUBTFUL, SHIFTED, Sorter

LONGEST_REMARK = 1_000
"""Characters of a line beside a table that are looked through for what its money is told in."""

CSV = "CSV"
"""Name of the only sheet of a CSV, as the child calls it."""

FIRST_OF_1904 = date(1904, 1, 1)
MOST_DAYS = 110_000
"""Until the year 2205; a larger number in a column of days is a mistake and is refused as it stands."""

__all__ = ["FileRefused", "read", "sheet_of"]


def read(content: bytes, columns: Sequence[Column], *, hurried: bool = True) -> Sheet:
    """Read every visible sheet of the file that has the known header. ``hurried``: somebody waits for it.

    Raises:
        FileRefused: 422 with one of the codes of ``refusing``.
        Invalid: ``template_mismatch``; its errors name missing and doubled columns.
        TooMany: other files are being read.
    """
    return sheet_of(book_of(content, hurried=hurried), columns)


def sheet_of(book: Book, columns: Sequence[Column]) -> Sheet:
    """The same for a file that the child has read."""
    headings = Headings(columns)
    found = [(grid, *header_of(grid, headings)) for grid in book.grids]
    if not any(value is not None for grid in book.grids for row in grid.values for value in row):
        raise refused("no_rows")
    needed = {column.key for column in columns if column.required}
    most = max(hits for _, hits, _ in found)
    if most == 0:
        raise refused("no_header")
    readings, others = [], [Other(name, 0, "hidden") for name in book.hidden]
    for grid, hits, header in found:
        # Another sheet belongs to the data when it names all needed columns, or most that the best one names: a list of
        # prices names one or two.
        if header is None or not (needed <= _named(header, headings) or hits * 2 > most):
            filled = sum(any(value is not None for value in row) for row in grid.values)
            others.append(Other(grid.name, filled, "no_header" if filled else "empty"))
        else:
            readings.append((grid, header))
    several = len(readings) > 1
    read_ones = [_Reading(grid, header, headings, f"{grid.name}!" if several else "") for grid, header in readings]
    faults = [fault for one in read_ones for fault in one.faults]
    if faults:
        raise without_columns(faults)
    rows = tuple(row for one in read_ones for row in one.rows)
    if not rows:
        raise refused("no_rows")
    if len(rows) > MOST_ROWS:
        raise refused("too_many_rows")
    return Sheet(
        grids=book.grids,
        pages=tuple(one.page for one in read_ones),
        rows=rows,
        skipped=tuple(skipped for one in read_ones for skipped in one.skipped),
        unread=tuple(unread for one in read_ones for unread in one.unread()),
        others=tuple(others),
        stamp=book.stamp,
        comments=book.comments,
        drawings=book.drawings,
    )


def _named(header: Header, headings: Headings) -> set[str]:
    found = (headings.meant(labels) for labels in header.labels.values())
    return {column.key for column in found if column is not None}


def _is_short(value: Value) -> TypeGuard[str]:
    """Is this a text that may be a heading?"""
    return isinstance(value, str) and len(value) <= LONGEST_TITLE and not value.isspace() and value != ""


class _Reading:
    """One sheet being read."""

    def __init__(self, grid: Grid, header: Header, headings: Headings, prefix: str) -> None:
        self._grid, self._header, self._headings, self._prefix = grid, header, headings, prefix
        self.faults: list[Fault] = []
        ticks = self._ticks()
        places = self._places({place for choices in ticks.values() for place in choices})
        places |= {key: next(iter(choices)) for key, choices in ticks.items()}
        self.page = Page(
            name=grid.name,
            prefix=prefix,
            headers={key: self._title(place) for key, place in places.items()},
            titles={
                column.key: self._with_unit(column, places[column.key])
                for column in headings.columns
                if column.key in places
            },
            places=places,
            first_header=header.first + 1,
            last_header=header.last + 1,
            covered=grid.covered,
            ticks=ticks,
            hidden=grid.hidden,
            hidden_columns=grid.hidden_columns,
            struck=grid.struck,
        )
        self.faults += self._scaled(range(header.first))
        self.faults += self._tables_above()
        self.rows: list[Row] = []
        self.skipped: list[Skipped] = []
        if not self.faults:
            self._sort()
            doubtful = [row.number for row in self.rows if row.doubt == DOUBTFUL]
            below = sorted([row.number for row in self.skipped] + doubtful)
            # Remarks stand at the end; a file may hold a hundred thousand lines that are no data.
            self.faults += self._scaled(number - 1 for number in below[-1_000:])

    def _tables_above(self) -> Iterator[Fault]:
        """Where the best header is not the first one, what stands under the first would be gone without a word."""
        lines = self._grid.values[: self._header.first]
        filled = [index for index, line in enumerate(lines) if any(value not in (None, "") for value in line)]
        for index in filled:
            texts = [text for text in lines[index] if _is_short(text)]
            named = [column.key for text in texts if (column := self._headings.meant((text,))) is not None]
            if len(set(named)) > 1 and len(named) * 2 > len(texts) and filled[-1] > index:
                yield another_header(self._header.first + 1, self._grid.name if self._prefix else "")
                return

    def _scaled(self, lines: Iterable[int]) -> Iterator[Fault]:
        """Columns of money, where one of these lines, which are no data, says that money is told in thousands."""
        money = [column.key for column in self.page.titles.values() if column.unit == "rupiah"]
        for index in lines if money else ():
            for place, value in enumerate(self._grid.values[index]):
                if isinstance(value, str) and SCALED.search(" ".join(value[:LONGEST_REMARK].split())):
                    said = Cell(f"{self._prefix}{address(index + 1, place + 1)}", value)
                    yield from (scaled(self.page.headers[key], said) for key in money)
                    return

    def _title(self, place: int) -> Cell:
        for row in (self._header.last - self._header.has_units, self._header.first):
            line = self._grid.values[row]
            if place < len(line) and line[place] not in (None, ""):
                return Cell(f"{self._prefix}{address(row + 1, place + 1)}", line[place])
        return Cell(f"{self._prefix}{address(self._header.last + 1, place + 1)}", None)

    def _count_from_1904(self, line: Sequence[Value]) -> None:
        """Numbers in columns of days become the days that they are, for whoever reads the grid and gets it back."""
        for column in self.page.titles.values():
            place = self.page.places[column.key]
            value = line[place] if place < len(line) else None
            counted = column.kind in ("date", "born_at") and isinstance(value, float) and 0 < value < MOST_DAYS
            if counted and isinstance(value, float) and isinstance(line, list):
                line[place] = FIRST_OF_1904 + timedelta(days=int(value))

    def _with_unit(self, column: Column, place: int) -> Column:
        """The column, knowing whether its heading here says what is counted."""
        words = {word for label in self._header.labels.get(place, ()) for word in folded(label).split()}
        return replace(column, unit_said=any(UNITS.get(word) == column.unit for word in words))

    def _ticks(self) -> dict[str, dict[int, str]]:
        """Columns of which each choice has a place of its own to be ticked (``L`` and ``P``), by place the choice."""
        found: dict[str, dict[int, str]] = {}
        labels = self._header.labels
        meant = {column.key for one in labels.values() if (column := self._headings.meant(one)) is not None}
        for column in self._headings.columns:
            if column.kind != "code" or column.many or column.key in meant:
                continue
            choices = {folded(one): one for one in (*column.choices, *column.choices.values())}
            places = {place: choices[folded(one[-1])] for place, one in labels.items() if folded(one[-1]) in choices}
            if len({column.choices.get(one, one) for one in places.values()}) == len(places) > 1:
                found[column.key] = places
        return found

    def _places(self, ticked: set[int]) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, labels in sorted(self._header.labels.items()):
            if place in ticked:
                continue
            column = self._headings.meant(labels)
            if column is None:
                continue
            if column.key in places:
                self.faults.append(twice(self._title(place).address, column))
            else:
                places[column.key] = place
        spare = [labels[0] for place, labels in self._header.labels.items() if place not in places.values()]
        sheet = self._grid.name if self._prefix else ""
        self.faults += [
            missing(column, spare, sheet)
            for column in self._headings.columns
            if column.required and column.key not in places
        ]
        return places

    def _sort(self) -> None:
        columns = {column.key: column for column in self._headings.columns}
        labels = {place: texts[0] for place, texts in self._header.labels.items()}
        wide = frozenset((top, left) for top, left, _, right in self._grid.merges if right > left)
        parts = {place: texts[-1] for place, texts in self._header.labels.items()}
        sorter = Sorter(self.page.places, columns, labels, parts, wide)
        for index in range(self._header.last + 1, len(self._grid.values)):
            line = self._grid.values[index]
            if self._is_another_header(line):
                self.faults.append(another_header(index + 1, self._grid.name if self._prefix else ""))
                return
            why = sorter.verdict(index, line)
            if why == "":
                continue
            if why is None and self._runs_over(index, line):
                why = SHIFTED
            if why is None or why in (DOUBTFUL, SHIFTED):
                if self._grid.from_1904:
                    self._count_from_1904(line)
                self.rows.append(Row(index + 1, self.page, line, doubt=why))
            else:
                self.skipped.append(Skipped(self._grid.name, index + 1, why))

    def _is_another_header(self, line: Sequence[Value]) -> bool:
        """Do most cells of a row name columns, and several of them another one than the one they stand in?"""
        # Every row is asked, and the first texts tell of most that they are data.
        short = ((at, text) for at, text in enumerate(line) if _is_short(text))
        first = dict(islice(short, 2))
        if not any(map(self._headings.is_name, first.values())):
            return False
        first.update(islice(short, 1))
        if sum(map(self._headings.is_name, first.values())) < 2:
            return False
        texts = {**first, **dict(short)}
        named = {place: column.key for place, text in texts.items() if (column := self._headings.meant((text,)))}
        moved = sum(self.page.places.get(key) != place for place, key in named.items())
        return len(named) >= 3 and len(named) * 2 > len(texts) and moved > 1

    def _runs_over(self, index: int, line: Sequence[Value]) -> bool:
        """Has a line of a CSV more cells than its header? A comma in a cell has split it, and all behind it moved."""
        if self._grid.name != CSV:
            return False
        width = max(len(self._grid.values[row]) for row in (self._header.first, self._header.last))
        return len(line) > width and has_moved(Row(index + 1, self.page, line), width)

    def unread(self) -> Iterator[Unread]:
        """Columns that hold something in a row of data and that nobody reads."""
        known = {*self.page.places.values(), *(place for one in self.page.ticks.values() for place in one)}
        width = max((len(row.line) for row in self.rows), default=0)
        for place in range(width):
            labels = self._header.labels.get(place, ())
            if place in known or any(label in MENDING for label in labels):
                continue
            if labels and is_numbering(labels[0]):
                continue
            filled = sum(1 for row in self.rows if place < len(row.line) and row.line[place] is not None)
            if filled:
                heading = labels[0] if labels else ""
                near = self._headings.nearest(labels)
                counted = self._headings.bare(heading) or near
                fix = instead(heading, counted) if counted else None
                # A column renamed as it stands would be read with numbers that mean something else.
                yield Unread(self._grid.name, self._title(place), heading, filled, None if fix else near, fix)
