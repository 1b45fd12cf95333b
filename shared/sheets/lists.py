"""For ``values``: several values in one cell, apart by semicolons or lines.

``ganti: a; b`` replaces what is on record; without that word the values are added to it. An entry that holds a
semicolon or comma of its own stands in quotation marks, as the template writes it.
"""

import re

from shared.http.problems import say
from shared.sheets.cells import Column
from shared.sheets.outcomes import UnreadableCell

_REPLACING = re.compile(r"\s*(ganti|replace)\s*:\s*", re.IGNORECASE)
_ENTRY = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[;\n]|$)|([^;\n]*))(?:[;\n]|$)')
_NO_COMMA = re.compile(r"\([^)]*\)")
_DECIMAL = re.compile(r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))")
"""Within an entry of parts (``Inggris | IELTS | 5,5``) a comma between digits parts no entries."""


def replaces(text: str) -> tuple[bool, str]:
    """Does the cell replace the list? And the text without that word."""
    found = _REPLACING.match(text)
    return found is not None, text[found.end() :] if found else text


def parts_of(text: str, column: Column) -> list[str]:
    """The entries of a cell. Raises UnreadableCell when they seem to stand apart by commas."""
    found: list[str] = []
    at = 0
    while at < len(text):
        entry = _ENTRY.match(text, at)
        if entry is None:
            break
        quoted, plain = entry[1], entry[2]
        part = quoted.replace('""', '"').strip() if quoted is not None else (plain or "").strip()
        if part:
            if quoted is None and "," in _NO_COMMA.sub("", _DECIMAL.sub("", part) if "|" in part else part):
                raise UnreadableCell(
                    "list_with_commas",
                    say("daftar ini dipisah koma.", "this list is separated by commas."),
                    say(
                        'Pisahkan dengan titik koma (;). Satu isi yang memuat koma ditulis dalam tanda kutip ("…").',
                        'Separate it by semicolons (;). One entry with a comma in it goes in quotation marks ("…").',
                    ),
                )
            found.append(part)
        at = max(entry.end(), at + 1)
    return found


def joined(entries: list[str]) -> str:
    """A cell that :func:`parts_of` reads as these entries."""
    return "; ".join(
        f'"{entry.replace(chr(34), chr(34) * 2)}"' if re.search(r'[;,\n"]', entry) else entry for entry in entries
    )
