"""The answers, as everybody may rely on them: what stands here is in /openapi.json, and nothing else is sent."""

from marshmallow import Schema, fields

from shared.codes import offers


class LegalBasisSchema(Schema):
    instrument = fields.String(allow_none=True)
    article = fields.String(allow_none=True)
    source = fields.String(allow_none=True)


class MoneySchema(Schema):
    amount = fields.Float()
    currency = fields.String()


class RuleSchema(Schema):
    """One rule with its outcome. What has no value is left out; `POST /v1/eligibility` tells every rule whole."""

    code = fields.String(
        metadata={
            "description": "A rule; OFFER, PERSON and PAPERS stand for several rules with one answer, see `rules`."
        }
    )
    version = fields.String(metadata={"description": "The row of law, or of the order, where it is not `<code>/1`."})
    rules = fields.List(fields.String(), metadata={"description": "Versions of the rules that one row stands for."})
    also = fields.List(fields.String(), metadata={"description": "Rules that ask for a part of this one."})
    stage = fields.String(metadata={"enum": ["APPLY", "AGREEMENT", "DEPARTURE"]})
    status = fields.String(metadata={"enum": ["MET", "NOT_MET", "UNKNOWN"]})
    group = fields.String(metadata={"description": "In which order a person can act: BRING, LEARN, WAIT, OTHERS, …"})
    text = fields.String()
    legal_basis = fields.Nested(LegalBasisSchema)
    value = fields.Raw(allow_none=True, metadata={"description": "What the person (or the order) has."})
    needed = fields.Raw(allow_none=True, metadata={"description": "A list where one row asks for several things."})
    next_action = fields.String(allow_none=True)
    who = fields.String(allow_none=True)
    usual_days = fields.Integer(allow_none=True, metadata={"description": "Usual practice, not law."})
    by = fields.String(allow_none=True, metadata={"description": "The day on which time alone clears it."})


class RuleCountSchema(Schema):
    code = fields.String()
    count = fields.Integer()


class BlockedSchema(RuleSchema):
    """Orders behind one rule, folded into one line; code OTHERS: what is far from the wish, counted by its rules."""

    rules = fields.List(fields.Nested(RuleCountSchema))
    count = fields.Integer()
    job_orders = fields.List(fields.String())


class StepSchema(Schema):
    course = fields.String()
    batch = fields.String()
    starts = fields.String()
    ends = fields.String()
    closes = fields.String(allow_none=True)
    regency = fields.String(allow_none=True)
    distance_km = fields.Integer(allow_none=True)
    cost = fields.Integer(allow_none=True)
    title = fields.String(allow_none=True)
    provider = fields.String(allow_none=True)
    place = fields.String(allow_none=True)


class WaitSchema(Schema):
    kind = fields.String()
    age = fields.Integer()
    until = fields.String()


class AimSchema(Schema):
    """The order that a path is named by: what was asked for if the path opens it, else the best paid of them."""

    job_order = fields.String()
    title = fields.String(allow_none=True)
    country = fields.String(allow_none=True)


class PathwaySchema(Schema):
    kind = fields.String(metadata={"enum": ["FASTEST", "NEAREST", "BEST_PAID"]})
    steps = fields.List(fields.Nested(StepSchema))
    waits = fields.List(fields.Nested(WaitSchema), metadata={"description": "Left out where nothing is waited for."})
    ready_on = fields.String()
    can_leave_from = fields.String()
    cost_to_candidate = fields.Integer(allow_none=True, metadata={"description": "null: a price on it is not known."})
    distance_km = fields.Integer(allow_none=True)
    unlocks = fields.List(fields.String(), metadata={"description": "Best paid first; see `unlocks_count`."})
    unlocks_count = fields.Integer(metadata={"description": "Where it opens more orders than are named."})
    aim = fields.Nested(AimSchema)
    other_than_asked = fields.String(
        metadata={
            "enum": ["WORK", "COUNTRY"],
            "description": "It leads to other work, or to that work in another country; else left out.",
        }
    )
    wage = fields.Nested(MoneySchema, allow_none=True)
    wage_idr = fields.Float(allow_none=True)
    beyond_wishes = fields.List(fields.String(), metadata={"description": "Wishes that it breaks; left out for none."})
    instead = fields.Boolean(metadata={"description": "Another way, because the best of this kind is shown already."})
    state = fields.String(metadata={"enum": ["TRAINING"]})
    text = fields.String(metadata={"description": "What this way is best in, and where it leads."})


