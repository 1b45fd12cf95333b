"""For judging and saving: one row taken in, as a change of a course and of one of its batches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError

from services.training.actions import batches, courses
from services.training.actions.house import House
from services.training.model import batch as batch_model
from services.training.problems import Refused
from services.training.schemas.batches import BatchInSchema
from services.training.schemas.courses import CourseBodySchema
from services.training.schemas.sheet import Said, course_of
from shared import clock
from shared.documents.mongo import Document, Tx
from shared.http.faults import faults
from shared.http.fields import Text
from shared.http.problems import Fault, say
from shared.sheets.outcomes import Erase

DERIVED = ("FULL", "RUNNING", "DONE")


class _Course(CourseBodySchema):
    code = Text(max=60, required=True)


NEW_COURSE, _COURSE = _Course(), _Course(partial=True)
_NEW_BATCH, _BATCH = BatchInSchema(), BatchInSchema(partial=True)


@dataclass(frozen=True, slots=True)
class Done:
    """A row that was taken in: what stood there before (None: it is new) and what stands there now."""

    course_before: Document | None
    course: Document
    batch_before: Document | None
    batch: Document | None

    @property
    def is_new(self) -> bool:
        return self.course_before is None or (self.batch is not None and self.batch_before is None)

    @property
    def is_same(self) -> bool:
        return not self.is_new and self.course == self.course_before and self.batch == self.batch_before


def put(tx: Tx, house: House, provider_id: str, said: Said) -> Done:
    """Take one row in, inside a running transaction.

    Raises:
        Refused, and what the actions on courses and batches raise: each fault points into the row.
    """
    code = said.code or ""
    before = house.store.course_by_code(provider_id, code, tx)
    body = course_of(said.course, before)
    if before is None:
        # A price that nobody wrote is not known. It is never free.
        data = _loaded(NEW_COURSE, {"cost_to_trainee": None, **body, "code": code}, "/course")
        data.pop("code")
        course, _ = courses.put(tx, house, provider_id, code, data)
    else:
        data = _loaded(_COURSE, body, "/course")
        course = courses.alter(tx, house, before, data) if data else before
    if not said.batch:
        return Done(before, course, None, None)
    number = said.batch.get("number")
    if number is None:
        raise Refused(errors=[Fault("/batch/number", "required", *_NO_NUMBER)])
    earlier = house.store.batch_by_number(course["_id"], number, tx)
    batch = _batch(tx, house, course, earlier, said.batch)
    return Done(before, course, earlier, batch)


def _batch(tx: Tx, house: House, course: Document, before: Document | None, said: Mapping[str, Any]) -> Document:
    body = {name: None if isinstance(value, Erase) else value for name, value in said.items()}
    status = body.get("status")
    if status in DERIVED:
        # What follows from seats and dates is not set by anybody; a template that comes back says it, and is right.
        del body["status"]
    data = _loaded(_NEW_BATCH if before is None else _BATCH, body, "/batch")
    if before is None:
        batch = batches.create(tx, house, course, data)
    else:
        batch = batches.alter(tx, house, before, data)
    if status in DERIVED and batch_model.status_on(batch, clock.today()) != status:
        raise Refused(errors=[Fault("/batch/status", "status_follows", *_FOLLOWS)])
    return batch


def _loaded(schema: Schema, body: Mapping[str, Any], pointer: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = schema.load(body)
    except ValidationError as error:
        found = faults(error.messages, schema=schema, data=body)
        raise Refused(
            errors=[Fault(f"{pointer}{one.pointer}", one.code, one.message, one.fix) for one in found]
        ) from None
    return data


_NO_NUMBER = (
    say("Angkatan ini tidak punya nomor.", "This batch has no number."),
    say("Isi kolom Angkatan, misalnya 2027-1.", "Fill in the column Batch, for example 2027-1."),
)
_FOLLOWS = (
    say(
        "penuh, berjalan dan selesai mengikuti kursi yang terisi dan tanggalnya; sekarang tidak demikian.",
        "full, running and done follow from the seats taken and the dates, which say something else.",
    ),
    say(
        "Ketik buka, rencana atau batal, dan isi jumlah kursi yang sebenarnya.",
        "Type buka (open), rencana (planned) or batal (cancelled), and the true number of seats.",
    ),
)
