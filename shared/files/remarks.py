"""For ``workbooks``: what people say in a workbook without a cell that says it: cells struck through, and comments."""

import re
from collections.abc import Mapping

from shared.files.archives import Archive
from shared.files.limits import Refusal
from shared.files.parts import is_true, walk
from shared.files.workbook_names import OURSELVES

_SECTIONS = frozenset({"fonts", "cellstylexfs", "cellxfs", "cellstyles", "dxfs", "fills", "borders"})
_COMMENTS = re.compile(r"xl/(?:.*/)?comments?[^/]*\.xml")
"""``xl/comments1.xml``, and ``xl/comments/comment1.xml`` of openpyxl; threads stand in one of these as well."""
_AUTHOR = re.compile(rb"<author>([^<]*)</author>")


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


def comments(archive: Archive) -> int:
    """How many comments stand at cells, other than those that we wrote there ourselves. Raises Refusal."""
    count = 0
    for name in archive.names():
        if not _COMMENTS.fullmatch(name):
            continue
        xml = archive.read(name) or b""
        archive.parsed -= xml.count(b"<")
        if archive.parsed < 0:
            raise Refusal("file_holds_too_much")
        ours = {str(at) for at, author in enumerate(_AUTHOR.findall(xml)) if author == OURSELVES.encode()}

        def seen(tag: str, attributes: Mapping[str, str], ours: set[str] = ours) -> None:
            nonlocal count
            count += tag == "comment" and attributes.get("authorid") not in ours

        walk(xml, seen)
    return count
