"""What somebody may report about an offer, what reviewers see of it, and what the public check answers."""

from typing import Any

from marshmallow import Schema, fields, validates_schema

from services.placement.model import concern as model
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.faults import refuse
from shared.http.fields import Code, Instant, Regency, Text, Uuid


class ConcernInSchema(Schema):
    """No field for a name or a number of whoever reports, on purpose."""

    kind = Code(model.KINDS, required=True)
    company = Text(max=200, load_default=None, allow_none=True, metadata={"description": "Name, SIP3MI number or id."})
    job_order = Text(max=60, load_default=None, allow_none=True, metadata={"description": "Code, SIP2MI number or id."})
    regency = Regency(load_default=None, allow_none=True, metadata={"description": "Where the offer goes round."})
    text = Text(max=1000, lines=True, load_default=None, allow_none=True)

    @validates_schema
    def _is_about_something(self, data: dict[str, Any], **_: object) -> None:
        if not any(data[name] for name in ("company", "job_order", "text")):
            raise refuse(
                "about_nothing",
                {"id": "Laporan ini belum menyebut apa-apa.", "en": "This report does not say what it is about."},
                {"id": "Isi company, job_order, atau text.", "en": "Give company, job_order or text."},
            )


class ReceiptSchema(Schema):
    """All that whoever reported gets back: a number to mention at the service centre."""

    id = fields.String()
    state = fields.String()


class ConcernOutSchema(ConcernInSchema):
    id = fields.String()
    version = fields.Integer()
    state = fields.String(metadata={"enum": list(model.STATES)})
    company_id = fields.String(allow_none=True)
    job_order_id = fields.String(allow_none=True)
    reported_on = fields.String()
    decided_by = fields.String(allow_none=True)
    decided_on = fields.String(allow_none=True)
    decision = fields.String(allow_none=True)
    created_at = Instant()


class ConcernArgsSchema(ChangedArgsSchema):
    state = Code(model.STATES)


class ConcernPageSchema(PageSchema):
    items = fields.List(fields.Nested(ConcernOutSchema))


class ConfirmInSchema(Schema):
    """What the report turned out to be about, where the report itself did not say it well."""

    company_id = Uuid(load_default=None, allow_none=True)
    job_order_id = Uuid(load_default=None, allow_none=True)
    decision = Text(max=300, required=True)


class DecideInSchema(Schema):
    decision = Text(max=300, required=True)


class CheckArgsSchema(Schema):
    company = Text(max=200, metadata={"description": "Name, SIP3MI number or id."})
    job_order = Text(max=60, metadata={"description": "Code, SIP2MI number or id."})


class FindingSchema(Schema):
    code = fields.String()
    text = fields.Dict()


class CheckedCompanySchema(Schema):
    id = fields.String()
    name = fields.String()
    sip3mi = fields.String()
    status = fields.String()
    licensed = fields.Boolean(metadata={"description": "Its licence is in force today. It says nothing of an offer."})
    valid_until = fields.String(allow_none=True, metadata={"description": "Licensed until; null: no end on record."})
    snapshot_on = fields.String()
    text = fields.Dict()


class BrokenRuleSchema(Schema):
    rule = fields.String()
    status = fields.String(metadata={"enum": ["NOT_MET", "UNKNOWN"]})
    text = fields.Dict()
    legal_basis = fields.Dict()


class CheckedOrderSchema(Schema):
    id = fields.String()
    code = fields.String()
    title = fields.Dict()
    country = fields.String()
    verification = fields.String()
    status = fields.String()
    opens_on = fields.String()
    closes_on = fields.String()
    checked = fields.Boolean(metadata={"description": "The province has verified this very offer."})
    lawful = fields.Boolean(allow_none=True, metadata={"description": "By itself; null: not known at this moment."})
    open = fields.Boolean(metadata={"description": "Applications are taken today."})
    places_left = fields.Boolean()
    rules = fields.List(
        fields.Nested(BrokenRuleSchema),
        metadata={"description": "What the law has against it; where it has nothing, what it leaves open."},
    )
    text = fields.Dict()


class NearCompanySchema(Schema):
    name = fields.String()
    sip3mi = fields.String()


class NearOrderSchema(Schema):
    code = fields.String()
    title = fields.Dict()


class NearSchema(Schema):
    """What may have been meant."""

    companies = fields.List(fields.Nested(NearCompanySchema))
    job_orders = fields.List(fields.Nested(NearOrderSchema))


class CheckOutSchema(Schema):
    verdict = fields.String(metadata={"enum": ["REAL", "CAUTION", "NOT_REAL"]})
    text = fields.Dict()
    findings = fields.List(fields.Nested(FindingSchema))
    company = fields.Nested(CheckedCompanySchema, allow_none=True)
    job_order = fields.Nested(CheckedOrderSchema, allow_none=True)
    near = fields.Nested(NearSchema)
    checked_on = fields.String()
