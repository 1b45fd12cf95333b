"""Companies and foreign partners as staff enter them and as others see them."""

from typing import Any

from marshmallow import Schema, fields

from services.placement.model import company as model
from services.placement.model import partner as partners
from services.placement.schemas.shared import OwnCode
from shared.http.cursors import ChangedArgs, PageSchema
from shared.http.fields import Code, Country, Instant, IsoDate, Text


class CompanyBody(Schema):
    name = Text(max=120, required=True)
    status = Code(model.STATUSES, required=True)
    valid_from = IsoDate(required=True, metadata={"description": "First day of the licence."})
    valid_until = IsoDate(
        required=True, allow_none=True, metadata={"description": "Last day of the licence, inclusive; null: no end."}
    )
    snapshot_on = IsoDate(required=True, metadata={"description": "The day on which the licence list was read."})


class CompanyIn(CompanyBody):
    sip3mi = OwnCode(required=True, metadata={"description": "Number of the licence; it names the company here."})


class CompanyPatch(CompanyBody):
    """Any of the fields; what is left out stays."""

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=True, **options)


class CompanyOut(CompanyIn):
    id = fields.String()
    version = fields.Integer()
    concerns = fields.List(
        fields.String(), metadata={"description": "Confirmed concerns; while there is one, its orders are suspended."}
    )
    created_at = Instant()
    updated_at = Instant()


class CompanyPage(PageSchema):
    items = fields.List(fields.Nested(CompanyOut))


class Key(Schema):
    id = fields.String()
    scopes = fields.List(fields.String())
    created_at = Instant()


class NewKey(Schema):
    """Shown this once; only a hash is kept."""

    id = fields.String()
    key = fields.String()
    scopes = fields.List(fields.String())


class KeyList(Schema):
    items = fields.List(fields.Nested(Key))


class Listing(Schema):
    """An entry in a list of problem partners."""

    reason = Code(partners.LISTING_REASONS, required=True)
    from_ = IsoDate(required=True, data_key="from", attribute="from")
    until = IsoDate(load_default=None, allow_none=True, metadata={"description": "Last listed day; null: still."})
    source = Text(max=200, required=True, metadata={"description": "Which list says so."})


class PartnerBody(Schema):
    name = Text(max=120, required=True)
    country = Country(required=True)
    listing = fields.Nested(Listing, load_default=None, allow_none=True)


class PartnerIn(PartnerBody):
    code = OwnCode(required=True)


class PartnerPatch(PartnerBody):
    """Any of the fields; ``listing`` is replaced as a whole, null takes the partner off the list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=("name", "country", "listing"), **options)


class PartnerOut(PartnerIn):
    id = fields.String()
    version = fields.Integer()
    listed = fields.Boolean(metadata={"description": "Listed today."})
    created_at = Instant()
    updated_at = Instant()


class PartnerArgs(ChangedArgs):
    country = Country()


class PartnerPage(PageSchema):
    items = fields.List(fields.Nested(PartnerOut))
