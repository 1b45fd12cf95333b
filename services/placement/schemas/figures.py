"""Sums over all applications, for supervisors."""

from marshmallow import Schema, fields

from services.placement.model import application as model
from shared.http.fields import Instant


class OfStateSchema(Schema):
    state = fields.String(metadata={"enum": list(model.STATES)})
    count = fields.Integer()


class OfSubjectSchema(Schema):
    """Open ones whose judgement is missing, or older than what was heard of them since."""

    subject = fields.String(metadata={"enum": ["JOB_ORDER", "APPLICATION"]})
    count = fields.Integer()


class OfRuleSchema(Schema):
    """How often supervisors answered for a rule that was not known, the most frequent first."""

    rule = fields.String(metadata={"example": "EDUCATION"})
    count = fields.Integer()
    last_at = Instant()


class FiguresOutSchema(Schema):
    as_of = Instant()
    applications = fields.List(fields.Nested(OfStateSchema))
    waiting_for_judgement = fields.List(fields.Nested(OfSubjectSchema))
    overrides = fields.List(fields.Nested(OfRuleSchema))
