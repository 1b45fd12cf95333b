"""Routes that advise: for a stored person, for a profile, again as it was, and what was decided."""

from typing import Any

from flask import jsonify

from services.matching.actions import decisions, histories, recommending
from services.matching.api.context import current_caller, house, in_words
from services.matching.schemas import deciding
from services.matching.schemas.asking import AskSchema, AskStoredSchema, ProfileOnlySchema
from services.matching.schemas.deciding import DecisionOutSchema, DecisionSchema
from services.matching.schemas.shown import RecommendationSchema
from shared.http.blueprints import Blueprint
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent

blp = Blueprint("recommendations", __name__, description="What is possible for a person, and what first")


@blp.route("/v1/candidates/<candidate_id>/recommendations", methods=["GET"])
@blp.arguments(AskStoredSchema, location="query")
@blp.response(200, RecommendationSchema)
def for_stored(asked: dict[str, Any], candidate_id: str) -> Any:
    """The verdict, the paths, ranked courses and placements for somebody in the registry"""
    return _as_kept(recommending.for_stored(current_caller(), house(), candidate_id, in_words(asked)))


@blp.route("/v1/recommendations", methods=["POST"])
@blp.arguments(AskSchema, location="query")
@blp.arguments(ProfileOnlySchema)
@blp.response(200, RecommendationSchema)
def for_profile(asked: dict[str, Any], body: dict[str, Any]) -> Any:
    """The same answer for a profile that is not stored"""
    return _as_kept(recommending.for_profile(current_caller(), house(), body["profile"], in_words(asked)))


@blp.route("/v1/recommendations", methods=["GET"])
@blp.arguments(deciding.OfPersonSchema, location="query")
@blp.response(200, deciding.AnswerPageSchema)
def answered(args: dict[str, Any]) -> Any:
    """The answers that a person was given before, newest first"""
    found = histories.answers(current_caller(), house(), args)
    return found, next_link(found["next"])


@blp.route("/v1/decisions", methods=["GET"])
@blp.arguments(deciding.OfPersonSchema, location="query")
@blp.response(200, deciding.DecisionPageSchema)
def decided(args: dict[str, Any]) -> Any:
    """What was decided with a person before, newest first"""
    found = histories.decisions(current_caller(), house(), args)
    rows = decisions.with_referrals(house(), found["items"])
    return {**found, "items": [{**row, "id": row["_id"]} for row in rows]}, next_link(found["next"])


@blp.route("/v1/openings", methods=["GET"])
@blp.arguments(deciding.OfPersonSchema, location="query")
@blp.response(200, deciding.OpeningPageSchema)
def opened(args: dict[str, Any]) -> Any:
    """Who opened an answer of a person whose consent was withdrawn, and why, newest first"""
    found = histories.openings(current_caller(), house(), args)
    return found, next_link(found["next"])


@blp.route("/v1/recommendations/<recommendation_id>", methods=["GET"])
@blp.response(200, RecommendationSchema)
def again(recommendation_id: str) -> Any:
    """An answer exactly as it was shown"""
    return _as_kept(recommending.open_again(current_caller(), house(), recommendation_id))


@blp.route("/v1/recommendations/<recommendation_id>/openings", methods=["POST"])
@blp.arguments(deciding.OpeningSchema)
@blp.response(200, RecommendationSchema)
def again_for_a_reason(data: dict[str, Any], recommendation_id: str) -> Any:
    """An answer whose person took their consent back, for a supervisor; the reason is kept"""
    return _as_kept(recommending.open_for_a_reason(current_caller(), house(), recommendation_id, data["reason"]))


@blp.route("/v1/recommendations/<recommendation_id>/decisions", methods=["POST"])
@blp.arguments(DecisionSchema)
@blp.response(201, DecisionOutSchema)
@idempotent(show=lambda id: _shown(decisions.show(current_caller(), house(), id)))
def decide(data: dict[str, Any], recommendation_id: str) -> Any:
    """What the officer and the person decided"""
    return _shown(decisions.decide(current_caller(), house(), recommendation_id, data))


def _as_kept(answer: dict[str, Any]) -> Any:
    """Not through the schema, which takes a millisecond: shown as it is kept, one of an earlier version too."""
    return jsonify(answer)


def _shown(document: dict[str, Any]) -> dict[str, Any]:
    return {**decisions.with_referrals(house(), [document])[0], "id": document["_id"]}
