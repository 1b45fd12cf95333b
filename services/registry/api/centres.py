"""Routes for everybody: where the one-roof service centres are, and which of them work."""

from typing import Any

from marshmallow import Schema, fields

from services.registry.model import centres
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.imports.answers import TextsSchema

blp = Blueprint("service-centres", __name__, description="One-roof service centres (LTSA)")


class CentreSchema(Schema):
    code = fields.String()
    name = fields.String()
    regency = fields.String()
    serves = fields.List(fields.String(), metadata={"description": "Regencies it was designed for"})
    opened_on = fields.String(allow_none=True)
    works = fields.Boolean()
    known_on = fields.String(metadata={"description": "When this was last known"})
    confidence = fields.String(metadata={"enum": ["H", "M", "L"]})


class CentresSchema(Schema):
    items = fields.List(fields.Nested(CentreSchema))
    desks = fields.List(fields.String())
    instead = fields.Nested(TextsSchema)


@blp.route("/v1/service-centres", methods=["GET"])
@public
@blp.response(200, CentresSchema)
def service_centres() -> dict[str, Any]:
    """All centres, working or not, with the age of what is known about them."""
    return {"items": centres.CENTRES, "desks": centres.DESKS, "instead": centres.INSTEAD}
