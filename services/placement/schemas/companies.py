"""Companies and foreign partners as staff enter them and as others see them."""

from typing import Any

from marshmallow import Schema, fields

from services.placement.model import partner as partners
from services.placement.schemas.shared import OwnCode
from shared.codes import offers
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.fields import Code, Country, Instant, IsoDate, Text


class CompanyBodySchema(Schema):
    name = Text(max=120, required=True)
    status = Code(offers.LICENCES, required=True)
    valid_from = IsoDate(required=True, metadata={"description": "First day of the licence."})
    valid_until = IsoDate(
        required=True, allow_none=True, metadata={"description": "Last day of the licence, inclusive; null: no end."}
    )
    snapshot_on = IsoDate(required=True, metadata={"description": "The day on which the licence list was read."})


class CompanyInSchema(CompanyBodySchema):
    sip3mi = OwnCode(required=True, metadata={"description": "Number of the licence; it names the company here."})


class CompanyPatchSchema(CompanyBodySchema):
    """Any of the fields; what is left out stays."""

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=True, **options)


class CompanyOutSchema(CompanyInSchema):
    id = fields.String()
    version = fields.Integer()
    concerns = fields.List(
        fields.String(), metadata={"description": "Confirmed concerns; while there is one, its orders are suspended."}
    )
    created_at = Instant()
    updated_at = Instant()


class CompanyPageSchema(PageSchema):
    items = fields.List(fields.Nested(CompanyOutSchema))


class KeySchema(Schema):
    id = fields.String()
    scopes = fields.List(fields.String())
    created_at = Instant()


class NewKeySchema(Schema):
    """Shown this once; only a hash is kept."""

    id = fields.String()
    key = fields.String()
    scopes = fields.List(fields.String())


class KeyListSchema(Schema):
    items = fields.List(fields.Nested(KeySchema))


class ListingSchema(Schema):
    """An entry in a list of problem partners."""

    reason = Code(partners.LISTING_REASONS, required=True)
    from_ = IsoDate(required=True, data_key="from", attribute="from")
    until = IsoDate(load_default=None, allow_none=True, metadata={"description": "Last listed day; null: still."})
    source = Text(max=200, required=True, metadata={"description": "Which list says so."})


class PartnerBodySchema(Schema):
    name = Text(max=120, required=True)
    country = Country(required=True)
    listing = fields.Nested(ListingSchema, load_default=None, allow_none=True)


class PartnerInSchema(PartnerBodySchema):
    code = OwnCode(required=True)


class PartnerPatchSchema(PartnerBodySchema):
    """Any of the fields; ``listing`` is replaced as a whole, null takes the partner off the list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=("name", "country", "listing"), **options)


class PartnerOutSchema(PartnerInSchema):
    id = fields.String()
    version = fields.Integer()
    listed = fields.Boolean(metadata={"description": "Listed today."})
    created_at = Instant()
    updated_at = Instant()


class PartnerArgsSchema(ChangedArgsSchema):
    country = Country()


class PartnerPageSchema(PageSchema):
    items = fields.List(fields.Nested(PartnerOutSchema))
