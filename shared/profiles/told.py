"""What a person tells of themselves, at every door that asks: one schema for whoever stores it and whoever only judges.

A list is ``null`` where nobody asked and ``[]`` where the person was asked and there is none. What is left out is told
apart from both only until it is read: then it is what stands in :data:`LEFT_OUT`.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from shared.http.fields import Code, IsoDate, Regency
from shared.profiles import parts

LEFT_OUT: Mapping[str, Any] = {
    "birth_date": None,
    "sex": None,
    "regency": None,
    "education": None,
    "present_stay": None,
    "skills": [],
    "work_history": [],
    "languages": [],
    "certificates": [],
    "training_hours": [],
    "prior_programmes": [],
    "records": None,
}
"""What stands where a document says nothing. What a person must show counts as not there, which never lets anybody
through; of records silence would do just that, so it is no answer."""


def known(entry: type[Schema]) -> Any:
    """A list of such entries, or null where nobody asked."""
    return fields.List(
        fields.Nested(entry),
        validate=parts.FEW,
        allow_none=True,
        metadata={"description": "null: nobody asked; []: asked, and there is none."},
    )


class ToldSchema(Schema):
    """Facts and wishes; who the person is stands elsewhere. What is unknown stays open, and never counts as met."""

    birth_date = IsoDate(allow_none=True)
    sex = Code(("F", "M"), allow_none=True)
    regency = Regency(allow_none=True, metadata={"description": "Home, not where the person stays."})
    present_stay = fields.Nested(
        parts.StaySchema, allow_none=True, metadata={"description": "Where the person stays now; it decides nothing."}
    )
    education = fields.Nested(parts.EducationSchema, allow_none=True)
    skills = known(parts.SkillSchema)
    work_history = known(parts.JobSchema)
    languages = known(parts.SpokenSchema)
    certificates = known(parts.CertificateSchema)
    training_hours = known(parts.TrainingHoursSchema)
    prior_programmes = known(parts.PriorProgrammeSchema)
    wishes = fields.Nested(parts.WishesSchema)
