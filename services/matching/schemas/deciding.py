"""What an officer and a person decided on a recommendation."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shared.http.cursors import PageArgsSchema, PageSchema
from shared.http.faults import refuse
from shared.http.fields import Code, Instant, Text, Uuid

DECISIONS = ("ACCEPTED", "DECLINED", "POSTPONED")

_FEW = validate.Length(max=20)


class ChosenSchema(Schema):
    courses = fields.List(Uuid(), load_default=list, validate=_FEW)
    batches = fields.List(Uuid(), load_default=list, validate=_FEW)
    job_orders = fields.List(Uuid(), load_default=list, validate=_FEW)


class DecisionSchema(Schema):
    decision = Code(DECISIONS, required=True)
    chosen = fields.Nested(ChosenSchema, load_default=lambda: {"courses": [], "batches": [], "job_orders": []})
    note = Text(max=500, lines=True, load_default=None, metadata={"description": "Stays here; never in an event."})
    refer = Uuid(
        load_default=None,
        allow_none=True,
        metadata={"description": "A batch of the answer: with ACCEPTED, the person is referred to it at once."},
    )

    @validates_schema
    def _only_what_was_accepted(self, data: dict[str, Any], **_: object) -> None:
        if data.get("refer") and data.get("decision") != "ACCEPTED":
            raise ValidationError(
                {
                    "refer": refuse(
                        "not_accepted",
                        {"id": "Rujukan hanya untuk keputusan ACCEPTED.", "en": "Only ACCEPTED makes a referral."},
                        {"id": "Kirim ACCEPTED, atau hapus refer.", "en": "Send ACCEPTED, or leave refer out."},
                    ).messages
                }
            )


class OpeningSchema(Schema):
    reason = Text(300, required=True, validate=validate.Length(min=10), metadata={"description": "Why; it is kept."})


class ReferralSchema(Schema):
    """A seat that the decision asked for. `id`: of the enrolment at the training house."""

    id = fields.String()
    batch = fields.String()
    state = fields.String(allow_none=True, metadata={"description": "null until training has told."})
    drop_reason = fields.String(allow_none=True)


class DecisionOutSchema(Schema):
    id = fields.String()
    version = fields.Integer()
    recommendation = fields.String()
    candidate_id = fields.String()
    decided_on = fields.String()
    decision = fields.String()
    chosen = fields.Dict()
    model = fields.String()
    referral = fields.Nested(ReferralSchema, allow_none=True)
    note = fields.String(allow_none=True)
    by = fields.String(metadata={"description": "Who recorded it."})
    created_at = Instant()


class OfPersonSchema(PageArgsSchema):
    candidate = Uuid(required=True)


class DecisionPageSchema(PageSchema):
    items = fields.List(fields.Nested(DecisionOutSchema))


class OutcomeSchema(Schema):
    """What an answer came to, in the words in which it was given."""

    state = fields.String()
    date = fields.String(allow_none=True)
    text = fields.String(allow_none=True)


class AnswerSchema(Schema):
    """One answer that a person was given; the whole of it is at `/v1/recommendations/{id}`."""

    id = fields.String()
    candidate_id = fields.String()
    given_at = Instant()
    day = fields.String(metadata={"description": "The day that was asked about."})
    model = fields.String()
    verdict = fields.Nested(
        OutcomeSchema, allow_none=True, metadata={"description": "null while the person's consent does not stand."}
    )


class AnswerPageSchema(PageSchema):
    items = fields.List(fields.Nested(AnswerSchema))


class OpeningOutSchema(Schema):
    """That somebody opened an answer of a person whose consent was withdrawn."""

    id = fields.String()
    recommendation = fields.String()
    candidate_id = fields.String()
    by = fields.String(metadata={"description": "Who opened it."})
    centre = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    at = Instant()


class OpeningPageSchema(PageSchema):
    items = fields.List(fields.Nested(OpeningOutSchema))
