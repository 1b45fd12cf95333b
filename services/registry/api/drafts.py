"""Routes of registrations that are not finished: each is its writer's own, sealed, and gone after a week."""

from typing import Any

from services.registry.actions import drafts as actions
from services.registry.api.context import current_caller, house
from services.registry.schemas import drafts
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match
from shared.http.idempotency import idempotent

blp = Blueprint("drafts", __name__, url_prefix="/v1/drafts", description="Registrations that are not finished")

Answer = dict[str, Any]


def shown(document: Answer) -> Answer:
    return {**document, "id": document["_id"]}


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(drafts.DraftSchema)
@blp.response(201, drafts.DraftShownSchema)
@idempotent(show=lambda id: shown(actions.show(current_caller(), house(), id)), location="/v1/drafts/{id}")
def begun(draft: Answer) -> Answer:
    """Keep a registration that is not finished, for a week after its last change"""
    return shown(actions.begin(current_caller(), house(), draft["content"]))


@blp.route("", methods=["GET"])
@blp.response(200, drafts.DraftsShownSchema)
def listed() -> Answer:
    """Your own, the newest first"""
    return {"items": [shown(one) for one in actions.mine(current_caller(), house())]}


@blp.route("/<draft_id>", methods=["GET"])
@blp.etag
@blp.response(200, drafts.DraftShownSchema)
def opened(draft_id: str) -> Answer:
    """One of your own"""
    return shown(actions.show(current_caller(), house(), draft_id))


@blp.route("/<draft_id>", methods=["PUT"])
@blp.etag
@blp.arguments(drafts.DraftSchema)
@blp.response(200, drafts.DraftShownSchema)
def saved(draft: Answer, draft_id: str) -> Answer:
    """Replace it"""
    return shown(actions.save(current_caller(), house(), draft_id, if_match(), draft["content"]))


@blp.route("/<draft_id>", methods=["DELETE"])
@blp.response(204)
def thrown_away(draft_id: str) -> None:
    """Forget it"""
    actions.throw_away(current_caller(), house(), draft_id)
