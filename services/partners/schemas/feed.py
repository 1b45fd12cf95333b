"""The feed: what may be asked of it, and an event as a CloudEvent."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from services.partners.model import organisation as model
from services.partners.schemas.shared import EventType, Region
from shared.http.cursors import FROM_THE_PAGE_BEFORE
from shared.http.faults import refuse
from shared.http.fields import Code, Instant, Whole
from shared.http.problems import say

LONGEST_WAIT, MOST_EVENTS = 30, 500
POSITION = 2**53 - 1


class _Position(Whole):
    """A place in the feed, as it was given under ``next``."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        try:
            return super()._deserialize(value, attr, data, **kwargs)
        except ValidationError:
            raise refuse(
                "cursor_unreadable",
                say("Ini bukan posisi di aliran kejadian.", "This is no position in the feed."),
                FROM_THE_PAGE_BEFORE,
            ) from None


class StreamArgsSchema(Schema):
    types = fields.List(EventType(), load_default=list, metadata={"description": "Repeat for several; none: all."})
    regions = fields.List(Region(), load_default=list, metadata={"description": "Repeat for several; none: all."})
    payload_level = Code(model.LEVELS, metadata={"description": "Less than agreed, never more."})


class FeedArgsSchema(StreamArgsSchema):
    after = _Position(max=POSITION, metadata={"description": "The `next` you were given; leave it out to begin."})
    since = Instant(metadata={"description": "Begin with what was heard from this moment on; instead of `after`."})
    limit = Whole(min=1, max=MOST_EVENTS, load_default=100, metadata={"description": "Events of one answer."})
    wait = Whole(max=LONGEST_WAIT, load_default=0, metadata={"description": "Seconds to wait when nothing is there."})


class StreamFromSchema(StreamArgsSchema):
    after = _Position(max=POSITION, metadata={"description": "Begin after this position; Last-Event-ID comes first."})


class EventOutSchema(Schema):
    """CloudEvents 1.0 in structured mode, https://cloudevents.io."""

    specversion = fields.String()
    id = fields.String(metadata={"description": "Of this event for ever; also the webhook-id."})
    source = fields.String()
    type = fields.String()
    subject = fields.String(metadata={"description": "The id of what changed."})
    time = fields.String()
    datacontenttype = fields.String()
    dataschema = fields.String()
    sequence = fields.String(metadata={"description": "Its version: keep what is newer than what you hold."})
    sequencetype = fields.String()
    position = fields.String(metadata={"description": "Its place in the feed."})
    traceparent = fields.String()
    data = fields.Dict()


class FeedOutSchema(Schema):
    items = fields.List(fields.Nested(EventOutSchema))
    next = fields.Integer(metadata={"description": "Pass it as `after`; it moves also when nothing was for you."})
    newest = fields.Integer(metadata={"description": "Where the feed ends now; behind by `newest - next`."})
    oldest = fields.Integer()
