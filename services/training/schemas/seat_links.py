"""What a signed link about free seats shows and takes."""

from marshmallow import Schema, fields

from services.training.model.batch import MOST_SEATS
from shared.http.fields import Whole


class SeatQuestionSchema(Schema):
    batch_id = fields.String()
    title = fields.Dict()
    provider = fields.String()
    number = fields.String()
    starts = fields.String()
    ends = fields.String()
    seats = fields.Integer()
    taken = fields.Integer(metadata={"description": "Seats that people hold; a link never changes it."})
    free = fields.Integer()
    confirmed_at = fields.String(allow_none=True, metadata={"description": "When somebody last answered."})
    valid_until = fields.String(metadata={"description": "Last day of the link, inclusive."})


class SeatLinkSchema(SeatQuestionSchema):
    slip = fields.String(metadata={"description": "Goes into the address: /v1/seat-links/{batch_id}/{slip}."})


class SeatAnswerSchema(Schema):
    free = Whole(min=0, max=MOST_SEATS, required=True, metadata={"description": "Free seats now."})
