"""For the desks behind the counter: searching, revealing, risk notes, why to erase, the person's own copy."""

from marshmallow import Schema, fields, validate

from services.registry.schemas import shown
from services.registry.schemas.specific import SpecificSchema
from shared.http.cursors import ChangedArgsSchema
from shared.http.fields import Code, Instant, Regency, Text, Uuid

INDICATORS = (
    "ABUSE_OF_VULNERABILITY",
    "DECEPTION",
    "RESTRICTION_OF_MOVEMENT",
    "ISOLATION",
    "PHYSICAL_SEXUAL_VIOLENCE",
    "INTIMIDATION_THREATS",
    "RETENTION_OF_ID_DOCUMENTS",
    "WITHHOLDING_OF_WAGES",
    "DEBT_BONDAGE",
    "ABUSIVE_CONDITIONS",
    "EXCESSIVE_OVERTIME",
)
"""The eleven indicators of forced labour of the ILO."""


class ListArgsSchema(ChangedArgsSchema):
    centre = Text(40, metadata={"description": "A service centre; your own when left out."})
    newest = fields.Boolean(
        metadata={"description": "Backwards: with updated_since those changed last come first, else the last numbers."}
    )


class SearchSchema(Schema):
    """One box: NIK, candidate number, phone number or name, with the year of birth beside it if you know it."""

    query = Text(120, required=True, blank=True)


class RevealSchema(Schema):
    reason = Text(300, required=True, validate=validate.Length(min=10), metadata={"description": "Why; it is kept."})


class MergeSchema(Schema):
    """Both records are of one person. What the kept one says stays; what only the other one knows is added."""

    duplicate = Uuid(required=True, metadata={"description": "The record that goes."})
    reason = Text(300, required=True, validate=validate.Length(min=10), metadata={"description": "Why; it is kept."})


class RegisterSheetSchema(Schema):
    """Whose rows are wanted, and what for: everybody in the sheet can read the reason."""

    reason = Text(300, required=True, validate=validate.Length(min=10), metadata={"description": "Why; it is kept."})
    regency = Regency(load_default=None, allow_none=True, metadata={"description": "Only people at home there."})


class OpeningSchema(Schema):
    reason = Text(300, required=True, validate=validate.Length(min=10), metadata={"description": "Why; it is kept."})


class OpenedSchema(Schema):
    candidate_id = fields.String()
    until = Instant()


class RevealedSchema(Schema):
    nik = fields.String()


class ForgetSchema(Schema):
    """A code and not a sentence: an address is written into logs elsewhere."""

    reason = Code(("PERSON_ASKED", "CONSENT_WITHDRAWN", "RETENTION_ENDED", "MISTAKE"), load_default="PERSON_ASKED")


class RiskNoteSchema(Schema):
    """What worries you about a case, for the task force. It changes no rank and is never shown on a shared screen."""

    text = Text(2000, lines=True, required=True)
    indicators = fields.List(Code(INDICATORS), load_default=list, validate=validate.Length(max=len(INDICATORS)))
    severity = Code(("INFO", "WARN", "REFER"), required=True)


class RiskNotedSchema(Schema):
    """What the writer gets back; reading a note needs ``risk:read``."""

    id = fields.String()
    at = Instant()


class RiskNoteShownSchema(RiskNoteSchema):
    id = fields.String()
    at = Instant()
    by = fields.String()


class RiskNotesSchema(Schema):
    items = fields.List(fields.Nested(RiskNoteShownSchema))


class ExportSchema(Schema):
    """Everything kept about a person. ``left_out`` names the parts that this caller may not see."""

    candidate = fields.Nested(shown.CandidateSchema)
    specific = fields.Nested(SpecificSchema)
    trail = fields.List(fields.Nested(shown.TrailRowSchema))
    left_out = fields.List(fields.String())
