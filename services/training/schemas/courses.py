"""Courses as providers describe them, and the review of the province."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate, validates_schema

from services.training.model import course as model
from shared.codes import certificates
from shared.conditions import Tree
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.faults import one_of, refuse
from shared.http.fields import Code, Country, Isco08, Money, Text, Truth, Uuid, Whole
from shared.http.problems import say
from shared.profiles import parts


class PairSchema(Schema):
    """A text for people in both languages; Indonesian first, English may follow later."""

    id = Text(max=200, required=True)
    en = Text(max=200, required=True)


class CertificateSchema(Schema):
    kind = Code(certificates.KINDS, required=True)
    scheme = Text(max=64, load_default=None, allow_none=True, validate=validate.Regexp(r"^[A-Z0-9][A-Z0-9_.-]*$"))
    valid_months = Whole(min=1, max=600, load_default=None, allow_none=True)

    @validates_schema
    def _competence_names_its_scheme(self, data: dict[str, Any], **_: object) -> None:
        if data.get("kind") == "COMPETENCE" and not data.get("scheme"):
            raise refuse(
                "scheme_missing",
                {
                    "id": "Sertifikat kompetensi harus menyebut skemanya.",
                    "en": "A competence certificate names its scheme.",
                },
                {
                    "id": "Isi skema sertifikat, misalnya ELDERLY_CARETAKER.",
                    "en": "Enter the certificate scheme, for example ELDERLY_CARETAKER.",
                },
            )


class LanguageReachedSchema(parts.SpokenSchema):
    """A level that the course leads to, as the result of a test where there is one."""

    class Meta:
        exclude = ("valid_until",)


class CourseBodySchema(Schema):
    title = fields.Nested(PairSchema, required=True)
    programme = Text(
        max=60,
        load_default=None,
        allow_none=True,
        metadata={"description": "Accredited programme; the code if left out."},
    )
    isco08 = fields.List(Isco08(), load_default=list, validate=validate.Length(max=20))
    outcomes = fields.List(
        Text(max=120), load_default=list, validate=validate.Length(max=60),
        metadata={"description": "Skills in the provider's words; codes are found for them on write."},
    )  # fmt: skip
    skkni_units = fields.List(Text(max=40), load_default=list, validate=validate.Length(max=200))
    kkni_level = Whole(min=1, max=9, load_default=None, allow_none=True)
    certificate = fields.Nested(CertificateSchema, load_default=None, allow_none=True)
    certificates = fields.List(
        fields.Nested(CertificateSchema), validate=validate.Length(max=5),
        metadata={"description": "For a course that gives several: all of them; `certificate` is the first."},
    )  # fmt: skip
    languages = fields.List(fields.Nested(LanguageReachedSchema), load_default=list, validate=validate.Length(max=10))
    lesson_hours = Whole(min=1, max=5000, required=True, metadata={"description": "Lesson hours of 45 minutes (JP)."})
    hours_for = fields.List(
        fields.Nested(parts.TrainingHoursSchema), load_default=list, validate=validate.Length(max=50)
    )
    mode = Code(model.MODES, required=True)
    boarding = Truth(load_default=False)
    cost_to_trainee = Money(
        currencies=["IDR"],
        required=True,
        allow_none=True,
        metadata={"description": "What the trainee pays; null: not known. Unknown is never free."},
    )
    funding = Code(model.FUNDING, required=True)
    destinations = fields.List(Country(), load_default=list, validate=validate.Length(max=60))
    prerequisites = Tree(load_default=None, allow_none=True)

    @post_load
    def _one_and_all(self, data: dict[str, Any], *, partial: Any = None, **_: object) -> dict[str, Any]:
        """Whichever of the two was written, both stand in the document. Of a course on record that changes, one
        certificate alone says nothing of the others: the action puts it in its place among them."""
        several = data.get("certificates")
        if several is not None:
            first = several[0] if several else None
            if data.get("certificate") not in (None, first):
                raise refuse("contradicts_member", *_TWO_FIRST)
            return {**data, "certificate": first}
        if "certificate" in data and not partial:
            return {**data, "certificates": [data["certificate"]] if data["certificate"] else []}
        return data


_TWO_FIRST = (
    say("Sertifikat ini bukan yang pertama di daftar sertifikat.", "This certificate is not the first one listed."),
    say("Kirim sertifikatnya saja, atau daftarnya saja.", "Send the certificate alone, or the list alone."),
)


class CourseInSchema(CourseBodySchema):
    code = Text(max=60, required=True, metadata={"example": "PLRT-LANSIA-200"})
    provider_id = Uuid(load_default=None, metadata={"description": "Staff only; a provider's key says it."})


class CoursePatchSchema(CourseBodySchema):
    def __init__(self, **options: object) -> None:
        super().__init__(partial=True, **options)  # type: ignore[arg-type]


class OutcomeSchema(Schema):
    text = fields.String()
    code = fields.String(allow_none=True)
    similarity = fields.Float()


class ReviewOutSchema(Schema):
    state = fields.String()
    reason = fields.String(allow_none=True)
    on = fields.String(allow_none=True)


class PeriodSchema(Schema):
    from_ = fields.String(data_key="from", attribute="from")
    until = fields.String(allow_none=True)


class CourseOutSchema(CourseBodySchema):
    id = Uuid()
    version = fields.Integer()
    code = fields.String()
    provider_id = fields.String()
    provider = fields.Dict()
    outcomes = fields.List(fields.Nested(OutcomeSchema))
    review = fields.Nested(ReviewOutSchema)
    accreditation = fields.Nested(PeriodSchema, allow_none=True)
    status = fields.String()


class CourseArgsSchema(ChangedArgsSchema):
    provider = Uuid()
    review = Code(("PENDING", "APPROVED", "REJECTED"))
    isco08 = Isco08()


class CoursePageSchema(PageSchema):
    items = fields.List(fields.Nested(CourseOutSchema))


class ReviewInSchema(Schema):
    decision = Code(("APPROVED", "REJECTED"), required=True)
    reason = Code(model.REVIEW_REASONS, load_default=None, allow_none=True)

    @validates_schema
    def _a_rejection_says_why(self, data: dict[str, Any], **_: object) -> None:
        if data.get("decision") == "REJECTED" and not data.get("reason"):
            raise refuse(
                "reason_missing",
                {"id": "Penolakan memerlukan alasan.", "en": "A rejection needs a reason."},
                one_of(model.REVIEW_REASONS, None),
            )
