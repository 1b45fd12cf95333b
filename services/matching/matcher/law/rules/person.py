"""What is asked of the person: by the law of everybody (consent, 18 years, no medical result against it, no entry ban),
and by the order itself, written in its requirement tree, one applied rule for each part.
"""

from collections.abc import Iterator
from datetime import date

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import FIVE_CONDITIONS, PROTECTION, AppliedRule, last_lawful_day
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.policy_kinds import Corridor
from services.matching.matcher.requirements.age import NeedsAge, NeedsBirthDate
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf, flatten, leaves, refs
from services.matching.matcher.requirements.health import NeedsCondition, NotUnfit
from services.matching.matcher.requirements.person import GivesConsent
from services.matching.matcher.requirements.records import NoBan
from services.matching.matcher.requirements.status import Stage, Status

CONSENT = LegalBasis("UU 27/2022", "20, 22", "siplawfirm.id/uu-27-tahun-2022")
ADULT = LegalBasis(PROTECTION, "5 a", FIVE_CONDITIONS)
HEALTHY = LegalBasis(PROTECTION, "5 c", FIVE_CONDITIONS)
ENTRY = LegalBasis("Hukum negara tujuan", None, None)


STATUTORY_AGE = 18
"""UU 18/2017 art. 5 a. The 21 of the old law survives only as a condition of single orders, 23 only as Singapore's."""


def consent(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """Without consent nothing else is computed."""
    yield AppliedRule.built_in("CONSENT", GivesConsent(), CONSENT)


def statutory_age(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """No waiting here: under 18 the answer is training, whatever the order says."""
    yield AppliedRule.built_in("AGE_18", NeedsAge(min=STATUTORY_AGE), ADULT)


def fitness(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A medical result against it closes every order; without a result it stays open until the agreement."""
    yield AppliedRule.built_in("FITNESS", NotUnfit(), HEALTHY)


def entry_ban(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A ban on entering this very country, as long as it lasts."""
    if order.country is not None:
        yield AppliedRule.built_in("ENTRY_BAN", NoBan(order.country), ENTRY)


def of_the_order(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A number written in an order always decides, whatever the corridor or an old leaflet says."""
    for ask in parts(order.requirements, order):
        yield AppliedRule(
            code=ask.RULE,
            version=f"{order.code or order.id}/{order.version}",
            stage=Stage.APPLY,
            ask=ask,
            legal_basis=LegalBasis("; ".join(refs(ask)) or "Lowongan", None, order.code),
        )


def health_checks(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """What the destination demands of health must be examined before the agreement; unknown health may apply."""
    trees: list[tuple[Requirement, str, bool]] = [
        (order.requirements, f"{order.code or order.id}/{order.version}", True)
    ]
    trees += [
        (corridor.person, row.version, row.binding)
        for row, corridor in law.of(Corridor)
        if corridor.scope.covers(order) is Status.MET
    ]
    asked: dict[str, tuple[NeedsCondition, str, bool]] = {}
    for tree, version, binding in trees:
        for leaf in leaves(tree):
            if isinstance(leaf, NeedsCondition) and (binding or leaf.code not in asked):
                asked.setdefault(leaf.code, (leaf, version, binding))
    for leaf, version, binding in asked.values():
        yield AppliedRule(
            code="HEALTH_CONDITION",
            version=version,
            stage=Stage.AGREEMENT,
            ask=leaf,
            legal_basis=LegalBasis(leaf.ref or "Lowongan", None, version),
            binding=binding,
        )


def parts(tree: Requirement, order: Order) -> tuple[Requirement, ...]:
    """The parts of a tree that must all hold, as this order means them."""
    ask = meant_by(tree, order, last_lawful_day(order) or date.max)
    return ask.parts if isinstance(ask, AllOf) else (ask,)


def meant_by(requirement: Requirement, order: Order, wait_until: date) -> Requirement:
    """A requirement tree as this order means it: see `meant` of each kind.

    Beside a birth window an age range says nothing more. Groups inside groups of the same kind become one.
    """
    if isinstance(requirement, AllOf):
        parts = flatten(requirement)
        if any(isinstance(part, NeedsBirthDate) for part in parts):
            parts = tuple(part for part in parts if not isinstance(part, NeedsAge))
        return AllOf(tuple(meant_by(part, order, wait_until) for part in parts))
    if isinstance(requirement, AnyOf):
        return AnyOf(tuple(meant_by(part, order, wait_until) for part in flatten(requirement)))
    return requirement.meant(order.isco08, order.country, wait_until)
