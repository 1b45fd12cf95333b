"""`/v1/supply` and `/v1/targets`: the province's plan of training places, and the seats that stand against it."""

from typing import Any

from flask import Response, request

from services.training.actions import supply as actions
from services.training.api.context import current_caller, house
from services.training.schemas import supply as schemas
from shared.http import uploads
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.sheets import write_template

blp = Blueprint("supply", __name__, description="Training places: the plan of the province, and what stands against it")


@blp.route("/v1/supply", methods=["GET"])
@public
@blp.response(200, schemas.SupplySchema)
def against() -> Any:
    """Places planned and seats offered, by regency and month; open to everybody"""
    return actions.against(house())


@blp.route("/v1/targets", methods=["POST"])
@blp.doc(requestBody=uploads.REQUEST_BODY)
@blp.response(200, schemas.TargetsSavedSchema)
def planned() -> Any:
    """Send the province's sheet of targets (CSV or XLSX); regencies and months that it does not name stay"""
    return actions.plan(current_caller(), house(), uploads.take(request))


@blp.route("/v1/targets/template.xlsx", methods=["GET"])
@blp.response(200, content_type=uploads.XLSX)
def template() -> Response:
    """An empty sheet of targets"""
    content = write_template(schemas.COLUMNS, title="Target", stamp={"template": "targets", "version": "1"})
    answer = Response(content, mimetype=uploads.XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="target.xlsx"'
    return answer
