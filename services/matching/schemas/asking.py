"""Questions: how many, in which language, for which day, as known when; and the two ways to say about whom."""

from typing import Any

from marshmallow import Schema, fields, validates_schema

from services.matching.schemas.order import JobOrderSchema
from services.matching.schemas.profile import ProfileSchema
from shared.http.faults import refuse
from shared.http.fields import Code, IsoDate, Number, Uuid, Whole

MOST_SHOWN = 50
"""Courses or placements in one answer. Nobody reads more, and each one shown costs its reasons."""


class MomentSchema(Schema):
    """Both times may be fixed. Knowledge time exists for policies only."""

    as_of_date = IsoDate(metadata={"description": "Ask for this day; today (WITA) when left out."})
    known_on = IsoDate(metadata={"description": "Use the policies as they were known at the end of this day."})


class AskSchema(MomentSchema):
    courses = Whole(min=0, max=MOST_SHOWN, load_default=5)
    placements = Whole(min=0, max=MOST_SHOWN, load_default=5)
    lang = Code(("id", "en"), metadata={"description": "Language of all texts; Accept-Language when left out."})


class AskStoredSchema(AskSchema):
    min_candidate_version = Whole(min=1, metadata={"description": "Wait until this version is visible here."})
    wait = Number(min=0, max=10, load_default=2.0, metadata={"description": "Seconds to wait for it, at most 10."})


class ProfileOnlySchema(Schema):
    profile = fields.Nested(ProfileSchema, required=True)


class OrderIdOrDocument(fields.Field[Any]):
    """The id of a published job order, or the document of one that is not."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            return {"id": Uuid().deserialize(value), "document": None}
        if isinstance(value, dict):
            return {"id": None, "document": JobOrderSchema().load(value)}
        raise refuse(
            "not_an_order",
            {"id": "Ini bukan lowongan.", "en": "This is no job order."},
            {"id": "Isi id lowongan atau dokumennya.", "en": "Give the id of a job order, or its document."},
        )


class EligibilityAskedSchema(Schema):
    """One person (stored or not) and one order (published or not)."""

    profile = fields.Nested(ProfileSchema)
    candidate = Uuid()
    job_order = OrderIdOrDocument(
        required=True,
        metadata={"oneOf": [{"type": "string", "format": "uuid"}, {"type": "object"}]},
    )
    as_of_date = IsoDate()
    known_on = IsoDate()

    @validates_schema
    def _one_person(self, data: dict[str, Any], **_: object) -> None:
        if ("profile" in data) == ("candidate" in data):
            raise refuse(
                "one_of_two",
                {"id": "Kirim profile atau candidate, salah satu.", "en": "Send profile or candidate, one of the two."},
                {
                    "id": "candidate adalah id calon yang tersimpan; profile adalah data yang tidak disimpan.",
                    "en": "candidate is the id of a stored person; profile is data that is not stored.",
                },
            )
