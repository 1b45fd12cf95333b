"""What a village may send in of a person, what it gets back, and what an officer sees of it."""

from typing import Any

from marshmallow import Schema, fields, validates

from services.registry.schemas.fields import BirthDate, Name, Phone
from shared.codes import regencies
from shared.http.cursors import PageSchema
from shared.http.faults import refuse
from shared.http.fields import Code, Instant, Regency, Text, Truth, Uuid

OUTCOMES = ("REGISTERED", "KNOWN_ALREADY", "NOT_REACHED", "NOT_WANTED", "WRONG")
"""How an officer closes one: a new person; somebody who is there; nobody answers; does not want; not a real entry."""


class SubmissionInSchema(Schema):
    """Somebody in a village who should meet an officer. ``agrees``: the person knows of it and wants to be called."""

    full_name = Name(120, required=True)
    birth_date = BirthDate(load_default=None, allow_none=True)
    sex = Code(("F", "M"), load_default=None, allow_none=True)
    regency = Regency(required=True)
    district = Text(80, load_default=None, allow_none=True)
    village = Text(80, required=True)
    phone = Phone(load_default=None, allow_none=True)
    note = Text(500, lines=True, load_default=None, allow_none=True)
    agrees = Truth(required=True)

    @validates("regency")
    def _of_the_province(self, code: str, **_: Any) -> None:
        if not code.startswith(regencies.NTT):
            raise refuse(
                "not_of_the_province",
                {"id": "Kabupaten ini di luar NTT.", "en": "This regency is outside NTT."},
                {"id": "Pilih kabupaten desa Anda.", "en": "Choose the regency of your village."},
            )

    @validates("agrees")
    def _the_person_agrees(self, said: bool, **_: Any) -> None:
        if not said:
            raise refuse(
                "person_must_agree",
                {"id": "Orangnya belum setuju dihubungi.", "en": "The person does not agree to be called."},
                {
                    "id": "Tanyakan dulu kepada orangnya; kirim lagi bila ia setuju.",
                    "en": "Ask the person first; send it again when they agree.",
                },
            )


class ReceiptSchema(Schema):
    """All that whoever sent it ever gets: a number to speak of, and when it came in."""

    id = fields.String(required=True)
    receipt = fields.String(required=True, metadata={"example": "7KQ2M4XD"})
    received_at = Instant(required=True)


class PersonSentSchema(Schema):
    full_name = fields.String()
    birth_date = fields.String(allow_none=True)
    sex = fields.String(allow_none=True)
    regency = fields.String()
    district = fields.String(allow_none=True)
    village = fields.String()
    phone = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


class AlikeSchema(Schema):
    id = fields.String()
    number = fields.String()
    because = fields.String()


class SubmissionSchema(ReceiptSchema):
    version = fields.Integer()
    state = fields.String(metadata={"enum": ["WAITING", "CLOSED"]})
    centre = fields.String(allow_none=True)
    expires_at = Instant()
    person = fields.Nested(PersonSentSchema, allow_none=True, metadata={"description": "Gone once it is closed."})
    alike = fields.List(
        fields.Nested(AlikeSchema), metadata={"description": "On one alone: who may be this person already."}
    )
    outcome = fields.String(allow_none=True)


class SubmissionsSchema(PageSchema):
    items = fields.List(fields.Nested(SubmissionSchema))


class CloseSchema(Schema):
    outcome = Code(OUTCOMES, required=True)
    candidate_id = Uuid(load_default=None, allow_none=True)
