"""A question about everybody: what would change if this policy were law, or this batch took place?"""

from typing import Any

from marshmallow import Schema, fields, validate, validates_schema

from shared.codes import policies
from shared.conditions.leaves import Word
from shared.http.faults import refuse
from shared.http.fields import Code, IsoDate, Regency, Text, Uuid
from shared.http.spans import LastDaySchema
from shared.judgements import LegalBasisOutSchema


class BasisSchema(Schema):
    instrument = Text(max=200, required=True)
    article = Text(max=60, load_default=None, allow_none=True)
    source = Text(max=200, load_default=None, allow_none=True)


class DraftRevisionSchema(LastDaySchema):
    valid_from = IsoDate(required=True)
    valid_until = IsoDate(load_default=None, allow_none=True)
    confidence = Code(("H", "M", "L"), load_default="H")
    legal_basis = fields.Nested(
        BasisSchema, load_default=lambda: {"instrument": "Draft", "article": None, "source": None}
    )
    content = fields.Dict(required=True, keys=fields.String(), metadata={"description": "As in placement's policies."})


class DraftSchema(Schema):
    """A policy as placement's import has it. A code that is law already is replaced on the days of the draft."""

    code = Text(max=60, required=True)
    kind = Code(policies.KINDS, required=True)
    revisions = fields.List(fields.Nested(DraftRevisionSchema), required=True, validate=validate.Length(min=1, max=20))


class PlannedBatchSchema(Schema):
    """One more batch of a course that is known."""

    course_id = Uuid(required=True)
    starts = IsoDate(required=True)
    ends = IsoDate(required=True)
    regency = Regency(load_default=None, allow_none=True)

    @validates_schema
    def _runs_forward(self, data: dict[str, Any], **_: object) -> None:
        if "starts" in data and "ends" in data and data["ends"] < data["starts"]:
            raise refuse(
                "ends_before_starts",
                {"id": "Hari terakhir sebelum hari pertama.", "en": "The last day is before the first."},
                {"id": "Tukar kedua tanggal.", "en": "Swap the two dates."},
            )


class WhatIfSchema(Schema):
    """Exactly one of the three."""

    policy = fields.Nested(DraftSchema)
    without_policy = Word(metadata={"description": "Code of a policy to leave out."})
    batch = fields.Nested(PlannedBatchSchema)
    as_of_date = IsoDate(metadata={"description": "The day that is compared; of a batch it is its last day."})
    known_on = IsoDate()

    @validates_schema
    def _one_question(self, data: dict[str, Any], **_: object) -> None:
        if len(data.keys() & {"policy", "without_policy", "batch"}) != 1:
            raise refuse(
                "one_of_three",
                {"id": "Kirim tepat satu: policy, without_policy atau batch.", "en": "Send exactly one question."},
                {"id": "Satu pertanyaan setiap kali.", "en": "policy, without_policy or batch."},
            )


class CellSchema(Schema):
    from_ = fields.String(data_key="from", attribute="from")
    to = fields.String()
    regency = fields.String(allow_none=True)
    sector = fields.String()
    people = fields.Integer(allow_none=True, metadata={"description": "null: fewer than ten, or hidden beside one."})


class StoppedRuleSchema(Schema):
    rule = fields.String()
    version = fields.String()
    status = fields.String()
    legal_basis = fields.Nested(LegalBasisOutSchema)
    text = fields.Dict(metadata={"description": "What is wrong, in both languages."})


class StoppedSchema(Schema):
    """One open application that goes on today and would be stopped."""

    application = fields.String()
    candidate = fields.String()
    job_order = fields.String()
    title = fields.Dict(allow_none=True, metadata={"description": "What the order calls its work, in both languages."})
    country = fields.String(allow_none=True, metadata={"description": "Where the work is, ISO 3166-1 alpha-3."})
    state = fields.String()
    rules = fields.List(fields.Nested(StoppedRuleSchema))


class ChangedSchema(Schema):
    day = fields.String()
    judged = fields.Integer()
    affected_orders = fields.Integer()
    changed = fields.Integer(allow_none=True)
    no_way_left = fields.Integer(
        allow_none=True, metadata={"description": "People to whom an order closes and to whom nothing else is left."}
    )
    other_way = fields.Integer(
        allow_none=True, metadata={"description": "People to whom an order closes and to whom another way is left."}
    )
    searched = fields.Integer(
        metadata={"description": "People whose ways through training were looked for; of others NO_PATH may hide some."}
    )
    all_searched = fields.Boolean(
        metadata={"description": "They were looked for of everybody concerned: NO_PATH hides no way through training."}
    )
    applications = fields.List(
        fields.Nested(StoppedSchema),
        metadata={"description": "Open applications that the draft would stop; only with `recommendations:read`."},
    )
    total = fields.List(fields.Nested(CellSchema))
    by_regency = fields.List(fields.Nested(CellSchema))
    by_sector = fields.List(fields.Nested(CellSchema))
    cells = fields.List(fields.Nested(CellSchema))
