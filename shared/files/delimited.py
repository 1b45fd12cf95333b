"""For the child: CSV as offices really send it, to rows of texts.

Separators ``;`` ``,`` tab and ``|``; UTF-8 with or without its mark, UTF-16 with its mark (Excel's "Unicode text") and
Windows-1252.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from shared.files.limits import HEADER_WITHIN, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Allowance, CellCount, Refusal

_SEPARATORS = ";,\t|"
_LOOK = 30
"""Lines looked at to find the separator; more do not change the answer."""

_QUOTED = re.compile(r'"[^"]*"')
_FORMULA_OF_TEXT = re.compile(r'^="([^"]*)"$')
"""How programs write digits into a CSV so that a spreadsheet keeps their zeros: ``="0812"``."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")

csv.field_size_limit(LONGEST_CELL)


def read(content: bytes) -> Iterator[Any]:
    """What the child says of a CSV: a head for the file, one for its only sheet, and its rows. Raises Refusal."""
    text = decoded(content)
    if _CONTROL.search(text.encode()):
        raise Refusal("file_not_a_sheet")
    separator, text = _separator(text)
    rows: list[list[str | None]] = []
    counted = CellCount(Allowance.of(len(content)).cells)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in lines:
            if len(rows) >= MOST_ROWS + HEADER_WITHIN or len(row) > MOST_COLUMNS:
                raise Refusal("too_many_rows" if len(row) <= MOST_COLUMNS else "too_many_columns")
            # Most cells of a hostile file are empty, and most others no formula: both are told apart at once.
            rows.append(counted.row([_cell(value) if value else None for value in row]))
    except csv.Error as error:
        code = "cell_too_long" if "field larger" in str(error) else "quote_not_closed"
        raise Refusal(code, f"baris/line {lines.line_num}") from None
    yield {"sheets": 1, "hidden": [], "stamp": {}}
    yield {"name": "CSV", "rows": len(rows), "merges": []}
    yield from rows


def _cell(text: str) -> str | None:
    plain = text.strip()
    return (_FORMULA_OF_TEXT.sub(r"\1", plain).strip() if plain.startswith("=") else plain) or None


def decoded(content: bytes) -> str:
    """The text of the bytes. Raises Refusal when no encoding fits."""
    is_wide = content.startswith(_WIDE)
    if not is_wide and _CONTROL.search(content):
        raise Refusal("file_not_a_sheet")
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("file_not_text")


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without Excel's ``sep=;`` line.

    The right one splits the first lines into the same number of parts, and into more than one; quoted parts do not
    count.
    """
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    lines = [_QUOTED.sub("", line) for line in text.splitlines()[:_LOOK] if line.strip()]
    best, most = ",", (0, 0)
    for separator in _SEPARATORS:
        counts = [count for count in (line.count(separator) for line in lines) if count]
        if counts:
            usual = max(set(counts), key=lambda count: (counts.count(count), count))
            score = (counts.count(usual), usual)
            if score > most:
                best, most = separator, score
    return best, text
