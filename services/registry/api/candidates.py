"""Routes of the counter: register, find, open, correct and erase a person."""

from typing import Any

from services.registry.actions import candidates, find, merging
from services.registry.api.context import current_caller, house
from services.registry.schemas import desks, person, shown, specific
from shared.http.blueprints import Blueprint
from shared.http.conditional import if_match
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent
from shared.http.merging import merges_into

blp = Blueprint("candidates", __name__, description="People who want to work abroad")

Answer = dict[str, Any]


def page_of(document: Answer) -> Answer:
    """The body of every answer that shows a person."""
    return shown.page_of(document, house().candidates.applications(document["_id"]))


@blp.route("/v1/candidates", methods=["POST"])
@blp.etag
@blp.arguments(person.RegistrationSchema)
@blp.response(201, shown.CandidateSchema)
@idempotent(
    show=lambda id: page_of(candidates.show_again(current_caller(), house(), id)), location="/v1/candidates/{id}"
)
def register(profile: Answer) -> Answer:
    """Register a person. 409 `possible_duplicate` when somebody like this is registered already."""
    confirm_new = profile.pop("confirm_new")
    apart = specific.declared(profile)
    return page_of(candidates.register(current_caller(), house(), profile, specific=apart, confirm_new=confirm_new))


@blp.route("/v1/candidates", methods=["GET"])
@blp.arguments(desks.ListArgsSchema, location="query")
@blp.response(200, shown.GlancesSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """The candidates of a service centre, by number. Everyone on the page gets a row in their trail."""
    found = find.page(current_caller(), house(), args)
    return {"items": [shown.glance(row) for row in found["items"]], "next": found["next"]}, next_link(found["next"])


@blp.route("/v1/candidates:search", methods=["POST"])
@blp.arguments(desks.SearchSchema)
@blp.response(200, shown.FoundSchema)
def search(box: Answer) -> Answer:
    """Find a person by NIK, number, phone or name; at most 20. A POST, so that no name stands in an address."""
    return {"items": [shown.glance(row) for row in find.search(current_caller(), house(), box["query"])]}


@blp.route("/v1/candidates/<candidate_id>", methods=["GET"])
@blp.etag
@blp.response(200, shown.CandidateSchema)
def opened(candidate_id: str) -> Answer:
    """The whole page of a person. The trail records who opened it."""
    return page_of(candidates.open_page(current_caller(), house(), candidate_id))


@blp.route("/v1/candidates/<candidate_id>", methods=["PATCH"])
@blp.etag
@merges_into(lambda candidate_id: house().candidates.load(candidate_id))
@blp.arguments(person.AmendmentSchema)
@blp.response(200, shown.CandidateSchema)
def amended(changes: Answer, candidate_id: str) -> Answer:
    """Correct what the person declared: only what is sent changes (RFC 7396), null clears, lists are replaced."""
    return page_of(candidates.amend(current_caller(), house(), candidate_id, if_match(), changes))


@blp.route("/v1/candidates/<candidate_id>/merges", methods=["POST"])
@blp.etag
@blp.arguments(desks.MergeSchema)
@blp.response(201, shown.CandidateSchema)
@idempotent(show=lambda id: page_of(candidates.show_again(current_caller(), house(), id)))
def merged(asked: Answer, candidate_id: str) -> Answer:
    """Take another record of the same person into this one; the other id answers 410 `candidate_merged` from then on"""
    return page_of(merging.merge(current_caller(), house(), candidate_id, if_match(), **asked))


@blp.route("/v1/candidates/<candidate_id>", methods=["DELETE"])
@blp.arguments(desks.ForgetSchema, location="query")
@blp.response(204)
def erased(args: Answer, candidate_id: str) -> None:
    """Erase a person here and, by the tombstone, in every house that heard of them."""
    candidates.forget(current_caller(), house(), candidate_id, if_match(), args["reason"])
