"""`/v1/providers`: training providers and their API keys."""

from typing import Any

from services.training.actions import providers as actions
from services.training.api.context import current_caller, house, shown, shown_page
from services.training.schemas.providers import (
    KeyListSchema,
    KeyOutSchema,
    ProviderArgsSchema,
    ProviderInSchema,
    ProviderOutSchema,
    ProviderPageSchema,
    ProviderPatchSchema,
)
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent
from shared.http.merging import merges_into

blp = Blueprint("providers", __name__, url_prefix="/v1/providers", description="Training providers (BLK, BLKK, LPK)")


def _show(id: str) -> Any:
    return shown(actions.show(current_caller(), house(), id))


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(ProviderInSchema)
@blp.response(201, ProviderOutSchema)
@idempotent(_show, location="/v1/providers/{id}")
def register(data: dict[str, Any]) -> Any:
    """Enter a provider (province)"""
    return shown(actions.register(current_caller(), house(), data))


@blp.route("", methods=["GET"])
@blp.arguments(ProviderArgsSchema, location="query")
@blp.response(200, ProviderPageSchema)
def listed(args: dict[str, Any]) -> Any:
    """Providers, in the order of their ids; a provider sees itself"""
    found = shown_page(actions.page(current_caller(), house(), args))
    return found, 200, next_link(found["next"])


@blp.route("/<id>", methods=["GET"])
@blp.etag
@blp.response(200, ProviderOutSchema)
def show(id: str) -> Any:
    """One provider"""
    return _show(id)


@blp.route("/<id>", methods=["PATCH"])
@blp.etag
@merges_into(lambda id: house().store.providers.load(id))
@blp.arguments(ProviderPatchSchema)
@blp.response(200, ProviderOutSchema)
def change(changes: dict[str, Any], id: str) -> Any:
    """Change licence, accreditation or activity; its courses are told again"""
    return shown(actions.change(current_caller(), house(), id, if_match(), changes))


@blp.route("/<id>/keys", methods=["POST"])
@blp.response(201, KeyOutSchema)
def issue_key(id: str) -> Any:
    """A new API key, shown this once; two may be live at a time"""
    return actions.issue_key(current_caller(), house(), id)


@blp.route("/<id>/keys", methods=["GET"])
@blp.response(200, KeyListSchema)
def keys(id: str) -> Any:
    """The live keys, without their secrets"""
    return {"items": actions.keys(current_caller(), house(), id)}


@blp.route("/<id>/keys/<key_id>", methods=["DELETE"])
@blp.response(204)
def revoke_key(id: str, key_id: str) -> None:
    """End a key now"""
    actions.revoke_key(current_caller(), house(), id, key_id)
