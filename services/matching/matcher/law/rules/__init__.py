"""All rules, in the order in which a reader meets them. A new rule is one small function listed here.

A rule takes an order and the law of the day and yields demands; it never sees the person or the day. What the person
must show is said with asks (`asks.py`), so that one definition serves the readable and the vectorised form.
"""

from collections.abc import Callable, Iterable, Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.rules import corridors, licence, offer, papers, person, policies, requirements

Rule = Callable[[Order, LawOnDay], Iterable[AppliedRule]]

RULES: tuple[Rule, ...] = (
    person.consent,
    person.statutory_age,
    person.fitness,
    person.entry_ban,
    policies.age_floors,
    policies.gates,
    policies.hours,
    requirements.of_the_order,
    corridors.of_the_person,
    policies.bans,
    offer.scheme,
    offer.household_alone,
    offer.visa,
    offer.partner,
    corridors.of_the_order,
    policies.costs,
    offer.verified,
    offer.open_,
    offer.slots,
    licence.company,
    licence.sip2mi,
    requirements.health_checks,
    papers.before_agreement,
    papers.before_departure,
)


def demands(order: Order, law: LawOnDay) -> tuple[AppliedRule, ...]:
    """Everything the order demands under this law, the papers of later stages included."""
    return tuple(_each(order, law))


def _each(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    for rule in RULES:
        yield from rule(order, law)
