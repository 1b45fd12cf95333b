"""A plan for everybody: what is asked, and what is shown."""

from marshmallow import Schema, fields

from services.matching.schemas.asking import MomentSchema
from services.matching.schemas.judged import PairSchema
from shared.http.cursors import PageSchema
from shared.http.fields import Number, Regency

WORST_OFF, ISLAND = 0.8, 0.5


class AllocationAskedSchema(MomentSchema):
    """Everybody with consent, or only those of one regency, and the floors."""

    regency = Regency(metadata={"description": "Home of the people that are asked for; everybody when left out."})
    worst_off = Number(
        min=0,
        max=1,
        load_default=WORST_OFF,
        allow_none=True,
        metadata={
            "description": "The worst-off tenth gets this share of what it could get alone; null: no floor.",
            "example": WORST_OFF,
        },
    )
    island = Number(
        min=0,
        max=1,
        load_default=ISLAND,
        allow_none=True,
        metadata={
            "description": "Each island gets this share of what it could get alone; null: no floor.",
            "example": ISLAND,
        },
    )


class SignatureSchema(Schema):
    by = fields.String()
    at = fields.DateTime()


class PlanFloorSchema(Schema):
    group = fields.String(metadata={"example": "WORST_OFF_TENTH"})
    asked = fields.Float()
    kept = fields.Float(metadata={"description": "Less than asked where the places do not suffice."})


class PlanServedSchema(Schema):
    people = fields.Integer(allow_none=True, metadata={"description": "null: fewer than ten, or hidden beside one."})
    expected = fields.Float(allow_none=True)


class PlanFigureSchema(Schema):
    dimension = fields.String(metadata={"enum": ["all", "regency", "sex", "education", "island"]})
    group = fields.String(metadata={"example": "Flores"})
    people = fields.Integer(allow_none=True)
    served = fields.Dict(
        keys=fields.String(metadata={"description": "PLAN, FIRST_COME, GREEDY"}), values=fields.Nested(PlanServedSchema)
    )


class PlanOptionSchema(Schema):
    job_order = fields.String()
    batch = fields.String(allow_none=True, metadata={"description": "null: the order is open to the person today."})
    ready_on = fields.String()
    chance = fields.Float()
    worth = fields.Float()
    full = fields.List(fields.String(metadata={"enum": ["SLOTS", "SEATS", "PERMIT"]}))
    one_more_adds = fields.Float(metadata={"description": "Expected placements that one more place adds for all."})


class PlanWeighedSchema(Schema):
    most_each = fields.Integer(metadata={"description": "Options of one person that are weighed, the most valuable."})
    people = fields.Integer(
        allow_none=True,
        metadata={"description": "Who has so many, and perhaps more: the plan is the best of these. null: a few."},
    )


class PlanReasonSchema(Schema):
    code = fields.String()
    text = fields.Nested(PairSchema)


class PlanPersonSchema(Schema):
    person = fields.String()
    fate = fields.String(metadata={"enum": ["BEST", "ANOTHER", "FULL", "RESERVED", "DATA_NEEDED", "NO_OPTION"]})
    text = fields.Nested(PairSchema)
    given = fields.Nested(PlanOptionSchema, allow_none=True)
    reasons = fields.List(fields.Nested(PlanReasonSchema))
    next = fields.Nested(PlanOptionSchema, allow_none=True)
    better = fields.Nested(PlanOptionSchema, allow_none=True, metadata={"description": "Worth more, and full."})


class PlanProgressSchema(Schema):
    done = fields.Integer(metadata={"description": "People whose options are known."})
    of = fields.Integer()


class AllocationInShortSchema(Schema):
    """A plan in a list: what it was asked and what it reaches, without its people. What it reaches is null until it is
    READY."""

    id = fields.String()
    version = fields.Integer()
    proposal = fields.Boolean()
    made_by = fields.String()
    made_at = fields.DateTime()
    signed = fields.Nested(SignatureSchema, allow_none=True)
    cancelled = fields.Nested(SignatureSchema, allow_none=True, metadata={"description": "Who stopped it, and when."})
    state = fields.String(metadata={"enum": ["MAKING", "READY", "FAILED", "CANCELLED"]})
    progress = fields.Nested(PlanProgressSchema, allow_none=True, metadata={"description": "While it is MAKING."})
    failure = fields.String(allow_none=True, metadata={"enum": ["NOT_SOLVED"]})
    as_of = fields.Dict(allow_none=True)
    asked = fields.Dict()
    expected_placements = fields.Float(allow_none=True)
    at_most = fields.Float(allow_none=True, metadata={"description": "No plan under these floors can reach more."})
    proved_best = fields.Boolean(allow_none=True)
    floors_kept = fields.Boolean(allow_none=True)
    floors = fields.List(fields.Nested(PlanFloorSchema))


class AllocationPageSchema(PageSchema):
    items = fields.List(fields.Nested(AllocationInShortSchema))


class AllocationSchema(AllocationInShortSchema):
    """Only ever a proposal."""

    notice = fields.Nested(PairSchema, allow_none=True)
    floors_text = fields.Nested(PairSchema, allow_none=True)
    weighed = fields.Nested(PlanWeighedSchema, allow_none=True)
    figures = fields.List(fields.Nested(PlanFigureSchema))
    people = fields.List(
        fields.Nested(PlanPersonSchema),
        metadata={"description": "The first 300; all of them are under `/v1/allocations/{id}/people`."},
    )
    people_in_all = fields.Integer()
    fates = fields.Dict(keys=fields.String(metadata={"description": "As `fate` of a person."}), values=fields.Integer())
    closed_meanwhile = fields.List(
        fields.String(), metadata={"description": "Orders and batches that closed while it was made; nobody gets them."}
    )


class PlanPeoplePageSchema(PageSchema):
    items = fields.List(fields.Nested(PlanPersonSchema))
