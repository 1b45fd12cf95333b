"""`/v1/batches/{id}/attendance`: who was there, day by day."""

from typing import Any

from services.training.actions import attendance as actions
from services.training.api.context import current_caller, house
from services.training.schemas.attendance import AttendanceArgsSchema, AttendanceInSchema, AttendanceSchema
from shared.http.blueprints import Blueprint

blp = Blueprint("attendance", __name__, url_prefix="/v1/batches", description="Who was there, day by day")


@blp.route("/<id>/attendance", methods=["GET"])
@blp.arguments(AttendanceArgsSchema, location="query")
@blp.response(200, AttendanceSchema)
def listed(args: dict[str, Any], id: str) -> Any:
    """Everybody in class with the days they came; of one day, who was there. Random ids, no names"""
    return actions.listed(current_caller(), house(), id, args.get("day"))


@blp.route("/<id>/attendance", methods=["PUT"])
@blp.arguments(AttendanceInSchema)
@blp.response(200, AttendanceSchema)
def record(said: dict[str, Any], id: str) -> Any:
    """Who was there on a day and who was not; whoever is not named stays as recorded"""
    return actions.record(current_caller(), house(), id, said)
