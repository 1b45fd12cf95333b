"""The verdict about one person and one order, as everybody may rely on it: every rule, in both languages."""

from marshmallow import Schema, fields

from services.matching.schemas.shown import LegalBasis


class Pair(Schema):
    id = fields.String()
    en = fields.String()


class JudgedRule(Schema):
    """One rule with its outcome, in both languages."""

    rule = fields.String()
    version = fields.String()
    stage = fields.String()
    status = fields.String()
    group = fields.String()
    text = fields.Nested(Pair)
    legal_basis = fields.Nested(LegalBasis)
    value = fields.Raw(allow_none=True)
    needed = fields.Raw(allow_none=True)
    next_action = fields.Nested(Pair, allow_none=True)
    who = fields.String(allow_none=True)
    usual_days = fields.Integer(allow_none=True)
    by = fields.String(allow_none=True)


class JudgedCaution(Schema):
    code = fields.String()
    version = fields.String(allow_none=True)
    legal_basis = fields.Nested(LegalBasis, allow_none=True)
    text = fields.Nested(Pair)


class HiddenWhy(Schema):
    reason = fields.String()
    policy = fields.String(allow_none=True)


class JudgedAsOf(Schema):
    candidate = fields.Integer(allow_none=True)
    job_order = fields.Integer()
    day = fields.String()
    known_on = fields.String(allow_none=True)
    generation = fields.Integer()
    sequence = fields.Integer()
    policies = fields.List(fields.String(), metadata={"description": "The rows in force: code/revision."})
    law_verified_on = fields.String(allow_none=True)


class Judgement(Schema):
    candidate = fields.String(allow_none=True)
    job_order = fields.String()
    state = fields.String()
    eligible = fields.Boolean()
    by = fields.String(allow_none=True)
    rules = fields.List(fields.Nested(JudgedRule))
    deciding = fields.List(fields.String(), metadata={"description": "APPLY rules that are not met or not known."})
    cautions = fields.List(fields.Nested(JudgedCaution))
    hidden = fields.Nested(HiddenWhy, allow_none=True)
    as_of = fields.Nested(JudgedAsOf)
