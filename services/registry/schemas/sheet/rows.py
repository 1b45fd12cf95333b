"""For the import door: how a row becomes what ``POST /v1/candidates`` takes, and what else it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.registry.model import numbers
from services.registry.schemas import person
from services.registry.schemas.sheet.columns import FIELDS, column_of
from services.registry.schemas.sheet.entries import PARTS, entry
from shared.codes.papers import PAPERS
from shared.http.faults import faults
from shared.http.fields import Code
from shared.http.problems import Fault, say
from shared.sheets import Replacing, SheetRecord
from shared.sheets.cells import written
from shared.sheets.outcomes import Erase
from shared.sheets.records import left_empty, part_left_empty

Body = dict[str, Any]


class SheetRequirementSchema(person.RequirementSchema):
    code = Code(PAPERS, required=True)


class SheetRowSchema(person.RegistrationSchema):
    """A registration with requirement records beside it."""

    requirements = fields.List(
        fields.Nested(SheetRequirementSchema), load_default=list, validate=validate.Length(max=len(PAPERS))
    )


_SCHEMA = SheetRowSchema()
_IN_PARTS = {"education", "wishes"}
"""Members of a registration whose parts stand in columns of their own."""
_COLUMNS = {field.key: field.column for field in FIELDS}
_POINTERS = {field.key: field.pointer for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Person:
    """What a row says of somebody: a loaded ``SheetRow``, of which ``education`` and ``wishes`` hold only what is said.

    ``erased`` and ``replaced`` are members (``wishes/destinations``) that the row empties, or whose list
    takes the place of the one on record.
    """

    body: Body
    erased: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    returns: bool = False
    number: str | None = None


def registration(record: SheetRecord) -> tuple[Person | None, list[Fault]]:
    """What a row says, or None and what is wrong, each fault at its cell."""
    if record.is_doubtful:
        # Whether this is data at all is asked first; that its cells are empty is the same thing once more.
        return None, list(record.faults)
    body, erased, replaced, found = _body(record)
    found = [*record.faults, *found]
    returns, number = bool(body.pop("returns", False)), body.pop("number", None)
    if number is not None and numbers.normal(number) is None:
        found.append(record.at("number", Fault("", "not_a_number_of_ours", *_NO_NUMBER)))
    try:
        loaded: Body = _SCHEMA.load(body)
    except ValidationError as error:
        known = {fault.cell for fault in found}
        refused = faults(error.messages, schema=_SCHEMA, data=body, where="file")
        # A cell that could not be read is missing for the schema too; saying that as well would only confuse.
        found += [fault for fault in at_cells(record, refused) if fault.cell not in known]
        return None, found
    if found:
        return None, found
    for part in _IN_PARTS & loaded.keys():
        loaded[part] = {name: loaded[part][name] for name in body[part]}
    return Person(loaded, frozenset(erased), frozenset(replaced), returns, numbers.normal(number or "")), []


def at_cells(record: SheetRecord, found: list[Fault]) -> list[Fault]:
    """Faults of a registration moved to the cells that they came from."""
    return [record.at(column_of(fault.pointer, record.cells), _in_words(record, fault)) for fault in found]


def _in_words(record: SheetRecord, fault: Fault) -> Fault:
    """What is missing by the name of its column: in a sheet there are no members to be added."""
    if fault.code != "required":
        return fault
    field = next((one for one in FIELDS if one.pointer == fault.pointer.strip("/")), None)
    if field is not None:
        message, fix = left_empty(field.column, there=field.key in record.cells)
        return replace(fault, message=message, fix=fix)
    member, _, part = fault.pointer.strip("/").partition("/")
    field = next((one for one in FIELDS if one.pointer == member and one.key in PARTS), None)
    if field is None:
        return fault
    name = part.rpartition("/")[2]
    title = next((one.title for one in PARTS[field.key] if one.name == name), name)
    said, order = part_left_empty(field.column, say(title, name))
    return replace(fault, message=said, fix=order)


def _body(record: SheetRecord) -> tuple[Body, list[str], list[str], list[Fault]]:
    body: Body = {}
    erased: list[str] = []
    replaced: list[str] = []
    found: list[Fault] = []
    for key, value in _whole(record, found).items():
        pointer = _POINTERS[key]
        if isinstance(value, Erase):
            erased.append("wishes/min_wage" if key == "wish_min_wage" else pointer)
            continue
        if isinstance(value, Replacing):
            replaced.append(pointer)
        if key in PARTS:
            value = [entry(record, _COLUMNS[key], written, found) for written in value]
        elif key == "wish_min_wage":
            pointer = "wishes/min_wage"
            value = {"amount": _plain(value), "currency": _currency(record, value, found)}
        outer, _, inner = pointer.partition("/")
        if inner:
            body.setdefault(outer, {})[inner] = value
        else:
            body[outer] = value
    return body, erased, replaced, found


def _whole(record: SheetRecord, found: list[Fault]) -> Mapping[str, Any]:
    """The values of the row, with the birthday that stands beside its place."""
    values = dict(record.values)
    values.pop("wish_currency", None)
    born = values.pop("birth", None)
    if born is not None and values.setdefault("birth_date", born) != born:
        found.append(record.at("birth", Fault("", "contradicts_cell", *_TWO_BIRTHDAYS)))
    return values


def _currency(record: SheetRecord, amount: float, found: list[Fault]) -> str:
    """What a wage is paid in. Without a word of it only an amount that can be nothing else is one of rupiah."""
    said = record.values.get("wish_currency")
    in_rupiah = bool(re.match(r"\s*(rp|idr)", written(record.cells["wish_min_wage"].value), re.IGNORECASE))
    # What cannot be read in its column is refused there; a cell with a dash in it says nothing.
    unread = any(fault.pointer.endswith("/wish_currency") for fault in record.faults)
    if said is None and not unread and not in_rupiah and amount < LEAST_RUPIAH:
        found.append(record.at("wish_min_wage", Fault("", "currency_missing", *_NO_CURRENCY)))
    elif said not in (None, "IDR") and in_rupiah:
        found.append(record.at("wish_min_wage", Fault("", "contradicts_cell", *_TWO_CURRENCIES)))
    return str(said or "IDR")


LEAST_RUPIAH = 100_000
"""A month's wage below this is of another currency."""


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


_NO_NUMBER = (
    say("ini bukan nomor calon.", "this is no candidate number."),
    say("Ketik seperti LB-2026-004711, atau kosongkan untuk orang baru.",
        "Type it like LB-2026-004711, or leave it empty for somebody new."),
)  # fmt: skip
_NO_CURRENCY = (
    say("mata uang upah ini tidak disebut.", "the currency of this wage is not said."),
    say("Isi kolom Mata uang, misalnya MYR; untuk rupiah ketik Rp di depan angkanya.",
        "Fill in Currency, for example MYR; for rupiah type Rp in front of the number."),
)  # fmt: skip
_TWO_CURRENCIES = (
    say("angkanya memakai Rp, kolom Mata uang menyebut yang lain.", "the number has Rp, the currency says another."),
    say("Samakan keduanya.", "Make them the same."),
)
_TWO_BIRTHDAYS = (
    say("Dua tanggal lahir di baris ini berbeda.", "The two birthdays of this row differ."),
    say("Samakan keduanya, atau kosongkan salah satu.", "Make them the same, or leave one of them empty."),
)
