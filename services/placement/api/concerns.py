"""``/v1/check`` and ``/v1/concerns``: is this offer real, and something is wrong with it. Open to everybody."""

from typing import Any

from services.placement.actions import check as checking
from services.placement.actions import concerns as actions
from services.placement.api.context import current_caller, house, seen_version, shown
from services.placement.schemas import concerns as schemas
from services.placement.schemas.sentences import of_finding, of_licence, of_offer, what_to_do
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent

blp = Blueprint("concerns", __name__, description="Is this offer real? Report one that is not")

Answer = dict[str, Any]


@blp.route("/v1/check", methods=["GET"])
@public
@blp.arguments(schemas.CheckArgsSchema, location="query")
@blp.response(200, schemas.CheckOutSchema)
def checked(args: Answer) -> Answer:
    """Is this offer real? Name the job order, its company, or both, however you would write them"""
    found = checking.check(house(), args)
    owner = found.pop("owner")
    company, order = found["company"], found["job_order"]
    return {
        **found,
        "text": what_to_do(found["verdict"], found["findings"]),
        "findings": [
            {"code": code, "text": of_finding(code, owner=owner, named=company)} for code in found["findings"]
        ],
        "company": company and {**shown(company), "text": of_licence(company)},
        "job_order": order and {**shown(order), "text": of_offer(order)},
    }


@blp.route("/v1/concerns", methods=["POST"])
@public
@blp.arguments(schemas.ConcernInSchema)
@blp.response(201, schemas.ReceiptSchema)
@idempotent(show=lambda id: shown(actions.load(house(), id)))
def reported(data: Answer) -> Answer:
    """Report a suspicious offer. Who reports is not stored"""
    return shown(actions.report(house(), data))


@blp.route("/v1/concerns", methods=["GET"])
@blp.arguments(schemas.ConcernArgsSchema, location="query")
@blp.response(200, schemas.ConcernPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Concerns, for reviewers"""
    found = actions.page(current_caller(), house(), args)
    return {"items": [shown(row) for row in found["items"]], "next": found["next"]}, next_link(found["next"])


@blp.route("/v1/concerns/<concern_id>", methods=["GET"])
@blp.response(200, schemas.ConcernOutSchema)
def opened(concern_id: str) -> Answer:
    """One concern, for reviewers"""
    return shown(actions.show(current_caller(), house(), concern_id))


@blp.route("/v1/concerns/<concern_id>/confirm", methods=["POST"])
@blp.arguments(schemas.ConfirmInSchema)
@blp.response(200, schemas.ConcernOutSchema)
def confirmed(data: Answer, concern_id: str) -> Answer:
    """It is real: the company's orders are suspended"""
    return shown(actions.confirm(current_caller(), house(), concern_id, seen_version(), data))


@blp.route("/v1/concerns/<concern_id>/dismiss", methods=["POST"])
@blp.arguments(schemas.DecideInSchema)
@blp.response(200, schemas.ConcernOutSchema)
def dismissed(data: Answer, concern_id: str) -> Answer:
    """There was nothing in it"""
    return shown(actions.dismiss(current_caller(), house(), concern_id, seen_version(), data["decision"]))


@blp.route("/v1/concerns/<concern_id>/resolve", methods=["POST"])
@blp.arguments(schemas.DecideInSchema)
@blp.response(200, schemas.ConcernOutSchema)
def resolved(data: Answer, concern_id: str) -> Answer:
    """It is settled: what it held back comes back"""
    return shown(actions.resolve(current_caller(), house(), concern_id, seen_version(), data["decision"]))
