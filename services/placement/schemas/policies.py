"""Laws as people propose them and as everybody reads them; what each kind may say stands in ``contents.py``."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, pre_dump, validate

from services.placement.schemas.contents import SHAPES
from services.placement.schemas.shared import OwnCode, PairSchema
from shared.codes import policies
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.fields import Code, Instant, IsoDate, Text
from shared.http.spans import LastDaySchema


class LegalBasisSchema(Schema):
    """Shown beside the sentence, never inside it."""

    instrument = Text(max=200, required=True)
    article = Text(max=60, load_default=None, allow_none=True)
    source = Text(max=200, load_default=None, allow_none=True)


class RevisionInSchema(LastDaySchema):
    valid_from = IsoDate(required=True, metadata={"description": "First day as law."})
    valid_until = IsoDate(load_default=None, allow_none=True, metadata={"description": "Last day, inclusive."})
    legal_basis = fields.Nested(LegalBasisSchema, required=True)
    confidence = Code(("H", "M", "L"), required=True, metadata={"description": "Rows of low confidence only warn."})
    verified_on = IsoDate(required=True, metadata={"description": "When somebody last read the source."})
    text = fields.Nested(PairSchema, required=True, metadata={"description": "One plain sentence without law numbers."})
    content = fields.Dict(required=True, keys=fields.String(), metadata={"description": SHAPES})


class PolicyInSchema(RevisionInSchema):
    code = OwnCode(required=True, metadata={"example": "NTT-GATE"})
    kind = Code(policies.KINDS, required=True)


class PolicyFileSchema(Schema):
    """One item of an import: a policy with the revisions that it should have."""

    code = OwnCode(required=True)
    kind = Code(policies.KINDS, required=True)
    revisions = fields.List(fields.Nested(RevisionInSchema), required=True, validate=validate.Length(min=1, max=50))


class EndInSchema(Schema):
    """From this day on nothing of the policy is law."""

    ends_on = IsoDate(required=True, metadata={"description": "Last day on which it is law."})
    legal_basis = fields.Nested(LegalBasisSchema, required=True)


class RejectInSchema(Schema):
    reason = Text(max=300, required=True)


class RevisionOutSchema(Schema):
    number = fields.Integer()
    action = fields.String(metadata={"enum": ["SET", "END"]})
    status = fields.String(metadata={"enum": ["PROPOSED", "APPROVED", "REJECTED"]})
    valid_from = fields.String()
    valid_until = fields.String(allow_none=True)
    valid_to = fields.String(allow_none=True, metadata={"description": "Another name of valid_until."})
    known_from = fields.String(allow_none=True)
    known_until = fields.String(allow_none=True)
    legal_basis = fields.Nested(LegalBasisSchema)
    confidence = fields.String(allow_none=True)
    verified_on = fields.String(allow_none=True)
    text = fields.Dict(allow_none=True)
    content = fields.Dict(allow_none=True)
    carved_from = fields.Integer(allow_none=True, metadata={"description": "The row whose remaining days these are."})
    proposed_by = fields.String()
    proposed_at = fields.String()
    decided_by = fields.String(allow_none=True)
    decided_at = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)

    @pre_dump
    def _with_both_names_of_the_last_day(self, row: Mapping[str, Any], **_: object) -> dict[str, Any]:
        return {**row, "valid_to": row["valid_until"]}


class PolicyOutSchema(Schema):
    id = fields.String()
    version = fields.Integer()
    code = fields.String()
    kind = fields.String()
    in_force = fields.Integer(allow_none=True, metadata={"description": "Number of the revision that is law today."})
    revisions = fields.List(fields.Nested(RevisionOutSchema))
    created_at = Instant()
    updated_at = Instant()


class PolicyArgsSchema(ChangedArgsSchema):
    kind = Code(policies.KINDS)
    code = OwnCode()
    waiting = fields.Boolean(metadata={"description": "Only those with a proposal that waits for a second person."})


class PolicyPageSchema(PageSchema):
    items = fields.List(fields.Nested(PolicyOutSchema))
