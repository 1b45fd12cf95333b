"""`/v1/organisations`: partners, what was agreed with them, and their API keys."""

from typing import Any

from services.partners.actions import organisations as actions
from services.partners.api.context import current_caller, house, shown, shown_page
from services.partners.schemas import organisations as schemas
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.idempotency import idempotent

blp = Blueprint("organisations", __name__, url_prefix="/v1/organisations", description="Partners and their keys")


def _show(id: str) -> Any:
    return shown(actions.show(current_caller(), house(), id))


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(schemas.OrganisationInSchema)
@blp.response(201, schemas.OrganisationOutSchema)
@idempotent(_show, location="/v1/organisations/{id}")
def register(data: dict[str, Any]) -> Any:
    """Enter a partner, after its agreement was signed"""
    return shown(actions.register(current_caller(), house(), {**data, "status": "ACTIVE"}))


@blp.route("", methods=["GET"])
@blp.arguments(schemas.OrganisationArgsSchema, location="query")
@blp.response(200, schemas.OrganisationPageSchema)
def listed(args: dict[str, Any]) -> Any:
    """Partners, in the order of their ids; a partner sees itself"""
    found = shown_page(actions.page(current_caller(), house(), args))
    return found, 200, next_link(found["next"])


@blp.route("/<id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.OrganisationOutSchema)
def show(id: str) -> Any:
    """One partner"""
    return _show(id)


@blp.route("/<id>", methods=["PATCH"])
@blp.etag
@blp.arguments(schemas.OrganisationPatchSchema)
@blp.response(200, schemas.OrganisationOutSchema)
def change(changes: dict[str, Any], id: str) -> Any:
    """Change what was agreed, suspend, or let in again"""
    return shown(actions.change(current_caller(), house(), id, if_match(), changes))


@blp.route("/<id>/keys", methods=["POST"])
@blp.response(201, schemas.KeyOutSchema)
def issue_key(id: str) -> Any:
    """A new API key, shown this once; two may be live at a time"""
    return actions.issue_key(current_caller(), house(), id)


@blp.route("/<id>/keys", methods=["GET"])
@blp.response(200, schemas.KeyListSchema)
def keys(id: str) -> Any:
    """The live keys, without their secrets"""
    return {"items": actions.keys(current_caller(), house(), id)}


@blp.route("/<id>/keys/<key_id>", methods=["DELETE"])
@blp.response(204)
def revoke_key(id: str, key_id: str) -> None:
    """End a key now"""
    actions.revoke_key(current_caller(), house(), id, key_id)


@blp.route("/<id>/notices", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, schemas.NoticePageSchema)
def notices(args: dict[str, Any], id: str) -> Any:
    """What the contact was told: an endpoint that was disabled, a secret that was changed"""
    found = shown_page(actions.notices(current_caller(), house(), id, args))
    return found, 200, next_link(found["next"])
