"""`/v1/catalogue`: which events there are, what for, and who may hear them. Open to everybody."""

from typing import Any

from services.partners.actions import catalogue as actions
from services.partners.schemas import catalogue as schemas
from shared.http.blueprints import Blueprint
from shared.http.callers import public

blp = Blueprint("catalogue", __name__, url_prefix="/v1/catalogue", description="Which events there are")


@blp.route("", methods=["GET"])
@public
@blp.response(200, schemas.KindListSchema)
def listed() -> Any:
    """Every kind of event: purpose, schema, sample, personal fields, legal basis, who may subscribe"""
    return {"items": actions.everything()}


@blp.route("/<type>", methods=["GET"])
@public
@blp.response(200, schemas.KindOutSchema)
def show(type: str) -> Any:
    """One kind of event"""
    return actions.one(type)
