"""For ``values``: cells that name one thing of a list, by its code or as people call it."""

import re
from collections.abc import Mapping, Sequence

from shared.codes import isco, isco_names, regencies, towns
from shared.http.faults import one_of
from shared.http.fields import regency_fix
from shared.http.problems import Text, say
from shared.sheets.cells import Cell, Column, folded, written
from shared.sheets.outcomes import Read, UnreadableCell, read_as
from shared.sheets.spellings import folded_choices
from shared.words import Words

_CODE = re.compile(r"[A-Z0-9][A-Z0-9_.-]{0,63}")


def code(cell: Cell, column: Column) -> Read:
    """One of the column's choices, also where the cell names it twice (``SLTP/SMP``, ``perempuan (P)``)."""
    typed = written(cell.value).strip()
    known = folded_choices(column.choices)
    found = known.get(folded(typed))
    if found is not None:
        return found, None
    parts = [folded(part) for part in _APART.split(typed) if folded(part)]
    named = {known[part] for part in parts if part in known}
    if len(parts) > 1 and len(named) == 1 and all(part in known or part in _SAYS_NOTHING for part in parts):
        return named.pop(), None
    labels: dict[str, str] = {}
    for spelling, choice in column.choices.items():
        labels.setdefault(choice, spelling)
    raise UnreadableCell(
        "unknown_code",
        say("isi sel ini tidak dikenal di kolomnya.", "what stands here is not known in its column."),
        _what_instead(column, typed, known, labels),
    )


_UNFINISHED = frozenset(
    {"tidak", "tdk", "tak", "belum", "blm", "bukan", "non", "tanpa", "putus", "do", "drop", "out", "keluar", "kelas",
     "kls", "kl", "semester", "smt", "not", "no", "hampir", "calon"}
)  # fmt: skip
"""Words that turn what stands beside them into something else: ``SMP kelas 2`` is no SMP, ``tidak buka`` not open."""


def _what_instead(column: Column, typed: str, known: Mapping[str, str], labels: Mapping[str, str]) -> Text:
    """The choices that the cell names; the one that it is like; or all of them, where likeness would mislead."""
    plain, listed = folded(typed), list(labels.values())
    if _UNFINISHED.intersection(plain.split()):
        whole = one_of(listed, None)
        help = column.help or say("", "")
        return say(f"{help['id']} {whole['id']}".strip(), f"{help['en']} {whole['en']}".strip())
    apart = [known[part] for part in map(folded, _SEVERAL.split(typed)) if part in known]
    several = [labels[one] for one in dict.fromkeys(apart)]
    if 1 < len(several) < len(listed):
        return say(f"Ketik {' atau '.join(several)} saja.", f"Type only {' or '.join(several)}.")
    return (None if "/" in typed else _only_that(plain, known, labels)) or one_of(listed, typed)


_SEVERAL = re.compile(r"\s*[/,;&+-]\s*|\s+(?:atau|dan)\s+", re.IGNORECASE)


_APART = re.compile(r"\s*[/(),;]\s*|\s+atau\s+", re.IGNORECASE)
_SAYS_NOTHING = frozenset({"sederajat", "setara", "sejenis"})
_MOST_WORDS = 4


def _only_that(typed: str, known: Mapping[str, str], labels: Mapping[str, str]) -> Text | None:
    """``SMK Tata Boga`` begins with a choice: that one is to be typed, and the rest where it belongs."""
    words = typed.split(" ")
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        found = known.get(" ".join(words[:count]))
        if found is not None and not any(known.get(word, found) != found for word in words[count:]):
            label = labels[found]
            return say(f"Ketik {label} saja di kolom ini.", f"Type only {label} in this column.")
    return None


def open_code(cell: Cell, column: Column) -> Read:
    """One of the column's choices, by its code or its name, or a code that the list does not have yet."""
    typed = written(cell.value).strip()
    found = folded_choices(column.choices).get(folded(typed))
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


def _several(cell: Cell, column: Column) -> str:
    """The codes of ``ART/perawat lansia``, as a list is written; empty unless each part is one occupation."""
    parts = [part for part in re.split(r"\s*[/&+]\s*|\s+(?:dan|atau)\s+", written(cell.value).strip()) if part]
    try:
        found = [occupation(Cell(cell.address, part), column)[0] for part in parts] if 1 < len(parts) < 6 else []
    except UnreadableCell:
        return ""
    return "; ".join(map(str, found)) if len(set(found)) > 1 else ""


