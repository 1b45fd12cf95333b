"""The routes of plans for everybody: made, opened again, signed by a second person."""

from typing import Any

from services.matching.actions import allocating
from services.matching.api.context import current_caller, house
from services.matching.schemas.allocating import (
    AllocationAskedSchema,
    AllocationPageSchema,
    AllocationSchema,
    PlanPeoplePageSchema,
)
from shared.http.blueprints import Blueprint
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.idempotency import idempotent

blp = Blueprint("allocations", __name__, description="Seats and slots for everybody at once, as a proposal")


@blp.route("/v1/allocations", methods=["POST"])
@blp.arguments(AllocationAskedSchema)
@blp.response(201, AllocationSchema)
@idempotent(show=lambda id: allocating.show(current_caller(), house(), id), location="/v1/allocations/{id}")
def make(asked: dict[str, Any]) -> Any:
    """The plan with the most expected lawful placements, with floors for the worst-off tenth and for each island

    For more than 300 people it is begun (`state` MAKING) and made meanwhile: ask for it again by its id."""
    return allocating.make(current_caller(), house(), asked)


@blp.route("/v1/allocations", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, AllocationPageSchema)
def listed(args: dict[str, Any]) -> Any:
    """The plans that were made, newest first, each in short"""
    found = allocating.listed(current_caller(), house(), args)
    return found, 200, next_link(found["next"])


@blp.route("/v1/allocations/<allocation_id>", methods=["GET"])
@blp.response(200, AllocationSchema)
def again(allocation_id: str) -> Any:
    """A plan exactly as it was made; erased people are gone from it"""
    return allocating.show(current_caller(), house(), allocation_id)


@blp.route("/v1/allocations/<allocation_id>/people", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, PlanPeoplePageSchema)
def people(args: dict[str, Any], allocation_id: str) -> Any:
    """What a plan says of each person, a page at a time, in order of their ids"""
    found = allocating.people(current_caller(), house(), allocation_id, args)
    return found, 200, next_link(found["next"])


@blp.route("/v1/allocations/<allocation_id>/cancel", methods=["POST"])
@blp.response(200, AllocationSchema)
def cancel(allocation_id: str) -> Any:
    """A plan that is being made is not made any more; nothing of it stays but who asked and who stopped it"""
    return allocating.cancel(current_caller(), house(), allocation_id)


@blp.route("/v1/allocations/<allocation_id>/sign-off", methods=["POST"])
@blp.response(200, AllocationSchema)
def sign(allocation_id: str) -> Any:
    """A second person, never its maker, stands for the proposal; it stays one"""
    return allocating.sign(current_caller(), house(), allocation_id)
