"""Routes of what villages send in: a POST that gives back a receipt, and the desk of the office that looks at it."""

from typing import Any

from services.registry.actions import submissions as actions
from services.registry.api.context import current_caller, house
from services.registry.schemas import submissions as schemas
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.idempotency import idempotent

blp = Blueprint("submissions", __name__, url_prefix="/v1/submissions", description="People whom a village sent in")

Answer = dict[str, Any]


@blp.route("", methods=["POST"])
@blp.arguments(schemas.SubmissionInSchema)
@blp.response(201, schemas.ReceiptSchema)
@idempotent(show=lambda id: actions.show_receipt(current_caller(), house(), id))
def added(said: Answer) -> Answer:
    """Add somebody for the office that serves the village. The receipt is all that ever comes back"""
    return actions.add(current_caller(), house(), said)


@blp.route("", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, schemas.SubmissionsSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Those that wait for your office, the oldest first. Each look is in the trail"""
    found = actions.page(current_caller(), house(), args)
    return found, next_link(found["next"])


@blp.route("/<submission_id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.SubmissionSchema)
def opened(submission_id: str) -> Answer:
    """One of them, with who may be this person already"""
    return actions.show(current_caller(), house(), submission_id)


@blp.route("/<submission_id>/close", methods=["POST"])
@blp.etag
@blp.arguments(schemas.CloseSchema)
@blp.response(200, schemas.SubmissionSchema)
def closed(asked: Answer, submission_id: str) -> Answer:
    """Say what became of it; what was said of the person is erased"""
    return actions.close(current_caller(), house(), submission_id, if_match(), **asked)
