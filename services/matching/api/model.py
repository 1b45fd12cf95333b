"""The route that tells which weights rank here, who put them in force, and how well they do."""

from typing import Any

from services.matching.actions import models
from services.matching.api.context import current_caller, house
from services.matching.schemas.models import ModelSchema
from shared.http.blueprints import Blueprint

blp = Blueprint("model", __name__, description="The weights that rank, and how they did in their examination")


@blp.route("/v1/model", methods=["GET"])
@blp.response(200, ModelSchema)
def model() -> Any:
    """Which weights rank here, since when, by whom and why, with their measures and fairness slices"""
    return models.show(current_caller(), house())
