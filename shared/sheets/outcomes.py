"""For the readers of cells: what may become of a cell besides its value."""

from dataclasses import dataclass
from typing import Any

from shared.http.problems import Text, say


class UnreadableCell(Exception):
    """The cell holds something that its column does not take."""

    def __init__(self, code: str, message: Text, fix: Text | None = None) -> None:
        super().__init__(code)
        self.code, self.message, self.fix = code, message, fix


@dataclass(frozen=True, slots=True)
class Note:
    """The cell was understood, and the person should see as what."""

    code: str
    message: Text


class Erase:
    """The cell says that what is on record goes (``kosongkan``). An empty cell never says that."""

    def __repr__(self) -> str:
        return "ERASE"


ERASE = Erase()


class Replacing(list[Any]):
    """A list that takes the place of what is on record (``ganti: …``). Any other list is added to it."""


Read = tuple[Any, Note | None]
"""A value, and what to tell about it."""


def read_as(indonesian: str, english: str | None = None) -> Note:
    """The note that says back how a cell was understood."""
    return Note("read_as", say(f"dibaca {indonesian}.", f"read as {english or indonesian}."))
