"""Reservations of slots and applications. A person is an id here, and nothing else."""

from marshmallow import Schema, fields, validate

from services.placement.model import application as model
from shared.http.cursors import PageArgs, PageSchema
from shared.http.fields import Code, Instant, IsoDate, Regency, Text, Uuid, Whole


class ReservationIn(Schema):
    candidate_id = Uuid(required=True)
    days = Whole(min=1, max=90, load_default=14, metadata={"description": "How long the slot is held."})


class ReservationOut(Schema):
    id = fields.String()
    version = fields.Integer()
    job_order_id = fields.String()
    candidate_id = fields.String()
    state = fields.String(metadata={"enum": ["HELD", "TAKEN", "RELEASED", "LAPSED"]})
    until = Instant(allow_none=True)
    created_at = Instant()


class ReservationPage(PageSchema):
    items = fields.List(fields.Nested(ReservationOut))


class ApplicationIn(Schema):
    candidate_id = Uuid(required=True)
    job_order_id = Uuid(required=True)


class ApplicationPatch(Schema):
    state = Code(model.STATES, required=True)
    note = Text(max=200, load_default=None, allow_none=True, metadata={"description": "Why; never about the person."})


class DepartureIn(Schema):
    """Told beforehand to the provinces that the way leads through, who then know of a lawful traveller."""

    planned_on = IsoDate(required=True)
    via = fields.List(
        Regency(),
        load_default=list,
        validate=validate.Length(max=6),
        metadata={"description": "Regencies of the ports on the way, in their order, such as 65.03 (Nunukan)."},
    )


class ApplicationOut(Schema):
    id = fields.String()
    version = fields.Integer()
    candidate_id = fields.String()
    job_order_id = fields.String()
    state = fields.String(metadata={"enum": list(model.STATES)})
    reserved = fields.Boolean(metadata={"description": "A slot is held or taken for it."})
    note = fields.String(allow_none=True)
    departure = fields.Nested(DepartureIn, allow_none=True)
    created_at = Instant()
    updated_at = Instant()


class ApplicationArgs(PageArgs):
    candidate = Uuid()
    job_order = Uuid()


class ApplicationPage(PageSchema):
    items = fields.List(fields.Nested(ApplicationOut))