class ChangeSchema(Schema):
    """Where there is no path: the one change that would make one, for whoever can bring it about."""

    change = fields.String(metadata={"description": "WAIT, PAPER, SEAT, …; FIRST_STEP: what comes first of several."})
    by = fields.String(
        allow_none=True,
        metadata={"description": "The last day on which it may come true; LATER_END: what ends. null: not on record."},
    )
    job_order = fields.String()
    ready_on = fields.String(allow_none=True)
    batch = fields.String(allow_none=True)
    course = fields.String(allow_none=True)
    programme = fields.String(allow_none=True)
    regency = fields.String(allow_none=True)
    days = fields.Integer(allow_none=True)
    papers = fields.List(fields.String())
    text = fields.String()


class OrderNamedSchema(Schema):
    job_order = fields.String()
    code = fields.String(allow_none=True)
    title = fields.String(allow_none=True)
    country = fields.String(allow_none=True)
    isco08 = fields.String(allow_none=True)


class GoalSchema(OrderNamedSchema):
    """What the person asked for and may not have today; `exact` false: nobody offers it, this is nearest to it."""

    state = fields.String(metadata={"enum": ["ELIGIBLE_BY", "TRAINING", "NO_PATH"]})
    exact = fields.Boolean()
    blocked_by = fields.List(fields.Nested(RuleSchema))
    opened_by = fields.List(fields.String(), metadata={"description": "Kinds of those of the `pathways` that open it."})


class FactSchema(Schema):
    fact = fields.String(metadata={"enum": ["birth_date", "education", "regency"]})
    text = fields.String()


class VerdictSchema(Schema):
    state = fields.String(
        metadata={"enum": ["ELIGIBLE_NOW", "ELIGIBLE_BY", "TRAINING", "NO_PATH", "CONSENT_NEEDED", "DATA_NEEDED"]}
    )
    date = fields.String(allow_none=True)
    steps = fields.Integer(allow_none=True)
    text = fields.String(metadata={"description": "About what was asked for; then what else is open today."})
    needed = fields.List(fields.Nested(FactSchema), metadata={"description": "With DATA_NEEDED: what would help most."})
    notes = fields.List(
        fields.String(),
        metadata={"description": "How the wish was widened, and by what; beside a yes, what nobody has asked yet."},
    )
    goal = fields.Nested(GoalSchema, allow_none=True)
    closed_by = fields.List(
        fields.Nested(RuleSchema),
        metadata={"description": "Bans on what was asked for where no order says so; left out where there is none."},
    )


class ReasonSchema(Schema):
    code = fields.String()
    text = fields.String()
    weight = fields.Float(metadata={"description": "The part of the score that this reason is."})
    evidence = fields.List(fields.String(), metadata={"description": "Places in the person's own record: skills/2."})
    quotes = fields.List(fields.String())


class MissingSchema(Schema):
    code = fields.String()
    text = fields.String()
    next_action = fields.String(allow_none=True)
    also = fields.List(fields.String())
    by = fields.String(metadata={"description": "The day on which time alone clears it."})
    legal = fields.Boolean(metadata={"description": "True: a rule of law or of the order. False: would rank higher."})


REASONS = "The strongest, and beside it what no row before has said in the same words."


class CertificateGivenSchema(Schema):
    kind = fields.String(allow_none=True)
    scheme = fields.String(allow_none=True)


class RankedCourseSchema(Schema):
    course = fields.String()
    batch = fields.String()
    title = fields.String(allow_none=True)
    provider = fields.String(allow_none=True)
    starts = fields.String(allow_none=True)
    ends = fields.String(allow_none=True)
    closes = fields.String(allow_none=True)
    regency = fields.String(allow_none=True)
    seats_left = fields.Integer()
    lesson_hours = fields.Integer(allow_none=True)
    cost_to_trainee = fields.Nested(MoneySchema, allow_none=True)
    certificates = fields.List(fields.Nested(CertificateGivenSchema))
    score = fields.Float()
    band = fields.String(metadata={"enum": ["VERY_GOOD", "GOOD", "POSSIBLE"]})
    reasons = fields.List(fields.Nested(ReasonSchema), metadata={"description": REASONS})
    missing = fields.List(fields.Nested(MissingSchema))
    unlocks = fields.List(fields.String())
    unlocks_count = fields.Integer(metadata={"description": "Where it opens more orders than are named."})


class CautionSchema(Schema):
    """One that stands before, by the same row of law, is told without it."""

    code = fields.String()
    version = fields.String(allow_none=True)
    legal_basis = fields.Nested(LegalBasisSchema, allow_none=True)
    text = fields.String()


class CompanyCheckSchema(Schema):
    sip3mi = fields.String(allow_none=True)
    valid_until = fields.String(allow_none=True)
    met = fields.Boolean()


