"""What an organisation sees of a person who was sent to it."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from shared.http.cursors import PageArgsSchema, PageSchema
from shared.http.fields import Uuid


class ContactArgsSchema(PageArgsSchema):
    candidate = fields.List(
        Uuid(),
        validate=Length(max=50),
        metadata={"description": "Only these people, all at once: candidate=…&candidate=… (50 at most)."},
    )


class BecauseSchema(Schema):
    """The referral (an enrolment) or the application that joins the person to the organisation."""

    id = fields.String()
    state = fields.String()


class ContactSchema(Schema):
    """Enough to call somebody and to know them at the door. Nothing else is shared."""

    id = fields.String()
    number = fields.String()
    full_name = fields.String()
    phone = fields.String(allow_none=True)
    because = fields.List(fields.Nested(BecauseSchema))
    visible_until = fields.String(
        allow_none=True, metadata={"description": "The last day on which this can be seen; null while it goes on."}
    )


class ContactPageSchema(PageSchema):
    items = fields.List(fields.Nested(ContactSchema))
