"""For ``workbooks``: what people say in a workbook without a cell that says it: cells struck through, comments, what is
drawn over the cells, zeros that only a format shows, and formulas that ask another file."""

import re
from collections.abc import Mapping

from shared.files.archives import Archive
from shared.files.limits import Refusal
from shared.files.parts import is_true, walk
from shared.files.workbook_names import OURSELVES

_SECTIONS = frozenset({"fonts", "cellstylexfs", "cellxfs", "cellstyles", "dxfs", "fills", "borders"})
_COMMENTS = re.compile(r"xl/(?:.*/)?comments?[^/]*\.xml")
"""Excel and LibreOffice say ``xl/comments1.xml``, openpyxl ``xl/comments/comment1.xml``."""
_AUTHOR = re.compile(rb"<(?:\w+:)?author(?:\s[^<>]*)?(?:/>|>([^<]*)</)")
_IN_HEADING = re.compile(r"[A-Z]+1")


def struck_styles(archive: Archive) -> frozenset[str]:
    """The numbers of the styles whose font is struck through, as cells name them. Raises Refusal."""
    xml = archive.read("xl/styles.xml") or b""
    if b"strike" not in xml:
        return frozenset()
    archive.parsed -= xml.count(b"<")
    if archive.parsed < 0:
        raise Refusal("file_holds_too_much")
    section, fonts, styles = "", -1, -1
    struck_fonts: set[str] = set()
    struck: set[str] = set()

    def seen(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal section, fonts, styles
        if tag in _SECTIONS:
            section = tag
        elif section == "fonts" and tag == "font":
            fonts += 1
        elif section == "fonts" and tag == "strike" and is_true(attributes.get("val", "1")):
            struck_fonts.add(str(fonts))
        elif section == "cellxfs" and tag == "xf":
            styles += 1
            if attributes.get("fontid") in struck_fonts:
                struck.add(str(styles))

    walk(xml, seen)
    return frozenset(struck)


_OF_TEXTS = re.compile(rb"<(?:[\w.-]+:)?(si|strike)(?:\s([^<>]*))?/?>")


def struck_texts(archive: Archive) -> frozenset[bytes]:
    """The numbers of the texts of which a part is struck through, as cells name them. Raises Refusal.

    Their reader puts all parts of a text together, and what was struck out would stand in it again.
    """
    xml = archive.read("xl/sharedstrings.xml") or b""
    if b"strike" not in xml:
        return frozenset()
    struck, number = set(), -1
    for found in _OF_TEXTS.finditer(xml):
        if found[1] == b"si":
            number += 1
        elif _VALUE_IS_NO.search(found[2] or b"") is None:
            struck.add(b"%d" % number)
    return frozenset(struck)


_VALUE_IS_NO = re.compile(rb"""val\s*=\s*["'](?:0|false|off)["']""", re.IGNORECASE)


_DRAWINGS = re.compile(r"xl/(?:.*/)?drawing[^/]*\.xml")
_DRAWN = re.compile(rb"<(?:[\w.-]+:)?(?:twoCell|oneCell|absolute)Anchor\b")


def drawings(archive: Archive) -> int:
    """How many pictures, boxes of text and charts lie over the cells. Raises Refusal."""
    parts = [name for name in archive.names() if _DRAWINGS.fullmatch(name)]
    return sum(len(_DRAWN.findall(archive.read(name) or b"")) for name in parts)


def comments(archive: Archive, *, stamped: bool) -> int:
    """How many comments stand at cells, other than those that we wrote there ourselves. Raises Refusal.

    ``stamped``: it is a template of ours. Those of before 2026-12 explain their headings in comments of nobody.
    """
    count = 0
    for name in archive.names():
        if not _COMMENTS.fullmatch(name):
            continue
        xml = archive.read(name) or b""
        archive.parsed -= xml.count(b"<")
        if archive.parsed < 0:
            raise Refusal("file_holds_too_much")
        authors = [author.strip() for author in _AUTHOR.findall(xml)]
        ours = {str(at) for at, author in enumerate(authors) if author == OURSELVES.encode()}
        nobody = {str(at) for at, author in enumerate(authors) if not author} if stamped else set()

        def seen(tag: str, attributes: Mapping[str, str], ours: set[str] = ours, nobody: set[str] = nobody) -> None:
            nonlocal count
            if tag == "comment":
                by = attributes.get("authorid", "")
                helps = by in nobody and _IN_HEADING.fullmatch(attributes.get("ref", ""))
                count += not (by in ours or helps)

        walk(xml, seen)
    return count


_LINKS = "xl/externallinks/"
_BORROWED = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^<>]*)?>[^<]*?\[[0-9]{1,4}\][^<\[\]!]{0,200}!")
"""``[1]`` names another workbook; without a sheet and ``!`` behind it, it is a column of a table."""


def borrowed(archive: Archive, xml: bytes) -> int:
    """How many formulas of a sheet take their value from another workbook, whose state nobody knows here."""
    links = any(name.startswith(_LINKS) for name in archive.names())
    return len(_BORROWED.findall(xml)) if links else 0


_ONLY_ZEROS = re.compile("0{2,15}")


def padded_styles(archive: Archive) -> dict[str, int]:
    """Number of a style → how many digits it shows, of styles that show zeros in front (``000``: 7 is seen as 007).

    Raises Refusal.
    """
    xml = archive.read("xl/styles.xml") or b""
    if b"00" not in xml:
        return {}
    archive.parsed -= xml.count(b"<")
    if archive.parsed < 0:
        raise Refusal("file_holds_too_much")
    section, styles = "", -1
    widths: dict[str, int] = {}
    padded: dict[str, int] = {}

    def seen(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal section, styles
        if tag in _SECTIONS:
            section = tag
        elif tag == "numfmt" and _ONLY_ZEROS.fullmatch(attributes.get("formatcode", "")):
            widths[attributes.get("numfmtid", "")] = len(attributes["formatcode"])
        elif section == "cellxfs" and tag == "xf":
            styles += 1
            width = widths.get(attributes.get("numfmtid", ""))
            if width is not None:
                padded[str(styles)] = width

    walk(xml, seen)
    return padded
