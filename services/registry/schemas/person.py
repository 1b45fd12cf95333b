"""For registration, correction and imports: what may be sent about a person, and in which words it is refused.

What a person can do and wants is read by `shared/profiles`; who the person is, and what they allow, stands here.
"""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.registry.schemas import specific
from services.registry.schemas.fields import BirthDate, Name, Nik, Phone, Unnumbered
from services.registry.schemas.listing import unlisted
from shared.http.fields import Code, IsoDate, Text, Truth
from shared.http.notices import notice
from shared.profiles import consents, parts
from shared.profiles.consents import Purpose
from shared.profiles.told import ToldSchema, known


class ConsentSchema(consents.GivenSchema):
    """What the person allows. ``given_by`` is ``GUARDIAN`` for somebody under age (UU 27/2022 art. 25)."""

    purpose = Code(Purpose, required=True)
    method = Code(consents.Method, required=True)


class DeclaredSchema(ToldSchema):
    """What a person declares. Only the name is needed: what is unknown stays open, and never counts against anybody."""

    full_name = Name(120, required=True)
    birth_date = BirthDate(allow_none=True)
    district = Unnumbered(80, allow_none=True)
    village = Unnumbered(80, allow_none=True)
    phone = Phone(allow_none=True)

    @post_load
    def _tell(self, profile: dict[str, Any], **rest: Any) -> dict[str, Any]:
        """Say in the answer what of this nobody else will hear of."""
        for fault in unlisted(profile):
            notice(fault.code, fault.pointer, fault.message)
        return profile


class RegistrationSchema(DeclaredSchema):
    """A new person. ``confirm_new`` answers a ``possible_duplicate``: it is somebody else.

    ``fitness`` and ``records`` are taken in here and shown at the desks that may see them, never on the page.
    """

    fitness = fields.Nested(specific.DeclaredFitnessSchema, allow_none=True)
    records = known(parts.RecordSchema)

    nik = Nik(load_default=None, allow_none=True)
    consents = fields.List(fields.Nested(ConsentSchema), load_default=list, validate=validate.Length(max=len(Purpose)))
    confirm_new = Truth(load_default=False)


class AmendmentSchema(DeclaredSchema):
    """A correction: only what is sent changes, null clears. Objects are merged, lists are replaced (RFC 7396)."""

    full_name = Name(120)
    nik = Nik(allow_none=True)
    confirm_new = Truth(load_default=False)


class RequirementSchema(Schema):
    """The state of one paper or step. ``village_head_ack`` belongs to the family consent."""

    status = Code(("MET", "MISSING", "UNCHECKED", "EXPIRED"), required=True)
    number = Text(80, load_default=None, allow_none=True)
    valid_until = IsoDate(load_default=None, allow_none=True)
    note = Text(500, lines=True, load_default=None, allow_none=True)
    village_head_ack = Truth(load_default=None, allow_none=True)
