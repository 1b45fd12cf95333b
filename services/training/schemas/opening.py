"""What anybody may join: asked for by regency and sector of work."""

from marshmallow import Schema, fields

from shared.codes.sectors import SECTORS
from shared.http.fields import Code, Regency


class OpenArgsSchema(Schema):
    regency = Regency(metadata={"description": "Where it is held; everywhere when left out."})
    sector = Code(tuple(SECTORS), metadata={"description": "Of the work that is taught."})


class OpenCertificateSchema(Schema):
    kind = fields.String()
    scheme = fields.String(allow_none=True)


class OpenBatchSchema(Schema):
    course_id = fields.String()
    batch_id = fields.String()
    title = fields.Dict()
    provider = fields.String()
    sectors = fields.List(fields.String())
    certificates = fields.List(fields.Nested(OpenCertificateSchema))
    lesson_hours = fields.Integer()
    boarding = fields.Boolean()
    cost_to_trainee = fields.Dict(allow_none=True, metadata={"description": "null: not known, which is not free."})
    number = fields.String()
    starts = fields.String()
    ends = fields.String()
    closes = fields.String(allow_none=True)
    regency = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    seats = fields.Integer()
    seats_left = fields.Integer()


class OpenBatchesSchema(Schema):
    items = fields.List(fields.Nested(OpenBatchSchema))
    left_out = fields.Integer(metadata={"description": "More batches than one answer holds."})
    as_of = fields.DateTime()
