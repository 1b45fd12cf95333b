"""A field for an occupation: people type what it is called, and what is kept is its ISCO-08 unit group."""

import difflib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from wtforms import StringField

from services.console.frame.words import t
from shared.words import vocabulary
from shared.words.spelling import key, stems

MOST_MEANT = 5
ALIKE = 0.6
"""How alike two names are for `difflib`, so that one is worth offering for the other."""


def occupation(code: str | None) -> str:
    """`pengasuh lansia di rumah (5322)`; the code alone where it has no name."""
    entry = _occupations().get(code or "")
    if entry is None:
        return code or ""
    return t(f"{entry.indonesian} ({entry.code})", f"{entry.english} ({entry.code})")


def occupation_of(typed: str) -> str:
    """The unit group that somebody means by its name or its digits; whether digits are one the house says.

    Raises:
        ValueError: nothing is called so, or several are.
    """
    code = re.match(r"\d{4}\b", typed)
    if code or typed.isdigit():
        return code[0] if code else typed
    named = _named().get(key(typed), ())
    if len(named) == 1:
        return named[0]
    meant = named or _near(typed)
    if not meant:
        raise ValueError(
            t(
                "Jabatan ini tidak dikenal. Ketik nama lain, misalnya perawat lansia, atau empat angka ISCO-08.",
                "This occupation is not known. Type another name, for example caregiver, or its ISCO-08 digits.",
            )
        )
    raise ValueError(
        t(
            "Jabatan ini bisa berarti: {offered}. Ketik salah satu.",
            "This occupation may mean: {offered}. Type one of them.",
            offered="; ".join(map(occupation, meant)),
        )
    )


class OccupationField(StringField):
    """``data``: four digits, also where a name was typed. A name of several occupations is asked for more closely."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = str(valuelist[0]).strip()[:120] if valuelist else ""
        self.data = self.typed
        self.data = occupation_of(self.typed) if self.typed else ""

    def _value(self) -> str:
        if self.errors and getattr(self, "typed", ""):
            return str(self.typed)
        return occupation(self.data) if self.data else ""


@cache
def _occupations() -> Mapping[str, vocabulary.Entry]:
    return vocabulary.read().occupations


@cache
def _named() -> Mapping[str, tuple[str, ...]]:
    """Every name, folded, with its codes; also as `_value` shows it, name and code together."""
    found: dict[str, dict[str, None]] = {}
    for code, entry in _occupations().items():
        for name in entry.names:
            found.setdefault(key(name), {})[code] = None
            found.setdefault(key(f"{name} ({code})"), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}


def _near(typed: str) -> tuple[str, ...]:
    """The occupations of which a name has all these words in it, else those that are spelled alike."""
    wanted = set(stems(typed))
    held = [code for code, entry in _occupations().items() if any(wanted <= set(stems(name)) for name in entry.names)]
    if wanted and held:
        return tuple(held[:MOST_MEANT])
    alike = difflib.get_close_matches(key(typed), _named(), n=MOST_MEANT, cutoff=ALIKE)
    return tuple(dict.fromkeys(code for name in alike for code in _named()[name]))[:MOST_MEANT]
