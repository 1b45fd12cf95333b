"""Enrolments and referrals as offices and providers move them."""

from marshmallow import Schema, fields

from services.training.model import enrolment as model
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.fields import Code, Instant, IsoDate, Text, Uuid
from shared.judgements import JudgementOutSchema


class EnrolmentInSchema(Schema):
    candidate_id = Uuid(required=True)
    batch_id = Uuid(required=True)


class EnrolmentPatchSchema(Schema):
    """The next step. `result` may come with COMPLETED or later, when the certification body has spoken."""

    state = Code(("SELECTED", "ENROLLED", "COMPLETED", "DROPPED"))
    drop_reason = Code([reason for reason in model.DROP_REASONS if reason not in model.SET_BY_THE_HOUSE])
    finished_on = IsoDate()
    result = Code(model.RESULTS)
    certificate_number = Text(max=40, metadata={"description": "Kept here; never in an event."})
    certificate_until = IsoDate(metadata={"description": "Last day of validity, if the certificate says one."})


class EnrolmentOutSchema(Schema):
    id = Uuid()
    version = fields.Integer()
    candidate_id = fields.String()
    course_id = fields.String()
    batch_id = fields.String()
    centre = fields.String(dump_default=None, allow_none=True, metadata={"description": "The office that referred."})
    state = fields.String()
    hold_until = fields.String(allow_none=True)
    finished_on = fields.String(allow_none=True)
    result = fields.String(allow_none=True)
    drop_reason = fields.String(allow_none=True)
    refused = fields.String(
        dump_default=None, allow_none=True, metadata={"description": "With NOT_POSSIBLE: the code of the refusal."}
    )
    certificate_number = fields.String(allow_none=True)
    gives = fields.Dict(allow_none=True)
    judgement = fields.Nested(JudgementOutSchema, allow_none=True)
    created_at = Instant()
    updated_at = Instant()


class EnrolmentArgsSchema(ChangedArgsSchema):
    candidate = Uuid()
    batch = Uuid()
    state = fields.List(Code(model.STATES), metadata={"description": "Several: state=APPLIED&state=SELECTED."})


class EnrolmentPageSchema(PageSchema):
    items = fields.List(fields.Nested(EnrolmentOutSchema))
