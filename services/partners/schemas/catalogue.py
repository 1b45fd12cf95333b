"""The catalogue: each event with its purpose, its schema, a sample, and who may hear it on which basis."""

from marshmallow import Schema, fields


class KindOutSchema(Schema):
    type = fields.String()
    purpose = fields.Dict()
    personal = fields.Boolean(metadata={"description": "It is about one person, who is an id here and nothing else."})
    personal_fields = fields.List(fields.String())
    legal_basis = fields.String()
    audience = fields.List(fields.String(), metadata={"description": "Kinds of partners that may subscribe."})
    topic = fields.String(metadata={"description": "Where it comes from."})
    direct_kafka = fields.Boolean(metadata={"description": "Provincial systems may also read the topic itself."})
    schema = fields.Dict(metadata={"description": "JSON Schema 2020-12 of `data`."})
    sample = fields.Dict()


class KindListSchema(Schema):
    items = fields.List(fields.Nested(KindOutSchema))
