"""For whoever proposes a law: what each kind of policy says, member by member.

The matching house computes with exactly these shapes (shared/contracts/placement/policies.v1), so every member is there
and a wrong one is refused here, never misread later.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.placement.schemas.shared import countries, occupations, some
from shared.codes import offers, regencies
from shared.codes.countries import is_currency
from shared.conditions import Tree
from shared.http.faults import faults, one_of, refuse
from shared.http.fields import Code, Country, Isco08, Money, Number, Whole
from shared.http.problems import Fault, Invalid

CODES: dict[str, tuple[str, ...]] = {
    "scheme": offers.SCHEMES,
    "channel": offers.CHANNELS,
    "visa_type": tuple(offers.VISA_TYPES),
}
"""Fields of an order that hold a code: a rule lists the codes that it allows."""

MONEY = ("wage", "household_income")
NUMBERS = ("household_size", "hours_per_day", "hours_per_week", "rest_per_day", "rest_per_week", "term_months")


class Prefix(fields.String):
    """The beginning of a regency code: ``53.`` is a province, ``53.06`` one regency."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        known = isinstance(value, str) and len(value) >= 3 and any(code.startswith(value) for code in regencies.table())
        if known:
            return str(value)
        raise refuse(
            "unknown_regency",
            {"id": "Tidak ada kabupaten/kota dengan awalan ini.", "en": "No regency begins like this."},
            {"id": "Ketik awalan dengan titik, seperti 53.", "en": "Type the beginning with its dot, like 53."},
        )


class GateSchema(Schema):
    """Blocks people of a home region until they are trained and certified."""

    home_regency_prefix = Prefix(required=True)
    employer_type = Code(offers.EMPLOYER_TYPES, required=True)
    isco08 = occupations()
    reading = Code(("WIDE", "NARROW"), required=True)

    @validates_schema
    def _a_narrow_reading_names_its_jobs(self, data: dict[str, Any], **_: object) -> None:
        if (data["reading"] == "NARROW") != (data["isco08"] is not None):
            raise refuse(
                "reading_and_jobs_differ",
                {
                    "id": "NARROW menyebut jabatan di isco08; WIDE berlaku untuk semua jabatan.",
                    "en": "NARROW names its occupations in isco08; WIDE is about all of them.",
                },
                {"id": "Isi isco08, atau ganti reading.", "en": "Give isco08, or change the reading."},
            )


class BanSchema(Schema):
    """Closes countries for some employers and occupations, or for all."""

    countries = fields.List(Country(), required=True, validate=validate.Length(min=1, max=250))
    employer_type = Code(offers.EMPLOYER_TYPES, load_default=None, allow_none=True)
    isco08 = occupations()


class AppliesSchema(Schema):
    """Which orders a rule is about; what is null does not narrow it."""

    countries = countries()
    employer_type = Code(offers.EMPLOYER_TYPES, load_default=None, allow_none=True)
    isco08 = occupations()
    schemes = some(Code(offers.SCHEMES), 6)


class OrderRuleSchema(Schema):
    """One field of an order against a value: ``in`` a list of codes, at least (``min``) or at most (``max``)."""

    field = Code((*CODES, *MONEY, *NUMBERS), required=True)
    op = Code(("in", "min", "max"), required=True)
    value = fields.Raw(required=True)

    @post_load
    def _the_value_fits(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        field, op, value = data["field"], data["op"], data["value"]
        if (op == "in") != (field in CODES):
            allowed = "in" if field in CODES else "min / max"
            raise ValidationError(
                refuse(
                    "op_does_not_fit",
                    {"id": f"{field} dibandingkan dengan {allowed}.", "en": f"{field} is compared by {allowed}."},
                    {"id": f"Tulis op {allowed}.", "en": f"Write op {allowed}."},
                ).messages,
                "op",
            )
        try:
            return {**data, "value": _value_field(field).deserialize(value)}
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from None


def _value_field(field: str) -> Any:
    if field in CODES:
        return fields.List(Code(CODES[field]), validate=validate.Length(min=1))
    return Money() if field in MONEY else Number(max=1000)


class CorridorSchema(Schema):
    """What a destination demands of an order, and of the person."""

    applies = fields.Nested(AppliesSchema, required=True)
    order = fields.List(fields.Nested(OrderRuleSchema), load_default=list, validate=validate.Length(max=50))
    person = Tree(load_default=None, allow_none=True)

    @validates_schema
    def _demands_something(self, data: dict[str, Any], **_: object) -> None:
        if not data["order"] and data["person"] is None:
            raise refuse(
                "demands_nothing",
                {"id": "Aturan ini tidak meminta apa-apa.", "en": "This rule demands nothing."},
                {"id": "Isi order, person, atau keduanya.", "en": "Give order, person or both."},
            )


class CostRuleSchema(Schema):
    """Who may not be charged for what, in which jobs and countries."""

    items = fields.List(
        Code(offers.COST_ITEMS), required=True, validate=validate.Length(min=1, max=len(offers.COST_ITEMS))
    )
    isco08 = occupations()
    countries = countries()
    forbidden_payers = fields.List(Code(offers.PAYERS), required=True, validate=validate.Length(min=1, max=4))


class AgeFloorSchema(Schema):
    """Raises the lawful age of eighteen; nothing lowers it."""

    applies = fields.Nested(AppliesSchema, required=True)
    min_age = Whole(min=18, max=60, required=True)


class HoursRuleSchema(Schema):
    """Lesson hours that an occupation needs, in one country or everywhere."""

    country = Country(load_default=None, allow_none=True)
    isco08 = Isco08(required=True)
    hours = Whole(min=1, max=5000, required=True)


class RateSchema(Schema):
    """Rupiah for one unit of a currency, so that wages compare."""

    currency = fields.String(required=True)
    idr = Number(min=1e-6, max=1e7, required=True)

    @validates_schema
    def _a_foreign_currency(self, data: dict[str, Any], **_: object) -> None:
        if not is_currency(data["currency"]) or data["currency"] == "IDR":
            raise ValidationError(
                refuse(
                    "unknown_currency",
                    {"id": "Mata uang ini tidak dikenal.", "en": "This currency is not known."},
                    one_of(("MYR", "SGD", "HKD", "TWD", "KRW", "JPY", "EUR", "USD", "BND", "SAR"), data["currency"]),
                ).messages,
                "currency",
            )


SCHEMAS: dict[str, Schema] = {
    "GATE": GateSchema(),
    "BAN": BanSchema(),
    "CORRIDOR": CorridorSchema(),
    "COST": CostRuleSchema(),
    "AGE_FLOOR": AgeFloorSchema(),
    "HOURS": HoursRuleSchema(),
    "RATE": RateSchema(),
}
"""One for each kind of `shared/codes/policies.py`."""
SHAPES = "By kind: " + "; ".join(
    f"{kind} {{{', '.join(field.data_key or name for name, field in schema.fields.items())}}}"
    for kind, schema in SCHEMAS.items()
)
"""What a content may say, for the page of documentation."""


def read(kind: str, content: Mapping[str, Any], *, at: str = "/content") -> dict[str, Any]:
    """The content of a policy of this kind with every member, or :class:`Invalid` with pointers below ``at``."""
    schema = SCHEMAS[kind]
    try:
        loaded: dict[str, Any] = schema.load(content)
    except ValidationError as error:
        found = faults(error.messages, schema=schema, data=content)
        raise Invalid(
            errors=[Fault(at + fault.pointer, fault.code, fault.message, fault.fix) for fault in found]
        ) from None
    return loaded
