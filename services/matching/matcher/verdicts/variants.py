"""Which sentence fits an answer more closely than its rule's own: run out, never asked, not examined, a ban that ends.

A variant is a wording of its own under ``RULE/VARIANT``; where there is none, the rule's wording stands.
"""

from datetime import date

from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.rules import WORDINGS
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.requirements.wording import Wording


def wording_of(demand: AppliedRule, person: Person, day: date, status: Status) -> Wording:
    """The closest wording that there is for this answer."""
    variants = demand.ask.variants(person, day, status)
    until = demand.value.get("until") if isinstance(demand.value, dict) else None
    if status is Status.NOT_MET and isinstance(until, str) and until < day.isoformat():
        variants.append("ENDED")
    closest = (WORDINGS.get(f"{demand.rule}/{variant}") for variant in variants)
    return next((found for found in closest if found is not None), WORDINGS[demand.rule])
