"""What an officer types line by line about work: `jaga oma, 6 tahun` → the words and the months."""

import re
from typing import Any

from services.console.frame.words import t
from shared.profiles.parts import MOST_ENTRIES
from shared.words import Words

Body = dict[str, Any]

LANGUAGES: dict[str, tuple[str, str]] = {
    "en": ("Inggris", "English"),
    "ms": ("Melayu", "Malay"),
    "zh": ("Mandarin", "Mandarin"),
    "yue": ("Kanton", "Cantonese"),
    "ja": ("Jepang", "Japanese"),
    "ko": ("Korea", "Korean"),
    "ar": ("Arab", "Arabic"),
    "de": ("Jerman", "German"),
}

MOST = MOST_ENTRIES
_LINE = re.compile(
    r"(?P<text>.*?\S)\s*[,;:(-]\s*(?P<number>\d{1,3})\s*(?P<unit>tahun|thn|th|years?|bulan|bln|bl|months?)\W*",
    re.IGNORECASE,
)
_MONTHLY = ("b", "m")


def lines(text: str | None) -> list[tuple[str, int | None]]:
    """Each line's words, and its months where it ends in a time."""
    found: list[tuple[str, int | None]] = []
    for line in (text or "").splitlines():
        line = " ".join(line.split())
        if not line:
            continue
        timed = _LINE.fullmatch(line)
        if timed:
            number = int(timed["number"])
            found.append((timed["text"], number if timed["unit"][0].lower() in _MONTHLY else number * 12))
        else:
            found.append((line, None))
    return found[:MOST]


def skills(text: str | None, source: str) -> list[Body]:
    return [{"text": words, "source": source, "months": months} for words, months in lines(text)]


def jobs(text: str | None) -> list[Body]:
    return [{"title": words, "months": months} for words, months in lines(text)]


def written(rows: list[Body], name: str) -> str:
    """The rows as lines again, for a form that shows what is known."""
    said = []
    for row in rows:
        words = words_of(row, name)
        months = row.get("months")
        if months and months % 12 == 0:
            said.append(f"{words}, {months // 12} tahun")
        elif months:
            said.append(f"{words}, {months} bulan")
        else:
            said.append(words)
    return "\n".join(said)


def words_of(row: Body, name: str) -> str:
    """What a row is called where it is shown as a line: its words, else the name of its code."""
    code = row.get("code") or row.get("isco08") or ""
    named = Words.default().vocabulary
    entry = named.skills.get(code) or named.occupations.get(code)
    return " ".join(str(row.get(name) or (t(entry.indonesian, entry.english) if entry else code)).split())


def kind_of(scheme: str) -> str:
    """Which kind of certificate a scheme of the list is."""
    if scheme.startswith("SSW_") or scheme == "EPS_STAGE_2":
        return "SKILL_TEST"
    return {"STR_NURSE": "LICENCE", "BST": "SAFETY", "SEAMAN_BOOK": "SEAMAN_BOOK"}.get(scheme, "COMPETENCE")
