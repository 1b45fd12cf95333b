"""A profile that nobody stored, in the words of the registry's `POST /v1/candidates`.

What names the person may stand in it, because it does when somebody sends the registry's own document. It is dropped
while reading: nothing here needs it, and what is not known cannot leak.
"""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from shared.http.fields import Code, IsoDate, Regency, Text
from shared.profiles import parts

CONSENT_PURPOSES = ("MATCHING", "SHARING_PROVIDER", "SHARING_COMPANY", "STATISTICS")
REQUIREMENTS = (
    "MARITAL_STATUS_STATEMENT", "FAMILY_CONSENT", "HEALTH_CERTIFICATE", "PASSPORT", "WORK_VISA", "PLACEMENT_AGREEMENT",
    "WORK_CONTRACT", "LABOUR_OFFICE_REGISTRATION", "SOCIAL_SECURITY_PRE", "SOCIAL_SECURITY_DURING", "ORIENTATION",
    "E_KPMI",
)  # fmt: skip
STATUSES = ("MET", "MISSING", "UNCHECKED", "EXPIRED")
UNNEEDED = ("full_name", "nik", "phone", "village", "district")


class Consent(Schema):
    purpose = Code(CONSENT_PURPOSES, required=True)
    given_at = fields.Raw()
    method = fields.Raw()
    given_by = fields.Raw()
    withdrawn_at = fields.Raw(allow_none=True)


class Requirement(Schema):
    status = Code(STATUSES, required=True)
    valid_until = IsoDate(load_default=None, allow_none=True)
    number = fields.Raw(allow_none=True)
    note = fields.Raw(allow_none=True)
    village_head_ack = fields.Raw(allow_none=True)


class Profile(Schema):
    """Everything may be left out: what is not known stays open, and never counts as met."""

    birth_date = IsoDate(load_default=None, allow_none=True)
    sex = Code(("F", "M"), load_default=None, allow_none=True)
    regency = Regency(load_default=None, allow_none=True, metadata={"description": "Home, not where the person stays."})
    education = fields.Nested(parts.Education, load_default=None, allow_none=True)
    skills = fields.List(fields.Nested(parts.Skill), load_default=list, validate=parts.FEW)
    work_history = fields.List(fields.Nested(parts.Job), load_default=list, validate=parts.FEW)
    languages = fields.List(fields.Nested(parts.Spoken), load_default=list, validate=parts.FEW)
    certificates = fields.List(fields.Nested(parts.Certificate), load_default=list, validate=parts.FEW)
    training_hours = fields.List(fields.Nested(parts.TrainingHours), load_default=list, validate=parts.FEW)
    prior_programmes = fields.List(fields.Nested(parts.PriorProgramme), load_default=list, validate=parts.FEW)
    records = fields.List(fields.Nested(parts.Record), load_default=list, validate=parts.FEW)
    fitness = fields.Nested(parts.Fitness, load_default=None, allow_none=True)
    requirements = fields.Dict(
        keys=Code(REQUIREMENTS), values=fields.Nested(Requirement), load_default=dict, validate=validate.Length(max=40)
    )
    wishes = fields.Nested(parts.Wishes, load_default=None, allow_none=True)
    consents = fields.List(fields.Nested(Consent), load_default=list, validate=parts.FEW)

    full_name = Text(120, allow_none=True)
    nik = fields.Raw(allow_none=True)
    phone = fields.Raw(allow_none=True)
    village = fields.Raw(allow_none=True)
    district = fields.Raw(allow_none=True)

    @post_load
    def _nameless(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name not in UNNEEDED}
