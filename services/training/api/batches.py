"""`/v1/batches`: one batch at a time, whichever course it belongs to."""

from typing import Any

from services.training.actions import batches as actions
from services.training.api.context import current_caller, house, shown
from services.training.schemas.batches import BatchOutSchema, BatchPatchSchema
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match, shown_anew

blp = Blueprint("batches", __name__, url_prefix="/v1/batches", description="Dates, place and seats")


@blp.route("/<id>", methods=["GET"])
@blp.etag
@blp.response(200, BatchOutSchema)
def show(id: str) -> Any:
    """One batch"""
    shown_anew()
    return shown(actions.load(house(), id))


@blp.route("/<id>", methods=["PATCH"])
@blp.etag
@blp.arguments(BatchPatchSchema)
@blp.response(200, BatchOutSchema)
def change(changes: dict[str, Any], id: str) -> Any:
    """Change dates, place, seats or state; CANCELLED lets its people go"""
    return shown(actions.change(current_caller(), house(), id, if_match(), changes))
