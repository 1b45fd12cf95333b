"""Batches as providers plan them."""

from marshmallow import Schema, fields

from services.training.model import batch as model
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.fields import Code, IsoDate, Regency, Text, Uuid, Whole


class BatchInSchema(Schema):
    number = Text(max=40, required=True, metadata={"example": "2027-1"})
    starts = IsoDate(required=True)
    ends = IsoDate(required=True, metadata={"description": "Last day, inclusive."})
    closes = IsoDate(load_default=None, allow_none=True, metadata={"description": "Last day to register, inclusive."})
    regency = Regency(
        load_default=None, allow_none=True, metadata={"description": "Where it is held; null: online, or not known."}
    )
    place = Text(max=120, load_default=None, allow_none=True)
    # 16 is a funded package (domain fact), so a class of hundreds is a slip of the finger.
    seats = Whole(min=1, max=500, required=True)
    status = Code(model.SET_BY_PEOPLE, load_default="OPEN")


class BatchPatchSchema(BatchInSchema):
    class Meta:
        exclude = ("number",)

    def __init__(self, **options: object) -> None:
        super().__init__(partial=True, **options)  # type: ignore[arg-type]


class BatchOutSchema(BatchInSchema):
    id = Uuid()
    version = fields.Integer()
    course_id = fields.String()
    taken = fields.Integer()
    status = Code(model.STATUSES)


class BatchPageSchema(PageSchema):
    items = fields.List(fields.Nested(BatchOutSchema))


class BatchArgsSchema(ChangedArgsSchema):
    pass
