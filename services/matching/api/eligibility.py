"""The route that judges: one person and one order."""

from typing import Any

from services.matching.actions import eligibility
from services.matching.api.context import current_caller, house
from services.matching.schemas.asking import EligibilityAskedSchema
from services.matching.schemas.judged import JudgementSchema
from shared.http.blueprints import Blueprint

blp = Blueprint("eligibility", __name__, description="What the law says of one person and one order")


@blp.route("/v1/eligibility", methods=["POST"])
@blp.arguments(EligibilityAskedSchema)
@blp.response(200, JudgementSchema)
def judge(asked: dict[str, Any]) -> Any:
    """Every rule with its outcome, legal basis and next step; also for a draft order"""
    return eligibility.judge(current_caller(), house(), asked)
