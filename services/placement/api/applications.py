"""``/v1/applications``: who applied to which order, and how far it is."""

from typing import Any

from services.placement.actions import applications as actions
from services.placement.actions import departures, judgements
from services.placement.actions.house import COMPANY
from services.placement.api.context import current_caller, house, if_match, shown
from services.placement.schemas import bookings as schemas
from shared.http.blueprints import Blueprint
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.idempotency import idempotent

blp = Blueprint("applications", __name__, url_prefix="/v1/applications", description="Applications to job orders")

Answer = dict[str, Any]


def judged(application: Answer) -> Answer:
    """As visitors see it, with what the law says of it."""
    return all_judged([application])[0]


def all_judged(applications: list[Answer]) -> list[Answer]:
    found = judgements.with_judgements(house(), applications, of=judgements.APPLICATION)
    if current_caller().kind == COMPANY:
        found = [dict(judgements.for_company(row)) for row in found]
    return [shown(row) for row in found]


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(schemas.ApplicationInSchema)
@blp.response(201, schemas.ApplicationOutSchema)
@idempotent(show=lambda id: judged(actions.show(current_caller(), house(), id)), location="/v1/applications/{id}")
def applied(data: Answer) -> Answer:
    """A person applies to an order that is open and verified"""
    return judged(actions.apply(current_caller(), house(), data["candidate_id"], data["job_order_id"]))


@blp.route("", methods=["GET"])
@blp.arguments(schemas.ApplicationArgsSchema, location="query")
@blp.response(200, schemas.ApplicationPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Applications of one person or to one order; a company sees those to its own orders, an office those it made"""
    found = actions.page(current_caller(), house(), args)
    return {"items": all_judged(found["items"]), "next": found["next"]}, next_link(found["next"])


@blp.route("/<application_id>", methods=["GET"])
@blp.etag
@blp.response(200, schemas.ApplicationOutSchema)
def opened(application_id: str) -> Answer:
    """One application"""
    return judged(actions.show(current_caller(), house(), application_id))


@blp.route("/<application_id>", methods=["PATCH"])
@blp.etag
@blp.arguments(schemas.ApplicationPatchSchema)
@blp.response(200, schemas.ApplicationOutSchema)
def moved(step: Answer, application_id: str) -> Answer:
    """The next step, where the law allows it: SELECTED, AGREED (with a slot), DEPARTED; or WITHDRAWN, REJECTED"""
    return judged(actions.move(current_caller(), house(), application_id, if_match(), **step))


@blp.route("/<application_id>/overrides", methods=["POST"])
@blp.etag
@blp.arguments(schemas.OverrideInSchema)
@blp.response(201, schemas.ApplicationOutSchema)
@idempotent(show=lambda id: judged(actions.show(current_caller(), house(), id)))
def overridden(data: Answer, application_id: str) -> Answer:
    """A supervisor answers, with a reason, for rules that are not known; never for one that is not met"""
    return judged(actions.override(current_caller(), house(), application_id, **data))


@blp.route("/<application_id>/trail", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, schemas.TrailPageSchema)
def trail(args: Answer, application_id: str) -> tuple[Answer, dict[str, str]]:
    """What was done with it, by whom and why, and what the law did"""
    found = actions.trail(current_caller(), house(), application_id, args)
    if current_caller().kind == COMPANY:
        found = {**found, "items": [judgements.row_for_company(row) for row in found["items"]]}
    return found, next_link(found["next"])


@blp.route("/<application_id>/departure", methods=["PUT"])
@blp.etag
@blp.arguments(schemas.DepartureInSchema)
@blp.response(200, schemas.ApplicationOutSchema)
def departs(departure: Answer, application_id: str) -> Answer:
    """When an AGREED person leaves and by which ports; the provinces on the way are told"""
    return judged(departures.announce(current_caller(), house(), application_id, if_match(), departure))
