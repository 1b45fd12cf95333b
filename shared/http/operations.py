"""``/v1/operations`` of every house, for operators: what waits, what was set aside, and what was done about it.

What is told here names no person: places of records, causes, sums. Looking needs ``operations:read``, acting
``operations:write``; every act is kept with who, when and why.
"""

from typing import Any

from flask import current_app
from marshmallow import Schema, fields, validate

from shared.documents.mongo import Database
from shared.events import operating
from shared.http.blueprints import Blueprint
from shared.http.callers import current_caller
from shared.http.fields import Text
from shared.http.idempotency import idempotent
from shared.http.problems import NotFound

READ, WRITE = "operations:read", "operations:write"

blp = Blueprint("operations", __name__, url_prefix="/v1/operations", description="For operators: what waits, and why")


class NoSuchLetter(NotFound):
    code = "letter_not_found"
    title = {"id": "Rekaman ini tidak (lagi) disisihkan", "en": "This record is not set aside (any more)"}


class UnreadTopicSchema(Schema):
    topic = fields.String()
    records = fields.Integer()
    since = fields.DateTime(allow_none=True, metadata={"description": "Behind since then; null: not behind."})
    measured_at = fields.DateTime()


class UnsentSchema(Schema):
    rows = fields.Integer(metadata={"description": "Events that wait to be sent."})
    oldest = fields.DateTime(allow_none=True)


class CauseSchema(Schema):
    cause = fields.String()
    number = fields.Integer()
    first = fields.DateTime()
    last = fields.DateTime()


class JobsOfKindSchema(Schema):
    kind = fields.String()
    waiting = fields.Integer()
    due = fields.Integer()
    running = fields.Integer()
    tries = fields.Integer(metadata={"description": "Of the one that was tried most."})


class OperationsSchema(Schema):
    house = fields.String()
    version = fields.String()
    at = fields.DateTime()
    unread = fields.List(fields.Nested(UnreadTopicSchema))
    unsent = fields.Nested(UnsentSchema)
    causes = fields.List(fields.Nested(CauseSchema))
    stopped = fields.Boolean(metadata={"description": "Too many records in a row could not be taken."})
    jobs = fields.List(fields.Nested(JobsOfKindSchema))


class ImportWorkSchema(Schema):
    id = fields.String()
    kind = fields.String()
    state = fields.String()
    phase = fields.String()
    dry_run = fields.Boolean()
    rows = fields.Integer()
    done = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    created_at = fields.DateTime()
    finished_at = fields.DateTime(allow_none=True)


class RebuiltSchema(Schema):
    done = fields.Integer(metadata={"description": "Records of the topics that were read."})
    of = fields.Integer(metadata={"description": "Records that there were when it began to read."})


class WorkSchema(Schema):
    imports = fields.List(fields.Nested(ImportWorkSchema), metadata={"description": "The newest fifty."})
    rebuilding = fields.Boolean(metadata={"description": "The read model is being made anew from the topics."})
    rebuilt = fields.Nested(
        RebuiltSchema, allow_none=True, metadata={"description": "How far that is; null: not known."}
    )


class LetterSchema(Schema):
    id = fields.String(metadata={"example": "registry.people.v1/3/17"})
    topic = fields.String()
    reason = fields.String()
    at = fields.DateTime()
    tried_at = fields.DateTime(allow_none=True)


class LettersSchema(Schema):
    items = fields.List(fields.Nested(LetterSchema))


class ActSchema(Schema):
    at = fields.DateTime()
    by = fields.String()
    did = fields.String(metadata={"enum": ["RETRIED", "DISCARDED"]})
    letters = fields.List(fields.String(), metadata={"description": "The first twenty of them."})
    number = fields.Integer()
    reason = fields.String(allow_none=True)


class ActsSchema(Schema):
    items = fields.List(fields.Nested(ActSchema))


class RetrySchema(Schema):
    letters = fields.List(
        Text(max=300), load_default=list, validate=validate.Length(max=operating.SHOWN),
        metadata={"description": "By their ids; all when left out."},
    )  # fmt: skip


class RetriedSchema(Schema):
    number = fields.Integer()


class DiscardSchema(Schema):
    letter = Text(max=300, required=True)
    reason = Text(max=300, required=True, metadata={"description": "Why nobody will ever need it; it is kept."})


def _database() -> Database:
    found: Database = current_app.extensions["lumbung.database"]
    return found


@blp.route("", methods=["GET"])
@blp.response(200, OperationsSchema)
def waits() -> Any:
    """Unread and unsent records, causes of what was set aside, and jobs"""
    current_caller().need(READ)
    about = {"house": current_app.extensions["lumbung.house"], "version": current_app.config["API_VERSION"]}
    return {**about, **operating.look(_database())}


@blp.route("/work", methods=["GET"])
@blp.response(200, WorkSchema)
def worked() -> Any:
    """Long work, running and finished: imports, and whether the read model is being rebuilt"""
    current_caller().need(READ)
    return operating.work(_database())


@blp.route("/letters", methods=["GET"])
@blp.response(200, LettersSchema)
def letters() -> Any:
    """Records that were set aside: where they lay and why, never what is in them"""
    current_caller().need(READ)
    return {"items": operating.letters(_database())}


@blp.route("/letters/retry", methods=["POST"])
@blp.arguments(RetrySchema)
@blp.response(202, RetriedSchema)
def retried(data: dict[str, Any]) -> Any:
    """Have them handled again, as the listener would; those that are refused again stay with the new reason"""
    caller = current_caller()
    caller.need(WRITE)
    return {"number": operating.retry(_database(), data["letters"], by=caller.id)}


@blp.route("/letters/discard", methods=["POST"])
@blp.arguments(DiscardSchema)
@blp.response(200, ActsSchema)
@idempotent(show=lambda id: _acts(), status=200)
def discarded(data: dict[str, Any]) -> Any:
    """Give one up for good; its content goes, who did it and why stays"""
    caller = current_caller()
    caller.need(WRITE)
    if not operating.discard(_database(), data["letter"], reason=data["reason"], by=caller.id):
        raise NoSuchLetter()
    return _acts()


@blp.route("/acts", methods=["GET"])
@blp.response(200, ActsSchema)
def acts() -> Any:
    """What operators did, who and why, the newest first"""
    current_caller().need(READ)
    return _acts()


def _acts() -> dict[str, Any]:
    return {"items": operating.acts(_database())}
