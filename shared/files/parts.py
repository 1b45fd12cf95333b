"""For ``workbooks``: what the XML of a sheet says and its reader does not tell: errors, formulas, and cells far out.

The reader gives an error (``#N/A``) and a formula whose value was never stored as an empty cell, and makes a rectangle
in memory up to the farthest value. Which part belongs to which sheet is asked of the workbook, as its reader does:
neither the folder nor the ending of a name decides.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from shared.files.archives import Archive
from shared.files.limits import (
    HEADER_WITHIN,
    MOST_BROKEN,
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_PARSED,
    MOST_ROWS,
    MOST_SHEETS,
    Refusal,
)

Place = tuple[int, int]

_TEXT = rb"[^<&\x00-\x1f\x7f-\xff]*+"
_PLAIN_CELL = re.compile(
    # Within what is read: to GR, and rows of five digits.
    rb'<c r="(?:[A-F]?[A-Z]|G[A-R])[1-9][0-9]{0,4}"(?: s="[0-9]{1,5}")?+(?: t="(?:s|n|str|b|inlineStr)")?+'
    rb"(?:/>|>(?:<v>" + _TEXT + rb'</v>|<is><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></is>"
    rb"|<f(?: [^<>&]*+)?+(?<!/)>" + _TEXT + rb"</f><v>[!-%'-;=-~]" + _TEXT + rb"</v>)</c>)"
)
"""A cell as the usual programs write it, with nothing to be found in it. Telling each tag to Python is most of what a
large sheet costs, and nearly all of its cells are like this. Nothing is tried twice: a text that ends otherwise costs
its length once.
"""

_MOST_OF_BOOK = 200_000
"""Tags in the part that names the sheets; it is walked through twice, and holds a few dozen and the names of ranges."""

_LONG_TAG = re.compile(rb"<[^<>]{200000}")
"""No program writes one; its reader walks through it again and again."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,10})")
_FARTHEST = MOST_ROWS + HEADER_WITHIN


