"""`/v1/open-batches`: courses with open seats, for everybody."""

from typing import Any

from services.training.actions import opening
from services.training.api.context import house
from services.training.schemas.opening import OpenArgsSchema, OpenBatchesSchema
from shared.http.blueprints import Blueprint
from shared.http.callers import public

blp = Blueprint("open batches", __name__, url_prefix="/v1/open-batches", description="What anybody may join now")


@blp.route("", methods=["GET"])
@public
@blp.arguments(OpenArgsSchema, location="query")
@blp.response(200, OpenBatchesSchema)
def listed(args: dict[str, Any]) -> Any:
    """Batches of approved courses that take registrations, with the seats that are left; open to everybody"""
    return opening.listed(house(), args)
