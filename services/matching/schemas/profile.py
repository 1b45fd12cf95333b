"""A profile that nobody stored, in the words of the registry's `POST /v1/candidates`, or its own document of a person.

What names the person may stand in it, because it does when somebody sends the registry's own document. It is dropped
while reading: nothing here needs it, and what is not known cannot leak.
"""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

from shared.codes import papers
from shared.http.faults import Complaint
from shared.http.fields import Code, IsoDate, Number
from shared.profiles import consents, parts
from shared.profiles.told import LEFT_OUT, ToldSchema, known

UNNEEDED = frozenset(
    (
        "full_name", "nik", "phone", "village", "district", "id", "version", "number", "centre", "nik_last4",
        "synthetic", "reviews", "consent", "applications", "created_at", "updated_at", "confirm_new", "judgement",
    )
)  # fmt: skip
"""What the registry's document says besides: who the person is, and how the document is kept."""


class ConsentSchema(consents.KeptSchema):
    purpose = Code(consents.Purpose, required=True)


class RequirementSchema(Schema):
    status = Code(papers.STATUSES, required=True)
    valid_until = IsoDate(load_default=None, allow_none=True)
    number = fields.Raw(allow_none=True)
    note = fields.Raw(allow_none=True)
    village_head_ack = fields.Raw(allow_none=True)
    checked_on = fields.Raw(allow_none=True)
    checked_by = fields.Raw(allow_none=True)


class _FromTraining(Schema):
    """Entries that training added name their enrolment in the registry's document."""

    enrolment = fields.Raw(allow_none=True)


class FoundCodeSchema(Schema):
    code = fields.String(required=True)
    similarity = Number(max=1, required=True)


class SkillSchema(parts.SkillSchema, _FromTraining):
    codes = fields.List(fields.Nested(FoundCodeSchema), validate=parts.FEW)
    maybe = fields.Raw(allow_none=True)


class JobSchema(parts.JobSchema):
    similarity = Number(max=1)
    maybe = fields.Raw(allow_none=True)


class SpokenSchema(parts.SpokenSchema, _FromTraining):
    pass


class CertificateSchema(parts.CertificateSchema, _FromTraining):
    pass


class TrainingHoursSchema(parts.TrainingHoursSchema, _FromTraining):
    pass


class ProfileSchema(ToldSchema):
    """Everything may be left out: what is not known stays open, and never counts as met."""

    skills = known(SkillSchema)
    work_history = known(JobSchema)
    languages = known(SpokenSchema)
    certificates = known(CertificateSchema)
    training_hours = known(TrainingHoursSchema)
    records = known(parts.RecordSchema)
    fitness = fields.Nested(parts.FitnessSchema, load_default=None, allow_none=True)
    requirements = fields.Dict(
        keys=Code(papers.PAPERS),
        values=fields.Nested(RequirementSchema),
        load_default=dict,
        validate=validate.Length(max=40),
    )
    wishes = fields.Nested(parts.WishesSchema, load_default=None, allow_none=True)
    consents = fields.List(fields.Nested(ConsentSchema), load_default=list, validate=parts.FEW)

    @validates_schema
    def _known_to_the_village_head(self, data: dict[str, Any], **_: object) -> None:
        """Who says that the village head does not know of it yet has no family consent; the registry refuses it too."""
        consent = data["requirements"].get("FAMILY_CONSENT", {})
        if consent.get("status") == "MET" and consent.get("village_head_ack") is False:
            complaint = Complaint("village_head_ack_missing", papers.VILLAGE_HEAD)
            raise ValidationError({"requirements": {"FAMILY_CONSENT": {"value": {"village_head_ack": [complaint]}}}})

    @pre_load
    def _nameless(self, data: Any, **_: object) -> Any:
        return {name: value for name, value in data.items() if name not in UNNEEDED} if isinstance(data, dict) else data

    @post_load
    def _whole(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        return {**LEFT_OUT, **data}
