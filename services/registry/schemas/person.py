"""For registration, correction and imports: what may be sent about a person, and in which words it is refused.

What a person can do and wants is read by `shared/profiles`; who the person is, and what they allow, stands here.
"""

from typing import Any

from marshmallow import Schema, fields, validate, validates_schema
from marshmallow.exceptions import ValidationError

from services.registry.model.consents import Giver, Method, Purpose
from services.registry.schemas import specific
from services.registry.schemas.fields import BirthDate, Name, Nik, Phone
from shared import clock
from shared.http.faults import refuse
from shared.http.fields import Code, Instant, IsoDate, Regency, Text
from shared.profiles import parts


class Consent(Schema):
    """What the person allows. ``given_by`` is ``GUARDIAN`` for somebody under age (UU 27/2022 art. 25)."""

    purpose = Code(Purpose, required=True)
    method = Code(Method, required=True)
    given_at = Instant(metadata={"description": "Now, when left out."})
    given_by = Code(Giver, load_default=Giver.SELF.value)

    @validates_schema
    def already_happened(self, entry: dict[str, Any], **kwargs: Any) -> None:
        if "given_at" in entry and entry["given_at"] > clock.now():
            message = {"id": "Waktu persetujuan belum tiba.", "en": "This consent lies in the future."}
            fix = {"id": "Isi waktu yang sudah lewat, atau hapus isian ini.", "en": "Give a past time or leave it out."}
            raise ValidationError({"given_at": refuse("in_the_future", message, fix).messages})


class Declared(Schema):
    """What a person declares. Only the name is needed: what is unknown stays open, and never counts against anybody."""

    full_name = Name(120, required=True)
    birth_date = BirthDate(allow_none=True)
    sex = Code(("F", "M"), allow_none=True)
    regency = Regency(allow_none=True, metadata={"description": "Home, not where the person stays."})
    district = Text(80, allow_none=True)
    village = Text(80, allow_none=True)
    phone = Phone(allow_none=True)
    education = fields.Nested(parts.Education, allow_none=True)
    skills = fields.List(fields.Nested(parts.Skill), validate=parts.FEW)
    work_history = fields.List(fields.Nested(parts.Job), validate=parts.FEW)
    languages = fields.List(fields.Nested(parts.Spoken), validate=parts.FEW)
    certificates = fields.List(fields.Nested(parts.Certificate), validate=parts.FEW)
    training_hours = fields.List(fields.Nested(parts.TrainingHours), validate=parts.FEW)
    prior_programmes = fields.List(fields.Nested(parts.PriorProgramme), validate=parts.FEW)
    wishes = fields.Nested(parts.Wishes)


class Registration(Declared):
    """A new person. ``confirm_new`` answers a ``possible_duplicate``: it is somebody else.

    ``fitness`` and ``records`` are taken in here and shown at the desks that may see them, never on the page.
    """

    fitness = fields.Nested(specific.DeclaredFitness, allow_none=True)
    records = fields.List(fields.Nested(parts.Record), validate=parts.FEW)

    nik = Nik(load_default=None, allow_none=True)
    consents = fields.List(fields.Nested(Consent), load_default=list, validate=validate.Length(max=len(Purpose)))
    confirm_new = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class Amendment(Declared):
    """A correction: only what is sent changes, null clears. Objects are merged, lists are replaced (RFC 7396)."""

    full_name = Name(120)
    nik = Nik(allow_none=True)
    confirm_new = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class Requirement(Schema):
    """The state of one paper or step. ``village_head_ack`` belongs to the family consent."""

    status = Code(("MET", "MISSING", "UNCHECKED", "EXPIRED"), required=True)
    number = Text(80, load_default=None, allow_none=True)
    valid_until = IsoDate(load_default=None, allow_none=True)
    note = Text(500, lines=True, load_default=None, allow_none=True)
    village_head_ack = fields.Boolean(load_default=None, allow_none=True, truthy={True}, falsy={False})
