"""`/v1/subscriptions`: endpoints that events are sent to, their secrets, and how it goes."""

from typing import Any

from services.partners.actions import deliveries, explaining
from services.partners.actions import subscriptions as actions
from services.partners.api.context import current_caller, house, waiting
from services.partners.schemas import subscriptions as schemas
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent

blp = Blueprint("subscriptions", __name__, url_prefix="/v1/subscriptions", description="Webhooks")


def _show(id: str) -> Any:
    return actions.show(current_caller(), house(), id)


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(schemas.SubscriptionInSchema)
@blp.response(201, schemas.SubscriptionMadeSchema)
@idempotent(_show, location="/v1/subscriptions/{id}")
def create(data: dict[str, Any]) -> Any:
    """Subscribe an endpoint; the secret is shown this once"""
    return actions.create(current_caller(), house(), data)


@blp.route("", methods=["GET"])
@blp.arguments(schemas.SubscriptionArgsSchema, location="query")
@blp.response(200, schemas.SubscriptionPageSchema)
def listed(args: dict[str, Any]) -> Any:
    """Your subscriptions"""
    found = actions.page(current_caller(), house(), args)
    return found, 200, next_link(found["next"])


@blp.route("/<id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.SubscriptionOutSchema)
def show(id: str) -> Any:
    """One subscription and how its deliveries go"""
    return _show(id)


@blp.route("/<id>", methods=["PATCH"])
@blp.etag
@blp.arguments(schemas.SubscriptionPatchSchema)
@blp.response(200, schemas.SubscriptionOutSchema)
def change(changes: dict[str, Any], id: str) -> Any:
    """Change it, pause it, or set it going again from where it stood"""
    return actions.change(current_caller(), house(), id, if_match(), changes)


@blp.route("/<id>", methods=["DELETE"])
@blp.etag
@blp.response(204)
def close(id: str) -> None:
    """End it for good; its log stays"""
    actions.close(current_caller(), house(), id, if_match())


@blp.route("/<id>/secret:rotate", methods=["POST"])
@blp.arguments(schemas.RotateInSchema)
@blp.response(200, schemas.RotateOutSchema)
def rotate(data: dict[str, Any], id: str) -> Any:
    """A new secret, shown this once; the old one signs too for a while"""
    return actions.rotate(current_caller(), house(), id, data["keep_hours"])


@blp.route("/<id>/test", methods=["POST"])
@blp.arguments(schemas.TestInSchema)
@blp.response(200, schemas.TestOutSchema)
def test(data: dict[str, Any], id: str) -> Any:
    """Send the sample of an event now and see what came of it"""
    return actions.test(current_caller(), house(), waiting(), id, data["type"])


@blp.route("/<id>:recover", methods=["POST"])
@blp.arguments(schemas.SinceArgsSchema, location="query")
@blp.response(200, schemas.AgainSchema)
def recover(args: dict[str, Any], id: str) -> Any:
    """Send whatever happened since a moment and was not accepted here"""
    return deliveries.recover(current_caller(), house(), id, args["since"])


@blp.route("/<id>/why", methods=["GET"])
@blp.arguments(schemas.WhyArgsSchema, location="query")
@blp.response(200, schemas.WhyOutSchema)
def why(args: dict[str, Any], id: str) -> Any:
    """Why did I not get this? By position, or everything about one id"""
    return {"items": explaining.why(current_caller(), house(), id, args)}
