"""The model that ranks, as everybody may see it: what it is, how good it is, and who put it there."""

from marshmallow import Schema, fields


class SliceMeasuredSchema(Schema):
    people = fields.Integer(metadata={"description": "Ten or more; smaller groups are not shown."})
    ndcg = fields.Float()


class MeasuredSchema(Schema):
    """How a model did on people from whom no model learned."""

    lists = fields.Integer()
    people = fields.Integer()
    ndcg = fields.Float(metadata={"description": "nDCG@10, 0 to 1."})
    snips = fields.Float(metadata={"description": "Where good offers would stand had every line been read, 0 to 1."})
    calibration_error = fields.Float()
    exposure_gini = fields.Float()
    slices = fields.Dict(
        keys=fields.String(metadata={"description": "sex, island, education, age: looked at, never ranked by."}),
        values=fields.Dict(keys=fields.String(), values=fields.Nested(SliceMeasuredSchema)),
    )


class PromotionSchema(Schema):
    number = fields.Integer()
    action = fields.String(metadata={"enum": ["PROMOTE", "ROLLBACK"]})
    fingerprint = fields.String(metadata={"description": "What was put in force; `cards` for the hand-set cards."})
    by = fields.String()
    why = fields.String()
    at = fields.DateTime()


class GateSchema(Schema):
    gate = fields.String(metadata={"enum": ["PEOPLE", "CALIBRATION"]})
    value = fields.Float()
    bound = fields.Float()
    passed = fields.Boolean()


class ExaminedSchema(Schema):
    """A later examination of the model in force; beside its first one it shows drift."""

    at = fields.DateTime()
    people = fields.Integer()
    ndcg = fields.Float()
    calibration_error = fields.Float()


class FitSchema(Schema):
    fingerprint = fields.String()
    fitted_at = fields.DateTime()
    rows = fields.Integer()
    outcomes = fields.Integer()
    people = fields.Integer(allow_none=True)
    ndcg = fields.Float(allow_none=True)
    calibration_error = fields.Float(allow_none=True)
    gates = fields.List(fields.Nested(GateSchema))


class ModelSchema(Schema):
    fingerprint = fields.String(metadata={"description": "The weights of this process; `as_of.model` of its answers."})
    cards = fields.List(fields.String())
    fitted_at = fields.DateTime(allow_none=True)
    rows = fields.Integer(allow_none=True)
    outcomes = fields.Integer(allow_none=True)
    metrics = fields.Nested(MeasuredSchema, allow_none=True)
    promotion = fields.Nested(PromotionSchema, allow_none=True)
    fits = fields.List(fields.Nested(FitSchema), metadata={"description": "The newest twenty."})
    history = fields.List(fields.Nested(PromotionSchema), metadata={"description": "What was in force when."})
    examined = fields.List(fields.Nested(ExaminedSchema), metadata={"description": "After its fit, newest first."})
