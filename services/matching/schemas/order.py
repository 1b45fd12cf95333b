"""A job order that is not published, to be tried: the document of `placement.job-orders.v1`, most of it optional.

What a draft leaves out is not known, and what is not known is never met. Only its publication is taken as given: a
document that speaks neither of `verification` nor of `status` is judged as if verified and open, with a caution.
"""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from shared import ids
from shared.codes import offers
from shared.conditions import Tree
from shared.conditions.leaves import Scheme, Word
from shared.http.fields import Code, Country, Isco08, IsoDate, Money, Number, Text, Truth, Uuid, Whole
from shared.http.spans import LastDaySchema


class TitleSchema(Schema):
    id = Text(max=300, required=True)
    en = Text(max=300)


class ListingDaysSchema(Schema):
    """The days on which the partner stands on a list of problem partners, both inclusive."""

    from_ = IsoDate(data_key="from", attribute="from", required=True)
    until = IsoDate(load_default=None, allow_none=True)


class EmployerSchema(Schema):
    type = Code(offers.EMPLOYER_TYPES, required=True)
    partner = fields.Raw(allow_none=True, load_only=True)
    partner_id = Text(max=60, load_default=None, allow_none=True)
    partner_listed = Truth(load_default=False)
    partner_listing = fields.Nested(ListingDaysSchema, load_default=None, allow_none=True)
    household_income = Money(load_default=None, allow_none=True)
    household_size = Whole(min=1, max=50, load_default=None, allow_none=True)


class CompanySchema(LastDaySchema):
    """The licence (SIP3MI) of the placing company as of a day."""

    id = Text(max=60, load_default=None, allow_none=True)
    sip3mi = Text(max=60, load_default=None, allow_none=True)
    status = Code(offers.LICENCES, required=True)
    valid_from = IsoDate(load_default=None, allow_none=True)
    valid_until = IsoDate(load_default=None, allow_none=True)
    snapshot_on = IsoDate(load_default=None, allow_none=True)


class CompanyOrNumber(fields.Field[Any]):
    """A licence as it stands on an order, or just the company's id or SIP3MI number, to be found among known orders."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            return CompanySchema().load(value)
        return {"named": Text(max=60).deserialize(value)}


class WorkingHoursSchema(Schema):
    per_day = Number(max=24, load_default=None, allow_none=True)
    per_week = Number(max=168, load_default=None, allow_none=True)
    rest_per_day = Number(max=24, load_default=None, allow_none=True)
    rest_per_week = Number(max=168, load_default=None, allow_none=True)


class CostSchema(Schema):
    item = Code(offers.COST_ITEMS, required=True)
    payer = Code(offers.PAYERS, required=True)
    amount = Money(load_default=None, allow_none=True)


class PermitSchema(LastDaySchema):
    number = Text(max=60, load_default=None, allow_none=True)
    valid_from = IsoDate(load_default=None, allow_none=True)
    valid_until = IsoDate(load_default=None, allow_none=True)
    quota = Whole(max=100_000, load_default=None, allow_none=True)


class OrderSkillSchema(Schema):
    """Skills rank and never decide, so one that has only words may stand here and is passed over."""

    code = Word(load_default=None, allow_none=True)
    text = Text(max=120, load_default=None, allow_none=True)
    essential = Truth(load_default=False)
    similarity = Number(max=1, load_default=1.0)


class QuotaSchema(Schema):
    """Slots of the order; left out, the permit's quota stands untouched."""

    quota = Whole(max=100_000, required=True)
    reserved = Whole(max=100_000, load_default=0)
    taken = Whole(max=100_000, load_default=0)
    left = fields.Raw(allow_none=True)


class JobOrderSchema(Schema):
    id = Uuid(load_default=None, allow_none=True)
    version = Whole(min=1, load_default=1)
    code = Text(max=60, load_default=None, allow_none=True)
    title = fields.Nested(TitleSchema, load_default=None, allow_none=True)
    description = fields.Nested(TitleSchema, load_default=None, allow_none=True)
    country = Country(required=True)
    scheme = Code(offers.SCHEMES, load_default=None, allow_none=True)
    channel = Code(offers.CHANNELS, load_default=None, allow_none=True)
    visa_type = Code(offers.VISA_TYPES, load_default=None, allow_none=True)
    isco08 = Isco08(required=True)
    kbji = Text(max=7, load_default=None, allow_none=True, validate=validate.Regexp(r"^[0-9]{4}\.[0-9]{2}$"))
    title_scheme = Scheme(load_default=None, allow_none=True)
    employer = fields.Nested(EmployerSchema, required=True)
    company = CompanyOrNumber(
        load_default=None, allow_none=True, metadata={"oneOf": [{"type": "object"}, {"type": "string"}]}
    )
    wage = Money(load_default=None, allow_none=True)
    term_months = Whole(min=1, max=600, load_default=None, allow_none=True)
    working_hours = fields.Nested(WorkingHoursSchema, load_default=None, allow_none=True)
    costs = fields.List(fields.Nested(CostSchema), load_default=list, validate=validate.Length(max=60))
    sip2mi = fields.Nested(PermitSchema, load_default=None, allow_none=True)
    slots = Whole(max=100_000, load_default=None, allow_none=True)
    quota = fields.Nested(QuotaSchema, load_default=None, allow_none=True)
    requirements = Tree(load_default=None, allow_none=True)
    skills = fields.List(fields.Nested(OrderSkillSchema), load_default=list, validate=validate.Length(max=60))
    verification = Code(offers.VERIFICATIONS, load_default=None, allow_none=True)
    status = Code(offers.STATUSES, load_default=None, allow_none=True)
    opens_on = IsoDate(load_default=None, allow_none=True)
    closes_on = IsoDate(load_default=None, allow_none=True)
    departure_by = IsoDate(load_default=None, allow_none=True)

    # What placement shows of a published order and no rule reads.
    verification_reason = fields.Raw(allow_none=True)
    close_reason = fields.Raw(allow_none=True)
    stopped_by_law = fields.Raw(allow_none=True)
    judgement = fields.Raw(allow_none=True)
    created_at = fields.Raw(allow_none=True)
    updated_at = fields.Raw(allow_none=True)

    @post_load
    def _an_id_and_its_slots(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        quota = data["quota"]
        if quota is None and data["slots"] is not None:
            quota = {"quota": data["slots"], "reserved": 0, "taken": 0}
        return {**data, "id": data["id"] or ids.new(), "quota": quota}
