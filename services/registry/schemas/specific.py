"""For the health and police desks, and for registration: what UU 27/2022 art. 4(2) calls specific data."""

from typing import Any

from marshmallow import Schema, fields, pre_load

from services.registry.model.specific import Fitness
from services.registry.schemas.fields import PastDay
from shared.conditions.leaves import RECORDS, Condition
from shared.http.fields import Code, Country, IsoDate, Money, Number
from shared.profiles import parts


class FitnessState(Schema):
    status = Code(Fitness, required=True)
    on = PastDay(load_default=None, allow_none=True, metadata={"description": "Day of the examination."})


class ConditionState(Schema):
    """A condition of the body that some orders ask for, as met or not met; never a diagnosis."""

    code = Condition(required=True)
    met = fields.Boolean(required=True, truthy={True}, falsy={False})
    on = PastDay(load_default=None, allow_none=True)


class Record(Schema):
    """``until`` is the last day of a ban; ``years`` the length of a stay."""

    kind = Code(RECORDS, required=True)
    country = Country(load_default=None, allow_none=True)
    until = IsoDate(load_default=None, allow_none=True)
    years = Number(max=80, load_default=None, allow_none=True)


class Loan(Schema):
    """A debt taken to go abroad. It decides nothing; it tells an officer whom to protect."""

    lender = Code(("BANK", "COOPERATIVE", "FAMILY", "SPONSOR", "OTHER"), required=True)
    amount = Money(required=True)
    taken_on = PastDay(load_default=None, allow_none=True)


class Specific(Schema):
    """Health, records and loans. Parts that are not sent stay as they are; lists are replaced whole."""

    fitness = fields.Nested(FitnessState)
    conditions = fields.List(fields.Nested(ConditionState), validate=parts.FEW)
    records = fields.List(fields.Nested(Record), validate=parts.FEW)
    loans = fields.List(fields.Nested(Loan), validate=parts.FEW)


class SpecificShown(Specific):
    candidate_id = fields.String()
    version = fields.Integer()


class DeclaredFitness(FitnessState):
    """What a person brings to registration: the result with its conditions, or the result alone (``"FIT"``)."""

    conditions = fields.List(fields.Nested(ConditionState), validate=parts.FEW)

    @pre_load
    def alone(self, entry: Any, **kwargs: Any) -> Any:
        return {"status": entry} if entry in [state.value for state in Fitness] else entry


def declared(registration: dict[str, Any]) -> dict[str, Any]:
    """Takes the parts of a loaded ``Specific`` out of a loaded ``Registration``, so that they are kept apart."""
    fitness = registration.pop("fitness", None) or {}
    found = {"conditions": fitness.pop("conditions", None), "fitness": fitness}
    found["records"] = registration.pop("records", None)
    return {part: value for part, value in found.items() if value}
