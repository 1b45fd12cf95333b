"""``/v1/job-orders``: what companies offer, what reviewers verified, and the slots that are reserved."""

from typing import Any

from services.placement.actions import job_orders as actions
from services.placement.actions import judgements, reservations
from services.placement.api.context import current_caller, house, if_match, seen_version, shown
from services.placement.model import quota as quotas
from services.placement.schemas import bookings
from services.placement.schemas import job_orders as schemas
from shared.http.blueprints import Blueprint
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.idempotency import idempotent
from shared.http.merging import merges_into

blp = Blueprint("job orders", __name__, url_prefix="/v1/job-orders", description="Job orders and their slots")

Answer = dict[str, Any]


def with_slots(order: Answer) -> Answer:
    return _all_with_slots([order])[0]


def _all_with_slots(orders: list[Answer]) -> list[Answer]:
    """The orders with their slots and with what the law says of them."""
    slots = house().job_orders.quotas_of([row["_id"] for row in orders])
    known = judgements.with_judgements(house(), orders, of=judgements.JOB_ORDER)
    return [{**shown(row), "quota": {**slots[row["_id"]], "left": quotas.left(slots[row["_id"]])}} for row in known]


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(schemas.OrderInSchema)
@blp.response(201, schemas.OrderOutSchema)
@idempotent(show=lambda id: with_slots(actions.show(current_caller(), house(), id)), location="/v1/job-orders/{id}")
def published(data: Answer) -> Answer:
    """Publish an order; it waits to be verified"""
    return with_slots(actions.publish(current_caller(), house(), data))


@blp.route("", methods=["GET"])
@blp.arguments(schemas.OrderArgsSchema, location="query")
@blp.response(200, schemas.OrderPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Orders in the order of their ids; a company sees its own"""
    found = actions.page(current_caller(), house(), args)
    return {"items": _all_with_slots(found["items"]), "next": found["next"]}, next_link(found["next"])


@blp.route("/<order_id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.OrderOutSchema)
def opened(order_id: str) -> Answer:
    """One order with its slots"""
    return with_slots(actions.show(current_caller(), house(), order_id))


@blp.route("/<order_id>", methods=["PATCH"])
@blp.etag
@merges_into(lambda order_id: actions.as_sent(house().job_orders.load(order_id)))
@blp.arguments(schemas.OrderPatchSchema)
@blp.response(200, schemas.OrderOutSchema)
def changed(changes: Answer, order_id: str) -> Answer:
    """Change an order; a company's change sends it back to be verified"""
    return with_slots(actions.change(current_caller(), house(), order_id, if_match(), changes))


@blp.route("/<order_id>/verify", methods=["POST"])
@blp.arguments(schemas.VerifyInSchema)
@blp.response(200, schemas.OrderOutSchema)
def verified(data: Answer, order_id: str) -> Answer:
    """Verify an order that is lawful by itself, or reject it with a reason; If-Match: what you looked at"""
    return with_slots(actions.verify(current_caller(), house(), order_id, seen_version(), **data))


@blp.route("/<order_id>/trail", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, bookings.TrailPageSchema)
def trail(args: Answer, order_id: str) -> tuple[Answer, dict[str, str]]:
    """What was done with it, by whom and why, and what the law did"""
    found = actions.trail(current_caller(), house(), order_id, args)
    return found, next_link(found["next"])


@blp.route("/<order_id>/close", methods=["POST"])
@blp.arguments(schemas.CloseInSchema)
@blp.response(200, schemas.OrderOutSchema)
def closed(data: Answer, order_id: str) -> Answer:
    """End an order before its closing date, for good"""
    return with_slots(actions.close(current_caller(), house(), order_id, seen_version(), **data))


@blp.route("/<order_id>/reservations", methods=["POST"])
@blp.arguments(bookings.ReservationInSchema)
@blp.response(201, bookings.ReservationOutSchema)
@idempotent(show=lambda id: shown(reservations.show(current_caller(), house(), id)))
def reserved(data: Answer, order_id: str) -> Answer:
    """Hold a slot for a person"""
    return shown(reservations.reserve(current_caller(), house(), order_id, data["candidate_id"], days=data["days"]))


@blp.route("/<order_id>/reservations", methods=["GET"])
@blp.arguments(bookings.ReservationArgsSchema, location="query")
@blp.response(200, bookings.ReservationPageSchema)
def reservations_listed(args: Answer, order_id: str) -> tuple[Answer, dict[str, str]]:
    """Reservations of an order"""
    found = reservations.page(current_caller(), house(), order_id, args)
    return {"items": [shown(row) for row in found["items"]], "next": found["next"]}, next_link(found["next"])


@blp.route("/<order_id>/reservations/<reservation_id>", methods=["GET"])
@blp.response(200, bookings.ReservationOutSchema)
def reservation(order_id: str, reservation_id: str) -> Answer:
    """One reservation"""
    return shown(reservations.show(current_caller(), house(), reservation_id, job_order_id=order_id))


@blp.route("/<order_id>/reservations/<reservation_id>", methods=["DELETE"])
@blp.response(204)
def released(order_id: str, reservation_id: str) -> None:
    """Give a held slot back"""
    reservations.release(current_caller(), house(), order_id, reservation_id)
