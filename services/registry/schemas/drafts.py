"""What is kept of a registration that is not finished: whatever the form sent, read by nobody but its writer."""

from marshmallow import Schema, fields

from shared.http.fields import Instant


class DraftSchema(Schema):
    """``content`` is the form's own; nothing of it is checked before the registration is sent."""

    content = fields.Dict(keys=fields.String(), required=True)


class DraftShownSchema(Schema):
    id = fields.String()
    version = fields.Integer()
    content = fields.Dict(keys=fields.String())
    updated_at = Instant()
    expires_at = Instant()


class DraftsShownSchema(Schema):
    items = fields.List(fields.Nested(DraftShownSchema))
