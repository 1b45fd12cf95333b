"""For the sheet of a register: what a person's row says, so that the same row sent back changes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.registry.schemas.sheet.columns import FIELDS, Field
from services.registry.schemas.sheet.entries import PARTS
from shared.codes import regencies
from shared.sheets import Column
from shared.sheets.entries import is_sayable
from shared.sheets.values import read_again

_KEPT_BACK = {"nik", "birth", "consents", "requirements", "confirm_new", "returns"}
"""A number of identity never leaves in a list, and what was allowed or checked is not declared by a sheet that a
register made."""

_GIVEN: tuple[Field, ...] = tuple(
    sorted((field for field in FIELDS if field.key not in _KEPT_BACK), key=lambda field: field.key != "number")
)
COLUMNS: tuple[Column, ...] = tuple(field.column for field in _GIVEN)
"""The columns of a register's sheet; the candidate number, by which a row is recognised, stands first."""


def as_row(person: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a person by column. A value that no cell could say as it is (a text with the mark between two parts
    of an entry) is left empty, and an empty cell changes nothing."""
    return {field.key: _cell(field, person) for field in _GIVEN}


def _cell(field: Field, person: Mapping[str, Any]) -> Any:
    value, column = field.back(person), field.column
    if value in (None, []):
        return None
    if field.key in PARTS:
        kept: Any = person
        for step in field.pointer.split("/"):
            kept = kept[step]
        return value if all(is_sayable(PARTS[field.key], entry) for entry in kept) else None
    typed = _as_typed(column, value)
    return typed if column.key == "number" or read_again(column, typed) == value else None


def _as_typed(column: Column, value: Any) -> Any:
    if column.kind == "date":
        return date.fromisoformat(value)
    if column.kind == "place":
        known = regencies.table().get(value)
        return known.name if known else value
    if column.kind == "code":
        return next((spoken for spoken, code in column.choices.items() if code == value), value)
    return value
