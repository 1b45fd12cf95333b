"""For schemas: codes of ``shared/codes``, each with the mistake that people make most."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from shared.codes import countries, isco, languages, regencies, towns
from shared.http.faults import nearest, one_of, refuse
from shared.http.problems import Later, Text, say


class Country(fields.String):
    """ISO 3166-1 alpha-3, such as ``MYS``."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"pattern": "^[A-Z]{3}$", "example": "MYS", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if countries.is_country(value):
            return str(value)
        raise refuse(
            "unknown_country",
            say("Kode negara/wilayah ini tidak dikenal.", "This country code is not known."),
            Later(lambda: _country_fix(value)),
        )


_LONGEST_NAME = 200
"""Longer texts name no place; a megabyte of words took a tenth of a second to compare."""


def _country_fix(typed: object) -> Text:
    meant = countries.find(typed) if isinstance(typed, str) and len(typed) <= _LONGEST_NAME else None
    if meant:
        return say(f"Ketik {meant} ({countries.name(meant)}).", f"Type {meant} ({countries.name(meant, 'en')}).")
    return say("Ketik kode tiga huruf, seperti MYS atau JPN.", "Type three letters, like MYS or JPN.")


class Regency(fields.String):
    """A Kemendagri regency code with its dot, such as ``53.06``. Four bare digits are refused with both readings."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"pattern": r"^[0-9]{2}\.[0-9]{2}$", "example": "53.06", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if regencies.is_regency(value):
            return str(value)
        raise refuse(
            "unknown_regency",
            say("Kode kabupaten/kota ini tidak dikenal.", "This regency code is not known."),
            Later(lambda: regency_fix(value)),
        )


_LIKE_A_NAME = 85.0
"""Names of regencies share their words (``Manggarai Tengah`` is no ``Bangka Tengah``): only for a slip."""


def regency_fix(typed: object) -> Text:
    """What to type instead of what is no regency code: the code of a name, or both readings of four bare digits."""
    text = typed if isinstance(typed, str) else str(typed) if isinstance(typed, int) else ""
    if len(text) > _LONGEST_NAME:
        text = ""
    meant = " / ".join(f"{one.code} ({one.name})" for one in regencies.named(text) or regencies.begun(text))
    if meant:
        return say(f"Ketik {meant}.", f"Type {meant}.")
    either = " / ".join(f"{one.code} ({one.name})" for one in regencies.readings(text))
    if either:
        return say(
            f"Ketik dengan titik: {either}. Kode BPS memakai angka lain.",
            f"Type it with its dot: {either}. BPS codes use other digits.",
        )
    around = towns.regency_of(text)
    if around:
        place = f"{around} ({regencies.table()[around].name})"
        return say(f"{text.strip()} ada di {place}. Ketik {around}.", f"{text.strip()} lies in {place}. Type {around}.")
    names = {one.name.removeprefix("Kab. "): one for one in regencies.table().values()}
    near = None if text[:1].isdigit() else nearest(text, list(names), _LIKE_A_NAME)
    if near:
        found = f"{names[near].code} ({names[near].name})"
        return say(f"Maksudnya {found}?", f"Did you mean {found}?")
    return say("Ketik kode Kemendagri, seperti 53.06.", "Type the Kemendagri code, like 53.06.")


class Isco08(fields.String):
    """The four digits of an ISCO-08 unit group; with ``prefix=True`` also one to three digits, as rules use them."""

    def __init__(self, *, prefix: bool = False, **more: Any) -> None:
        self.prefix = prefix
        shape = "^[0-9]{1,4}$" if prefix else "^[0-9]{4}$"
        more["metadata"] = {"pattern": shape, "example": "9111", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isco.is_unit_group(value) or (self.prefix and isco.is_prefix(value)):
            return str(value)
        raise refuse(
            "unknown_occupation",
            say("Kode jabatan ISCO-08 ini tidak dikenal.", "This ISCO-08 code is not known."),
            Later(lambda: _occupation_fix(value)),
        )


def _occupation_fix(typed: object) -> Text:
    near = isco.near(typed) if isinstance(typed, str) and 4 <= len(typed) <= 20 else None
    if near:
        return say(f"Maksudnya {near}? Ketik empat angka.", f"Did you mean {near}? Type four digits.")
    return say("Ketik empat angka dalam tanda kutip, seperti 9111.", "Type four digits in quotes, like 9111.")


class Language(fields.String):
    """An ISO 639 language code of the list in ``shared/codes/languages.py``, such as ``ja``."""

    def __init__(self, **more: Any) -> None:
        listed: list[str | None] = [*languages.LANGUAGES, *([None] if more.get("allow_none") else [])]
        more["metadata"] = {"enum": listed, **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and value in languages.LANGUAGES:
            return value
        raise refuse(
            "unknown_language",
            say("Kode bahasa ini tidak dikenal.", "This language code is not known."),
            Later(lambda: _language_fix(value)),
        )


def _language_fix(typed: object) -> Text:
    by_name = {name.casefold(): code for code, names in languages.LANGUAGES.items() for name in names}
    meant = by_name.get(typed.strip().casefold()) if isinstance(typed, str) else None
    return say(f"Ketik {meant}.", f"Type {meant}.") if meant else one_of(list(languages.LANGUAGES), None)
