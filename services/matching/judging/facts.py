"""What a rule read of a person or an offer, as a seal that says only whether it is still the same.

A supervisor who answers for a rule that is not known answers for what stood in the record on that day. Placement keeps
the seal with the answer, and the answer lapses when the seal changes: no fact of a person leaves this house for it.
"""

import hashlib
import hmac
import json
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.base import Requirement

PURPOSE = b"facts behind a judgement"
LENGTH = 16

TERMS = (
    "country", "scheme", "channel", "visa_type", "isco08", "title_scheme", "employer", "company", "wage", "term_months",
    "working_hours", "costs", "sip2mi", "requirements",
)  # fmt: skip
"""Of an order, what makes it lawful or not; not what it is called, until when it is open, or who looked at it."""


class Facts:
    """`key`: the house's own secret; with another one every answer of a supervisor lapses."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, PURPOSE, hashlib.sha256)

    def seal(self, ask: Requirement, person: Person) -> str:
        """Of what is asked and of what the person has for it. Alike for all of whom nothing is on record."""
        asked, had = _asked(ask, ask.not_asked(person)), ask.facts(person)
        if had is None:
            return asked
        told = f"{person.id} {asked} {had!r}"
        return hmac.digest(self._key, told.encode(), hashlib.sha256).hex()[:LENGTH]

    @staticmethod
    def seal_of_offer(order: Order) -> str:
        """Of the terms of an order, which no person changes. An answer for them is none for other terms."""
        offered = replace(order, company=order.company and replace(order.company, snapshot_on=None))
        told = [_told(getattr(offered, name)) for name in TERMS]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:LENGTH]


@lru_cache(maxsize=4096)
def _asked(ask: Requirement, unasked: bool) -> str:
    return hashlib.sha256(json.dumps([_told(ask), unasked]).encode()).hexdigest()[:LENGTH]


def _told(value: object) -> Any:
    """What is asked as a plain value; where it is written is no part of it."""
    if isinstance(value, Requirement):
        return [type(value).__name__, *(_told(getattr(value, one.name)) for one in fields(value) if one.compare)]
    if isinstance(value, tuple):
        return [_told(part) for part in value]
    return sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value)
