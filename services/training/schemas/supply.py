"""The province's plan of training places, as a sheet, and what stands against it."""

from marshmallow import Schema, fields

from shared.sheets import Column


def _pair(indonesian: str, english: str) -> dict[str, str]:
    return {"id": indonesian, "en": english}


MOST_SEATS = 100_000

COLUMNS: tuple[Column, ...] = (
    Column("regency", _pair("Kabupaten", "Regency"), kind="place", required=True, erasable=False,
           example="Flores Timur", aliases=("kabupaten/kota", "kab/kota", "wilayah", "kota")),
    Column("month", _pair("Bulan", "Month"), required=True, erasable=False,
           example="Januari 2027", aliases=("bulan mulai", "periode")),
    Column("seats", _pair("Kursi", "Seats"), kind="whole", required=True, erasable=False,
           example="48", aliases=("target", "target kursi", "jumlah kursi", "sasaran")),
)  # fmt: skip


class TargetsSavedSchema(Schema):
    rows = fields.Integer()
    changed = fields.Integer()
    sha256 = fields.String()


class SupplyRowSchema(Schema):
    regency = fields.String(allow_none=True, metadata={"description": "null: online, or the place is not known."})
    month = fields.String(metadata={"example": "2027-01"})
    target = fields.Integer(allow_none=True, metadata={"description": "Places that the province planned."})
    seats = fields.Integer(metadata={"description": "Of approved batches that begin in this month."})
    planned = fields.Integer(metadata={"description": "Of batches that are only announced yet."})


class NeededSchema(Schema):
    programme = fields.String(metadata={"example": "COMPETENCE:ELDERLY_CARETAKER"})
    regency = fields.String()
    month = fields.String()
    count = fields.Integer(metadata={"description": "Of people; ten and more."})


class SupplySchema(Schema):
    items = fields.List(fields.Nested(SupplyRowSchema))
    demand = fields.List(fields.Nested(NeededSchema))
    as_of = fields.DateTime()
