"""Job orders as companies and reviewers write them, and as everybody who may see them sees them.

Doubtful offers must get in: an order without a scheme, to a closed country, on a visit visa is a fact that a rule has
to refuse later with its reason. So these codes may all be written, and most may be left out.
"""

from typing import Any

from marshmallow import Schema, fields, validate, validates_schema

from services.placement.model import job_order as model
from services.placement.schemas.shared import LongPairSchema, OwnCode, PairSchema
from shared.codes import isco, offers
from shared.conditions import Tree
from shared.conditions.leaves import Scheme, Word
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.faults import one_of, refuse
from shared.http.fields import Code, Country, Instant, Isco08, IsoDate, Money, Number, Text, Truth, Whole
from shared.judgements import JudgementOutSchema


class Kbji(fields.String):
    """A title of KBJI 2014, such as ``9111.01``; its first four digits are the ISCO-08 unit group."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        if isinstance(value, str) and "." in value and isco.of_kbji(value):
            return value
        raise refuse(
            "unknown_title",
            {"id": "Kode KBJI ini tidak dikenal.", "en": "This KBJI code is not known."},
            {
                "id": "Ketik enam angka dengan titik, seperti 9111.01.",
                "en": "Type six digits with a dot, like 9111.01.",
            },
        )


class EmployerSchema(Schema):
    type = Code(offers.EMPLOYER_TYPES, required=True)
    partner = Text(max=60, load_default=None, allow_none=True, metadata={"description": "Code or id of the partner."})
    household_income = Money(load_default=None, allow_none=True, metadata={"description": "A month."})
    household_size = Whole(min=1, max=50, load_default=None, allow_none=True)


class WorkingHoursSchema(Schema):
    """Hours of work and of rest, in hours."""

    per_day = Number(min=0, max=24, load_default=None, allow_none=True)
    per_week = Number(min=0, max=168, load_default=None, allow_none=True)
    rest_per_day = Number(min=0, max=24, load_default=None, allow_none=True)
    rest_per_week = Number(min=0, max=168, load_default=None, allow_none=True)


class CostSchema(Schema):
    item = Code(offers.COST_ITEMS, required=True)
    payer = Code(offers.PAYERS, required=True)
    amount = Money(load_default=None, allow_none=True)


class PermitSchema(Schema):
    """SIP2MI: the permit to recruit for this order."""

    number = OwnCode(required=True)
    valid_from = IsoDate(required=True)
    valid_until = IsoDate(required=True)
    quota = Whole(min=0, max=100_000, required=True)


class SkillSchema(Schema):
    """A skill by its code, or in words: then a code is found for it."""

    code = Word(load_default=None, allow_none=True)
    text = Text(max=120, load_default=None, allow_none=True)
    essential = Truth(load_default=False)

    @validates_schema
    def _says_something(self, data: dict[str, Any], **_: object) -> None:
        if (data["code"] is None) == (data["text"] is None):
            raise refuse(
                "code_or_text",
                {"id": "Isi code atau text, salah satu.", "en": "Give code or text, one of the two."},
                {"id": 'Misalnya {"text": "merawat lansia"}.', "en": 'For example {"text": "merawat lansia"}.'},
            )


def _list_of(schema: type[Schema], most: int) -> Any:
    return fields.List(fields.Nested(schema), load_default=list, validate=validate.Length(max=most))


class OrderTextSchema(Schema):
    """What is written and shown in the same way."""

    title = fields.Nested(PairSchema, required=True)
    description = fields.Nested(LongPairSchema, load_default=None, allow_none=True)
    country = Country(required=True)
    scheme = Code(offers.SCHEMES, load_default=None, allow_none=True)
    channel = Code(offers.CHANNELS, load_default=None, allow_none=True)
    visa_type = Code(offers.VISA_TYPES, load_default=None, allow_none=True)
    isco08 = Isco08(required=True)
    kbji = Kbji(load_default=None, allow_none=True)
    title_scheme = Scheme(
        load_default=None, allow_none=True, metadata={"description": "Scheme of the certificate that fits this job."}
    )
    wage = Money(load_default=None, allow_none=True, metadata={"description": "A month."})
    term_months = Whole(min=1, max=600, load_default=None, allow_none=True)
    working_hours = fields.Nested(WorkingHoursSchema, load_default=None, allow_none=True)
    costs = _list_of(CostSchema, 60)
    sip2mi = fields.Nested(PermitSchema, load_default=None, allow_none=True)
    slots = Whole(
        min=0, max=100_000, load_default=None, allow_none=True,
        metadata={"description": "Places on offer where no SIP2MI says it, or fewer than it allows."},
    )  # fmt: skip
    opens_on = IsoDate(load_default=None, metadata={"description": "First day; today when left out."})
    closes_on = IsoDate(required=True, metadata={"description": "Last day, inclusive."})
    departure_by = IsoDate(load_default=None, allow_none=True)


class OrderBodySchema(OrderTextSchema):
    employer = fields.Nested(EmployerSchema, required=True)
    company = Text(
        max=60, load_default=None, allow_none=True,
        metadata={"description": "Id or SIP3MI number; a company's own key says it."},
    )  # fmt: skip
    requirements = Tree(load_default=None, allow_none=True)
    skills = _list_of(SkillSchema, 60)


class OrderInSchema(OrderBodySchema):
    code = OwnCode(required=True, metadata={"example": "JO-MYS-17"})


class OrderPatchSchema(OrderBodySchema):
    """Any of the fields. Objects are merged into what stands there, lists are replaced (RFC 7396)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=tuple(OrderBodySchema._declared_fields), **options)


