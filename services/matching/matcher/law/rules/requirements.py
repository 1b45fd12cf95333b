"""What the order itself demands of the person, written in its requirement tree, one demand for each part."""

from collections.abc import Iterator
from datetime import date

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import AppliedRule, last_lawful_day
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.policy_kinds import Corridor
from services.matching.matcher.requirements.age import NeedsAge, NeedsBirthDate
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf, flatten, leaves, refs
from services.matching.matcher.requirements.health import NeedsCondition
from services.matching.matcher.requirements.status import Stage, Status


def of_the_order(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A number written in an order always decides, whatever the corridor or an old leaflet says."""
    for ask in parts(order.requirements, order):
        yield AppliedRule(
            rule=ask.RULE,
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
            rule="HEALTH_CONDITION",
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
