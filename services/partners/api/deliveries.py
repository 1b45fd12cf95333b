"""`/v1/deliveries`: what was sent, what came of each try, and sending it again."""

from typing import Any

from services.partners.actions import deliveries as actions
from services.partners.api.context import current_caller, house, shown, shown_page
from services.partners.schemas import subscriptions as schemas
from shared.http.blueprints import Blueprint
from shared.http.cursors import next_link

blp = Blueprint("deliveries", __name__, description="The delivery log")


@blp.route("/v1/deliveries", methods=["GET"])
@blp.arguments(schemas.DeliveryArgsSchema, location="query")
@blp.response(200, schemas.DeliveryPageSchema)
def listed(args: dict[str, Any]) -> Any:
    """The log of one subscription, newest event first"""
    found = shown_page(actions.page(current_caller(), house(), args))
    return found, 200, next_link(found["next"])


@blp.route("/v1/deliveries/<id>", methods=["GET"])
@blp.response(200, schemas.DeliveryWholeSchema)
def show(id: str) -> Any:
    """One delivery with every try, and what is sent"""
    return shown(actions.show(current_caller(), house(), id))


@blp.route("/v1/deliveries/<id>:redeliver", methods=["POST"])
@blp.response(200, schemas.DeliveryOutSchema)
def redeliver(id: str) -> Any:
    """Send one event again, under the same webhook-id"""
    return shown(actions.redeliver(current_caller(), house(), id))


@blp.route("/v1/deliveries:redeliver", methods=["POST"])
@blp.arguments(schemas.BulkInSchema)
@blp.response(200, schemas.AgainSchema)
def redeliver_failed(data: dict[str, Any]) -> Any:
    """Send again everything that failed for good, perhaps only since a moment"""
    return actions.redeliver_failed(current_caller(), house(), data["subscription_id"], data["since"])
