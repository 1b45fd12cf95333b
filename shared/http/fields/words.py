"""For schemas: texts, codes of a closed list, ids."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from marshmallow import ValidationError, fields

from shared.http.faults import one_of, refuse
from shared.http.marks import spoiled, without_marks
from shared.http.problems import say

_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_ERROR_OF_A_CELL = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
"""What a program that copies a sheet sends of a cell without a value."""
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


FAR_TOO_LONG = 3
"""Times the longest text: composed letters and spaces that are dropped may make an honest text this much shorter."""


class Text(fields.String):
    """One line of text (or several with ``lines=True``):

    trimmed, NFC, no control characters, 1 to ``max`` characters.
    """

    def __init__(self, max: int = 200, *, lines: bool = False, blank: bool = False, **more: Any) -> None:
        self.longest, self.lines, self.blank = max, lines, blank
        more.setdefault("metadata", {}).setdefault("maxLength", max)
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        written = super()._deserialize(value, attr, data, **kwargs)
        # Before anything walks through it: composing a million accents takes Unicode's algorithm minutes.
        if len(written) > FAR_TOO_LONG * (self.longest + 1):
            raise self._too_long(written)
        # A body has lost its marks at the door; a query and a sheet come here with theirs.
        text = unicodedata.normalize("NFC", without_marks(written))
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not self.lines:
            text = _SPACES.sub(" ", text)
        if not text and not self.blank:
            raise refuse("blank", say("Isian ini masih kosong.", "This is still empty."), _FILL_IN)
        if any(
            unicodedata.category(letter) in ("Cc", "Cs") and not (self.lines and letter in "\n\t") for letter in text
        ):
            raise refuse(
                "control_character",
                say("Teks ini berisi karakter yang tidak terlihat.", "This text contains invisible characters."),
                say("Ketik ulang teksnya, jangan tempel.", "Type it again instead of pasting it."),
            )
        if len(text) > self.longest:
            raise self._too_long(text)
        if spoiled(text):
            raise refuse("spoiled_letters", _SPOILED, _TYPE_LETTERS)
        if _ERROR_OF_A_CELL.fullmatch(text):
            raise refuse(
                "error_cell",
                say(f"Ini galat lembar kerja {text}, bukan isinya.", f"This is the error {text} of a sheet."),
                say("Perbaiki rumusnya, atau ketik isinya.", "Mend its formula, or type the value."),
            )
        return text

    def _too_long(self, text: str) -> ValidationError:
        return refuse(
            "too_long",
            say(f"Teks ini {len(text)} karakter.", f"This text has {len(text)} characters."),
            say(f"Persingkat sampai {self.longest} karakter.", f"Shorten it to {self.longest} characters."),
        )


class Code(fields.String):
    """One of a closed list of codes, in exactly the listed spelling. ``choices`` is an Enum or the codes themselves."""

    def __init__(self, choices: type[Enum] | Iterable[str], **more: Any) -> None:
        found = [one.value for one in choices] if isinstance(choices, type) else list(choices)
        self.choices: list[str] = [str(one) for one in found]
        # JSON Schema counts null among the values of an enum.
        listed = [*self.choices, None] if more.get("allow_none") else self.choices
        more.setdefault("metadata", {}).setdefault("enum", listed)
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and value in self.choices:
            return value
        if not isinstance(value, str):
            raise refuse("unknown_code", _NOT_TEXT, one_of(self.choices, value))
        raise refuse(
            "unknown_code",
            # Not quoted: what was typed may be a name, and an import keeps what it was told.
            say("Kode ini tidak dikenal.", "This code is not known."),
            one_of(self.choices, value),
        )


class Uuid(fields.String):
    """An id as this system gives them: 36 characters, lower case."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("metadata", {}).setdefault("format", "uuid")
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and _ID.fullmatch(value):
            return value
        raise refuse(
            "not_an_id",
            say("Ini bukan id kami.", "This is no id of ours."),
            say("Salin id utuh: 36 karakter, huruf kecil.", "Copy the whole id: 36 characters, lower case."),
        )


_SPOILED = say(
    "Huruf di sini rusak karena tersimpan dengan tabel huruf lain (seperti JosÃ© untuk José).",
    "Letters here were spoiled by another table of letters (like JosÃ© for José).",
)
_TYPE_LETTERS = say(
    "Ketik ulang hurufnya. Dari lembar kerja: simpan sebagai XLSX atau CSV UTF-8.",
    "Type these letters again. From a sheet: save it as XLSX or CSV UTF-8.",
)
_FILL_IN = say("Isi teksnya atau hapus isian ini.", "Fill it in or leave it out.")
_NOT_TEXT = say("Di sini harus ada kode berupa teks.", "A code in quotes belongs here.")
