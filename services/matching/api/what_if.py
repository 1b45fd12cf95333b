"""The route that tries the law out, before it is law."""

from typing import Any

from services.matching.actions import what_if
from services.matching.api.context import current_caller, house
from services.matching.schemas.what_if import ChangedSchema, WhatIfSchema
from shared.http.blueprints import Blueprint

blp = Blueprint("what-if", __name__, description="Who changes if a draft becomes law, or a batch takes place")


@blp.route("/v1/what-if", methods=["POST"])
@blp.arguments(WhatIfSchema)
@blp.response(200, ChangedSchema)
def try_out(asked: dict[str, Any]) -> Any:
    """Sums by regency and sector; fewer than ten people are never shown"""
    return what_if.try_out(current_caller(), house(), asked)
