"""For the health and police desks, and for registration: what UU 27/2022 art. 4(2) calls specific data."""

from typing import Any

from marshmallow import Schema, fields

from services.registry.model.specific import Fitness
from services.registry.schemas.fields import PastDay
from shared.http.fields import Code, Money
from shared.profiles import parts
from shared.profiles.told import known


class FitnessStateSchema(Schema):
    status = Code(Fitness, required=True)
    on = PastDay(load_default=None, allow_none=True, metadata={"description": "Day of the examination."})


class ConditionStateSchema(parts.ConditionMetSchema):
    on = PastDay(load_default=None, allow_none=True)


class LoanSchema(Schema):
    """A debt taken to go abroad. It decides nothing; it tells an officer whom to protect."""

    lender = Code(("BANK", "COOPERATIVE", "FAMILY", "SPONSOR", "OTHER"), required=True)
    amount = Money(required=True)
    taken_on = PastDay(load_default=None, allow_none=True)


class SpecificSchema(Schema):
    """Health, records and loans. Parts that are not sent stay as they are; lists are replaced whole."""

    fitness = fields.Nested(FitnessStateSchema)
    conditions = fields.List(fields.Nested(ConditionStateSchema), validate=parts.FEW)
    records = known(parts.RecordSchema)
    loans = fields.List(fields.Nested(LoanSchema), validate=parts.FEW)


class RecordsAnsweredSchema(Schema):
    """What a person answered about deportation, overstay, bans and the like; an empty list: asked, and none."""

    records = fields.List(fields.Nested(parts.RecordSchema), required=True, validate=parts.FEW)


class RecordsAskedSchema(Schema):
    candidate_id = fields.String()
    version = fields.Integer()
    asked = fields.Boolean(metadata={"description": "Whether an answer is on record; never which."})


class SpecificShownSchema(SpecificSchema):
    candidate_id = fields.String()
    version = fields.Integer()


class DeclaredFitnessSchema(parts.FitnessSchema):
    """What a person brings to registration: the result with its conditions, or the result alone (``"FIT"``)."""

    status = Code(Fitness, required=True)
    on = PastDay(load_default=None, allow_none=True, metadata={"description": "Day of the examination."})
    conditions = fields.List(fields.Nested(ConditionStateSchema), validate=parts.FEW)


def declared(registration: dict[str, Any]) -> dict[str, Any]:
    """Takes the parts of a loaded ``Specific`` out of a loaded ``Registration``, so that they are kept apart."""
    fitness = registration.pop("fitness", None) or {}
    found = {"conditions": fitness.pop("conditions", None), "fitness": fitness}
    brought = {part: value for part, value in found.items() if value}
    records = registration.pop("records", None)
    return brought if records is None else {**brought, "records": records}
