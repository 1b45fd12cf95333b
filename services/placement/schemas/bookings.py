"""Reservations of slots and applications. A person is an id here, and nothing else."""

from marshmallow import Schema, fields, validate

from services.placement.model import application as model
from shared.conditions.leaves import Word
from shared.http.cursors import ChangedArgsSchema, PageArgsSchema, PageSchema
from shared.http.fields import Code, Instant, IsoDate, Regency, Text, Uuid, Whole
from shared.judgements import JudgementOutSchema


class ReservationInSchema(Schema):
    candidate_id = Uuid(required=True)
    days = Whole(min=1, max=90, load_default=14, metadata={"description": "How long the slot is held."})


class ReservationOutSchema(Schema):
    id = fields.String()
    version = fields.Integer()
    job_order_id = fields.String()
    candidate_id = fields.String()
    state = fields.String(metadata={"enum": ["HELD", "TAKEN", "RELEASED", "LAPSED"]})
    until = Instant(allow_none=True)
    created_at = Instant()


class ReservationArgsSchema(PageArgsSchema):
    candidate = Uuid(metadata={"description": "Only those of this person."})


class ReservationPageSchema(PageSchema):
    items = fields.List(fields.Nested(ReservationOutSchema))


class ApplicationInSchema(Schema):
    candidate_id = Uuid(required=True)
    job_order_id = Uuid(required=True)


class ApplicationPatchSchema(Schema):
    state = Code(model.STATES, required=True)
    note = Text(max=200, load_default=None, allow_none=True, metadata={"description": "Why; never about the person."})


class OverrideInSchema(Schema):
    """Rules by their codes, as the judgement shows them with status UNKNOWN."""

    rules = fields.List(
        Word(), required=True, validate=validate.Length(min=1, max=40), metadata={"example": ["EDUCATION"]}
    )
    reason = Text(max=300, required=True, metadata={"description": "Why; it stands in the trail."})


class OverriddenRuleSchema(Schema):
    rule = fields.String()
    version = fields.String()


class OverrideOutSchema(Schema):
    """A supervisor answered for these rules."""

    rules = fields.List(fields.Nested(OverriddenRuleSchema))
    reason = fields.String()
    by = fields.String()
    at = Instant()


class TrailRowSchema(Schema):
    """One thing that happened. `by` is LAW where the law did it by itself."""

    what = fields.String(metadata={"example": "STOPPED_BY_LAW"})
    by = fields.String()
    at = Instant()
    rules = fields.List(fields.String())
    reason = fields.String(allow_none=True)
    version = fields.Integer(allow_none=True)


class TrailPageSchema(PageSchema):
    items = fields.List(fields.Nested(TrailRowSchema))


class DepartureInSchema(Schema):
    """Told beforehand to the provinces that the way leads through, who then know of a lawful traveller."""

    planned_on = IsoDate(required=True)
    via = fields.List(
        Regency(),
        load_default=list,
        validate=validate.Length(max=6),
        metadata={"description": "Regencies of the ports on the way, in their order, such as 65.03 (Nunukan)."},
    )


class ApplicationOutSchema(Schema):
    id = fields.String()
    version = fields.Integer()
    candidate_id = fields.String()
    job_order_id = fields.String()
    centre = fields.String(
        dump_default=None, allow_none=True, metadata={"description": "The office where the person applied."}
    )
    state = fields.String(metadata={"enum": list(model.STATES)})
    stopped_at = fields.String(
        dump_default=None,
        allow_none=True,
        metadata={"description": "Of a STOPPED one: the state it goes back to when the cause ends."},
    )
    reserved = fields.Boolean(metadata={"description": "A slot is held or taken for it."})
    judgement = fields.Nested(JudgementOutSchema, allow_none=True)
    overrides = fields.List(fields.Nested(OverrideOutSchema), dump_default=list)
    note = fields.String(allow_none=True)
    departure = fields.Nested(DepartureInSchema, allow_none=True)
    departure_suspended = fields.Boolean(
        dump_default=False,
        metadata={
            "description": "It was announced, and could not be now: see what the judgement does not know, or the "
            "person has left on another order."
        },
    )
    created_at = Instant()
    updated_at = Instant()


class ApplicationArgsSchema(ChangedArgsSchema):
    candidate = Uuid()
    job_order = Uuid()
    state = fields.List(Code(model.STATES), metadata={"description": "Several: state=APPLIED&state=SELECTED."})


class ApplicationPageSchema(PageSchema):
    items = fields.List(fields.Nested(ApplicationOutSchema))
