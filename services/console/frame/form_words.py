"""What WTForms says by itself, as a person here is told what to type: it speaks neither Indonesian nor plainly."""

import re
from typing import Any

from services.console.frame.words import t

_CHOOSE = ("Pilih satu dari daftar ini.", "Choose one of these.")
_NUMBER = ("Ketik angka saja, misalnya 12.", "Type digits only, for example 12.")
_FILL = ("Isi bagian ini.", "Fill this in.")

SAYS: dict[str, tuple[str, str]] = {
    "This field is required.": _FILL,
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": ("Pilih dari daftar ini.", "Choose from this list."),
    "'%(value)s' are not valid choices for this field.": ("Pilih dari daftar ini.", "Choose from this list."),
    "Not a valid integer value.": _NUMBER,
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "Field must be at least %(min)d character long.": (
        "Tulis lebih lengkap: paling sedikit {min} huruf.",
        "Write more: {min} letters at least.",
    ),
    "Field must be at least %(min)d characters long.": (
        "Tulis lebih lengkap: paling sedikit {min} huruf.",
        "Write more: {min} letters at least.",
    ),
    "Field cannot be longer than %(max)d character.": ("Paling banyak {max} huruf.", "{max} letters at most."),
    "Field cannot be longer than %(max)d characters.": ("Paling banyak {max} huruf.", "{max} letters at most."),
    "Field must be between %(min)d and %(max)d characters long.": (
        "Tulis {min} sampai {max} huruf.",
        "Write {min} to {max} letters.",
    ),
    "Number must be at least %(min)s.": ("Paling sedikit {min}.", "{min} at least."),
    "Number must be at most %(max)s.": ("Paling banyak {max}.", "{max} at most."),
    "Number must be between %(min)s and %(max)s.": (
        "Ketik angka {min} sampai {max}.",
        "Type a number, {min} to {max}.",
    ),
    "Invalid input.": ("Periksa lagi isinya.", "Look at this again."),
}
"""A sentence of WTForms → what stands at the field instead."""


def is_general(said: str) -> bool:
    """Could this sentence stand at any field? Then whoever reads it elsewhere must be told at which one it stands."""
    return any(re.fullmatch(_NUMBERS.sub(r"-?\\d+", re.escape(t(*words))), said) for words in set(SAYS.values()))


_NUMBERS = re.compile(r"\\{\w+\\}")


class Said(str):
    """A sentence whose numbers WTForms fills in afterwards, by ``%``."""

    def __mod__(self, values: Any) -> str:
        return self.format(**values) if isinstance(values, dict) else str(self)


class Plainly:
    """The translations of a form, as WTForms asks for them."""

    def gettext(self, string: str) -> str:
        return Said(t(*SAYS[string])) if string in SAYS else string

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)