def sheets_of(archive: Archive) -> dict[str, str]:
    """Name of each sheet → name of its part. Raises Refusal."""
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "relationship":
            targets[attributes.get("id", "")] = attributes.get("target", "")

    sheets: dict[str, str] = {}

    def sheet(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet" and "name" in attributes:
            sheets[attributes["name"]] = attributes.get("id", "")
            if len(sheets) > MOST_SHEETS:
                raise Refusal("file_too_big")

    for part, seen in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        xml = archive.read(part) or b""
        if xml.count(b"<") > _MOST_OF_BOOK:
            raise Refusal("file_holds_too_much")
        walk(xml, seen)
    return {
        name: target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        for name, id in sheets.items()
        if (target := targets.get(id))
    }


def counts_from_1904(archive: Archive) -> bool:
    """Are days of this workbook counted from 1904 (files of old Macs) and not from 1900? Raises Refusal."""
    found: list[str] = []

    def properties(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookpr":
            found.append(attributes.get("date1904", ""))

    walk(archive.read("xl/workbook.xml") or b"", properties)
    return any(value.casefold() in ("1", "true", "on") for value in found)


def walk(xml: bytes, seen: object) -> None:
    """Call ``seen(tag, attributes)`` for every element, both without prefix and in lower case."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        seen(_bare(tag), {_bare(name): value for name, value in attributes.items()})  # type: ignore[operator]

    _parse(_parser(start), xml)


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True  # else each line's end is a call
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _parse(parser: expat.XMLParserType, xml: bytes) -> None:
    if _LONG_TAG.search(xml):
        raise Refusal("file_holds_too_much")
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Refusal("file_damaged") from None


def _no_doctype(*_: object) -> None:
    raise Refusal("file_damaged")


def _bare(name: str) -> str:
    return name.rpartition(":")[2].lower()


def is_true(value: str) -> bool:
    """Is this how an attribute says yes?"""
    return value.casefold() in ("1", "true", "on")


_STYLED_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})" s="([0-9]{1,9})"(?: t="[a-zA-Z]+")?>')
"""A cell with a style and something in it, as the usual programs write it."""


_CELL_OF_TEXT = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]{1,9}")?+ t="s"><v>([0-9]{1,9})</v>')
"""A cell with a text of the common table, as the usual programs write it."""


class _Unplaced(Exception):
    """A row or cell that only those before it could tell the place of."""


class Looked:
    """One sheet's XML: ``broken`` are the cells with an error (``e``) or a formula without its value (``f``),
    ``hidden`` the rows and ``hidden_columns`` the columns that nobody sees, ``struck`` the cells with one of the styles
    that are struck through, or with a text of which a part is, ``padded`` those whose style shows so many digits.

    Raises Refusal for a value that stands farther out than is read, and for more elements than ``most``.
    """

    def __init__(
        self,
        xml: bytes,
        most: int = MOST_PARSED,
        styles: frozenset[str] = frozenset(),
        texts: frozenset[bytes] = frozenset(),
        widths: Mapping[str, int] | None = None,
    ) -> None:
        self._styles, self._texts, self._widths = styles, texts, widths or {}
        self.struck: set[Place] = set()
        self.padded: dict[Place, int] = {}
        self.borrowed = 0
        # Compared one by one: a pattern of all the styles would try each of sixty thousand at each cell.
        numbers = {style.encode() for style in (*styles, *self._widths)}
        for found in _STYLED_CELL.finditer(xml) if numbers else ():
            if found[2] in numbers:
                place = self._place_of(found[1].decode())
                if place is not None:
                    self._of_style(place, found[2].decode())
        for found in _CELL_OF_TEXT.finditer(xml) if texts else ():
            if found[2] in texts:
                self._strike_at(found[1].decode())
        rest = _PLAIN_CELL.sub(b"", xml)
        try:
            self._look(rest, most, placed=len(rest) < len(xml))
        except _Unplaced:
            self._look(xml, most, placed=False)

    def _look(self, xml: bytes, most: int, *, placed: bool) -> None:
        """``placed``: cells were left out, so that each of the others must say where it stands."""
        self.tags = xml.count(b"<") - xml.count(b"</")
        if self.tags > most:
            raise Refusal("file_holds_too_much")
        self.broken: dict[Place, tuple[str, str]] = {}
        self.hidden: list[int] = []
        self.hidden_columns: set[int] = set()
        self._row = self._column = -1
        self._placed = placed
        self._merges = 0
        self._kind = ""
        self._formula = self._value = self._stored = self._in_value = False
        self._text: list[str] = []
        self._names: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._parser = _parser(self._start)
        _parse(self._parser, xml)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = _bare(tag)
        if name == "c":
            self._cell(attributes.get("r", ""))
            self._kind = attributes.get("t", "")
            if self._styles or self._widths:
                self._of_style((self._row, self._column), attributes.get("s", ""))
            self._formula = self._value = self._stored = self._in_value = False
            if (
                self._kind == "e"
                or (self._kind == "s" and self._texts)
                or self._column >= MOST_COLUMNS
                or self._row >= _FARTHEST
            ):
                self._watch()
        elif name in ("v", "is"):
            self._in_value = self._stored = True
        elif name == "f":
            # A value stands behind its formula; one in front of it was passed over, and is taken for one.
            self._formula, self._value, self._in_value = True, self._stored, False
            self._watch()
        elif name == "row":
            number = attributes.get("r", "")
            if self._placed and not number.isdecimal():
                raise _Unplaced
            self._row = int(number) - 1 if number.isdecimal() and len(number) < 10 else self._row + 1
            self._column = -1
            if is_true(attributes.get("hidden", "")) or attributes.get("ht") == "0":
                self.hidden.append(self._row)
        elif name == "col" and (is_true(attributes.get("hidden", "")) or attributes.get("width") == "0"):
            self._hide(attributes.get("min", ""), attributes.get("max", ""))
        elif name == "strike" and is_true(attributes.get("val", "1")):
            self._strike((self._row, self._column))
        elif name == "mergecell":
            self._merges += 1
            if self._merges > MOST_MERGES:
                raise Refusal("file_damaged", "merge")

    def _hide(self, first: str, last: str) -> None:
        if first.isdecimal() and last.isdecimal() and max(len(first), len(last)) < 10:
            self.hidden_columns.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))

    def _watch(self) -> None:
        """Be told what stands in this cell too. Of most it need not be known, and it doubles what a file costs."""
        self._text.clear()
        self._parser.EndElementHandler, self._parser.CharacterDataHandler = self._end, self._said

    def _cell(self, reference: str) -> None:
        if not reference and not self._placed:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None or not 0 < len(reference) - len(letters) <= 10:
            column = self._column_of(reference)
            if column is None:
                if self._placed:
                    raise _Unplaced
                self._column += 1
                return
            if len(self._columns) < 10 * MOST_COLUMNS:
                self._columns[letters] = column
        self._column, self._row = column, int(reference[len(letters) :]) - 1

    @staticmethod
    def _column_of(reference: str) -> int | None:
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            return None
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        return column - 1

    def _said(self, text: str) -> None:
        if self._in_value:
            self._value = self._value or bool(text.strip())
            if self._kind in ("e", "s"):
                self._text.append(text)

    def _end(self, tag: str) -> None:
        name = self._names[tag]
        if name in ("v", "is"):
            self._in_value = False
        elif name == "c":
            self._parser.EndElementHandler = self._parser.CharacterDataHandler = None
            place = self._row, self._column
            if self._value or self._formula or self._kind == "e":
                if self._column >= MOST_COLUMNS:
                    raise Refusal("too_many_columns")
                if self._row >= _FARTHEST:
                    raise Refusal("too_many_rows")
            if self._kind == "s" and "".join(self._text).strip().encode() in self._texts:
                self._strike(place)
            if self._kind == "e":
                self._note(place, "e", "".join(self._text)[:20])
            elif self._formula and not self._value and not (self._kind == "str" and self._stored):
                # Only a text may be empty, and then its element is there.
                self._note(place, "f", "")

    def _strike_at(self, reference: str) -> None:
        place = self._place_of(reference)
        if place is not None:
            self._strike(place)

    def _place_of(self, reference: str) -> Place | None:
        place, column = _REFERENCE.fullmatch(reference), self._column_of(reference)
        return None if place is None or column is None else (int(place[2]) - 1, column)

    def _of_style(self, place: Place, style: str) -> None:
        if style in self._styles:
            self._strike(place)
        if style in self._widths:
            if len(self.padded) >= MOST_BROKEN:
                raise Refusal("file_holds_too_much")
            self.padded[place] = self._widths[style]

    def _strike(self, place: Place) -> None:
        if len(self.struck) >= MOST_BROKEN:
            raise Refusal("file_holds_too_much")
        self.struck.add(place)

    def _note(self, place: Place, kind: str, text: str) -> None:
        if len(self.broken) >= MOST_BROKEN:
            raise Refusal("file_holds_too_much")
        self.broken[place] = (kind, text)
