"""``/v1/foreign-partners``: agencies and employers abroad, and whether they are listed as a problem."""

from typing import Any

from services.placement.actions import partners as actions
from services.placement.api.context import current_caller, house, if_match
from services.placement.model.partner import listed_on
from services.placement.schemas import companies as schemas
from shared import clock
from shared.http.blueprints import Blueprint
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent
from shared.http.merging import merges_into

blp = Blueprint(
    "foreign partners", __name__, url_prefix="/v1/foreign-partners", description="Agencies and employers abroad"
)

Answer = dict[str, Any]


def shown(partner: Answer) -> Answer:
    return {**partner, "id": partner["_id"], "listed": listed_on(partner, clock.today().isoformat())}


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(schemas.PartnerInSchema)
@blp.response(201, schemas.PartnerOutSchema)
@idempotent(show=lambda id: shown(actions.show(current_caller(), house(), id)), location="/v1/foreign-partners/{id}")
def registered(data: Answer) -> Answer:
    """Enter a partner"""
    return shown(actions.register(current_caller(), house(), data))


@blp.route("", methods=["GET"])
@blp.arguments(schemas.PartnerArgsSchema, location="query")
@blp.response(200, schemas.PartnerPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Partners in the order of their ids"""
    found = actions.page(current_caller(), house(), args)
    return {"items": [shown(row) for row in found["items"]], "next": found["next"]}, next_link(found["next"])


@blp.route("/<partner_id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.PartnerOutSchema)
def opened(partner_id: str) -> Answer:
    """One partner"""
    return shown(actions.show(current_caller(), house(), partner_id))


@blp.route("/<partner_id>", methods=["PATCH"])
@blp.etag
@merges_into(lambda partner_id: house().partners.load(partner_id))
@blp.arguments(schemas.PartnerPatchSchema)
@blp.response(200, schemas.PartnerOutSchema)
def changed(changes: Answer, partner_id: str) -> Answer:
    """Change a partner, put it on the list of problem partners, or take it off"""
    return shown(actions.change(current_caller(), house(), partner_id, if_match(), changes))
