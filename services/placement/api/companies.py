"""``/v1/companies``: placement companies (P3MI) and the API keys by which they write their own orders."""

from typing import Any

from services.placement.actions import companies as actions
from services.placement.api.context import current_caller, house, if_match, shown
from services.placement.schemas import companies as schemas
from shared.http.blueprints import Blueprint
from shared.http.cursors import ChangedArgsSchema, next_link
from shared.http.idempotency import idempotent

blp = Blueprint("companies", __name__, url_prefix="/v1/companies", description="Placement companies (P3MI)")

Answer = dict[str, Any]


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(schemas.CompanyInSchema)
@blp.response(201, schemas.CompanyOutSchema)
@idempotent(show=lambda id: shown(actions.show(current_caller(), house(), id)), location="/v1/companies/{id}")
def registered(data: Answer) -> Answer:
    """Enter a company as the licence list shows it"""
    return shown(actions.register(current_caller(), house(), data))


@blp.route("", methods=["GET"])
@blp.arguments(ChangedArgsSchema, location="query")
@blp.response(200, schemas.CompanyPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Companies in the order of their ids; a company sees itself"""
    found = actions.page(current_caller(), house(), args)
    return {"items": [shown(row) for row in found["items"]], "next": found["next"]}, next_link(found["next"])


@blp.route("/<company_id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.CompanyOutSchema)
def opened(company_id: str) -> Answer:
    """One company"""
    return shown(actions.show(current_caller(), house(), company_id))


@blp.route("/<company_id>", methods=["PATCH"])
@blp.etag
@blp.arguments(schemas.CompanyPatchSchema)
@blp.response(200, schemas.CompanyOutSchema)
def changed(changes: Answer, company_id: str) -> Answer:
    """Change the licence or the name; the company's orders are told again"""
    return shown(actions.change(current_caller(), house(), company_id, if_match(), changes))


@blp.route("/<company_id>/keys", methods=["POST"])
@blp.response(201, schemas.NewKeySchema)
def key_issued(company_id: str) -> Answer:
    """A new API key, shown this once; two may be live at a time, so that one can be rotated"""
    return actions.issue_key(current_caller(), house(), company_id)


@blp.route("/<company_id>/keys", methods=["GET"])
@blp.response(200, schemas.KeyListSchema)
def keys(company_id: str) -> Answer:
    """The live keys, without their secrets"""
    return {"items": actions.keys(current_caller(), house(), company_id)}


@blp.route("/<company_id>/keys/<key_id>", methods=["DELETE"])
@blp.response(204)
def key_revoked(company_id: str, key_id: str) -> None:
    """End a key now"""
    actions.revoke_key(current_caller(), house(), company_id, key_id)
