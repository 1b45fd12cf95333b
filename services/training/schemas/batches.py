"""Batches as providers plan them."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, pre_dump

from services.training.model import batch as model
from shared import clock
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
    seats = Whole(min=1, max=model.MOST_SEATS, required=True)
    status = Code(model.SET_BY_PEOPLE, load_default="OPEN")


class BatchPatchSchema(BatchInSchema):
    class Meta:
        exclude = ("number",)

    def __init__(self, **options: object) -> None:
        super().__init__(partial=True, **options)  # type: ignore[arg-type]


class BatchOutSchema(BatchInSchema):
    """A batch as it is on the day of the answer: its stored status is of the last change, and days pass since."""

    id = Uuid()
    version = fields.Integer()
    course_id = fields.String()
    taken = fields.Integer()
    status = Code(model.STATUSES)
    seats_confirmed_at = fields.String(
        dump_default=None,
        allow_none=True,
        metadata={"description": "When somebody last said how many there are."},
    )

    @pre_dump
    def of_today(self, batch: Mapping[str, Any], **_: object) -> dict[str, Any]:
        return {**batch, "status": model.status_on(batch, clock.today())}


class BatchPageSchema(PageSchema):
    items = fields.List(fields.Nested(BatchOutSchema))


class BatchArgsSchema(ChangedArgsSchema):
    pass
