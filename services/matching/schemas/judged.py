"""The verdict about one person and one order, as everybody may rely on it: every rule, in both languages."""

from marshmallow import Schema, fields

from services.matching.schemas.shown import LegalBasisSchema


class PairSchema(Schema):
    id = fields.String()
    en = fields.String()


class JudgedRuleSchema(Schema):
    """One rule with its outcome, in both languages."""

    rule = fields.String()
    version = fields.String()
    stage = fields.String()
    status = fields.String()
    group = fields.String()
    text = fields.Nested(PairSchema)
    legal_basis = fields.Nested(LegalBasisSchema)
    value = fields.Raw(allow_none=True)
    needed = fields.Raw(allow_none=True)
    next_action = fields.Nested(PairSchema, allow_none=True)
    who = fields.String(allow_none=True)
    usual_days = fields.Integer(allow_none=True)
    by = fields.String(allow_none=True)


class JudgedCautionSchema(Schema):
    code = fields.String()
    version = fields.String(allow_none=True)
    legal_basis = fields.Nested(LegalBasisSchema, allow_none=True)
    text = fields.Nested(PairSchema)


class HiddenWhySchema(Schema):
    reason = fields.String()
    policy = fields.String(allow_none=True)


class JudgedAsOfSchema(Schema):
    candidate = fields.Integer(allow_none=True)
    job_order = fields.Integer()
    day = fields.String()
    known_on = fields.String(allow_none=True)
    generation = fields.Integer()
    sequence = fields.Integer()
    policies = fields.List(fields.String(), metadata={"description": "The rows in force: code/revision."})
    law_verified_on = fields.String(allow_none=True)


class JudgementSchema(Schema):
    candidate = fields.String(allow_none=True)
    job_order = fields.String()
    state = fields.String()
    eligible = fields.Boolean()
    by = fields.String(allow_none=True)
    rules = fields.List(fields.Nested(JudgedRuleSchema))
    deciding = fields.List(fields.String(), metadata={"description": "APPLY rules that are not met or not known."})
    cautions = fields.List(fields.Nested(JudgedCautionSchema))
    hidden = fields.Nested(HiddenWhySchema, allow_none=True)
    as_of = fields.Nested(JudgedAsOfSchema)
