"""All rules, in the order in which a reader meets them. A new rule is one small function, listed here.

Its sentences (primary-school reading level, no law numbers in a sentence) and its legal basis stand beside it.

A rule takes an order and the law of the day and yields applied rules; it never sees the person or the day. What the
person must show is said with requirements, so that one definition serves one person and everybody.
"""

import sys
from collections.abc import Callable, Iterable, Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.rules import (
    corridors,
    household,
    licence,
    offer,
    papers,
    person,
    policies,
)
from services.matching.matcher.requirements import kinds
from services.matching.matcher.requirements.wording import Wording

Rule = Callable[[Order, LawOnDay], Iterable[AppliedRule]]

RULES: tuple[Rule, ...] = (
    person.consent,
    person.statutory_age,
    person.fitness,
    person.entry_ban,
    policies.age_floors,
    policies.gates,
    policies.hours,
    person.of_the_order,
    corridors.of_the_person,
    policies.bans,
    offer.scheme,
    household.alone,
    offer.visa,
    offer.partner,
    corridors.of_the_order,
    policies.costs,
    offer.verified,
    offer.open_,
    offer.slots,
    licence.company,
    licence.sip2mi,
    person.health_checks,
    papers.before_agreement,
    papers.before_departure,
)

_FILES = [sys.modules[module] for module in dict.fromkeys(rule.__module__ for rule in RULES)]
WORDINGS: dict[str, Wording] = {
    **kinds.WORDINGS,
    **{code: said for file in _FILES for code, said in getattr(file, "WORDINGS", {}).items()},
}
"""Rule code → its sentences; those of what is asked of people stand with their requirement."""
FIELDS: dict[str, str] = {code: pointer for file in _FILES for code, pointer in getattr(file, "FIELDS", {}).items()}
"""Rule code → where in a job order its company sees what to change."""
UNLAWFUL: frozenset[str] = frozenset(code for file in _FILES for code in getattr(file, "UNLAWFUL", ()))
"""Rules about the offer itself: one that is not met makes the offer unlawful, whoever asks."""


def demands(order: Order, law: LawOnDay) -> tuple[AppliedRule, ...]:
    """Everything the order demands under this law, the papers of later stages included."""
    return tuple(_each(order, law))


def _each(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    for rule in RULES:
        yield from rule(order, law)
