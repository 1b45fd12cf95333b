"""For the health and police desks, and for registration: what UU 27/2022 art. 4(2) calls specific data."""

from typing import Any

from marshmallow import Schema, fields

from services.registry.model.specific import Fitness
from services.registry.schemas.fields import PastDay
from shared.http.fields import Code, Money
from shared.profiles import parts
from shared.profiles.told import known


class FitnessState(Schema):
    status = Code(Fitness, required=True)
    on = PastDay(load_default=None, allow_none=True, metadata={"description": "Day of the examination."})


class ConditionState(parts.ConditionMet):
    on = PastDay(load_default=None, allow_none=True)


class Loan(Schema):
    """A debt taken to go abroad. It decides nothing; it tells an officer whom to protect."""

    lender = Code(("BANK", "COOPERATIVE", "FAMILY", "SPONSOR", "OTHER"), required=True)
    amount = Money(required=True)
    taken_on = PastDay(load_default=None, allow_none=True)


class Specific(Schema):
    """Health, records and loans. Parts that are not sent stay as they are; lists are replaced whole."""

    fitness = fields.Nested(FitnessState)
    conditions = fields.List(fields.Nested(ConditionState), validate=parts.FEW)
    records = known(parts.Record)
    loans = fields.List(fields.Nested(Loan), validate=parts.FEW)


class SpecificShown(Specific):
    candidate_id = fields.String()
    version = fields.Integer()


class DeclaredFitness(parts.Fitness):
    """What a person brings to registration: the result with its conditions, or the result alone (``"FIT"``)."""

    status = Code(Fitness, required=True)
    on = PastDay(load_default=None, allow_none=True, metadata={"description": "Day of the examination."})
    conditions = fields.List(fields.Nested(ConditionState), validate=parts.FEW)


def declared(registration: dict[str, Any]) -> dict[str, Any]:
    """Takes the parts of a loaded ``Specific`` out of a loaded ``Registration``, so that they are kept apart."""
    fitness = registration.pop("fitness", None) or {}
    found = {"conditions": fitness.pop("conditions", None), "fitness": fitness}
    brought = {part: value for part, value in found.items() if value}
    records = registration.pop("records", None)
    return brought if records is None else {**brought, "records": records}
