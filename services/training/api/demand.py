"""`/v1/demand`: which programmes people need where, never fewer than ten of them."""

from typing import Any

from marshmallow import Schema, fields

from services.training.actions import demand as actions
from services.training.api.context import house
from shared.http.blueprints import Blueprint
from shared.http.cursors import PageArgsSchema, PageSchema, next_link
from shared.http.fields import Regency

blp = Blueprint("demand", __name__, url_prefix="/v1/demand", description="What people need, as sums of ten or more")


class DemandArgsSchema(PageArgsSchema):
    regency = Regency(required=True)


class DemandOutSchema(Schema):
    programme = fields.String(metadata={"example": "COMPETENCE:ELDERLY_CARETAKER"})
    regency = fields.String()
    month = fields.String()
    count = fields.Integer()


class DemandPageSchema(PageSchema):
    items = fields.List(fields.Nested(DemandOutSchema))


@blp.route("", methods=["GET"])
@blp.arguments(DemandArgsSchema, location="query")
@blp.response(200, DemandPageSchema)
def listed(args: dict[str, Any]) -> Any:
    """How many people of a regency need a programme, by month"""
    found = actions.page(house(), args)
    return found, 200, next_link(found["next"])
