"""`lumbung vocabulary import` needs this: names that a published classification has and our vocabulary lacks.

Reads ESCO's official CSV download (`occupations_en.csv`, `skills_en.csv`, of the European Commission) and a table of
KBJI (BPS, columns `kode` and `judul`). They bring more names for what we know, and unit groups of ISCO-08 that we do
not know yet. Skills get names only: a code that no other house and no rule knows would help nobody. A name that already
means something in our vocabulary keeps that meaning.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shared.words.spelling import key
from shared.words.vocabulary import Entry, Vocabulary

COLUMNS = {"occupations": ("isco08", "en", "id", "also_en", "also_id"), "skills": ("code", "en", "id", "also_en")}
_KBJI_REST = re.compile(r"\b(lainnya|ytdl|ytdk)\b", re.IGNORECASE)  # "and others not named elsewhere" is no name


class UnreadableTable(Exception):
    """A file is not what it should be. The first argument says what is wrong, the second what to do."""


@dataclass(slots=True)
class Found:
    """New names by code: `en`, `id` in the order in which they were met."""

    en: dict[str, list[str]] = field(default_factory=dict)
    id: dict[str, list[str]] = field(default_factory=dict)

    def count(self) -> int:
        return sum(len(names) for names in (*self.en.values(), *self.id.values()))


@dataclass(frozen=True, slots=True)
class Imported:
    """How many names were new, of occupations and of skills, and how many unit groups we did not know before."""

    occupations: int
    skills: int
    new_groups: int


def collect(known: Vocabulary, into: Path, *, esco: Path | None = None, kbji: Path | None = None) -> Imported:
    """Write the files of a vocabulary folder. Nothing is written when one of the sources cannot be read.

    Raises Unreadable.
    """
    occupations, skills = Found(), Found()
    if esco is not None:
        taken = _meanings(known.occupations)
        for row in _rows(esco / "occupations_en.csv", ("iscoGroup", "preferredLabel", "altLabels")):
            _add(occupations.en, _unit_group(row["iscoGroup"]), _labels(row), taken)
        _more_names_of_skills(known, esco, skills)
    if kbji is not None:
        taken = _meanings(known.occupations)
        for row in _rows(kbji, ("kode", "judul")):
            names = [] if _KBJI_REST.search(row["judul"]) else [row["judul"].strip()]
            _add(occupations.id, _unit_group(row["kode"]), names, taken)
    lines = {
        "occupations": [_occupation(code, occupations, known) for code in sorted({*occupations.en, *occupations.id})],
        "skills": [
            [code, known.skills[code].english, known.skills[code].indonesian, "|".join(names)]
            for code, names in sorted(skills.en.items())
        ],
    }
    into.mkdir(parents=True, exist_ok=True)
    for kind, rows in lines.items():
        _write(into / f"{kind}.csv", COLUMNS[kind], rows)
    new_groups = len({*occupations.en, *occupations.id} - known.occupations.keys())
    return Imported(occupations.count(), skills.count(), new_groups)


def _more_names_of_skills(known: Vocabulary, esco: Path, found: Found) -> None:
    """An ESCO skill of which one label is a name of ours gives that skill its other labels."""
    meanings = _meanings(known.skills)
    for row in _rows(esco / "skills_en.csv", ("preferredLabel", "altLabels")):
        labels = _labels(row)
        meant = {code for label in labels for code in meanings.get(key(label), ())}
        if len(meant) == 1:
            _add(found.en, meant.pop(), labels, meanings)


def _add(found: dict[str, list[str]], code: str | None, names: Iterable[str], taken: Mapping[str, set[str]]) -> None:
    if code is None:
        return
    for name in names:
        # `|` parts names in our files; a label that holds one is no name that anybody says.
        if key(name) and not taken.get(key(name)) and "|" not in name and name not in found.setdefault(code, []):
            found[code].append(name)
    if code in found and not found[code]:
        del found[code]


def _meanings(entries: Mapping[str, Entry]) -> dict[str, set[str]]:
    meanings: dict[str, set[str]] = {}
    for entry in entries.values():
        for name in entry.names:
            meanings.setdefault(key(name), set()).add(entry.code)
    return meanings


def _occupation(code: str, found: Found, known: Vocabulary) -> list[str]:
    english, indonesian = found.en.get(code, []), found.id.get(code, [])
    entry = known.occupations.get(code)
    names = (english or indonesian)[0], (indonesian or english)[0]
    shown = (entry.english, entry.indonesian) if entry else names
    return [code, *shown, "|".join(english), "|".join(indonesian)]


def _unit_group(code: str) -> str | None:
    """The unit group (four digits) that a longer code belongs to; None for a wider group. ESCO writes `C5311`."""
    digits = re.sub(r"\D", "", code)
    return digits[:4] if len(digits) >= 4 else None


def _labels(row: Mapping[str, str]) -> list[str]:
    return [label.strip() for label in (row["preferredLabel"], *row["altLabels"].splitlines()) if label.strip()]


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            missing = [column for column in needed if column not in (table.fieldnames or ())]
            if missing:
                there = ", ".join(table.fieldnames or ()) or "none"
                raise UnreadableTable(
                    f"{path} has no column {' and no column '.join(missing)}; its columns are: {there}.",
                    "Use the file as it was published, comma-separated, with its first line.",
                )
            for row in table:
                yield {column: row[column] or "" for column in needed}
    except OSError as error:
        raise UnreadableTable(
            f"{path} cannot be read: {error.strerror}.", "Name the folder or file that you have."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableTable(f"{path} is no CSV file in UTF-8.", "Save it as CSV (UTF-8) and try again.") from error


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[list[str]]) -> None:
    # Whole or not at all: a house that starts now reads the old file or the new one.
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    beside.replace(path)
