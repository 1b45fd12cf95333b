"""Fields for several things of one kind, one a line: occupations and countries by what people call them."""

from collections.abc import Sequence
from typing import Any

from wtforms import TextAreaField

from services.console.frame.occupations import occupation, occupation_of
from services.console.frame.words import country, t
from shared.codes import countries, isco

MOST = 250
"""Lines: every country. Who sends more is told so, and nothing is left out in silence."""


class ManyField(TextAreaField):
    """``data``: the codes, in the order typed, each once. ``typed`` is what stands there again."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        lines = [line.strip(" ,;") for line in self.typed.splitlines() if line.strip(" ,;")]
        if len(lines) > MOST:
            raise ValueError(t("Paling banyak {n} baris.", "{n} lines at most.", n=MOST))
        self.data = list(dict.fromkeys(self.read(line) for line in lines))

    def read(self, line: str) -> str:
        """The code that a line means.

        Raises:
            ValueError: none, or several.
        """
        return line

    def called(self, code: str) -> str:
        """What a code is called."""
        return code

    def _value(self) -> str:
        return self.lines()

    def lines(self) -> str:
        """The text of the box."""
        if getattr(self, "typed", ""):
            return str(self.typed)
        found: Sequence[str] = self.data or ()
        return "\n".join(map(self.called, found))


class OccupationsField(ManyField):
    """Names of occupations, or the first one to four digits of ISCO-08, which mean all that begin so."""

    def read(self, line: str) -> str:
        return line if line.isdigit() and isco.is_prefix(line) else occupation_of(line)

    def called(self, code: str) -> str:
        return occupation(code)


class CountriesField(ManyField):
    """Names of countries in either language, or their codes."""

    def read(self, line: str) -> str:
        found = countries.find(line)
        if found is None:
            raise ValueError(
                t(
                    "Negara “{line}” tidak dikenal. Ketik namanya, misalnya Malaysia, satu per baris.",
                    "The country “{line}” is not known. Type its name, for example Malaysia, one a line.",
                    line=line[:60],
                )
            )
        return found

    def called(self, code: str) -> str:
        return country(code)
