"""``/v1/applications/figures``: sums for supervisors. No person and no company is told apart here."""

from typing import Any

from services.placement.actions import figures as actions
from services.placement.api.context import current_caller, house
from services.placement.schemas import figures as schemas
from shared.http.blueprints import Blueprint

blp = Blueprint("figures", __name__, description="Sums over all applications")


@blp.route("/v1/applications/figures", methods=["GET"])
@blp.response(200, schemas.FiguresOutSchema)
def counted() -> dict[str, Any]:
    """Applications by state, what waits to be judged, and which rules supervisors answered for how often"""
    return actions.figures(current_caller(), house())