class OrderCheckSchema(Schema):
    verification = fields.String(allow_none=True)
    sip2mi = fields.String(allow_none=True)
    sip2mi_valid_until = fields.String(allow_none=True)


class ChecksSchema(Schema):
    company = fields.Nested(CompanyCheckSchema, allow_none=True)
    job_order = fields.Nested(OrderCheckSchema)


class RankedPlacementSchema(OrderNamedSchema):
    eligible = fields.Boolean(metadata={"description": "Every rule of stage APPLY is met."})
    state = fields.String()
    by = fields.String(
        allow_none=True,
        metadata={"description": "From then on no age and no entry ban is in the way; `missing` says what else is."},
    )
    wage = fields.Nested(MoneySchema, allow_none=True)
    term_months = fields.Integer(allow_none=True)
    closes_on = fields.String(allow_none=True)
    slots_left = fields.Integer(allow_none=True, metadata={"description": "Left out where nobody counts them."})
    score = fields.Float()
    band = fields.String()
    reasons = fields.List(fields.Nested(ReasonSchema), metadata={"description": REASONS})
    missing = fields.List(fields.Nested(MissingSchema))
    checks = fields.Nested(ChecksSchema)
    scheme = fields.String(
        allow_none=True,
        metadata={"enum": [*offers.SCHEMES], "description": "Where no company stands between; else left out."},
    )
    warnings = fields.List(fields.Nested(CautionSchema))


PLACES = {"description": "Places in `placements`, the first is 0."}


class LaterSchema(RuleSchema):
    """What is left after applying for some of the orders and does not stand in `requirements` in these words."""

    placements = fields.List(fields.Integer(), metadata=PLACES)


class NotAskedSchema(Schema):
    """A later rule of `requirements` that some of the orders do not wait for."""

    code = fields.String()
    placements = fields.List(fields.Integer(), metadata=PLACES)


class HiddenCountSchema(Schema):
    reason = fields.String(metadata={"enum": ["SUSPENDED", "UNLAWFUL_FEES"]})
    policy = fields.String(allow_none=True)
    count = fields.Integer()


class AsOfSchema(Schema):
    """What the answer was made from."""

    candidate = fields.Integer(allow_none=True)
    courses = fields.Integer()
    job_orders = fields.Integer()
    policies = fields.Integer()
    model = fields.String()
    crowding = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={
            "description": "Orders and courses of this answer that more people were shown than can get a seat: level 1 "
            "to 5."
        },
    )
    crowded = fields.Integer(
        metadata={"description": "All crowded orders and courses that it was made from, where more than are shown."}
    )
    day = fields.String()
    known_on = fields.String(allow_none=True)
    generation = fields.Integer()
    sequence = fields.Integer()
    heard_at = fields.String(allow_none=True)
    law_verified_on = fields.String(allow_none=True, metadata={"description": "How old the law data is at worst."})


class RecommendationSchema(Schema):
    id = fields.String()
    candidate = fields.String(allow_none=True)
    as_of = fields.Nested(AsOfSchema)
    verdict = fields.Nested(VerdictSchema)
    checklist_of = fields.String(allow_none=True, metadata={"description": "The job order of the `requirements`."})
    requirements = fields.List(fields.Nested(RuleSchema))
    pathways = fields.List(fields.Nested(PathwaySchema))
    nearest_change = fields.Nested(ChangeSchema, allow_none=True)
    courses = fields.List(
        fields.Nested(RankedCourseSchema),
        metadata={
            "description": "What leads to the wish first, then by score; a course that the person may not enter stands "
            "behind the one that opens its door."
        },
    )
    placements = fields.List(
        fields.Nested(RankedPlacementSchema),
        metadata={
            "description": "What was asked for first, then its neighbours, then others; in each, open orders first, "
            "then by score."
        },
    )
    later = fields.List(
        fields.Nested(LaterSchema),
        metadata={"description": "Beside `requirements`, for the other orders; each sentence once. Left out for none."},
    )
    not_asked = fields.List(fields.Nested(NotAskedSchema))
    placements_ranked = fields.Integer(
        metadata={
            "description": "The nearest to the wish that were ranked; the first of them stand in `placements`. Of "
            "orders equally near and soon a draw by lot says which, a new one each day, the same for everybody."
        }
    )
    placements_in_all = fields.Integer(
        metadata={"description": "Orders that are open to the person now, with a paper, or by a path."}
    )
    blocked = fields.List(fields.Nested(BlockedSchema))
    hidden = fields.List(fields.Nested(HiddenCountSchema))
    warnings = fields.List(fields.Nested(CautionSchema))