class ListingDaysSchema(Schema):
    """Both days inclusive."""

    from_ = fields.String(data_key="from", attribute="from")
    until = fields.String(allow_none=True)


class EmployerOutSchema(Schema):
    type = fields.String()
    partner_id = fields.String(allow_none=True)
    partner_listed = fields.Boolean(metadata={"description": "The partner stands on a list of problem partners."})
    partner_listing = fields.Nested(ListingDaysSchema, allow_none=True)
    household_income = Money(allow_none=True)
    household_size = fields.Integer(allow_none=True)


class CompanyOfOrderSchema(Schema):
    id = fields.String()
    sip3mi = fields.String()
    status = fields.String()
    valid_from = fields.String()
    valid_until = fields.String(allow_none=True)
    snapshot_on = fields.String()


class SkillOutSchema(Schema):
    code = fields.String(allow_none=True)
    text = fields.String(allow_none=True)
    essential = fields.Boolean()
    similarity = fields.Float()


class QuotaSchema(Schema):
    quota = fields.Integer()
    reserved = fields.Integer()
    taken = fields.Integer()
    left = fields.Integer()


class OrderOutSchema(OrderTextSchema):
    id = fields.String()
    version = fields.Integer()
    code = fields.String()
    employer = fields.Nested(EmployerOutSchema)
    company = fields.Nested(CompanyOfOrderSchema, allow_none=True)
    skills = fields.List(fields.Nested(SkillOutSchema))
    requirements = fields.Dict(allow_none=True)
    quota = fields.Nested(QuotaSchema, metadata={"description": "How many slots are held; never by whom."})
    verification = fields.String()
    verification_reason = fields.String(allow_none=True)
    status = fields.String()
    close_reason = fields.String(allow_none=True)
    stopped_by_law = fields.Boolean(
        dump_default=False, metadata={"description": "Suspended because it became unlawful; released by itself."}
    )
    judgement = fields.Nested(JudgementOutSchema, allow_none=True)
    created_at = Instant()
    updated_at = Instant()


class OrderArgsSchema(ChangedArgsSchema):
    country = Country()
    scheme = Code(offers.SCHEMES)
    isco08 = Isco08()
    status = Code(offers.STATUSES)
    verification = Code(offers.VERIFICATIONS)
    company = Text(max=60, metadata={"description": "Id of the company."})


class OrderPageSchema(PageSchema):
    items = fields.List(fields.Nested(OrderOutSchema))


class VerifyInSchema(Schema):
    decision = Code(("VERIFIED", "REJECTED"), load_default="VERIFIED")
    reason = Code(model.REJECT_REASONS, load_default=None, allow_none=True)

    @validates_schema
    def _a_rejection_says_why(self, data: dict[str, Any], **_: object) -> None:
        if data["decision"] == "REJECTED" and data["reason"] is None:
            raise refuse(
                "reason_missing",
                {"id": "Penolakan memerlukan alasan.", "en": "A rejection needs a reason."},
                one_of(model.REJECT_REASONS, None),
            )


class CloseInSchema(Schema):
    reason = Code(model.CLOSE_REASONS, load_default="OTHER")
