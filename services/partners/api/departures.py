"""`/v1/departures`: the check at a port, by the number that stands on the paper."""

from typing import Any

from marshmallow import Schema, fields

from services.partners.actions import departures as actions
from services.partners.api.context import current_caller, house
from shared.http.blueprints import Blueprint

blp = Blueprint("departures", __name__, url_prefix="/v1/departures", description="Is this departure announced?")

VERDICTS = ("ANNOUNCED", "DEPARTED", "STOPPED", "SUSPENDED", "ENDED", "PAST")


class DepartureOutSchema(Schema):
    id = fields.String()
    verdict = fields.String(metadata={"enum": list(VERDICTS)})
    country = fields.String(allow_none=True)
    planned_on = fields.String()
    via = fields.List(fields.String())


@blp.route("/<id>", methods=["GET"])
@blp.response(200, DepartureOutSchema)
def check(id: str) -> Any:
    """Is this departure announced through your province, and does nothing stand against it?"""
    return actions.check(current_caller(), house(), id)
