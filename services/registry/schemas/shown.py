"""For whoever may look: how a candidate, a list, a trail and the protected parts are shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, fields

from services.registry.model import candidate, credits, requirements
from services.registry.schemas import person
from shared import clock
from shared.http.cursors import PageSchema
from shared.http.fields import Instant, IsoDate
from shared.profiles import consents, parts
from shared.profiles.told import known

Document = dict[str, Any]


class FoundCodeSchema(Schema):
    code = fields.String(required=True)
    similarity = fields.Float(required=True, metadata={"description": "1 is word for word; from 0.5 a guess."})


class SkillShownSchema(Schema):
    """The person's words with the codes found in them, the likeliest also as ``code``.

    An entry from training has no words and names its ``enrolment``.
    """

    text = fields.String(allow_none=True)
    code = fields.String(allow_none=True)
    source = fields.String()
    months = fields.Integer(allow_none=True)
    codes = fields.List(fields.Nested(FoundCodeSchema))
    maybe = fields.List(fields.String(), metadata={"description": "Words that fit several skills: ask which."})
    enrolment = fields.String()


class JobShownSchema(parts.JobSchema):
    similarity = fields.Float()
    maybe = fields.List(fields.String(), metadata={"description": "A title that fits several occupations: ask which."})


class SpokenShownSchema(parts.SpokenSchema):
    enrolment = fields.String()


class CertificateShownSchema(parts.CertificateSchema):
    enrolment = fields.String()


class TrainingHoursShownSchema(parts.TrainingHoursSchema):
    enrolment = fields.String()


class ConsentShownSchema(person.ConsentSchema):
    recorded_by = fields.String()
    withdrawn_at = Instant(allow_none=True)


class RequirementShownSchema(person.RequirementSchema):
    checked_on = IsoDate()
    checked_by = fields.String()


class ApplicationSchema(Schema):
    id = fields.String()
    job_order_id = fields.String()
    state = fields.String()


class CandidateSchema(person.DeclaredSchema):
    """The whole page of a person, for whoever serves them."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    number = fields.String(required=True)
    centre = fields.String(allow_none=True)
    nik_last4 = fields.String(allow_none=True, metadata={"description": "All that is ever shown of the NIK."})
    synthetic = fields.Boolean(metadata={"description": "An invented person."})
    reviews = fields.List(fields.String(), metadata={"description": "What to look at again; nothing is refused."})
    consent = fields.String(metadata={"enum": ["GIVEN", "WITHDRAWN", "NONE"]})
    skills = known(SkillShownSchema)
    work_history = known(JobShownSchema)
    languages = known(SpokenShownSchema)
    certificates = known(CertificateShownSchema)
    training_hours = known(TrainingHoursShownSchema)
    consents = fields.List(fields.Nested(ConsentShownSchema))
    requirements = fields.Dict(keys=fields.String(), values=fields.Nested(RequirementShownSchema))
    applications = fields.List(fields.Nested(ApplicationSchema))
    created_at = Instant()
    updated_at = Instant()


class GlanceSchema(Schema):
    """A row of a list or of a search: enough to recognise a person, nothing more."""

    id = fields.String()
    number = fields.String()
    full_name = fields.String()
    birth_year = fields.Integer(allow_none=True)
    birth_date = fields.String(allow_none=True, metadata={"description": "With village and visit: who of one name."})
    regency = fields.String(allow_none=True)
    village = fields.String(allow_none=True)
    centre = fields.String(allow_none=True)
    last_visit = Instant(allow_none=True, metadata={"description": "null: never before a member of staff yet."})
    last_change = Instant()


class GlancesSchema(PageSchema):
    items = fields.List(fields.Nested(GlanceSchema))


class FoundSchema(Schema):
    items = fields.List(fields.Nested(GlanceSchema))


class WhoSchema(Schema):
    id = fields.String()
    kind = fields.String()
    centre = fields.String(allow_none=True)
    organisation = fields.String(allow_none=True)


class TrailRowSchema(Schema):
    at = Instant()
    did = fields.String()
    who = fields.Nested(WhoSchema)
    fields_ = fields.List(fields.String(), data_key="fields", attribute="fields")
    reason = fields.String(allow_none=True)
    about = fields.String(allow_none=True)


class TrailSchema(PageSchema):
    items = fields.List(fields.Nested(TrailRowSchema))


def page_of(document: Mapping[str, Any], applications: list[Document], today: date | None = None) -> Document:
    """A candidate document as :class:`Candidate` shows it on ``today``."""
    day = today or clock.today()
    whole = credits.with_credits(dict(document))
    kept = whole["nik"]
    return {
        **whole,
        "id": whole["_id"],
        "skills": whole["skills"] and [_likeliest(skill) for skill in whole["skills"]],
        "present_stay": whole.get("present_stay"),
        "nik_last4": kept["last4"] if kept else None,
        "synthetic": bool(kept and kept["synthetic"]),
        "reviews": candidate.reviews(whole, day),
        "consent": consents.state(whole["consents"]),
        "requirements": {
            code: requirements.on_day(record, day.isoformat()) for code, record in whole["requirements"].items()
        },
        "applications": [{**row, "id": row["_id"]} for row in applications],
    }


def _likeliest(skill: Mapping[str, Any]) -> Document:
    return {**skill, "code": next((one["code"] for one in skill["codes"]), None)}


def glance(row: Mapping[str, Any]) -> Document:
    """A row of a list as :class:`Glance` shows it: enough to tell people of one name apart."""
    return {
        **row,
        "id": row["_id"],
        "birth_year": int(row["birth_date"][:4]) if row["birth_date"] else None,
        "last_change": row["updated_at"],
    }
