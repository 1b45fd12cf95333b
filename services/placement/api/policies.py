"""``/v1/policies``: gates, bans, corridors, costs, ages, hours and rates, as dated law that two people decide on."""

from typing import Any

from services.placement.actions import policies as actions
from services.placement.api.context import current_caller, house, seen_version
from services.placement.model.policy import holds_on
from services.placement.schemas import policies as schemas
from shared import clock
from shared.http.blueprints import Blueprint
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent

blp = Blueprint("policies", __name__, url_prefix="/v1/policies", description="Law as dated data")

Answer = dict[str, Any]


def shown(policy: Answer) -> Answer:
    row = holds_on(policy["revisions"], clock.today().isoformat())
    return {**policy, "id": policy["_id"], "in_force": row["number"] if row else None}


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(schemas.PolicyInSchema)
@blp.response(201, schemas.PolicyOutSchema)
@idempotent(show=lambda id: shown(actions.show(current_caller(), house(), id)), location="/v1/policies/{id}")
def proposed(data: Answer) -> Answer:
    """Propose a new policy; somebody else must approve it"""
    return shown(actions.propose(current_caller(), house(), data))


@blp.route("", methods=["GET"])
@blp.arguments(schemas.PolicyArgsSchema, location="query")
@blp.response(200, schemas.PolicyPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Policies in the order of their ids, with all their revisions"""
    found = actions.page(current_caller(), house(), args)
    return {"items": [shown(row) for row in found["items"]], "next": found["next"]}, next_link(found["next"])


@blp.route("/<policy_id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.PolicyOutSchema)
def opened(policy_id: str) -> Answer:
    """One policy with all its revisions"""
    return shown(actions.show(current_caller(), house(), policy_id))


@blp.route("/<policy_id>/revisions", methods=["POST"])
@blp.arguments(schemas.RevisionInSchema)
@blp.response(201, schemas.PolicyOutSchema)
def revised(data: Answer, policy_id: str) -> Answer:
    """Propose a revision; once approved it holds on its own days and older rows keep the rest"""
    return shown(actions.propose_revision(current_caller(), house(), policy_id, data))


@blp.route("/<policy_id>/end", methods=["POST"])
@blp.arguments(schemas.EndInSchema)
@blp.response(201, schemas.PolicyOutSchema)
def ended(data: Answer, policy_id: str) -> Answer:
    """Propose that nothing of the policy is law after a day"""
    return shown(actions.propose_end(current_caller(), house(), policy_id, data))


@blp.route("/<policy_id>/revisions/<int:number>/approve", methods=["POST"])
@blp.response(200, schemas.PolicyOutSchema)
def approved(policy_id: str, number: int) -> Answer:
    """Approve a proposal of somebody else"""
    return shown(actions.approve(current_caller(), house(), policy_id, number, seen_version()))


@blp.route("/<policy_id>/revisions/<int:number>/reject", methods=["POST"])
@blp.arguments(schemas.RejectInSchema)
@blp.response(200, schemas.PolicyOutSchema)
def rejected(data: Answer, policy_id: str, number: int) -> Answer:
    """Turn a proposal down, or take one's own back"""
    return shown(actions.reject(current_caller(), house(), policy_id, number, seen_version(), reason=data["reason"]))
