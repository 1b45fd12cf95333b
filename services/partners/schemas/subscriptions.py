"""Subscriptions and deliveries as partners send and see them."""

from marshmallow import Schema, fields

from services.partners.model import organisation as organisations
from services.partners.schemas.shared import EventType, Region, listed
from shared.http.cursors import ChangedArgsSchema, PageArgsSchema, PageSchema
from shared.http.fields import Code, Instant, Text, Uuid, Whole

STATUSES = ("ACTIVE", "PAUSED", "DISABLED", "CLOSED")
STATES = ("WAITING", "DELIVERED", "FAILED", "CANCELLED")
MOST_HOURS = 168


class SubscriptionInSchema(Schema):
    url = Text(max=500, required=True, metadata={"example": "https://mitra.example.go.id/lumbung"})
    event_types = listed(EventType(), load_default=list, metadata={"description": "Empty: all that you may hear."})
    regions = listed(Region(), load_default=list, metadata={"description": "Empty: everywhere."})
    payload_level = Code(organisations.LEVELS, load_default="MINIMAL")
    note = Text(max=200, load_default=None, allow_none=True, metadata={"description": "For yourself."})
    organisation_id = Uuid(metadata={"description": "Needed only by whoever manages partners."})


class SubscriptionPatchSchema(SubscriptionInSchema):
    """Any of the fields; what is left out stays. ACTIVE goes on where it stood, also after DISABLED."""

    status = Code(("ACTIVE", "PAUSED"))

    class Meta:
        exclude = ("organisation_id",)

    def __init__(self, **options: object) -> None:
        super().__init__(partial=True, **options)  # type: ignore[arg-type]


class TroubleSchema(Schema):
    code = fields.String()
    status = fields.Integer(allow_none=True)


class StandingSchema(Schema):
    """How deliveries go."""

    position = fields.Integer(metadata={"description": "Everything up to here was tried at least once."})
    behind = fields.Integer(metadata={"description": "Events of the feed that were not looked at yet."})
    failures = fields.Integer(metadata={"description": "In a row."})
    failing_since = Instant(allow_none=True)
    rest_until = Instant(allow_none=True, metadata={"description": "The endpoint is left alone until then."})
    delivered_at = Instant(allow_none=True)
    failed_at = Instant(allow_none=True)
    trouble = fields.Nested(TroubleSchema, allow_none=True)


class SubscriptionOutSchema(SubscriptionInSchema):
    id = Uuid()
    version = fields.Integer()
    status = fields.String(metadata={"enum": list(STATUSES)})
    reason = fields.String(allow_none=True, metadata={"description": "Why it is DISABLED: GONE or FAILING."})
    standing = fields.Nested(StandingSchema)
    secrets_until = fields.List(Instant(allow_none=True), metadata={"description": "One for each good secret."})
    created_at = Instant()
    updated_at = Instant()


class SubscriptionMadeSchema(SubscriptionOutSchema):
    secret = fields.String(metadata={"description": "Shown this once: verify every delivery with it."})


class SubscriptionPageSchema(PageSchema):
    items = fields.List(fields.Nested(SubscriptionOutSchema))


class SubscriptionArgsSchema(ChangedArgsSchema):
    organisation_id = Uuid()


class RotateInSchema(Schema):
    keep_hours = Whole(
        min=0, max=MOST_HOURS, load_default=24, metadata={"description": "How long the old secret signs too."}
    )


class RotateOutSchema(Schema):
    secret = fields.String()
    old_until = Instant(allow_none=True)


class TestInSchema(Schema):
    type = EventType(load_default="course.published")


class TestOutSchema(Schema):
    delivered = fields.Boolean()
    status = fields.Integer(allow_none=True)
    trouble = fields.String(allow_none=True)
    text = fields.Dict(allow_none=True)
    ms = fields.Integer()
    answer = fields.String()


class SinceArgsSchema(Schema):
    since = Instant(required=True, metadata={"description": "What was heard from this moment on."})


class AgainSchema(Schema):
    queued = fields.Integer(metadata={"description": "Deliveries that are tried again, beginning now."})
    more = fields.Boolean(metadata={"description": "There is more: ask again from `next_since`."})
    next_since = Instant(allow_none=True)


class AttemptSchema(Schema):
    at = Instant()
    status = fields.Integer(allow_none=True)
    trouble = fields.String(allow_none=True)
    ms = fields.Integer()
    answer = fields.String(metadata={"description": "Its first 2 kB; long numbers are left out."})


class DeliveryOutSchema(Schema):
    id = fields.String()
    subscription_id = fields.String()
    position = fields.Integer()
    event_id = fields.String(metadata={"description": "Also the webhook-id."})
    type = fields.String()
    state = fields.String(metadata={"enum": list(STATES)})
    tries = fields.Integer()
    next_at = Instant(allow_none=True)
    created_at = Instant()
    attempts = fields.List(fields.Nested(AttemptSchema))


class DeliveryWholeSchema(DeliveryOutSchema):
    event = fields.Dict(allow_none=True, metadata={"description": "What is sent; null once it was erased."})


class DeliveryArgsSchema(PageArgsSchema):
    subscription = Uuid(required=True)
    state = Code(STATES)


class DeliveryPageSchema(PageSchema):
    items = fields.List(fields.Nested(DeliveryOutSchema))


class BulkInSchema(Schema):
    subscription_id = Uuid(required=True)
    since = Instant(load_default=None, allow_none=True, metadata={"description": "Only what failed from then on."})


class WhyArgsSchema(Schema):
    position = Whole(min=1, max=2**53 - 1)
    subject = Text(max=60, metadata={"description": "The id of what changed."})


class WhySchema(Schema):
    position = fields.Integer(allow_none=True)
    type = fields.String()
    version = fields.Integer(allow_none=True)
    code = fields.String()
    text = fields.Dict()
    delivery = fields.String(allow_none=True)


class WhyOutSchema(Schema):
    items = fields.List(fields.Nested(WhySchema))
