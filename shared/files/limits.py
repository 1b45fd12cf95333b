"""For the child that reads files: how much of everything it may use, and how it ends when that is not enough."""

import resource
import signal
import unicodedata
from dataclasses import dataclass
from typing import Any

MOST_ROWS = 100_000
MOST_COLUMNS = 200
HEADER_WITHIN = 20
"""Rows in which the header is looked for: a title, a logo and an address above it are usual, more is another file."""

MOST_SHEETS = 250
"""Of a workbook; a hundred thousand may all be the same part of the zip."""

MOST_CELLS = 41 * (MOST_ROWS + HEADER_WITHIN)
"""That are filled, all sheets together, a row counted as one more: forty columns of the most rows. Whoever serves keeps
them as objects of its own, so this bounds what a file costs after its child has ended.
"""

LONGEST_CELL = 200_000
"""Characters. Excel takes 32,767; whoever serves walks through each a few times."""

LONGEST_NAME = 255
"""Characters of a sheet's name. Excel takes 31."""

MOST_MARKS = 30
"""Accents on one letter, as in the Stream-Safe Text Format of https://unicode.org/reports/tr15/. Sorting a longer row
of them takes the square of its length: minutes for one cell, in whoever serves, with its lock held.
"""

MOST_BYTES = 32 * 1024 * 1024
"""Of a file: a hundred thousand rows of forty filled columns are about twenty-five megabytes of XLSX."""

MOST_UNPACKED = 320 * 1024 * 1024
"""Of an XLSX, which is a zip: a hundred thousand rows of forty columns are about 240 megabytes of XML."""

MOST_TAGS = 30_000_000
"""Signs that a tag begins with, in all parts that are read, each time that they are: four for a cell with a number, six
for one with a text of its own.
"""

MOST_PARSED = 6_000_000
"""Elements that are told to Python one by one, at a microsecond or more each: everything but cells as the usual
programs write them.
"""

MOST_MERGES = 20_000
"""Of a sheet."""

MOST_BROKEN = 300_000
"""Cells of a sheet with an error or a formula without its value; each is told. Three columns of the most rows."""

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space. The largest file that is read needs 630 MB, and whoever asked keeps 320 MB of it."""

MOST_SECONDS = 8
"""Of processor time while its sender waits. A hundred thousand rows of twenty-four columns need half of it."""

MOST_PATIENCE = 9.0
"""Seconds on the clock of the wall that a sender waits, with the wait for a turn."""

UNHURRIED = 5
"""A job, for which nobody waits, may take so many times as long: what was taken in once must be read again when the
machine is busy.
"""

MOST_OUTPUT = 160 * 1024 * 1024
"""Bytes that the child may say. A shared text of two thousand letters in every cell would multiply a small file."""

_MEGABYTE = 1024 * 1024

OUT_OF_MEMORY, BROKEN = 70, 71
"""Exit codes: Python itself ran out of memory; something that nobody foresaw."""


class Refusal(Exception):
    """The file as a whole cannot be read: the code of the reason, and where it was noticed."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.code, self.place = code, place


def checked(text: str, longest: int = LONGEST_CELL) -> str:
    """The very same text. Raises Refusal when it is too long, or has more accents in a row than any language writes."""
    if len(text) > longest:
        raise Refusal("cell_too_long")
    if len(text) > MOST_MARKS and not text.isascii():
        row = 0
        for letter in text:
            row = row + 1 if unicodedata.combining(letter) else 0
            if row > MOST_MARKS:
                raise Refusal("cell_too_long")
    return text


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a file of some size may use: all limits above are those of the largest.

    Zip packs what repeats a thousand times, so a file of two hundred kilobytes can hold as much as one of twenty
    megabytes. Sheets as people keep them unpack to ten or twenty times their size, and even a table that says one word
    everywhere stays far below this.
    """

    seconds: int
    patience: float
    output: int
    unpacked: int
    tags: int
    parsed: int
    cells: int

    @classmethod
    def of(cls, size: int, *, hurried: bool = True) -> "Allowance":
        """For a file of ``size`` bytes. ``hurried``: its sender waits, and gets an answer within ten seconds."""
        megabytes = size / _MEGABYTE
        times = 1 if hurried else UNHURRIED
        return cls(
            seconds=times * min(MOST_SECONDS, 5 + int(2 * megabytes)),
            patience=times * MOST_PATIENCE,
            output=min(MOST_OUTPUT, 32 * _MEGABYTE + 8 * size),
            unpacked=min(MOST_UNPACKED, 64 * _MEGABYTE + 20 * size),
            tags=min(MOST_TAGS, 1_500_000 + 4 * size),
            parsed=min(MOST_PARSED, 750_000 + size),
            cells=min(MOST_CELLS, 1_000_000 + size),
        )


class CellCount:
    """Counts the cells of a file while they are said."""

    def __init__(self, most: int) -> None:
        self._left = most

    def row(self, values: list[Any]) -> list[Any]:
        """The row without its empty end. Raises Refusal for more cells than are read, or one that is too long."""
        while values and values[-1] is None:
            values.pop()
        self._left -= len(values) + 1
        if self._left < 0:
            raise Refusal("file_holds_too_much")
        for value in values:
            if isinstance(value, str) and len(value) > MOST_MARKS:
                checked(value)
        return values


def keep_within(allowance: Allowance) -> None:
    """Bound this process, for good."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (allowance.seconds, allowance.seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (allowance.output, allowance.output))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except ValueError:
        # macOS takes no limit below what is mapped already; there the processor's limit has to do.
        return


def memory_is_short() -> bool:
    """Has this process used so much that an allocation may have been refused? Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > MOST_MEMORY // 3


def reason_of(code: int) -> str:
    """Why a child that ended with this code could not read the file."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "file_takes_too_long"
    if code == -signal.SIGXFSZ:
        return "file_too_big"
    if code == OUT_OF_MEMORY or code < 0:
        # Readers written in Rust and C end by a signal when an allocation is refused.
        return "file_needs_too_much_memory"
    return "file_damaged"
