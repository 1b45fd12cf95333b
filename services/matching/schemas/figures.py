"""Public figures, frozen editions and promises: what is written, and what everybody reads."""

from marshmallow import Schema, fields

from shared.http.fields import IsoDate, Text

_KEPT = "Last day inclusive; null: take it back."


class PublicTextSchema(Schema):
    """For everybody to read, in both languages. No names of people."""

    id = Text(max=300, required=True)
    en = Text(max=300, required=True)


class FigureCellSchema(Schema):
    place = fields.String(metadata={"description": "Home regency, or OTHER.", "example": "53.06"})
    count = fields.Integer(allow_none=True, metadata={"description": "null where withheld."})
    withheld = fields.Boolean(metadata={"description": "Fewer than k, or withheld so that none of those can be found."})


class FigureMeasureSchema(Schema):
    code = fields.String(
        metadata={"enum": ["REGISTERED", "ASSESSED", "GIVEN_A_PATH", "IN_TRAINING", "CERTIFIED", "AGREED", "PLACED"]}
    )
    total = fields.Integer(allow_none=True)
    rounded = fields.Boolean(metadata={"description": "To fives, because a cell is withheld."})
    cells = fields.List(fields.Nested(FigureCellSchema))


class FiguresSchema(Schema):
    k = fields.Integer()
    counted_at = fields.DateTime()
    measures = fields.List(fields.Nested(FigureMeasureSchema))


class PromiseInSchema(Schema):
    text = fields.Nested(PublicTextSchema, required=True)
    who = Text(max=120, required=True, metadata={"description": "The office that promised.", "example": "Disnaker NTT"})
    due = IsoDate(required=True)


class PromiseKeptSchema(Schema):
    kept_on = IsoDate(required=True, allow_none=True, metadata={"description": _KEPT})


class PromiseSchema(Schema):
    id = fields.String()
    text = fields.Dict()
    who = fields.String()
    due = fields.String()
    kept_on = fields.String(allow_none=True)
    state = fields.String(metadata={"enum": ["OPEN", "LATE", "KEPT", "KEPT_LATE"]})
    now = fields.String(metadata={"description": "In an edition: the state of today."})


class PromisesSchema(Schema):
    items = fields.List(fields.Nested(PromiseSchema))


class EditionInSchema(Schema):
    day = IsoDate(required=True, metadata={"description": "Of the forum; an edition a day."})
    title = fields.Nested(PublicTextSchema, required=True)


class CorrectionInSchema(Schema):
    text = fields.Nested(PublicTextSchema, required=True)


class CorrectionSchema(Schema):
    on = fields.String()
    text = fields.Dict()


class EditionGlanceSchema(Schema):
    day = fields.String()
    title = fields.Dict()
    frozen_at = fields.DateTime()
    version = fields.Integer()


class EditionsSchema(Schema):
    items = fields.List(fields.Nested(EditionGlanceSchema))


class EditionBeforeSchema(Schema):
    day = fields.String()
    measures = fields.List(fields.Nested(FigureMeasureSchema))


class EditionSchema(EditionGlanceSchema):
    figures = fields.Nested(FiguresSchema)
    promises = fields.List(fields.Nested(PromiseSchema))
    corrections = fields.List(fields.Nested(CorrectionSchema))
    before = fields.Nested(EditionBeforeSchema, allow_none=True)
