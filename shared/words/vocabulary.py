"""The lookup needs the vocabulary of this house of words: skills, occupations and languages with all their names.

The three CSV files beside this module are written by us, in Indonesian, in English, and as people in Kupang say it.
An office may add folders of further files with the same columns, as `importing` makes them: LUMBUNG_WORDS names them.
"""

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

OURS = Path(__file__).with_name("vocabulary")
# Read here and not with a house's settings: schemas list the codes of skills when they are imported.
FOLDERS = (OURS, *(Path(name) for name in os.environ.get("LUMBUNG_WORDS", "").split(os.pathsep) if name))
KINDS = ("skills", "occupations", "languages")
_LISTS = ("also_en", "also_id", "also_kupang", "also")


@dataclass(frozen=True, slots=True)
class Entry:
    """One skill, occupation (code = ISCO-08 unit group) or language with every name it goes by.

    `english` and `indonesian` are what screens show; `names` are all spellings, those two first. `skills` are the
    codes that doing an occupation teaches, `area` groups skills of one line of work, `about` describes it if anyone
    did (imported classifications do; our own entries are named well enough)."""

    code: str
    english: str
    indonesian: str
    names: tuple[str, ...]
    area: str = ""
    skills: tuple[str, ...] = ()
    about: str = ""

    @property
    def text(self) -> str:
        """All names and the description, for whoever compares words."""
        return " ; ".join((*self.names, self.about))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    skills: Mapping[str, Entry]
    occupations: Mapping[str, Entry]
    languages: Mapping[str, Entry]


def read(folders: Iterable[Path] = FOLDERS) -> Vocabulary:
    """Read the files of all folders; the same code in a later folder adds its names to the earlier entry.

    Raises NotADirectoryError: a folder that was named and is not there would be missed by nobody.
    """
    found: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    for folder in folders:
        if not folder.is_dir():
            raise NotADirectoryError(f"{folder} is no folder with a vocabulary: mend or unset LUMBUNG_WORDS.")
        for kind in KINDS:
            path = folder / f"{kind}.csv"
            if path.exists():
                for entry in _entries(path):
                    earlier = found[kind].get(entry.code)
                    found[kind][entry.code] = entry if earlier is None else _join(earlier, entry)
    return Vocabulary(**found)


def _entries(path: Path) -> Iterable[Entry]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = [row["en"], row["id"]]
            for column in _LISTS:
                names += _split(row.get(column))
            yield Entry(
                code=row.get("code") or row["isco08"],
                english=row["en"],
                indonesian=row["id"],
                names=tuple(dict.fromkeys(names)),
                area=row.get("area") or "",
                skills=tuple(_split(row.get("skills"))),
                about=row.get("about") or "",
            )


def _join(first: Entry, second: Entry) -> Entry:
    return Entry(
        code=first.code,
        english=first.english,
        indonesian=first.indonesian,
        names=tuple(dict.fromkeys(first.names + second.names)),
        area=first.area or second.area,
        skills=tuple(dict.fromkeys(first.skills + second.skills)),
        about=first.about or second.about,
    )


def _split(cell: str | None) -> list[str]:
    return [name for name in (part.strip() for part in (cell or "").split("|")) if name]
