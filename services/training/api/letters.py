"""`/v1/enrolments/{id}/letters` and `/v1/letters`: letters of referral, and their check for everybody."""

from typing import Any

from services.training.actions import letters as actions
from services.training.api.context import current_caller, house
from services.training.schemas.letters import (
    KeySetSchema,
    LetterCheckSchema,
    LetterInSchema,
    LetterOutSchema,
    LetterPageSchema,
    LetterPatchSchema,
)
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.http.conditional import if_match
from shared.http.idempotency import idempotent

blp = Blueprint("letters", __name__, description="Letters of referral, and whether one is genuine")


@blp.route("/v1/enrolments/<id>/letters", methods=["POST"])
@blp.etag
@blp.arguments(LetterInSchema)
@blp.response(201, LetterOutSchema)
@idempotent(lambda code: actions.show(current_caller(), house(), code), location="/v1/letters/{id}/whole")
def issued(data: dict[str, Any], id: str) -> Any:
    """A letter for this referral; an earlier one is void from now on"""
    return actions.issue(current_caller(), house(), id, data)


@blp.route("/v1/enrolments/<id>/letters", methods=["GET"])
@blp.response(200, LetterPageSchema)
def listed(id: str) -> Any:
    """The letters of a referral, newest first"""
    return {"items": actions.of_enrolment(current_caller(), house(), id), "next": None}


@blp.route("/v1/letters/<code>/whole", methods=["GET"])
@blp.etag
@blp.response(200, LetterOutSchema)
def shown(code: str) -> Any:
    """The whole letter, for the office and the provider it is addressed to"""
    return actions.show(current_caller(), house(), code)


@blp.route("/v1/letters/<code>", methods=["PATCH"])
@blp.etag
@blp.arguments(LetterPatchSchema)
@blp.response(200, LetterOutSchema)
def revoked(changes: dict[str, Any], code: str) -> Any:
    """Take a letter back; the referral stands"""
    return actions.revoke(current_caller(), house(), code, if_match(), changes["reason"])


@blp.route("/v1/letters/<code>", methods=["GET"])
@public
@blp.response(200, LetterCheckSchema)
def checked(code: str) -> Any:
    """Is this letter good? By the code on the paper, however it is typed. Never the name of the person"""
    return actions.check(house(), code)


@blp.route("/v1/letters/keys", methods=["GET"])
@public
@blp.response(200, KeySetSchema)
def keys() -> Any:
    """The public keys by which the square code of a letter is checked without asking anybody (JWK set)"""
    return actions.keys(house())
