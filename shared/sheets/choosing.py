"""For ``values``: cells that name one thing of a list, by its code or as people call it."""

import re
from functools import lru_cache

from shared.codes import regencies, towns
from shared.http.faults import one_of
from shared.http.fields import regency_fix
from shared.http.problems import say
from shared.sheets.cells import Cell, Column, folded, written
from shared.sheets.outcomes import Read, UnreadableCell, read_as

_CODE = re.compile(r"[A-Z0-9][A-Z0-9_.-]{0,63}")


def code(cell: Cell, column: Column) -> Read:
    """One of the column's choices."""
    typed = written(cell.value).strip()
    found = _folded_choices(tuple(column.choices.items())).get(folded(typed))
    if found is not None:
        return found, None
    labels: dict[str, str] = {}
    for spelling, known in column.choices.items():
        labels.setdefault(known, spelling)
    raise UnreadableCell(
        "unknown_code",
        say("isi sel ini tidak dikenal di kolomnya.", "what stands here is not known in its column."),
        one_of(list(labels.values()), typed),
    )


def open_code(cell: Cell, column: Column) -> Read:
    """One of the column's choices, by its code or its name, or a code that the list does not have yet."""
    typed = written(cell.value).strip()
    found = _folded_choices(tuple(column.choices.items())).get(folded(typed))
    if found is not None:
        return found, None if found == typed else read_as(found)
    if _CODE.fullmatch(typed):
        return typed, None
    known = list(dict.fromkeys(column.choices.values()))
    raise UnreadableCell(
        "unknown_code",
        say(f"{column.title['id'].lower()} tidak dikenal.", f"this {column.title['en'].lower()} is not known."),
        one_of(known, typed),
    )


@lru_cache(maxsize=64)
def _folded_choices(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found = {folded(spelling): code for spelling, code in choices if folded(spelling)}
    return {folded(code): code for _, code in choices} | found


def place(cell: Cell, column: Column) -> Read:
    """A regency by its code, by its name, or by a town of NTT that lies in it."""
    typed = (
        f"{cell.value:.4f}".rstrip("0").rstrip(".") if isinstance(cell.value, float) else written(cell.value).strip()
    )
    if regencies.is_regency(typed):
        return typed, read_as(f"{typed} {regencies.name(typed)}") if isinstance(cell.value, float) else None
    short = regencies.shortened(typed)
    if len(short) > 1:
        named = [f"{one.code} ({regencies.name(one.code)})" for one in short]
        raise UnreadableCell(
            "ambiguous_regency",
            say(f"{typed} bisa berarti dua kabupaten.", f"{typed} could be two regencies."),
            say(f"Ketik {' atau '.join(named)} sebagai teks.", f"Type {' or '.join(named)} as text."),
        )
    meant = short[0].code if short else regencies.find(typed) or towns.regency_of(typed)
    if meant:
        return meant, read_as(f"{meant} {regencies.name(meant)}")
    raise UnreadableCell(
        "unknown_regency",
        say("kabupaten/kota ini tidak dikenal.", "this regency is not known."),
        regency_fix(typed),
    )
