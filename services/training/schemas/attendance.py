"""Days that somebody was there."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from services.training.model.batch import MOST_SEATS
from shared.http.fields import IsoDate, Uuid


class AttendanceArgsSchema(Schema):
    day = IsoDate(metadata={"description": "Of this day it is said who was there."})


class AttendanceInSchema(Schema):
    """Ids of enrolments. Whoever is not named stays as recorded, so that two people may fill one list."""

    day = IsoDate(required=True)
    present = fields.List(Uuid(), load_default=list, validate=Length(max=MOST_SEATS))
    absent = fields.List(Uuid(), load_default=list, validate=Length(max=MOST_SEATS))


class AttendanceDaySchema(Schema):
    day = fields.String()
    present = fields.Integer()
    absent = fields.Integer()


class InClassSchema(Schema):
    enrolment_id = fields.String()
    candidate_id = fields.String()
    state = fields.String()
    on_the_day = fields.Boolean(allow_none=True, metadata={"description": "null: nobody said."})
    present = fields.Integer(metadata={"description": "Days that they were there."})
    recorded = fields.Integer(metadata={"description": "Days of which somebody said whether they were there."})


class AttendanceSchema(Schema):
    batch_id = fields.String()
    day = fields.String(allow_none=True)
    days = fields.List(fields.Nested(AttendanceDaySchema))
    people = fields.List(fields.Nested(InClassSchema))
