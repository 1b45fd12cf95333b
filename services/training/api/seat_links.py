"""`/v1/seat-links`: "still six seats?", by a signed link, without signing in."""

from typing import Any

from services.training.actions import seat_links as actions
from services.training.api.context import current_caller, house
from services.training.schemas.seat_links import SeatAnswerSchema, SeatLinkSchema, SeatQuestionSchema
from shared.http.blueprints import Blueprint
from shared.http.callers import public

blp = Blueprint("seat-links", __name__, description="Free seats, confirmed by a signed link")


@blp.route("/v1/batches/<id>/seat-links", methods=["POST"])
@blp.response(201, SeatLinkSchema)
def made(id: str) -> Any:
    """A link for one batch of your own, good for two weeks; it holds nothing about anybody"""
    return actions.make(current_caller(), house(), id)


@blp.route("/v1/seat-links/<batch_id>/<slip>", methods=["GET"])
@public
@blp.response(200, SeatQuestionSchema)
def asked(batch_id: str, slip: str) -> Any:
    """What the link asks"""
    return actions.asked(house(), batch_id, slip)


@blp.route("/v1/seat-links/<batch_id>/<slip>", methods=["POST"])
@public
@blp.arguments(SeatAnswerSchema)
@blp.response(200, SeatQuestionSchema)
def answered(data: dict[str, Any], batch_id: str, slip: str) -> Any:
    """Confirm the free seats, or correct them; sent twice it is the same"""
    return actions.answer(house(), batch_id, slip, data["free"])