def occupation(cell: Cell, column: Column) -> Read:
    """A unit group of ISCO-08 by its digits, by the drop-down that shows them with its name, or by what people call it
    where that is one occupation alone.
    """
    typed = written(cell.value).strip()
    digits = _DIGITS.fullmatch(typed)
    if digits is not None:
        number = digits["code"] if isinstance(cell.value, str) or len(digits["code"]) == _LEN else ""
        if isco.is_unit_group(number):
            return number, None
        # Fewer digits name a whole group of occupations, of which none is nearer than the others.
        short = len(digits["code"]) < _LEN and not isco.is_unit_group(f"0{digits['code']}")
        near = None if short else isco.near(digits["code"])
        raise UnreadableCell(
            "unknown_occupation",
            say("kode jabatan ISCO-08 ini tidak dikenal.", "this ISCO-08 code is not known."),
            say(f"Maksudnya {near} ({_called(near)})?", f"Did you mean {near} ({_called(near, 'en')})?")
            if near
            else _FOUR,
        )
    chosen = folded_choices(column.choices).get(folded(typed))
    if chosen is not None:
        return chosen, None
    words = Words.default()
    beside = _NAMED_TOO.fullmatch(typed)
    name = (beside["name"] or beside["behind"]) if beside else typed
    said = (beside["code"] or beside["number"]) if beside else None
    found = words.occupation(name, floor=_CALLED_SO)
    meant = list(dict.fromkeys(one.code for one in found))
    # A short name inside more words may be one of two (PRT/caregiver), or what is not wanted (selain PRT).
    whole = all(one.similarity >= _CALLED_SO for one in found) and said in (None, *meant)
    if whole and len(meant) == 1 and not words.asks(name, "occupations"):
        return meant[0], read_as(f"{meant[0]} {_called(meant[0])}", f"{meant[0]} {_called(meant[0], 'en')}")
    if column.many and (apart := _several(cell, column)):
        raise UnreadableCell(
            "unknown_occupation",
            say("di sini ada beberapa jabatan.", "there are several occupations here."),
            say(f"Pisahkan dengan titik koma: {apart}.", f"Separate them by semicolons: {apart}."),
        )
    if said is not None and said not in meant and isco.is_unit_group(said):
        meant.insert(0, said)
    wanted = [] if _OTHER_THAN.intersection(folded(typed).split()) else meant[:3]
    named = [(_called(one), _called(one, "en"), one) for one in wanted]
    raise UnreadableCell(
        "unknown_occupation",
        say("jabatan ini tidak dikenal.", "this occupation is not known."),
        say(
            f"Ketik {' atau '.join(f'{code} ({name})' for name, _, code in named)}.",
            f"Type {' or '.join(f'{code} ({name})' for _, name, code in named)}.",
        )
        if named
        else _FOUR,
    )


_DIGITS = re.compile(r"(?:ISCO(?:-?08)?\s*)?(?P<code>[0-9]{1,6})(?:[.,]0{1,2})?", re.IGNORECASE)
_NAMED_TOO = re.compile(
    r"(?P<code>[0-9]{4})\b[\s:./–-]*(?P<name>[^0-9]+)|(?P<behind>[^0-9]+?)[\s:./–-]*\(?(?P<number>[0-9]{4})\)?"
)
"""The digits and the name; both are to say the same."""
_OTHER_THAN = frozenset({"selain", "kecuali", "except"})
_LEN = 4
_CALLED_SO = 1.0
"""Similarity of a name of the vocabulary word for word; what is only like one is asked about."""
_FOUR = say(
    "Ketik empat angka ISCO-08, seperti 9111, atau pilih dari daftar di templat.",
    "Type four digits of ISCO-08, like 9111, or choose from the list of the template.",
)


def _called(code: str, lang: str = "id") -> str:
    short = isco_names.COMMON.get(code) if lang == "id" else None
    return short or Words.default().label(code, lang)


def result(cell: Cell, column: Column) -> Read:
    """What a test ended with, as tests tell it: ``n5`` is N5, ``5,5`` is 5.5, and passed is PASS."""
    typed = written(cell.value).strip().upper().replace(",", ".")
    return ("PASS" if typed in ("LULUS", "PASSED") else typed), None


def place(cell: Cell, column: Column) -> Read:
    """A regency by its code, by its name, or by a town of NTT that lies in it."""
    typed = (
        f"{cell.value:.4f}".rstrip("0").rstrip(".") if isinstance(cell.value, float) else written(cell.value).strip()
    )
    typed = _WITH_COMMA.sub(r"\1.\2", typed)
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
    meant = short[0].code if short else _named(typed)
    if meant:
        return meant, read_as(f"{meant} {regencies.name(meant)}")
    parts = [part for part in re.split(r"\s*[,/()&]\s*|\s+-\s+|\s+dan\s+", typed) if part]
    parts = [part for part in parts if folded(part) not in _PROVINCE] if len(parts) > 1 else parts
    around = {part: _named(part) for part in parts} if parts != [typed] else {}
    places = {one for one in around.values() if one}
    if len(places) == 1 and all(around.values()):
        [meant] = places
        return meant, read_as(f"{meant} {regencies.name(meant)}")
    raise UnreadableCell(
        "unknown_regency",
        say("kabupaten/kota ini tidak dikenal.", "this regency is not known."),
        _one_place(sorted(places)) or _beside_help(regency_fix(parts[0] if len(parts) == 1 else typed), column),
    )


def _beside_help(fix: Text, column: Column) -> Text:
    """What to type, and when the cell is to be left empty (``online`` is no place)."""
    return {lang: f"{fix[lang]} {column.help[lang]}" for lang in ("id", "en")} if column.help else fix


_WITH_COMMA = re.compile(r"^([0-9]{2}),([0-9]{2})$")
_PROVINCE = frozenset(
    {"ntt", "nusa tenggara timur", "prov ntt", "provinsi ntt", "propinsi ntt", "prov nusa tenggara timur",
     "provinsi nusa tenggara timur", "indonesia", "flores", "timor", "sumba"}
)  # fmt: skip
"""Behind a regency on letters; of themselves they name none."""


def _named(typed: str) -> str | None:
    return regencies.find(typed) or towns.regency_of(typed)


def _one_place(codes: Sequence[str]) -> Text | None:
    if not codes:
        return None
    named = [f"{code} ({regencies.name(code)})" for code in codes]
    return say(f"Ketik {' atau '.join(named)} saja.", f"Type only {' or '.join(named)}.")
