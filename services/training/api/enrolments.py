"""`/v1/enrolments`: referrals, seats and results."""

from typing import Any

from services.training.actions import enrolments as actions
from services.training.actions import referrals
from services.training.actions.judgements import for_provider, with_judgements
from services.training.api.context import current_caller, house, shown
from services.training.schemas.enrolments import (
    EnrolmentArgsSchema,
    EnrolmentInSchema,
    EnrolmentOutSchema,
    EnrolmentPageSchema,
    EnrolmentPatchSchema,
)
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent

blp = Blueprint("enrolments", __name__, url_prefix="/v1/enrolments", description="Who is in which batch")


def judged(enrolment: dict[str, Any]) -> dict[str, Any]:
    """As visitors see it, with what the law says of it."""
    return all_judged([enrolment])[0]


def all_judged(enrolments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = with_judgements(house(), enrolments)
    return [shown(for_provider(one) if current_caller().kind == "provider" else one) for one in found]


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(EnrolmentInSchema)
@blp.response(201, EnrolmentOutSchema)
@idempotent(lambda id: judged(actions.show(current_caller(), house(), id)), location="/v1/enrolments/{id}")
def refer(data: dict[str, Any]) -> Any:
    """Refer a person to a batch; the seat is held for 72 hours"""
    return judged(referrals.refer(current_caller(), house(), data["candidate_id"], data["batch_id"]))


@blp.route("", methods=["GET"])
@blp.arguments(EnrolmentArgsSchema, location="query")
@blp.response(200, EnrolmentPageSchema)
def listed(args: dict[str, Any]) -> Any:
    """Enrolments of one person or one batch; a provider sees its own, an office those it made. The oldest first"""
    found = actions.page(current_caller(), house(), args)
    return {**found, "items": all_judged(found["items"])}, 200, next_link(found["next"])


@blp.route("/<id>", methods=["GET"])
@blp.etag
@blp.response(200, EnrolmentOutSchema)
def show(id: str) -> Any:
    """One enrolment"""
    return judged(actions.show(current_caller(), house(), id))


@blp.route("/<id>", methods=["PATCH"])
@blp.etag
@blp.arguments(EnrolmentPatchSchema)
@blp.response(200, EnrolmentOutSchema)
def move(changes: dict[str, Any], id: str) -> Any:
    """The next step: select, enrol, complete, drop, or the result of the test"""
    return judged(actions.move(current_caller(), house(), id, if_match(), changes))
