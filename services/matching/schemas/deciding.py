"""What an officer and a person decided on a recommendation."""

from marshmallow import Schema, fields, validate

from shared.http.fields import Code, Text, Uuid

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


class DecisionOutSchema(Schema):
    id = fields.String()
    version = fields.Integer()
    recommendation = fields.String()
    candidate_id = fields.String()
    decided_on = fields.String()
    decision = fields.String()
    chosen = fields.Dict()
    model = fields.String()
