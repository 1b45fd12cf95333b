"""Providers as staff enter them and as everybody sees them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.training.model import provider as model
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.faults import refuse
from shared.http.fields import Code, IsoDate, Regency, Text, Truth, Uuid

_BACKWARD = {"id": "Hari terakhir sebelum hari pertama.", "en": "The last day is before the first."}
_SWAP = {"id": "Tukar kedua tanggal itu.", "en": "Swap the two dates."}


class LicenceSchema(Schema):
    number = Text(max=60, required=True)
    from_ = IsoDate(
        data_key="from", attribute="from", load_default=None, allow_none=True, metadata={"description": "First day."}
    )
    until = IsoDate(required=True, allow_none=True, metadata={"description": "Last day, inclusive; null: no end."})


class AccreditationSchema(Schema):
    """Accreditation is given to a programme (Permenaker 5/2022), so each entry names one."""

    programme = Text(max=60, required=True, metadata={"example": "PLRT-LANSIA"})
    from_ = IsoDate(required=True, data_key="from", attribute="from")
    until = IsoDate(required=True, allow_none=True)

    @validates_schema
    def _runs_forward(self, data: dict[str, Any], **_: object) -> None:
        if model.runs_backward(data["from"], data["until"]):
            raise ValidationError({"until": refuse("until_before_from", _BACKWARD, _SWAP).messages})


class ProviderInSchema(Schema):
    code = Text(max=40, required=True, metadata={"example": "BLK-ENDE"})
    name = Text(max=120, required=True)
    kind = Code(model.KINDS, required=True)
    vin = Text(
        max=40, load_default=None, allow_none=True, metadata={"description": "Vocational Identification Number."}
    )
    regency = Regency(required=True)
    licence = fields.Nested(LicenceSchema, load_default=None, allow_none=True)
    accreditations = fields.List(
        fields.Nested(AccreditationSchema), load_default=list, validate=validate.Length(max=200)
    )
    active = Truth(load_default=True)
    last_verified_on = IsoDate(load_default=None, allow_none=True)


class ProviderPatchSchema(ProviderInSchema):
    """Any of the fields; what is left out stays."""

    class Meta:
        exclude = ("code",)

    def __init__(self, **options: object) -> None:
        super().__init__(partial=True, **options)  # type: ignore[arg-type]


class ProviderOutSchema(ProviderInSchema):
    id = Uuid()
    version = fields.Integer()


class ProviderArgsSchema(ChangedArgsSchema):
    code = Text(max=40, metadata={"description": "The provider of this code, if there is one."})


class ProviderPageSchema(PageSchema):
    items = fields.List(fields.Nested(ProviderOutSchema))


class KeyOutSchema(Schema):
    """Shown this once; only a hash is kept."""

    id = fields.String()
    key = fields.String()
    scopes = fields.List(fields.String())


class KeyRowSchema(Schema):
    id = fields.String()
    scopes = fields.List(fields.String())
    created_at = fields.DateTime()


class KeyListSchema(Schema):
    items = fields.List(fields.Nested(KeyRowSchema))
